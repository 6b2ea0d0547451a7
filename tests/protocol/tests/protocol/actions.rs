//! Code actions: which are offered for what, what they do, and when they are refused.

use serde_json::{Value, json};

use crate::client::{Client, rules};
use crate::samples::{LOGOUT, WAY_OUT};
use crate::text::{apply, position, range_of};

const URI: &str = "file:///farewell-tests/src/actions.ts";
/// Two flows with one fault each; wide characters stand before both on their lines.
fn two_flows() -> String {
    let wide = LOGOUT.replace(WAY_OUT, &format!("/* \u{1F600} */ {WAY_OUT}"));
    let other = wide.replace("logout()", "signOut()").replace("login(", "signIn(").replace("/login", "/welcome");
    format!("{wide}\n{other}")
}

const SECOND: &str = "window.location.href = '/welcome'";

/// A client that resolves edits and takes versions.
fn resolving() -> Client {
    let action = json!({"dataSupport": true, "disabledSupport": true, "resolveSupport": {"properties": ["edit"]}});
    let capabilities = json!({
        "workspace": {"workspaceEdit": {"documentChanges": true}},
        "textDocument": {"codeAction": action}
    });
    let (client, answer) = Client::start_with(json!({"capabilities": capabilities}));
    assert_eq!(answer["capabilities"]["codeActionProvider"]["resolveProvider"], true);
    client
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().unwrap()).collect()
}

fn titled<'a>(actions: &'a [Value], start: &str) -> &'a Value {
    let found = actions.iter().find(|action| action["title"].as_str().unwrap().starts_with(start));
    found.unwrap_or_else(|| panic!("no {start}: {:?}", titles(actions)))
}

fn everywhere() -> Value {
    json!({"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}})
}

fn applied(text: &str, action: &Value) -> String {
    apply(text, action["edit"]["changes"][URI].as_array().unwrap_or_else(|| panic!("no edits: {action}")))
}

#[test]
fn safe_fixes_alone_are_preferred_and_ignoring_comes_last() {
    let mut client = Client::start();
    let text = two_flows();
    client.open(URI, 1, &text);
    let diagnostics = client.diagnostics_of(URI, 1);
    let actions = client.code_actions(URI, &range_of(&text, WAY_OUT), json!({"diagnostics": diagnostics}));
    let preferred: Vec<&Value> = actions.iter().filter(|action| action["isPreferred"] == true).collect();
    assert_eq!(preferred.len(), 1, "{:?}", titles(&actions));
    assert_eq!(actions[0], *preferred[0]);
    assert!(actions.iter().all(|action| action["kind"] == "quickfix"));
    let ignores = &actions[actions.len() - 2..];
    let expected = [
        "Ignore missing-anonymize on this line, for a reason that you write",
        "Ignore missing-anonymize in this file, for a reason that you write",
    ];
    assert_eq!(titles(ignores), expected);
    assert!(ignores.iter().all(|action| action.get("isPreferred").is_none()));
    let every = titled(&actions, "Fix every missing-anonymize in this file");
    client.replace(URI, 2, &applied(&text, every));
    assert_eq!(client.diagnostics_of(URI, 2), [] as [Value; 0]);
    client.finish();
}

#[test]
fn what_is_ignored_is_told_of_until_the_reason_is_typed() {
    let mut client = Client::start();
    let text = two_flows().replace('\n', "\r\n");
    client.open(URI, 1, &text);
    assert_eq!(client.diagnostics_of(URI, 1).len(), 2);
    let actions = client.code_actions(URI, &range_of(&text, WAY_OUT), json!({"diagnostics": []}));
    let ignored = applied(&text, titled(&actions, "Ignore missing-anonymize on this line"));
    let comment = "  // farewell-ignore missing-anonymize: \r\n";
    assert_eq!(ignored, text.replacen("  /* \u{1F600}", &format!("{comment}  /* \u{1F600}"), 1));
    client.replace(URI, 2, &ignored);
    let found = client.diagnostics_of(URI, 2);
    assert_eq!(rules(&found), ["unused-suppression", "missing-anonymize", "missing-anonymize"]);
    // Nothing that is done unasked takes the comment away before the reason is there.
    let all = client.code_actions(URI, &everywhere(), json!({"diagnostics": [], "only": ["source.fixAll"]}));
    assert!(applied(&ignored, &all[0]).contains("farewell-ignore"));
    let reasoned = ignored.replace("anonymize: \r", "anonymize: a kiosk \u{1F600}\r");
    client.replace(URI, 3, &reasoned);
    let found = client.diagnostics_of(URI, 3);
    assert_eq!(rules(&found), ["missing-anonymize"]);
    assert_eq!(found[0]["range"], range_of(&reasoned, SECOND));
    let actions = client.code_actions(URI, &range_of(&reasoned, SECOND), json!({"diagnostics": []}));
    let in_file = applied(&reasoned, titled(&actions, "Ignore missing-anonymize in this file"));
    assert!(in_file.starts_with("// farewell-ignore-file missing-anonymize: \r\n"), "{in_file}");
    client.finish();
}

#[test]
fn the_clients_diagnostics_say_which_findings_are_meant() {
    let mut client = Client::start();
    let text = two_flows();
    client.open(URI, 1, &text);
    let held = client.diagnostics_of(URI, 1);
    let of = |client: &mut Client, held: Value| {
        let actions = client.code_actions(URI, &everywhere(), json!({"diagnostics": held}));
        let about = actions.iter().filter(|action| action["isPreferred"] == true);
        about.map(|action| action["diagnostics"][0]["range"].clone()).collect::<Vec<_>>()
    };
    let (first, second) = (range_of(&text, WAY_OUT), range_of(&text, SECOND));
    assert_eq!(of(&mut client, json!([])), [first.clone(), second.clone()]);
    assert_eq!(of(&mut client, json!(held[1..])), std::slice::from_ref(&second));
    // Another tool's say nothing of ours.
    let other = json!({"range": first, "message": "x", "source": "eslint"});
    assert_eq!(of(&mut client, json!([other])), [first.clone(), second.clone()]);
    assert_eq!(of(&mut client, json!([other, held[0]])), [first]);
    client.finish();
}

#[test]
fn a_finding_is_found_again_when_the_text_has_moved() {
    let mut client = Client::start();
    let text = two_flows();
    client.open(URI, 1, &text);
    let held = client.diagnostics_of(URI, 1);
    let moved = format!("// \u{1F600}\n\n\n{text}");
    client.replace(URI, 2, &moved);
    client.diagnostics_of(URI, 2);
    // Asked where the diagnostic stood, and where its code stands now.
    for range in [&held[1]["range"], &range_of(&moved, SECOND)] {
        let actions = client.code_actions(URI, range, json!({"diagnostics": [held[1]]}));
        let preferred: Vec<&Value> = actions.iter().filter(|action| action["isPreferred"] == true).collect();
        assert_eq!(preferred.len(), 1, "{:?}", titles(&actions));
        assert_eq!(preferred[0]["diagnostics"], json!([held[1]]));
        let fixed = applied(&moved, preferred[0]);
        assert_eq!(fixed.matches("anonymous: true").count(), 1);
        assert!(fixed.find("anonymous: true") > fixed.find("signOut"));
    }
    client.finish();
}

#[test]
fn edits_are_made_when_the_client_asks_for_them() {
    let mut client = resolving();
    let text = two_flows();
    client.open(URI, 4, &text);
    let diagnostics = client.diagnostics_of(URI, 4);
    let mut offered = client.code_actions(URI, &range_of(&text, SECOND), json!({"diagnostics": diagnostics}));
    offered.extend(client.code_actions(URI, &everywhere(), json!({"diagnostics": [], "only": ["source"]})));
    assert!(offered.len() >= 5, "{:?}", titles(&offered));
    let mut whole = Client::start();
    whole.open(URI, 4, &text);
    whole.diagnostics_of(URI, 4);
    let mut expected = whole.code_actions(URI, &range_of(&text, SECOND), json!({"diagnostics": diagnostics}));
    expected.extend(whole.code_actions(URI, &everywhere(), json!({"diagnostics": [], "only": ["source"]})));
    whole.finish();
    assert_eq!(titles(&offered), titles(&expected));
    for (action, expected) in offered.iter().zip(&expected) {
        assert!(action.get("edit").is_none() && action["data"].is_object(), "{action}");
        let resolved = client.request("codeAction/resolve", action.clone()).unwrap();
        let change = &resolved["edit"]["documentChanges"][0];
        assert_eq!(change["textDocument"], json!({"uri": URI, "version": 4}));
        assert_eq!(change["edits"], expected["edit"]["changes"][URI], "{}", action["title"]);
        for kept in ["title", "kind", "diagnostics", "isPreferred", "data"] {
            assert_eq!(resolved.get(kept), action.get(kept), "{kept}");
        }
    }
    // The text is another one: what was offered is no good any more.
    client.change(URI, 5, json!([{"range": {"start": position(&text, 0), "end": position(&text, 0)}, "text": "\n"}]));
    for action in &offered {
        let error = client.request("codeAction/resolve", action.clone()).unwrap_err();
        assert_eq!(error["code"], -32801, "{error}");
    }
    client.diagnostics_of(URI, 5);
    client.close(URI);
    client.diagnostics(URI);
    assert_eq!(client.request("codeAction/resolve", offered[0].clone()).unwrap_err()["code"], -32801);
    client.finish();
}

#[test]
fn what_cannot_be_resolved_is_refused() {
    let mut client = resolving();
    client.open(URI, 1, LOGOUT);
    client.diagnostics_of(URI, 1);
    let whole = json!({"title": "another's"});
    assert_eq!(client.request("codeAction/resolve", whole.clone()), Ok(whole));
    for data in [json!(7), json!({"uri": URI}), json!({"uri": URI, "version": 1, "deed": "eat"})] {
        let error = client.request("codeAction/resolve", json!({"title": "t", "data": data})).unwrap_err();
        assert_eq!(error["code"], -32602, "{error}");
    }
    let nowhere = json!({"rule": "missing-anonymize", "start": 0, "end": 4_000_000_000_u32});
    for deed in [
        json!({"fix": {"of": nowhere, "nth": 0}}),
        json!({"ignoreLine": {"of": nowhere}}),
        json!({"fixRule": {"rule": "no-rule"}}),
    ] {
        let data = json!({"uri": URI, "version": 1, "deed": deed});
        let error = client.request("codeAction/resolve", json!({"title": "t", "data": data})).unwrap_err();
        assert_eq!(error["code"], -32801, "{error}");
    }
    client.finish();
}

#[test]
fn over_half_typed_code_a_fix_is_offered_only_if_it_holds() {
    let mut client = Client::start();
    let text = two_flows();
    client.open(URI, 1, &text);
    assert_eq!(client.diagnostics_of(URI, 1).len(), 2);
    // Both are still told of; the first one's function cannot be read.
    let half = text.replacen("localStorage", "if (x {\n  localStorage", 1);
    client.replace(URI, 2, &half);
    assert_eq!(client.diagnostics_of(URI, 2).len(), 2);
    let actions = client.code_actions(URI, &everywhere(), json!({"diagnostics": []}));
    for action in actions.iter().filter(|action| action["diagnostics"].is_array()) {
        // What is done to the half-typed text is done to the whole one as well.
        let mended = applied(&half, action).replacen("if (x {\n  localStorage", "localStorage", 1);
        let mut other = Client::start();
        other.open(URI, 1, &mended);
        let left = other.diagnostics_of(URI, 1);
        let is_ignored = mended.contains("farewell-ignore");
        assert_eq!(left.len(), if is_ignored { 3 } else { 1 }, "{}: {left:?}", action["title"]);
        other.finish();
    }
    client.finish();
}

#[test]
fn fixing_all_again_and_again_comes_to_an_end() {
    let mut client = Client::start();
    // A late call, a wrong one and a duplicate meet in one place, so that one round does not make them all.
    let tangled = "\
export async function logout() {
  FS('setIdentity', { uid: null }); FS('setIdentity', { uid: null });
  localStorage.removeItem('token');
  window.location.href = '/login'; FS('setIdentity', { anonymous: true });
  FS('trackEvent', { name: 'Logout', properties: {} });
}
";
    let mut text = format!("{tangled}{}{}", two_flows(), tangled.replace("logout()", "handleLogout()"));
    client.open(URI, 1, &text);
    client.diagnostics_of(URI, 1);
    let mut version = 1;
    loop {
        let context = json!({"diagnostics": [], "only": ["source.fixAll.farewell"]});
        let actions = client.code_actions(URI, &everywhere(), context);
        let Some(action) = actions.first() else { break };
        let edits = action["edit"]["changes"][URI].as_array().unwrap();
        let place = |at: &Value| (at["line"].as_u64().unwrap(), at["character"].as_u64().unwrap());
        for pair in edits.windows(2) {
            assert!(place(&pair[0]["range"]["end"]) <= place(&pair[1]["range"]["start"]), "{edits:?}");
        }
        text = apply(&text, edits);
        version += 1;
        assert!(version < 12, "it does not end:\n{text}");
        client.replace(URI, version, &text);
        client.diagnostics_of(URI, version);
    }
    assert!(version > 1);
    client.finish();
}

#[test]
fn why_there_is_no_fix_is_told_to_clients_that_show_it() {
    // A call before the redirect would be made again and again.
    let text = "\
export function login(user: { id: string }) {
  FS('setIdentity', { uid: user.id });
}

export function watchExpiry(expiresAt: number) {
  const id = setInterval(() => {
    if (Date.now() > expiresAt) {
      localStorage.removeItem('token');
      /* \u{1F600} */ router.replace('/login');
    }
  }, 1000);
  return () => clearInterval(id);
}
";
    for mut client in [resolving(), Client::start()] {
        client.open(URI, 1, text);
        let diagnostics = client.diagnostics_of(URI, 1);
        assert_eq!(rules(&diagnostics), ["missing-anonymize"]);
        let actions = client.code_actions(URI, &diagnostics[0]["range"], json!({"diagnostics": diagnostics}));
        let disabled: Vec<&Value> = actions.iter().filter(|action| action["disabled"].is_object()).collect();
        assert!(actions.iter().all(|action| action.get("isPreferred").is_none()), "{:?}", titles(&actions));
        if actions[0].get("data").is_none() && actions[0].get("edit").is_none() {
            let reason = disabled[0]["disabled"]["reason"].as_str().unwrap();
            assert!(reason.starts_with("No single edit"), "{reason}");
            assert_eq!((disabled.len(), actions.len()), (1, 3), "{:?}", titles(&actions));
        } else {
            assert_eq!((disabled.len(), actions.len()), (0, 2), "{:?}", titles(&actions));
        }
        client.finish();
    }
}
