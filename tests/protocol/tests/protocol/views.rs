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
fn a_lens_stays_over_its_code_while_somebody_types() {
    let mut client = Client::start();
    client.open(URI, 1, &wide(LOGOUT));
    client.diagnostics_of(URI, 1);
    let whole = lenses(&mut client, URI);
    // Half a call, two lines further down.
    client.change(URI, 2, json!([{"range": range(6, 2, 2), "text": "FS('setIdentity', {\n\n  "}]));
    assert_eq!(lenses(&mut client, URI)[0]["command"]["title"], whole[0]["command"]["title"]);
    assert_eq!(lenses(&mut client, URI)[0]["range"], range(4, 33, 39));
    assert_eq!(lenses(&mut client, URI)[0]["command"]["arguments"][2][0]["range"], range(10, 2, 33));
    client.change(URI, 3, json!([{"range": range(0, 0, 0), "text": "// \u{1F600}\n"}]));
    assert_eq!(lenses(&mut client, URI)[0]["range"], range(5, 33, 39));
    // What has another name is another flow, and what can be read is read.
    client.change(URI, 4, json!([{"range": range(5, 33, 39), "text": "leave"}]));
    assert_eq!(lenses(&mut client, URI), json!([]));
    client.replace(URI, 5, &released());
    assert_eq!(lenses(&mut client, URI)[0]["command"]["title"], "✓ released on its one way out");
    client.diagnostics_of(URI, 5);
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
    client.close(&other);
    while client.diagnostics(&other).0.is_some() {}
    client.finish();
}

fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}})
}

#[test]
fn on_a_step_of_a_flow_all_of_them_are_highlighted() {
    let mut client = Client::start();
    let text = released().replace("FS('trackEvent'", "/* \u{1F600} */ FS('trackEvent'");
    client.open(URI, 1, &text);
    client.diagnostics_of(URI, 1);
    let steps = json!([
        {"range": range(5, 11, 63), "kind": 1},
        {"range": range(8, 2, 40), "kind": 3},
        {"range": range(9, 2, 33), "kind": 2}
    ]);
    for (line, character) in [(4, 24), (5, 12), (8, 2), (9, 10)] {
        let shown = client.request("textDocument/documentHighlight", at(URI, line, character)).unwrap();
        assert_eq!(shown, steps, "{line}:{character}");
    }
    // Elsewhere the language's own server has the word.
    for (line, character) in [(5, 30), (6, 10), (9, 28), (900, 900)] {
        let shown = client.request("textDocument/documentHighlight", at(URI, line, character)).unwrap();
        assert_eq!(shown, Value::Null, "{line}:{character}");
    }
    client.finish();
}

#[test]
fn identity_is_shown_behind_each_step_where_the_user_wants_it() {
    let text = released().replace("FS('setIdentity', { anonymous", "/* \u{1F600} */ FS('setIdentity', { anonymous");
    let ask = |client: &mut Client, first: u32, last: u32| {
        let range = json!({"start": {"line": first, "character": 0}, "end": {"line": last, "character": 0}});
        client.request("textDocument/inlayHint", json!({"textDocument": {"uri": URI}, "range": range})).unwrap()
    };
    let mut client = start(json!({}), json!({"inlayHints": true}));
    client.open(URI, 1, &text);
    client.diagnostics_of(URI, 1);
    let hints = ask(&mut client, 0, 99);
    assert_eq!(hints.as_array().unwrap().len(), 1);
    assert_eq!(
        (&hints[0]["position"], &hints[0]["label"]),
        (&json!({"line": 8, "character": 49}), &json!("identity: released"))
    );
    assert_eq!(ask(&mut client, 0, 8), json!([]));
    client.finish();

    let mut client = Client::start();
    client.open(URI, 1, &text);
    client.diagnostics_of(URI, 1);
    assert_eq!(ask(&mut client, 0, 99), Value::Null);
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"farewell": {"inlayHints": true}}}));
    assert_eq!(ask(&mut client, 0, 99), hints);
    client.finish();
}

const MENU: &str = "export const onLogoutClick = async () => { /* \u{1F600} */ await logout(); };\n";

#[test]
fn a_way_out_tells_who_leads_to_it() {
    let mut client = Client::start();
    let text = format!("{LOGOUT}{MENU}");
    client.open(URI, 1, &text);
    client.diagnostics_of(URI, 1);
    let prepared = client.request("textDocument/prepareCallHierarchy", at(URI, 8, 10)).unwrap();
    let way = prepared[0].clone();
    assert_eq!(
        (&way["name"], &way["kind"], &way["detail"]),
        (&json!("window.location.href = '/login'"), &json!(24), &json!("leaves the page"))
    );
    assert_eq!(way["selectionRange"], range(8, 2, 33));
    // The edit moves everything down by a line, and the item is found all the same.
    client.change(URI, 2, json!([{"range": range(0, 0, 0), "text": "// \u{1F600}\n"}]));
    client.diagnostics_of(URI, 2);
    let incoming = client.request("callHierarchy/incomingCalls", json!({"item": way})).unwrap();
    let logout = incoming[0]["from"].clone();
    assert_eq!((incoming.as_array().unwrap().len(), &logout["name"]), (1, &json!("logout")));
    assert_eq!(logout["detail"], "Logout by the user · ✗ its one way out keeps the identity");
    assert_eq!(incoming[0]["fromRanges"], json!([range(9, 2, 33)]));
    let callers = client.request("callHierarchy/incomingCalls", json!({"item": logout})).unwrap();
    assert_eq!(callers[0]["from"]["name"], "onLogoutClick");
    assert_eq!(callers[0]["fromRanges"], json!([range(11, 58, 64)]));
    let outgoing = client.request("callHierarchy/outgoingCalls", json!({"item": callers[0]["from"]})).unwrap();
    assert_eq!(outgoing[0]["to"]["name"], "logout");
    assert_eq!(outgoing[0]["fromRanges"], json!([range(11, 58, 64)]));
    let outgoing = client.request("callHierarchy/outgoingCalls", json!({"item": logout})).unwrap();
    assert_eq!(outgoing[0]["to"]["name"], way["name"]);
    // What is gone, and what was never ours, leads nowhere.
    client.replace(URI, 3, "export {};\n");
    client.diagnostics_of(URI, 3);
    for method in ["callHierarchy/incomingCalls", "callHierarchy/outgoingCalls"] {
        assert_eq!(client.request(method, json!({"item": logout})), Ok(Value::Null));
        let mut other = logout.clone();
        other["data"] = json!({"title": 5});
        assert_eq!(client.request(method, json!({"item": other})), Ok(Value::Null));
    }
    client.finish();
}

#[test]
fn callers_are_followed_into_files_that_are_not_open() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("package.json"), r#"{"name": "app"}"#).unwrap();
    let menu = format!("import {{ logout }} from './auth';\n{MENU}");
    fs::write(folder.path().join("menu.ts"), &menu).unwrap();
    fs::write(folder.path().join("auth.ts"), LOGOUT).unwrap();
    let (mut client, _) = Client::start_with(
        json!({"capabilities": {}, "workspaceFolders": [{"uri": file_uri(folder.path()), "name": "a"}]}),
    );
    let auth = file_uri(&folder.path().join("auth.ts"));
    client.open(&auth, 1, LOGOUT);
    let (item, incoming) = loop {
        let prepared = client.request("textDocument/prepareCallHierarchy", at(&auth, 4, 24)).unwrap();
        let incoming = client.request("callHierarchy/incomingCalls", json!({"item": prepared[0]})).unwrap();
        if incoming.as_array().is_some_and(|calls| !calls.is_empty()) {
            break (prepared[0].clone(), incoming);
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    };
    assert_eq!(item["name"], "logout");
    assert_eq!(incoming[0]["from"]["uri"], file_uri(&folder.path().join("menu.ts")));
    assert_eq!(incoming[0]["fromRanges"], json!([range(1, 58, 64)]));
    let from_closed = client.request("callHierarchy/outgoingCalls", json!({"item": incoming[0]["from"]})).unwrap();
    assert_eq!(from_closed[0]["to"]["uri"], auth);
    let places = lenses(&mut client, &auth)[0]["command"]["arguments"][2].clone();
    assert_eq!(places.as_array().unwrap().len(), 2, "the way out and the call: {places}");
    client.close(&auth);
    // They came once or more, while the folder was read; the last ones are taken back.
    while client.diagnostics(&auth).0.is_some() {}
    client.finish();
}
