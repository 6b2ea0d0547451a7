//! More than the server can take: edits without a pause while none of its own requests is answered.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Client, change_params, file_uri, frame, is_release, rules};
use crate::samples::LOGOUT;
use crate::text::position;

/// How many edits come in one go.
const EDITS: i64 = 300;
/// How many requests of the server wait for an answer that never comes.
const UNANSWERED: usize = 8;
/// How long the answer may take behind all that, where the program is built for release.
const BOUND: Duration = Duration::from_millis(200);

#[test]
fn a_hover_behind_everything_sees_the_last_version() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::write(root.join("package.json"), r#"{"dependencies": {"@fullstory/browser": "^2.0.0"}}"#).unwrap();
    let path = root.join("auth.ts");
    fs::write(&path, LOGOUT).unwrap();
    let uri = file_uri(&path);
    let capabilities = json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
    let folders = json!([{"uri": file_uri(root), "name": "app"}]);
    let (mut client, _) = Client::start_with(json!({"capabilities": capabilities, "workspaceFolders": folders}));
    // A client that says again and again that it is ready is asked again and again, and never answers.
    for _ in 1..UNANSWERED {
        client.notify("initialized", json!({}));
    }
    for _ in 0..UNANSWERED {
        client.message("client/registerCapability");
    }
    client.open(&uri, 1, LOGOUT);
    assert_eq!(rules(&client.diagnostics_of(&uri, 1)), ["missing-anonymize"]);

    let mut text = LOGOUT.to_owned();
    let mut bytes = Vec::new();
    let start = json!({"line": 0, "character": 0});
    for version in 2..EDITS + 2 {
        let new = if version % 2 == 0 { "// \u{1F600}\n" } else { "/* \u{10FFFF} */ " };
        let change = change_params(&uri, version, json!([{"range": {"start": start, "end": start}, "text": new}]));
        bytes.extend(frame(&json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": change})));
        text.insert_str(0, new);
    }
    let last = EDITS + 1;
    // The call's line begins with an astral character too.
    let call = text.find("FS('trackEvent'").unwrap();
    let begun = Instant::now();
    client.write(&bytes);
    let hover = client.hover(&uri, &position(&text, call)).unwrap();
    let took = begun.elapsed();
    eprintln!("a hover behind {EDITS} edits took {took:?}");
    assert_eq!(hover["range"]["start"], position(&text, call), "{hover}");
    if is_release() {
        assert!(took <= BOUND, "it took {took:?}");
    }

    // What was told before the answer may be of any version, in order; what is told after it only of the last.
    let publications = |messages: Vec<Value>| -> Vec<Option<i64>> {
        let of_document = |message: &Value| message["method"] == "textDocument/publishDiagnostics";
        messages.iter().filter(|it| of_document(it)).map(|it| it["params"]["version"].as_i64()).collect()
    };
    let before = publications(client.take_unread());
    assert!(before.is_sorted(), "{before:?}");
    if before.last() != Some(&Some(last)) {
        let (version, diagnostics) = client.diagnostics(&uri);
        assert_eq!((version, rules(&diagnostics)), (Some(last), vec!["missing-anonymize"]));
    }
    client.assert_quiet();
    client.finish();
}
