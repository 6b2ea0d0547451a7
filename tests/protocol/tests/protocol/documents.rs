//! Documents that come, change and go.

use serde_json::{Value, json};

use crate::client::{Client, change_params, frame, rules};
use crate::samples::{LOGOUT, WAY_OUT, released};

const URI: &str = "file:///farewell-tests/auth.ts";

#[test]
fn two_hundred_edits_in_one_write_end_in_the_right_text() {
    // The end of the code is typed in, one character an edit.
    let start = LOGOUT.find("await fetch").unwrap();
    let mut client = Client::start();
    client.open(URI, 1, &LOGOUT[..start]);
    let typed: Vec<char> = format!("{}// {}", &LOGOUT[start..], "x".repeat(100)).chars().take(200).collect();
    assert_eq!(typed.len(), 200);
    let (mut line, mut character) = (LOGOUT[..start].matches('\n').count(), 2);
    let mut frames = Vec::new();
    for (index, typed) in typed.iter().enumerate() {
        let at = json!({"line": line, "character": character});
        let changes = json!([{"range": {"start": at, "end": at}, "text": typed}]);
        let params = change_params(URI, index as i64 + 2, changes);
        frames.extend(frame(&json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params})));
        (line, character) = if *typed == '\n' { (line + 1, 0) } else { (line, character + 1) };
    }
    client.write(&frames);
    let at_once = client.diagnostics_of(URI, 201);
    assert_eq!(rules(&at_once), ["missing-anonymize"]);
    let text: String = LOGOUT[..start].chars().chain(typed).collect();
    let mut other = Client::start();
    other.open(URI, 1, &text);
    assert_eq!(at_once, other.diagnostics_of(URI, 1));
    other.finish();
    client.finish();
}

#[test]
fn closing_clears_and_opening_again_tells_again() {
    let mut client = Client::start();
    for uri in [URI, "untitled:Untitled-1"] {
        client.open(uri, 1, LOGOUT);
        assert_eq!(rules(&client.diagnostics_of(uri, 1)), ["missing-anonymize"], "{uri}");
        client.close(uri);
        assert_eq!(client.diagnostics(uri), (None, Vec::new()), "{uri}");
        client.change(uri, 2, json!([{"text": LOGOUT}]));
        client.close(uri);
        client.assert_quiet();
        client.open(uri, 1, LOGOUT);
        assert_eq!(rules(&client.diagnostics_of(uri, 1)), ["missing-anonymize"], "{uri}");
    }
    client.finish();
}

#[test]
fn documents_of_other_languages_are_passed_over_quietly() {
    let mut client = Client::start();
    for (uri, language) in [("file:///a.py", "python"), ("untitled:x", "plaintext"), ("file:///b", "")] {
        let item = json!({"uri": uri, "languageId": language, "version": 1, "text": LOGOUT});
        client.notify("textDocument/didOpen", json!({"textDocument": item}));
        client.change(uri, 2, json!([{"text": "x"}]));
        assert_eq!(client.hover(uri, &json!({"line": 0, "character": 0})), Ok(Value::Null));
        client.notify("textDocument/didSave", json!({"textDocument": {"uri": uri}}));
        client.close(uri);
    }
    client.assert_quiet();
    client.finish();
}

#[test]
fn every_language_is_served_by_name_or_by_id() {
    let mut client = Client::start();
    let plain = LOGOUT.replace(": { id: string }", "");
    for (uri, language) in [
        ("file:///t/a.ts", "typescript"),
        ("file:///t/a.tsx", "typescriptreact"),
        ("file:///t/a.js", "javascript"),
        ("file:///t/a.jsx", "javascriptreact"),
        ("file:///t/a.mjs", "whatever"),
        ("untitled:Untitled-2", "javascriptreact"),
    ] {
        let item = json!({"uri": uri, "languageId": language, "version": 3, "text": plain});
        client.notify("textDocument/didOpen", json!({"textDocument": item}));
        assert_eq!(rules(&client.diagnostics_of(uri, 3)), ["missing-anonymize"], "{uri}");
    }
    client.finish();
}

#[test]
fn texts_that_are_too_large_or_binary_are_not_analysed_until_they_are_fit() {
    let mut client = Client::start();
    client.open(URI, 1, &format!("{LOGOUT}//{}\n", "x".repeat(1024 * 1024)));
    assert_eq!(client.diagnostics_of(URI, 1), [] as [Value; 0]);
    client.replace(URI, 2, LOGOUT);
    assert_eq!(rules(&client.diagnostics_of(URI, 2)), ["missing-anonymize"]);
    client.replace(URI, 3, &format!("{LOGOUT}\0"));
    assert_eq!(client.diagnostics_of(URI, 3), [] as [Value; 0]);
    assert_eq!(client.hover(URI, &json!({"line": 0, "character": 0})), Ok(Value::Null));
    client.replace(URI, 4, LOGOUT);
    assert_eq!(rules(&client.diagnostics_of(URI, 4)), ["missing-anonymize"]);
    client.finish();
}

#[test]
fn a_half_typed_text_is_no_trouble() {
    let mut client = Client::start();
    client.open(URI, 1, "");
    client.diagnostics_of(URI, 1);
    let mut version = 1;
    for end in (0..LOGOUT.len()).step_by(7) {
        version += 1;
        client.replace(URI, version, &LOGOUT[..end]);
    }
    client.replace(URI, version + 1, LOGOUT);
    assert_eq!(rules(&client.diagnostics_of(URI, version + 1)), ["missing-anonymize"]);
    client.finish();
}

#[test]
fn an_edit_tells_nothing_new_of_the_other_documents() {
    let mut client = Client::start();
    let other = "file:///farewell-tests/other.ts";
    client.open(URI, 1, LOGOUT);
    client.open(other, 1, &released());
    client.diagnostics_of(URI, 1);
    client.diagnostics_of(other, 1);
    client.replace(other, 2, &released().replace(WAY_OUT, "window.location.href = '/signed-out'"));
    assert_eq!(client.diagnostics_of(other, 2), [] as [Value; 0]);
    client.assert_quiet();
    client.finish();
}

#[test]
fn line_ends_of_windows_are_kept_by_fixes() {
    let mut client = Client::start();
    let text = LOGOUT.replace('\n', "\r\n");
    client.open(URI, 1, &text);
    let diagnostics = client.diagnostics_of(URI, 1);
    let actions = client.code_actions(URI, &diagnostics[0]["range"], json!({"diagnostics": []}));
    let fix = actions.iter().find(|action| action["isPreferred"] == true).unwrap();
    let fixed = crate::text::apply(&text, fix["edit"]["changes"][URI].as_array().unwrap());
    assert_eq!(fixed, released().replace('\n', "\r\n"));
    client.finish();
}

#[test]
fn addresses_that_want_escaping_are_understood() {
    let mut client = Client::start();
    for (uri, escaped) in [
        ("file:///farewell-tests/[slug]/my page.tsx", "file:///farewell-tests/%5Bslug%5D/my%20page.tsx"),
        ("file:///farewell-tests/%5Bid%5D/%C3%A9.ts", "file:///farewell-tests/%5Bid%5D/%C3%A9.ts"),
    ] {
        client.open(uri, 1, LOGOUT);
        assert_eq!(rules(&client.diagnostics_of(escaped, 1)), ["missing-anonymize"], "{uri}");
        client.close(uri);
        assert_eq!(client.diagnostics(escaped), (None, Vec::new()), "{uri}");
    }
    client.finish();
}
