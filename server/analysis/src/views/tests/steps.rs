//! The steps of flows: their order, and what they do to the identity.

use super::{BOOT, RELEASE};
use crate::source::Span;
use crate::testing::project;
use crate::views::{FlowStep, IdentityChange, flow_steps, identity_changes};

/// The steps that are shown with the caret at the first `|` of a file, which is taken out.
fn steps(text: &str) -> Vec<(String, FlowStep)> {
    let offset = text.find('|').unwrap();
    let text = text.replacen('|', "", 1);
    let (db, files) = project(&[("src/a.ts", &text), BOOT]);
    let steps = flow_steps(&db, files[0], offset as u32);
    steps.into_iter().map(|(span, step)| (span.text(&text).to_owned(), step)).collect()
}

const LOGOUT: &str = "\
function track() { FS('trackEvent', { name: 'Logout', properties: {} }); }
export async function logout(quick) {
  track();
  localStorage.removeItem('token');
  FS('setIdentity', { anonymous: true });
  if (quick) { location.href = goodbye(); return; }
  router.push('/login');
  router.refresh();
}
export function other() { FS('trackEvent', { name: 'Other', properties: {} }); location.href = '/'; }
";

fn order() -> Vec<(String, FlowStep)> {
    let step = |text: &str, step| (text.to_owned(), step);
    vec![
        step("FS('trackEvent', { name: 'Logout', properties: {} })", FlowStep::Event),
        step("FS('setIdentity', { anonymous: true })", FlowStep::Release),
        step("location.href = goodbye()", FlowStep::WayOut),
        step("router.push('/login')", FlowStep::WayOut),
    ]
}

#[test]
fn on_any_step_of_a_flow_all_of_them_are_shown() {
    for place in [
        "FS('trackEvent', { name: 'Logout'",
        "logout(quick)",
        "FS('setIdentity'",
        "location.href = goodbye",
        "router.push",
    ] {
        let text = LOGOUT.replacen(place, &format!("|{place}"), 1);
        assert_eq!(steps(&text), order(), "{place}");
    }
}

#[test]
fn elsewhere_nothing_is_shown() {
    for place in [
        "quick)",
        "goodbye()",
        "token'",
        "anonymous: true",
        "router.refresh",
        "name: 'Logout'",
        "FS('trackEvent', { name: 'Other'",
    ] {
        let text = LOGOUT.replacen(place, &format!("|{place}"), 1);
        assert_eq!(steps(&text), [], "{place}");
    }
}

/// The text before each hint's place, with what happens there.
fn hints(text: &str) -> Vec<(String, IdentityChange)> {
    let (db, files) = project(&[("src/a.ts", text), BOOT]);
    let changes = identity_changes(&db, files[0], Span::new(0, text.len() as u32));
    let line = |end: u32| text[..end as usize].rsplit('\n').next().unwrap().trim().to_owned();
    changes.into_iter().map(|(end, change)| (line(end), change)).collect()
}

#[test]
fn each_step_that_changes_the_identity_has_a_hint() {
    let text = format!(
        "function release() {{\n  {RELEASE}\n}}\nfunction perhaps(a) {{\n  if (a)\n    {RELEASE}\n}}\nasync function later() {{ await pause(); {RELEASE} }}\n\
         export async function switchAccount(next) {{\n  perhaps(next);\n  later();\n  release();\n  {RELEASE}\n  FS('setIdentity', {{ uid: next.id }});\n  location.href = '/';\n}}\n"
    );
    use IdentityChange::{Released, Set};
    let found = hints(&text);
    let found: Vec<(&str, IdentityChange)> = found.iter().map(|(line, change)| (&**line, *change)).collect();
    let call = "FS('setIdentity', { anonymous: true })";
    assert_eq!(
        found,
        [
            (call, Released),
            (call, Released),
            ("async function later() { await pause(); FS('setIdentity', { anonymous: true })", Released),
            ("release()", Released),
            // The last release changes nothing.
            ("FS('setIdentity', { uid: next.id })", Set),
        ]
    );
}

#[test]
fn behind_a_call_that_sets_a_timer_nothing_has_happened_yet() {
    let text = format!(
        "function onTimeout() {{ {RELEASE} location.href = '/login'; }}\nfunction restart() {{ setTimeout(onTimeout, 9); }}\n\
         function again() {{ restart(); }}\nexport function handleSessionTimeout() {{\n  again();\n}}\n"
    );
    let found = hints(&text);
    assert!(found.iter().all(|(line, _)| line.contains("anonymous: true")), "{found:?}");
}

#[test]
fn a_step_outside_of_flows_or_the_range_has_no_hint() {
    assert_eq!(hints("export function login(user) { FS('setIdentity', { uid: user.id }); }"), []);
    assert_eq!(hints("export function logout() { FS('setIdentity', { uid: null }); location.href = '/'; }"), []);
    let text = format!("export function logout() {{ {RELEASE} location.href = '/'; }}");
    let (db, files) = project(&[("src/a.ts", &text), BOOT]);
    assert_eq!(identity_changes(&db, files[0], Span::new(0, 20)), []);
    assert_eq!(identity_changes(&db, files[0], Span::new(30, 90)).len(), 1);
}

#[test]
fn copies_of_a_step_are_one() {
    let text = format!(
        "export async function logout() {{\n  try {{ await fetch('/out'); }} finally {{ {RELEASE} location.href = '/'; }}\n}}"
    );
    assert_eq!(hints(&text).len(), 1);
    let (db, files) = project(&[("src/a.ts", &text), BOOT]);
    let name = text.find("logout").unwrap() as u32;
    assert_eq!(flow_steps(&db, files[0], name).len(), 2);
}
