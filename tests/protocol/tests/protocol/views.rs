//! What is shown beside diagnostics: lenses and symbols.

use std::fs;

use serde_json::{Value, json};

use crate::client::{Client, file_uri};
use crate::samples::{LOGOUT, released};

const URI: &str = "file:///farewell-tests/auth.ts";

/// [`LOGOUT`] with astral characters before the logout's name, on its line. In UTF-16 the name stands at
/// column 30.
fn wide(text: &str) -> String {
    text.replace("export async function logout", "/* \u{1F600}\u{1F600} */ export async function logout")
}

fn start(capabilities: Value, options: Value) -> Client {
    Client::start_with(json!({"capabilities": capabilities, "initializationOptions": options})).0
}

fn document(uri: &str) -> Value {
    json!({"textDocument": {"uri": uri}})
}

fn lenses(client: &mut Client, uri: &str) -> Value {
    client.request("textDocument/codeLens", document(uri)).unwrap()
}

fn range(line: u32, start: u32, end: u32) -> Value {
    json!({"start": {"line": line, "character": start}, "end": {"line": line, "character": end}})
}

#[test]
fn a_lens_says_what_becomes_of_the_identity_and_leads_to_the_ways_out() {
    let mut client = start(json!({}), json!({}));
    client.open(URI, 1, &wide(LOGOUT));
    client.diagnostics_of(URI, 1);
    let name = range(4, 33, 39);
    let way_out = json!([{"uri": URI, "range": range(8, 2, 33)}]);
    let command = json!({
        "title": "✗ its one way out keeps the identity",
        "command": "farewell.showWays",
        "arguments": [URI, name["start"], way_out]
    });
    assert_eq!(lenses(&mut client, URI), json!([{"range": name, "command": command}]));
    client.replace(URI, 2, &wide(&released()));
    client.diagnostics_of(URI, 2);
    let shown = lenses(&mut client, URI);
    assert_eq!(shown[0]["command"]["title"], "✓ released on its one way out");
    assert_eq!(shown[0]["command"]["arguments"][2][0]["range"], range(9, 2, 33));
    assert_eq!(lenses(&mut client, "untitled:none"), Value::Null);
    client.finish();
}

#[test]
fn a_lens_has_the_command_that_the_client_has() {
    let of_name = |name: Value| {
        let mut client = start(json!({}), json!({"lensCommand": name}));
        client.open(URI, 1, LOGOUT);
        client.diagnostics_of(URI, 1);
        let shown = lenses(&mut client, URI)[0]["command"].clone();
        client.finish();
        shown
    };
    let references = of_name(json!("editor.action.showReferences"));
    assert_eq!(references["command"], "editor.action.showReferences");
    assert_eq!(references["arguments"].as_array().unwrap().len(), 3);
    // A client without one shows the words alone.
    assert_eq!(of_name(json!("")), json!({"title": "✗ its one way out keeps the identity", "command": ""}));
}

#[test]
fn there_is_no_lens_where_nobody_is_identified() {
    let mut client = Client::start();
    let (_, logout) = LOGOUT.split_at(LOGOUT.find("export async").unwrap());
    client.open(URI, 1, &logout.replace("FS('trackEvent'", "track('trackEvent'"));
    client.diagnostics_of(URI, 1);
    assert_eq!(lenses(&mut client, URI), json!([]));
    client.finish();
}

#[test]
fn the_flows_of_a_document_are_its_symbols() {
    let text = wide(LOGOUT);
    let whole = json!({"start": {"line": 4, "character": 18}, "end": {"line": 9, "character": 1}});
    let nested = json!({"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": true}}});
    let mut client = start(nested, json!({}));
    client.open(URI, 1, &text);
    client.diagnostics_of(URI, 1);
    let symbols = client.request("textDocument/documentSymbol", document(URI)).unwrap();
    let symbol = json!({
        "name": "logout",
        "detail": "Logout by the user · ✗ its one way out keeps the identity",
        "kind": 12,
        "range": whole,
        "selectionRange": range(4, 33, 39)
    });
    assert_eq!(symbols, json!([symbol]));
    client.finish();

    let mut client = Client::start();
    client.open(URI, 1, &text);
    client.diagnostics_of(URI, 1);
    let symbols = client.request("textDocument/documentSymbol", document(URI)).unwrap();
    let location = json!({"uri": URI, "range": range(4, 33, 39)});
    assert_eq!(
        symbols,
        json!([{"name": "logout", "kind": 12, "location": location, "containerName": "Logout by the user"}])
    );
    client.finish();
}

#[test]
fn a_flow_that_is_written_in_another_is_shown_inside_of_it() {
    let nested = json!({"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": true}}});
    let mut client = start(nested, json!({}));
    let text =
        "function handleSessionTimeout() {\n  const signOut = () => { location.href = '/login'; };\n  signOut();\n}\n";
    client.open(URI, 1, text);
    client.diagnostics_of(URI, 1);
    let symbols = client.request("textDocument/documentSymbol", document(URI)).unwrap();
    assert_eq!(symbols[0]["name"], "handleSessionTimeout");
    assert_eq!(symbols[0]["children"][0]["name"], "signOut");
    assert_eq!((symbols.as_array().unwrap().len(), &symbols[0]["children"][0]["children"]), (1, &Value::Null));
    client.finish();
}

#[test]
fn the_flows_of_all_files_are_the_workspaces_symbols() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("src");
    fs::create_dir_all(&source).unwrap();
    fs::write(folder.path().join("package.json"), r#"{"name": "app"}"#).unwrap();
    fs::write(source.join("auth.ts"), wide(LOGOUT)).unwrap();
    fs::write(source.join("other.ts"), "export function helper() {}\n").unwrap();
    let (mut client, _) = Client::start_with(
        json!({"capabilities": {}, "workspaceFolders": [{"uri": file_uri(folder.path()), "name": "a"}]}),
    );
    let other = file_uri(&source.join("menu.ts"));
    client.open(&other, 1, "export function signOut() { location.href = '/login'; }\n");
    // The folder's scan takes its time.
    let symbols = loop {
        let symbols = client.request("workspace/symbol", json!({"query": ""})).unwrap();
        if symbols.as_array().unwrap().len() > 1 {
            break symbols;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    };
    let location = json!({"uri": file_uri(&source.join("auth.ts")), "range": range(4, 33, 39)});
    let logout = json!({"name": "logout", "kind": 12, "location": location, "containerName": "Logout by the user"});
    assert_eq!(symbols[0], logout);
    assert_eq!((&symbols[1]["name"], &symbols[1]["location"]["uri"]), (&json!("signOut"), &json!(other)));
    let asked = |client: &mut Client, query: &str| client.request("workspace/symbol", json!({"query": query})).unwrap();
    assert_eq!(asked(&mut client, "LGT"), json!([logout]));
    assert_eq!(asked(&mut client, "x"), json!([]));
    while client.diagnostics_of(&other, 1).is_empty() {}
    client.close(&other);
    client.diagnostics(&other);
    client.finish();
}
