//! Small projects in memory, and what their maps say.

use super::{Audit, IdentityFact, Leaves, Totals, Unjudged, Verdict, audit};
use crate::database::{Database, Manifest, Project, Settings, SourceFile};
use crate::rules::Rule;
use crate::source::{FileRole, Language, role_of};
use crate::testing::project;
use crate::vocabulary::{FlowKind, Platform};
use std::collections::BTreeMap;
use std::sync::Arc;

use salsa::Setter;

const BOOT: (&str, &str) = ("src/boot.ts", "export function boot(user) {\n  FS('setIdentity', { uid: user.id });\n}\n");

fn map(files: &[(&str, &str)]) -> Audit {
    let (db, mut files) = project(files);
    files.reverse();
    audit(&db, &files)
}

/// Each way out as `calls > code: verdict`.
fn ways(audit: &Audit, title: &str) -> Vec<String> {
    let flow = audit.flows.iter().find(|flow| flow.title == title).unwrap_or_else(|| panic!("{title}: {audit:#?}"));
    let told = flow.ways_out.iter().map(|way| {
        let calls: String = way.calls.iter().map(|call| format!("{} > ", call.title)).collect();
        let code = if way.leaves == Leaves::End { "end" } else { &way.code };
        format!("{calls}{code}: {}", verdict(&way.verdict))
    });
    told.collect()
}

fn verdict(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Covered(logout) => format!("covered by {}:{}", logout.path, logout.line),
        other => format!("{other:?}"),
    }
}

#[test]
fn each_way_out_has_its_calls_and_its_verdict() {
    let text = "\
function leave() { location.href = '/login'; }
class Session {
  end() { localStorage.removeItem('access_token'); leave(); }
}
const session = new Session();
export async function logout(quick) {
  if (quick) { session.end(); return; }
  FS('setIdentity', { anonymous: true });
  router.push('/login');
}
";
    let audit = map(&[BOOT, ("src/auth.ts", text)]);
    let expected = ["Session.end > leave > location.href = '/login': Kept", "router.push('/login'): Released"];
    assert_eq!(ways(&audit, "logout"), expected);
    let flow = &audit.flows[0];
    assert_eq!(flow.kind, FlowKind::UserInitiated);
    assert_eq!(flow.platform.family(), "web");
    assert_eq!(flow.span.text(text), "logout");
    assert_eq!(flow.ways_out[0].span.text(text), "location.href = '/login'");
    assert_eq!(flow.ways_out[0].calls[0].span.text(text), "session.end");
    let findings: Vec<Rule> = flow.findings.iter().map(|finding| finding.rule).collect();
    assert!(findings.contains(&Rule::MissingAnonymize), "{findings:?}");
    assert_eq!(audit.other_findings, []);
    let totals = Totals { flows: 1, flows_kept: 1, ways_out: 2, safe: 1, kept: 1, ..Totals::default() };
    assert_eq!(audit.totals(), totals);
    assert_eq!(audit.by_kind(), [(FlowKind::UserInitiated, totals)]);
    assert_eq!(audit.by_platform(), [(Platform::of_name("web").unwrap(), totals)]);
}

#[test]
fn kinds_that_were_not_found_are_named() {
    let text = "export function onSessionTimeout() { localStorage.removeItem('access_token'); location.href = '/login'; }\n\
        export async function deleteAccount() { await fetch('/account', { method: 'DELETE' }); localStorage.removeItem('token'); router.push('/bye'); }\n";
    let audit = map(&[BOOT, ("src/auth.ts", text)]);
    let missing: Vec<&str> = audit.missing_kinds.iter().map(|kind| kind.name()).collect();
    assert_eq!(missing, ["user-initiated", "token-expiry", "forced", "switch"]);
    assert_eq!(map(&[]).missing_kinds.len(), 6);
}

#[test]
fn a_release_that_comes_too_late_is_told_apart() {
    let text = "export function logout() {\n  localStorage.removeItem('token');\n  router.push('/login');\n  FS('setIdentity', { anonymous: true });\n}\n";
    let audit = map(&[BOOT, ("src/auth.ts", text)]);
    assert_eq!(ways(&audit, "logout"), ["router.push('/login'): Late"]);
    assert!(audit.flows[0].findings.iter().any(|finding| finding.rule == Rule::AnonymizeAfterRedirect));
}

#[test]
fn a_call_that_releases_nothing_is_told_apart() {
    let text = "export function logout() {\n  localStorage.removeItem('token');\n  FS('setIdentity', { uid: null });\n  location.href = '/login';\n}\n";
    assert_eq!(ways(&map(&[BOOT, ("src/auth.ts", text)]), "logout"), ["location.href = '/login': Attempted"]);
}

#[test]
fn what_stands_in_a_finally_is_one_way_out() {
    let text = "export async function logout() {\n  try { await fetch('/logout'); localStorage.removeItem('token'); FS('setIdentity', { anonymous: true }); }\n  finally { router.push('/login'); }\n}\n";
    assert_eq!(ways(&map(&[BOOT, ("src/auth.ts", text)]), "logout"), ["router.push('/login'): Kept"]);
}

#[test]
fn a_flow_without_a_navigation_is_left_at_its_end() {
    let text = "export async function logout() {\n  localStorage.removeItem('access_token');\n}\n";
    let audit = map(&[BOOT, ("src/auth.ts", text)]);
    assert_eq!(ways(&audit, "logout"), ["end: Kept"]);
    assert_eq!(audit.flows[0].ways_out[0].span.text(text), "}");
}

#[test]
fn a_listener_covers_what_leaves_no_document() {
    let app = "export function App({ user }) {\n  useEffect(() => {\n    if (user) { FS('setIdentity', { uid: user.id }); }\n    else { FS('setIdentity', { anonymous: true }); }\n  }, [user]);\n  return <main />;\n}\n";
    let text = "export async function logout(hard) {\n  localStorage.removeItem('token');\n  if (hard) { location.href = '/login'; return; }\n  router.push('/login');\n}\n";
    let audit = map(&[("src/App.tsx", app), ("src/auth.ts", text)]);
    let expected = ["location.href = '/login': Kept", "router.push('/login'): covered by src/App.tsx:4"];
    assert_eq!(ways(&audit, "logout"), expected);
    assert_eq!(audit.flows[0].covered_by.as_ref().unwrap().line, 4);
}

#[test]
fn a_project_that_identifies_nobody_is_not_judged() {
    let text = "export function logout() { localStorage.removeItem('token'); location.href = '/login'; }\n";
    let audit = map(&[("src/auth.ts", text)]);
    assert_eq!(audit.flows[0].ways_out[0].verdict, Verdict::Unjudged(Unjudged::IdentityNotSet));
    assert_eq!(audit.projects[0].identity, IdentityFact::Nothing);
    assert_eq!(audit.findings(), Vec::<&super::AuditedFinding>::new());
    let set = map(&[BOOT, ("src/auth.ts", text)]);
    let IdentityFact::Call { path, span } = &set.projects[0].identity else { panic!("{:?}", set.projects) };
    assert_eq!((&**path, span.text(BOOT.1)), ("src/boot.ts", "FS('setIdentity', { uid: user.id })"));
    assert_eq!(set.projects[0].flows, 1);
}

#[test]
fn callers_that_are_no_flows_are_named() {
    let text = "function logout() { localStorage.removeItem('token'); location.href = '/login'; }\n\
        export function Menu({ gone }) {\n  if (gone) { logout(); }\n  return <ul />;\n}\n";
    let audit = map(&[BOOT, ("src/menu.tsx", text)]);
    let callers: Vec<(&str, &str)> =
        audit.flows[0].callers.iter().map(|it| (it.title.as_str(), it.span.text(text))).collect();
    assert_eq!(callers, [("Menu", "logout")]);
}

#[test]
fn a_handler_on_a_button_says_what_runs_it() {
    let text = "export const Menu = () => (\n  <button onClick={() => { localStorage.removeItem('token'); location.href = '/login'; }}>Log out</button>\n);\n";
    let audit = map(&[BOOT, ("src/menu.tsx", text)]);
    let flow = &audit.flows[0];
    assert_eq!((flow.title.as_str(), flow.trigger.as_deref()), ("Log out", Some("<button onClick>")));
}

#[test]
fn suppressions_are_listed_with_what_they_accept() {
    let text = "export function logout() {\n  localStorage.removeItem('token');\n  // farewell-ignore missing-anonymize: a kiosk\n  location.href = '/login';\n}\n// farewell-ignore missing-logout-event\nboot();\n";
    let audit = map(&[BOOT, ("src/auth.ts", text)]);
    let way = &audit.flows[0].ways_out[0];
    assert_eq!((&way.verdict, way.accepted.as_deref()), (&Verdict::Kept, Some("a kiosk")));
    let told: Vec<(&str, Option<&str>, bool)> =
        audit.suppressions.iter().map(|it| (&*it.rules[0], it.reason.as_deref(), it.in_use)).collect();
    assert_eq!(told, [("missing-anonymize", Some("a kiosk"), true), ("missing-logout-event", None, false)]);
    let others: Vec<Rule> = audit.other_findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(others, [Rule::UnusedSuppression]);
}

#[test]
fn tests_and_generated_files_hold_no_ways_out() {
    let text = "export function logout() { localStorage.removeItem('token'); location.href = '/login'; }\n";
    assert_eq!(role_of("src/auth.test.ts", text), FileRole::Test);
    let audit = map(&[BOOT, ("src/auth.test.ts", text), ("src/auth.min.js", text)]);
    assert_eq!(audit.flows, []);
}

#[test]
fn a_switch_is_judged_by_whom_it_identifies() {
    let text = "export async function switchAccount(next) {\n  await fetch('/switch');\n  FS('setIdentity', { uid: next.id });\n  router.push('/');\n}\n\
        export async function switchProfile(next) {\n  FS('setIdentity', { anonymous: true });\n  FS('setIdentity', { uid: next.id });\n  router.push('/');\n}\n";
    let audit = map(&[("src/switch.ts", text)]);
    assert_eq!(ways(&audit, "switchAccount"), ["router.push('/'): Kept"]);
    assert_eq!(ways(&audit, "switchProfile"), ["router.push('/'): Released"]);
}

/// A button in one file, the service in another, the redirect in a third: one flow from the button.
#[test]
fn a_flow_is_followed_through_its_files() {
    let menu = "import { logout } from './auth';\nexport const Menu = () => <button onClick={() => logout()}>Log out</button>;\n";
    let auth = "import { toLogin } from './leave';\nexport async function logout() {\n  localStorage.removeItem('token');\n  toLogin();\n}\n";
    let leave = "export function toLogin() {\n  location.href = '/login';\n}\n";
    let mut db = Database::default();
    let project = Project::new(&db, Manifest::default(), Settings::default(), Vec::new(), None);
    let file = |path: &str, text: &str| {
        let language = Language::of_path(std::path::Path::new(path)).unwrap();
        SourceFile::new(&db, Arc::from(path), language, FileRole::Product, Arc::from(text), None, project)
    };
    let (menu_file, auth_file) = (file("src/menu.tsx", menu), file("src/auth.ts", auth));
    let (leave_file, boot) = (file("src/leave.ts", leave), file(BOOT.0, BOOT.1));
    let files = vec![auth_file, boot, leave_file, menu_file];
    project.set_files(&mut db).to(files.clone());
    menu_file.set_modules(&mut db).to(BTreeMap::from([(Arc::from("./auth"), vec![auth_file])]));
    auth_file.set_modules(&mut db).to(BTreeMap::from([(Arc::from("./leave"), vec![leave_file])]));
    let audit = audit(&db, &files);
    assert_eq!(audit.flows.len(), 1, "{audit:#?}");
    assert_eq!(ways(&audit, "Log out"), ["logout > toLogin > location.href = '/login': Kept"]);
    let flow = &audit.flows[0];
    let way = &flow.ways_out[0];
    assert_eq!((&*flow.path, &*way.path), ("src/menu.tsx", "src/leave.ts"));
    assert_eq!((&*way.calls[0].path, way.calls[0].span.text(menu)), ("src/menu.tsx", "logout"));
    assert_eq!((&*way.calls[1].path, way.calls[1].span.text(auth)), ("src/auth.ts", "toLogin"));
    let findings: Vec<(Rule, &str)> = flow.findings.iter().map(|it| (it.rule, &*it.path)).collect();
    assert!(findings.iter().any(|(rule, _)| *rule == Rule::MissingAnonymize), "{findings:?}");

    // Asked for the last file alone, the map still starts where the flow does.
    let part = super::audit(&db, &[leave_file]);
    assert_eq!(part.flows.iter().map(|flow| &*flow.path).collect::<Vec<_>>(), ["src/menu.tsx"]);
    assert_eq!(super::audit(&db, &[boot]).flows, []);
}
