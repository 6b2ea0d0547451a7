//! The flows of files and workspaces, and what is said of them.

use super::{BOOT, RELEASE};
use crate::testing::project;
use crate::views::{FlowView, flows, is_asked_for, workspace_flows};

/// The flows of the first of some files, beside a file that identifies users.
fn shown(files: &[(&str, &str)]) -> Vec<FlowView> {
    let all: Vec<(&str, &str)> = files.iter().copied().chain([BOOT]).collect();
    let (db, sources) = project(&all);
    let first = sources.iter().find(|file| **file.path(&db) == *files[0].0).unwrap();
    flows(&db, *first)
}

/// The verdict on a flow of the first of some files.
fn verdict(title: &str, files: &[(&str, &str)]) -> Option<String> {
    let flows = shown(files);
    let titles: Vec<&str> = flows.iter().map(|flow| &*flow.title).collect();
    flows.iter().find(|flow| flow.title == title).unwrap_or_else(|| panic!("{titles:?}")).verdict.clone()
}

fn of(title: &str, text: &str) -> String {
    verdict(title, &[("src/a.ts", text)]).unwrap_or_else(|| "nothing".to_owned())
}

#[test]
fn a_flow_is_summed_up_over_its_ways_out() {
    let text = |before: &str, end: &str| {
        format!(
            "export function logout(quick) {{\n  {before}\n  localStorage.removeItem('access_token');\n  \
             if (quick) {{ {end} location.href = '/bye'; return; }}\n  {end} location.href = '/login';\n}}\n"
        )
    };
    assert_eq!(of("logout", &text(RELEASE, "")), "✓ released on both ways out");
    assert_eq!(of("logout", &text("", "")), "✗ both ways out keep the identity");
    assert_eq!(
        of("logout", &text("", "").replace("location.href = '/login'", &format!("{RELEASE} location.href = '/login'"))),
        "✗ 1 of 2 ways out keeps the identity"
    );
    let late = format!("export function logout() {{ location.href = '/login'; {RELEASE} }}");
    assert_eq!(of("logout", &late), "✗ its one way out keeps the identity");
    assert_eq!(
        of(
            "logout",
            "export function logout() {\n  // farewell-ignore missing-anonymize: a kiosk\n  location.href = '/login';\n}\n"
        ),
        "– its one way out keeps the identity, accepted: a kiosk"
    );
}

#[test]
fn nothing_is_said_where_nothing_is_known() {
    let leaves = "export function logout() { location.href = '/login'; }";
    let (db, files) = project(&[("src/a.ts", leaves)]);
    let flows = flows(&db, files[0]);
    assert_eq!((flows.len(), flows[0].verdict.as_deref(), flows[0].places.len()), (1, None, 0), "no identity is set");
    assert_eq!(
        of(
            "switchTeam",
            "export async function switchTeam(id) { await fetch('/teams', { method: 'POST' }); location.href = '/'; }"
        ),
        "nothing"
    );
    let broken = leaves.replace("location", "const x = = 1; location");
    assert_eq!(shown(&[("src/a.ts", &broken)]), []);
    let beside = format!("{} function done() {{ const x = = 1; }}", leaves.replace("location", "done(); location"));
    assert_eq!(of("logout", &beside), "nothing");
    assert_eq!(shown(&[("src/a.test.ts", leaves)]), []);
    assert_eq!(shown(&[("src/a.gen.ts", leaves)]), []);
}

#[test]
fn a_listener_that_covers_is_named() {
    let guard = (
        "src/app.tsx",
        "export function App({ user }) {\n  useEffect(() => {\n    if (!user) FS('setIdentity', { anonymous: true });\n  }, [user]);\n}\n",
    );
    let logout = "export function logout() { localStorage.removeItem('token'); router.push('/login'); }";
    assert_eq!(
        verdict("logout", &[("src/a.ts", logout), guard]).as_deref(),
        Some("✓ covered by src/app.tsx:3 on its one way out")
    );
    let both = "export function logout(now) {\n  localStorage.removeItem('token');\n  if (now) { FS('setIdentity', { anonymous: true }); router.push('/bye'); return; }\n  router.push('/login');\n}";
    assert_eq!(
        verdict("logout", &[("src/a.ts", both), guard]).as_deref(),
        Some("✓ released on 1 of 2 ways out, covered by src/app.tsx:3 on the rest")
    );
    // A document that goes away gives an effect no time.
    let page = logout.replace("router.push('/login')", "location.href = '/login'");
    assert_eq!(
        verdict("logout", &[("src/a.ts", &page), guard]).as_deref(),
        Some("✗ its one way out keeps the identity")
    );
}

/// A logout in a class, and buttons that call it, in one file.
fn called(service: &str, buttons: &[(&str, &str)]) -> String {
    let buttons: String =
        buttons.iter().map(|(name, code)| format!("export async function {name}() {{ {code} }}\n")).collect();
    format!(
        "class Auth {{\n  async logout() {{ localStorage.removeItem('token'); {service} }}\n}}\nconst auth = new Auth();\n{buttons}"
    )
}

#[test]
fn a_flow_that_others_run_is_judged_from_there() {
    let leave = "location.href = '/login';";
    let before = format!("{RELEASE} await auth.logout();");
    let text = called(leave, &[("onLogoutClick", &before)]);
    assert_eq!(of("Auth.logout", &text), "✓ released by onLogoutClick, which runs it");
    let text = called(leave, &[("onLogoutClick", &before), ("onSignOutPress", &before)]);
    assert_eq!(of("Auth.logout", &text), "✓ released by each of the 2 flows that run it");
    // One that does not is enough.
    let text = called(leave, &[("onLogoutClick", &before), ("onSignOutPress", "await auth.logout();")]);
    assert_eq!(of("Auth.logout", &text), "✗ its one way out keeps the identity");
    assert_eq!(of("onLogoutClick", &text), "✓ released on its one way out");
    assert_eq!(of("onSignOutPress", &text), "✗ its one way out keeps the identity");
    // It leaves nothing itself: what comes behind it decides.
    let text = called("", &[("onLogoutClick", "await auth.logout(); router.push('/login');")]);
    assert_eq!(of("Auth.logout", &text), "judged as a part of onLogoutClick");
    assert_eq!(of("onLogoutClick", &text), "✗ its one way out keeps the identity");
    // Whoever runs it, it releases the identity itself.
    let text = called(&format!("{RELEASE} {leave}"), &[("onLogoutClick", "await auth.logout();")]);
    assert_eq!(of("Auth.logout", &text), "✓ released on its one way out");
}

#[test]
fn the_hover_of_a_flow_says_what_is_shown_over_it() {
    let before = format!("{RELEASE} await auth.logout();");
    let text = called("location.href = '/login';", &[("onLogoutClick", &before)]);
    let (db, files) = project(&[("src/a.ts", &text), BOOT]);
    let hover = crate::hover(&db, files[0], text.find("logout").unwrap() as u32).unwrap().markdown;
    assert!(hover.contains("✓ released by onLogoutClick, which runs it."), "{hover}");
    assert!(hover.contains("✓ line 2: leaves the page, identity released") && !hover.contains('✗'), "{hover}");
}

#[test]
fn the_hover_of_a_way_out_says_what_its_fix_would_write() {
    let text = concat!(
        "import { FullStory } from '@fullstory/browser';\n",
        "export function logout() {\n  localStorage.removeItem('access_token');\n  location.href = '/login';\n}\n",
    );
    let (db, files) = project(&[("src/a.ts", text), BOOT]);
    let hover = crate::hover(&db, files[0], text.find("location").unwrap() as u32).unwrap().markdown;
    assert!(hover.contains("write `FullStory('setIdentity', { anonymous: true })` first"), "{hover}");
}

#[test]
fn the_ways_out_and_the_callers_of_a_flow_are_its_places() {
    let text = called("location.href = '/login';", &[("onLogoutClick", "await auth.logout();")]);
    let flows = shown(&[("src/a.ts", &text)]);
    let logout = flows.iter().find(|flow| flow.title == "Auth.logout").unwrap();
    let places: Vec<&str> = logout.places.iter().map(|place| place.span.text(&text)).collect();
    assert_eq!(places, ["location.href = '/login'", "auth.logout"]);
    assert!(logout.is_member && logout.span.contains(logout.name) && logout.name.text(&text) == "logout");
}

#[test]
fn a_flow_in_a_flow_stands_inside_of_it() {
    let text = "export function useIdleTimeout() {\n  function handleSessionTimeout() {\n    const logout = () => { location.href = '/login'; };\n    logout();\n  }\n  return handleSessionTimeout;\n}\n";
    let flows = shown(&[("src/a.ts", text)]);
    let found: Vec<(&str, Option<usize>)> = flows.iter().map(|flow| (&*flow.title, flow.outer)).collect();
    assert_eq!(found, [("handleSessionTimeout", None), ("logout", Some(0))]);
    assert!(flows.iter().all(|flow| flow.span.contains(flow.name)));
}

#[test]
fn the_flows_of_a_workspace_are_found_by_the_letters_of_their_names() {
    let (db, files) = project(&[
        ("src/b.ts", "export function logout() { location.href = '/login'; }"),
        ("src/a.ts", "export function signOut() { location.href = '/login'; }\nexport function helper() {}"),
        ("src/c.test.ts", "export function logout() { location.href = '/login'; }"),
        BOOT,
    ]);
    let projects = [files[0].project(&db)];
    let asked = |query: &str| {
        let found = workspace_flows(&db, &projects, query);
        found.iter().map(|flow| format!("{} {}", flow.path, flow.title)).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(asked(""), "src/a.ts signOut, src/b.ts logout");
    assert_eq!(asked("LGT"), "src/b.ts logout");
    assert_eq!(asked("out"), "src/a.ts signOut, src/b.ts logout");
    assert_eq!(asked("tuo"), "");
    assert!(is_asked_for("ſü", "ſaÜ") && !is_asked_for("aa", "a"));
}
