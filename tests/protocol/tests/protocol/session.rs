//! A whole session, from opening a file to leaving.

use serde_json::{Value, json};

use crate::client::{Client, change_params, frame, rules};
use crate::samples::{LOGOUT, RELEASE, WAY_OUT, released};
use crate::text::{apply, position, range_of};

const URI: &str = "file:///farewell-tests/src/auth.ts";

#[test]
fn open_edit_fix_hover_and_leave() {
    let (mut client, answer) =
        Client::start_with(json!({"capabilities": {"workspace": {"workspaceEdit": {"documentChanges": true}}}}));
    assert_eq!(answer["serverInfo"]["name"], "farewell");
    client.open(URI, 1, LOGOUT);
    let diagnostics = client.diagnostics_of(URI, 1);
    assert_eq!(rules(&diagnostics), ["missing-anonymize"]);

    // Three edits in one go, each in the text that the one before it left.
    let start = json!({"line": 0, "character": 0});
    let insert = |text: &str| json!([{"range": {"start": start, "end": start}, "text": text}]);
    let edits: Vec<u8> = [(2, "// one\n"), (3, "// two\n"), (4, "// \u{1F600}\n")]
        .into_iter()
        .flat_map(|(version, text)| {
            let params = change_params(URI, version, insert(text));
            frame(&json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params}))
        })
        .collect();
    client.write(&edits);
    let text = format!("// \u{1F600}\n// two\n// one\n{LOGOUT}");
    let diagnostics = client.diagnostics_of(URI, 4);
    assert_eq!(rules(&diagnostics), ["missing-anonymize"]);
    let way_out = range_of(&text, WAY_OUT);
    assert_eq!(diagnostics[0]["range"]["start"], way_out["start"]);

    let actions = client.code_actions(URI, &diagnostics[0]["range"], json!({"diagnostics": diagnostics}));
    let preferred: Vec<&Value> = actions.iter().filter(|action| action["isPreferred"] == true).collect();
    assert_eq!(preferred.len(), 1, "{actions:?}");
    assert_eq!(preferred[0]["kind"], "quickfix");
    assert_eq!(preferred[0]["diagnostics"], json!(diagnostics));
    let change = &preferred[0]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": URI, "version": 4}));
    let fixed = apply(&text, change["edits"].as_array().unwrap());
    assert_eq!(fixed, text.replace(WAY_OUT, &format!("{RELEASE}{WAY_OUT}")));
    client.replace(URI, 5, &fixed);
    assert_eq!(client.diagnostics_of(URI, 5), [] as [Value; 0]);

    let call = position(&fixed, fixed.find("FS('setIdentity', { anonymous").unwrap());
    let hover = client.hover(URI, &call).unwrap();
    assert_eq!(hover["contents"]["kind"], "markdown");
    assert!(hover["contents"]["value"].as_str().unwrap().contains("anonym"), "{hover}");
    client.finish();
}

#[test]
fn a_diagnostic_tells_all_that_it_knows() {
    let (mut client, _) = Client::start_with(
        json!({"capabilities": {"textDocument": {"publishDiagnostics": {"relatedInformation": true}}}}),
    );
    client.open(URI, 7, LOGOUT);
    let (version, diagnostics) = client.diagnostics(URI);
    assert_eq!(version, Some(7));
    let diagnostic = &diagnostics[0];
    assert_eq!(diagnostic["source"], "farewell");
    assert_eq!(diagnostic["severity"], 2);
    let page = diagnostic["codeDescription"]["href"].as_str().unwrap();
    assert!(page.ends_with("/server/analysis/src/rules/missing_anonymize.md"), "{page}");
    assert_eq!(diagnostic["data"]["rule"], "missing-anonymize");
    let related = diagnostic["relatedInformation"].as_array().unwrap();
    assert!(!related.is_empty() && related.iter().all(|related| related["location"]["uri"] == URI), "{related:?}");
    client.finish();
}

#[test]
fn what_the_client_cannot_do_is_not_sent() {
    let (mut client, _) =
        Client::start_with(json!({"capabilities": {"textDocument": {"hover": {"contentFormat": ["plaintext"]}}}}));
    client.open(URI, 1, LOGOUT);
    let diagnostics = client.diagnostics_of(URI, 1);
    assert_eq!(diagnostics[0].get("relatedInformation"), None);
    let actions = client.code_actions(URI, &diagnostics[0]["range"], json!({"diagnostics": []}));
    let fix = actions.iter().find(|action| action["isPreferred"] == true).unwrap();
    assert_eq!(fix["edit"].get("documentChanges"), None);
    assert_eq!(apply(LOGOUT, fix["edit"]["changes"][URI].as_array().unwrap()), released());
    let hover = client.hover(URI, &position(LOGOUT, LOGOUT.find("FS(").unwrap())).unwrap();
    assert_eq!(hover["contents"]["kind"], "plaintext");
    client.finish();
}

#[test]
fn actions_are_those_of_the_range_and_of_the_kinds_asked_for() {
    let mut client = Client::start();
    client.open(URI, 1, LOGOUT);
    client.diagnostics_of(URI, 1);
    let elsewhere = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}});
    assert_eq!(client.code_actions(URI, &elsewhere, json!({"diagnostics": []})), [] as [Value; 0]);
    let way_out = range_of(LOGOUT, WAY_OUT);
    for kind in ["refactor", "source.organizeImports"] {
        let context = json!({"diagnostics": [], "only": [kind]});
        assert_eq!(client.code_actions(URI, &way_out, context), [] as [Value; 0], "{kind}");
    }
    let quick = client.code_actions(URI, &way_out, json!({"diagnostics": [], "only": ["quickfix"]}));
    assert!(!quick.is_empty() && quick.iter().all(|action| action["kind"] == "quickfix"), "{quick:?}");
    client.finish();
}

#[test]
fn everything_safe_is_fixed_at_once() {
    let mut client = Client::start();
    let second = LOGOUT.replace("logout()", "signOut()").replace("login(", "signIn(");
    let text = format!("{LOGOUT}\n{second}");
    client.open(URI, 1, &text);
    assert_eq!(rules(&client.diagnostics_of(URI, 1)), ["missing-anonymize"; 2]);
    let start = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
    for kind in ["source", "source.fixAll", "source.fixAll.farewell"] {
        let actions = client.code_actions(URI, &start, json!({"diagnostics": [], "only": [kind]}));
        assert_eq!(actions.len(), 1, "{kind}");
        assert_eq!(actions[0]["kind"], "source.fixAll.farewell");
        let fixed = apply(&text, actions[0]["edit"]["changes"][URI].as_array().unwrap());
        assert_eq!(fixed, text.replace(WAY_OUT, &format!("{RELEASE}{WAY_OUT}")));
    }
    client.finish();
}
