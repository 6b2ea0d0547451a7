//! Calls that are written anew.

use super::harness::{Case, Places, native, v1, web};
use crate::rules::RemedyAction;

fn anonymize(code: &'static str) -> impl Fn(&Places<'_>) -> Vec<RemedyAction> {
    move |places| {
        let (body, node) = places.step(code);
        vec![RemedyAction::ReplaceWithAnonymize { body, node }]
    }
}

fn platform_form(code: &'static str) -> impl Fn(&Places<'_>) -> Vec<RemedyAction> {
    move |places| {
        let (body, node) = places.step(code);
        vec![RemedyAction::ReplaceWithPlatformForm { body, node }]
    }
}

#[track_caller]
fn check(case: &Case<'_>, actions: impl Fn(&Places<'_>) -> Vec<RemedyAction>, expected: &str) {
    assert_eq!(case.after(actions).as_deref(), Some(expected));
}

#[test]
fn wrong_forms_become_the_platforms() {
    check(
        &web("FS('setIdentity', { uid: null });\n"),
        anonymize("FS('setIdentity', { uid: null })"),
        "FS('setIdentity', { anonymous: true });\n",
    );
    check(
        &web("window.FS?.identify(\"\");\n"),
        anonymize("window.FS?.identify(\"\")"),
        "window.FS?.(\"setIdentity\", { anonymous: true });\n",
    );
    check(&v1("FS.identify('anonymous')\na()\n"), anonymize("FS.identify('anonymous')"), "FS.anonymize()\na()\n");
    check(
        &web("(window as any).FS.anonymize();\n"),
        anonymize("(window as any).FS.anonymize()"),
        "(window as any).FS('setIdentity', { anonymous: true });\n",
    );
}

#[test]
fn waiting_goes_with_the_asynchronous_form() {
    let call = "FS('setIdentityAsync', { anonymous: true })";
    let plain = "FS('setIdentity', { anonymous: true })";
    for (text, expected) in [
        (format!("async () => {{\n  await {call};\n}};\n"), format!("async () => {{\n  {plain};\n}};\n")),
        (format!("void {call};\n"), format!("{plain};\n")),
        (format!("{call}.catch(() => {{}});\n"), format!("{plain};\n")),
        (format!("() => {call};\n"), format!("() => {plain};\n")),
    ] {
        assert_eq!(
            web(&text).after(|places| {
                let (body, node) = places.step(call);
                vec![RemedyAction::ReplaceWithAnonymize { body, node }]
            }),
            Some(expected)
        );
    }
    let chained = format!("{call}.then(() => leave());\n");
    let actions = anonymize("FS('setIdentityAsync', { anonymous: true })");
    assert_eq!(web(&chained).after(actions), None);
}

#[test]
fn react_native_takes_its_own_sdk() {
    check(
        &native(
            "import { View } from 'react-native';\n\nconst f = () => {\n  FS('setIdentity', { anonymous: true });\n};\n",
        ),
        anonymize("FS('setIdentity', { anonymous: true })"),
        "import { View } from 'react-native';\nimport FullStory from '@fullstory/react-native';\n\nconst f = () => {\n  FullStory.anonymize();\n};\n",
    );
    check(
        &native(
            "import Rec from '@fullstory/react-native';\nRec('setIdentity', { uid: user.id, properties: { plan: 'a' } });\n",
        ),
        platform_form("Rec('setIdentity', { uid: user.id, properties: { plan: 'a' } })"),
        "import Rec from '@fullstory/react-native';\nRec.identify(user.id, { plan: 'a' });\n",
    );
    let named = "import { FullStory } from '@fullstory/react-native';\nFullStory('trackEvent', { name: 'A' });\n";
    let after = native(named).after(|places| {
        let (body, node) = places.step("FullStory('trackEvent', { name: 'A' })");
        vec![
            RemedyAction::Replace { span: places.span("{ FullStory }"), text: "FullStory".to_owned() },
            RemedyAction::ReplaceWithPlatformForm { body, node },
        ]
    });
    assert_eq!(after.unwrap(), "import FullStory from '@fullstory/react-native';\nFullStory.event('A', {});\n");
}

#[test]
fn generations_of_the_web_map_onto_each_other() {
    for (old, new) in [
        ("FS.identify(id, { plan });", "FS('setIdentity', { uid: id, properties: { plan } });"),
        ("FS.identify(uid);", "FS('setIdentity', { uid });"),
        ("FS.event('A', { b: 1 });", "FS('trackEvent', { name: 'A', properties: { b: 1 } });"),
        ("FS.setUserVars({ a });", "FS('setProperties', { type: 'user', properties: { a } });"),
    ] {
        let call = old.trim_end_matches(';');
        let actions = |places: &Places<'_>| {
            let (body, node) = places.step(call);
            vec![RemedyAction::ReplaceWithPlatformForm { body, node }]
        };
        assert_eq!(web(old).after(actions).as_deref(), Some(new));
    }
    for (new, old) in [
        ("FS('setIdentity', { uid, properties: { plan }, schema });", "FS.identify(uid, { plan });"),
        ("await FS('trackEventAsync', { name: 'A' });", "FS.event('A', {});"),
        ("FS('setProperties', { type: 'user', properties: { a } });", "FS.setUserVars({ a });"),
        ("FS('setIdentity', { anonymous: true });", "FS.anonymize();"),
    ] {
        let call = new.trim_start_matches("await ").trim_end_matches(';');
        let actions = |places: &Places<'_>| {
            let (body, node) = places.step(call);
            vec![RemedyAction::ReplaceWithPlatformForm { body, node }]
        };
        assert_eq!(v1(new).after(actions).as_deref(), Some(old));
    }
}

#[test]
fn a_call_whose_parts_cannot_be_told_is_left() {
    for text in [
        "FS('setIdentity', { ...identity });",
        "FS('setIdentity', { uid, consent: true });",
        "FS('setIdentity', ...all);",
    ] {
        let call = text.trim_end_matches(';');
        let actions = |places: &Places<'_>| {
            let (body, node) = places.step(call);
            vec![RemedyAction::ReplaceWithPlatformForm { body, node }]
        };
        assert_eq!(v1(text).after(actions), None, "{text}");
    }
}

#[test]
fn a_fake_user_beside_a_real_one_becomes_a_branch() {
    let call = "FS('setIdentity', {\n    uid: user?.id ?? 'anonymous',\n    properties: { plan: user?.plan },\n  })";
    let text = format!("function f() {{\n  {call};\n}}\n");
    let after = web(&text).after(|places| {
        let (body, node) = places.step(call);
        vec![RemedyAction::BranchOnUser { body, node }]
    });
    assert_eq!(
        after.unwrap(),
        "\
function f() {
  if (user?.id) {
    FS('setIdentity', {
      uid: user.id,
      properties: { plan: user?.plan },
    });
  } else {
    FS('setIdentity', { anonymous: true });
  }
}
"
    );
}

#[test]
fn branches_of_other_shapes() {
    for (text, call, expected) in [
        (
            "FS.identify(user ? user.id : 'guest')\n",
            "FS.identify(user ? user.id : 'guest')",
            "if (user) {\n  FS.identify(user.id)\n} else {\n  FS.anonymize()\n}\n",
        ),
        (
            "const uid = !user ? 'guest' : user.id;\nFS('setIdentity', { uid });\n",
            "FS('setIdentity', { uid })",
            "const uid = !user ? 'guest' : user.id;\nif (user) {\n  FS('setIdentity', { uid: user.id });\n} else {\n  FS('setIdentity', { anonymous: true });\n}\n",
        ),
    ] {
        let case = if call.starts_with("FS.") { v1(text) } else { web(text) };
        let after = case.after(|places| {
            let (body, node) = places.step(call);
            vec![RemedyAction::BranchOnUser { body, node }]
        });
        assert_eq!(after.as_deref(), Some(expected));
    }
}

#[test]
fn waiting_with_a_time_out() {
    let call = "FS('setIdentityAsync', { anonymous: true })";
    let text = format!("async function f() {{\n  await {call};\n  leave();\n}}\n");
    let actions = |places: &Places<'_>| {
        let (body, node) = places.step(call);
        vec![RemedyAction::AwaitWithTimeout { body, node }]
    };
    assert_eq!(
        web(&text).after(actions).unwrap(),
        "\
async function f() {
  try {
    await Promise.race([
      FS('setIdentityAsync', { anonymous: true }),
      new Promise((resolve) => setTimeout(resolve, 1000)),
    ]);
  } catch {
    // Leaving matters more than the analytics call.
  }
  leave();
}
"
    );
    assert_eq!(web(&text.replace("async function", "function").replace("await ", "")).after(actions), None);
}

#[test]
fn a_wait_that_is_bounded_already() {
    let race = "await Promise.race([FS('setIdentityAsync', { anonymous: true }), wait(1000)]);";
    let text = format!("async function f() {{\n  {race}\n  leave();\n}}\n");
    let call = "FS('setIdentityAsync', { anonymous: true })";
    let guarded = web(&text).after(|places| {
        let (body, node) = places.step(call);
        vec![RemedyAction::AwaitWithTimeout { body, node }]
    });
    assert_eq!(
        guarded.unwrap(),
        format!(
            "async function f() {{\n  try {{\n    {race}\n  }} catch {{\n    // Leaving matters more than the analytics call.\n  }}\n  leave();\n}}\n"
        )
    );
    assert_eq!(
        web(&text).after(anonymize("FS('setIdentityAsync', { anonymous: true })")).unwrap(),
        "async function f() {\n  FS('setIdentity', { anonymous: true });\n  leave();\n}\n"
    );
    let with_a_request = text.replace("wait(1000)", "api.logout()");
    assert_eq!(web(&with_a_request).after(anonymize("FS('setIdentityAsync', { anonymous: true })")), None);
}
