//! What is offered while somebody types.

use serde_json::{Value, json};

use crate::client::Client;

const URI: &str = "file:///farewell-tests/auth.ts";

fn start(item: Value) -> Client {
    let capabilities = json!({"textDocument": {"completion": {"completionItem": item}}});
    Client::start_with(json!({"capabilities": capabilities})).0
}

/// What is offered at the `|` of a text.
fn offered(client: &mut Client, version: i64, text: &str) -> Value {
    offered_in(client, URI, version, text)
}

fn offered_in(client: &mut Client, uri: &str, version: i64, text: &str) -> Value {
    let before = &text[..text.find('|').unwrap()];
    let line = before.matches('\n').count();
    let character = before.rsplit('\n').next().unwrap().encode_utf16().count();
    let text = text.replacen('|', "", 1);
    if version == 1 {
        client.open(uri, 1, &text);
    } else {
        client.replace(uri, version, &text);
    }
    client.diagnostics_of(uri, version);
    let at = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}});
    client.request("textDocument/completion", at).unwrap()
}

const TEXT: &str =
    "import { FullStory } from '@fullstory/browser';\nexport function bye() {\n  /* \u{1F600} */ ident|\n}\n";

#[test]
fn a_snippet_takes_the_place_of_what_is_typed() {
    let mut client = start(json!({"snippetSupport": true, "insertTextModeSupport": {"valueSet": [1, 2]}}));
    let list = offered(&mut client, 1, TEXT);
    assert_eq!((list["isIncomplete"].as_bool(), list["items"].as_array().unwrap().len()), (Some(false), 1));
    let item = &list["items"][0];
    let range = json!({"start": {"line": 2, "character": 11}, "end": {"line": 2, "character": 16}});
    let code = "FullStory('setIdentity', { uid: ${1:user.id} });$0";
    assert_eq!(item["textEdit"], json!({"range": range, "newText": code}));
    assert_eq!(item["label"], "FullStory('setIdentity', { uid: user.id })");
    assert_eq!(
        (&item["filterText"], &item["insertTextFormat"], &item["insertTextMode"]),
        (&json!("identify"), &json!(2), &json!(2))
    );
    assert!(item["sortText"].as_str().unwrap() > "zzz");
    assert_eq!(item["additionalTextEdits"], Value::Null);
    client.finish();
}

#[test]
fn a_client_without_snippets_gets_text() {
    let mut client = start(json!({}));
    let list = offered(&mut client, 1, TEXT);
    let item = &list["items"][0];
    assert_eq!(
        (&item["textEdit"]["newText"], &item["insertTextFormat"]),
        (&json!("FullStory('setIdentity', { uid: user.id });"), &json!(1))
    );
    let list = offered(&mut client, 2, "export class Auth {\n  logo|\n}\n");
    let lines: Vec<&str> = list["items"][0]["textEdit"]["newText"].as_str().unwrap().lines().collect();
    assert_eq!(
        (lines[0], lines[1], lines[5]),
        ("async logout() {", "    FS('trackEvent', { name: 'Logout', properties: {} });", "  }")
    );
    client.finish();
}

#[test]
fn an_import_that_is_missing_is_added() {
    let mut client = start(json!({"snippetSupport": true}));
    let text = "import { AppState } from 'react-native';\n\nexport function bye() {\n  anon|\n}\n";
    let item = offered_in(&mut client, "file:///farewell-tests/auth.native.ts", 1, text)["items"][0].clone();
    assert_eq!(item["textEdit"]["newText"], "FullStory.anonymize();$0");
    let added = item["additionalTextEdits"].as_array().unwrap();
    assert_eq!(added.len(), 1, "{item}");
    assert_eq!(added[0]["newText"], "import FullStory from '@fullstory/react-native';\n");
    assert_eq!(added[0]["range"]["start"], json!({"line": 1, "character": 0}));
    client.finish();
}

#[test]
fn more_is_asked_for_while_too_little_is_typed_and_nothing_is_offered_in_texts() {
    let mut client = start(json!({"snippetSupport": true}));
    let ask = |client: &mut Client, version: i64, typed: &str| {
        let list = offered(client, version, &TEXT.replace("ident|", typed));
        (list["items"].as_array().unwrap().len(), list["isIncomplete"].as_bool().unwrap())
    };
    assert_eq!(ask(&mut client, 1, "F|"), (0, true));
    assert_eq!(ask(&mut client, 2, "|"), (0, true));
    assert_eq!(ask(&mut client, 3, "Fu|"), (4, false));
    assert_eq!(ask(&mut client, 4, "FullStory.|"), (3, false));
    assert_eq!(ask(&mut client, 5, "console.|"), (0, false));
    assert_eq!(ask(&mut client, 6, "say('fs|')"), (0, false));
    assert_eq!(ask(&mut client, 7, "// fs|"), (0, false));
    assert_eq!(ask(&mut client, 8, "const fs|"), (0, false));
    client.finish();
}
