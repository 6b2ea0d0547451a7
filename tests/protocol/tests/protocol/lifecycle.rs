//! Beginnings, ends, and requests that are given up.

use serde_json::{Value, json};

use crate::client::{Client, frame, rules};
use crate::samples::LOGOUT;

const URI: &str = "file:///farewell-tests/auth.ts";

#[test]
fn what_is_promised_is_there() {
    let (mut client, answer) = Client::start_with(json!({"capabilities": {}}));
    let capabilities = &answer["capabilities"];
    let document = json!({"uri": "untitled:none"});
    let at = json!({"line": 0, "character": 0});
    let requests = [
        ("hoverProvider", "textDocument/hover", json!({"textDocument": document, "position": at})),
        (
            "codeActionProvider",
            "textDocument/codeAction",
            json!({"textDocument": document, "range": {"start": at, "end": at}, "context": {"diagnostics": []}}),
        ),
        ("executeCommandProvider", "workspace/executeCommand", json!({"command": "farewell.restart"})),
        (
            "documentHighlightProvider",
            "textDocument/documentHighlight",
            json!({"textDocument": document, "position": at}),
        ),
        (
            "callHierarchyProvider",
            "textDocument/prepareCallHierarchy",
            json!({"textDocument": document, "position": at}),
        ),
        (
            "inlayHintProvider",
            "textDocument/inlayHint",
            json!({"textDocument": document, "range": {"start": at, "end": at}}),
        ),
        ("completionProvider", "textDocument/completion", json!({"textDocument": document, "position": at})),
        ("codeLensProvider", "textDocument/codeLens", json!({"textDocument": document})),
        ("documentSymbolProvider", "textDocument/documentSymbol", json!({"textDocument": document})),
    ];
    for (name, method, params) in &requests {
        assert!(!capabilities[name].is_null(), "{name}");
        assert_eq!(client.request(method, params.clone()), Ok(Value::Null));
    }
    assert_eq!(client.request("workspace/symbol", json!({"query": ""})), Ok(json!([])));
    let promised = capabilities.as_object().unwrap().keys().filter(|name| name.ends_with("Provider"));
    assert_eq!(promised.count(), requests.len() + 1, "every provider is tried here: {capabilities}");
    let kinds = capabilities["codeActionProvider"]["codeActionKinds"].as_array().unwrap();
    assert_eq!(kinds, &[json!("quickfix"), json!("source.fixAll.farewell")]);
    client.finish();
}

#[test]
fn an_unknown_method_is_an_error_and_an_unknown_notification_nothing() {
    let mut client = Client::start();
    let error = client.request("farewell/unknown", json!({})).unwrap_err();
    assert_eq!(error["code"], -32601);
    client.notify("farewell/unknown", json!({}));
    client.notify("$/unknown", json!({}));
    client.assert_quiet();
    client.finish();
}

#[test]
fn requests_before_the_beginning_and_after_the_end_are_refused() {
    let mut client = Client::spawn();
    let params = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
    let early = client.request("textDocument/hover", params.clone()).unwrap_err();
    assert_eq!(early["code"], -32002);
    client.request("initialize", json!({"capabilities": {}})).unwrap();
    client.notify("initialized", json!({}));
    let again = client.request("initialize", json!({"capabilities": {}})).unwrap_err();
    assert_eq!(again["code"], -32600);
    client.request("shutdown", Value::Null).unwrap();
    let late = client.request("textDocument/hover", params).unwrap_err();
    assert_eq!(late["code"], -32600);
    client.write(&frame(&json!({"jsonrpc": "2.0", "method": "exit"})));
    assert_eq!(client.wait().code(), Some(0));
}

#[test]
fn exit_without_shutdown_is_a_failure() {
    let mut client = Client::start();
    client.notify("exit", Value::Null);
    assert_eq!(client.wait().code(), Some(1));
    let mut client = Client::spawn();
    client.notify("exit", Value::Null);
    assert_eq!(client.wait().code(), Some(1));
}

#[test]
fn the_end_of_the_input_ends_the_server() {
    let mut client = Client::start();
    client.open(URI, 1, LOGOUT);
    client.diagnostics_of(URI, 1);
    client.hang_up();
    assert_eq!(client.wait().code(), Some(1));
    let mut client = Client::start();
    client.request("shutdown", Value::Null).unwrap();
    client.hang_up();
    assert_eq!(client.wait().code(), Some(0));
}

#[cfg(unix)]
#[test]
fn the_server_ends_with_the_clients_process() {
    let mut editor = std::process::Command::new("sleep").arg("60").spawn().unwrap();
    let (mut client, _) = Client::start_with(json!({"capabilities": {}, "processId": editor.id()}));
    client.assert_quiet();
    editor.kill().unwrap();
    editor.wait().unwrap();
    assert_eq!(client.wait().code(), Some(1));
}

#[test]
fn a_cancelled_request_is_answered_once() {
    let mut client = Client::start();
    client.open(URI, 1, LOGOUT);
    client.diagnostics_of(URI, 1);
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
    let params = json!({"textDocument": {"uri": URI}, "range": whole, "context": {"diagnostics": []}});
    for _ in 0..20 {
        let id = client.send_request("textDocument/codeAction", params.clone());
        client.notify("$/cancelRequest", json!({"id": id}));
        if let Err(error) = client.answer(id) {
            assert_eq!(error["code"], -32800);
        }
    }
    client.notify("$/cancelRequest", json!({"id": 999_999}));
    client.assert_quiet();
    client.finish();
}

#[test]
fn a_request_sees_every_edit_before_it_or_says_that_it_is_outdated() {
    let mut client = Client::start();
    client.open(URI, 1, "const a = 1;\n");
    client.diagnostics_of(URI, 1);
    let mut ids = Vec::new();
    for version in 2..30 {
        client.replace(URI, version, &format!("// {version}\n{LOGOUT}"));
        let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
        let params = json!({"textDocument": {"uri": URI}, "range": whole, "context": {"diagnostics": []}});
        ids.push(client.send_request("textDocument/codeAction", params));
    }
    let last = *ids.last().unwrap();
    for id in ids {
        match client.answer(id) {
            Ok(actions) => assert!(!actions.as_array().unwrap().is_empty()),
            Err(error) => {
                assert_eq!(error["code"], -32801);
                assert_ne!(id, last, "nothing came after the last one");
            }
        }
    }
    client.diagnostics_of(URI, 29);
    client.finish();
}

#[test]
fn what_is_done_to_another_document_makes_no_request_outdated() {
    let mut client = Client::start();
    client.open(URI, 1, LOGOUT);
    client.diagnostics_of(URI, 1);
    let mut ids = Vec::new();
    for nth in 0..30 {
        let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
        let params = json!({"textDocument": {"uri": URI}, "range": whole, "context": {"diagnostics": []}});
        ids.push(client.send_request("textDocument/codeAction", params));
        client.open(&format!("file:///farewell-tests/beside{nth}.ts"), 1, LOGOUT);
    }
    for id in ids {
        let actions = client.answer(id).expect("an answer");
        assert!(!actions.as_array().unwrap().is_empty());
    }
    for nth in 0..30 {
        client.diagnostics_of(&format!("file:///farewell-tests/beside{nth}.ts"), 1);
    }
    client.finish();
}

#[test]
fn odd_beginnings_are_no_trouble() {
    for params in [
        json!({"capabilities": {}, "rootUri": "file:///farewell-tests/not/there", "workspaceFolders": []}),
        json!({"capabilities": {}, "rootUri": null, "workspaceFolders": null, "initializationOptions": [1, "x"]}),
        json!({"capabilities": {}, "rootUri": "untitled:x", "initializationOptions": {"unknown": {"a": 1}}}),
        json!({"capabilities": {}, "processId": null, "initializationOptions": {"maxFileSize": "big"}}),
    ] {
        let is_wrong = params.get("initializationOptions").is_some();
        let (mut client, _) = Client::start_with(params);
        if is_wrong {
            client.message("window/showMessage");
        }
        client.open(URI, 1, LOGOUT);
        client.diagnostics_of(URI, 1);
        client.finish();
    }
}

#[test]
fn a_client_that_does_not_wait_for_the_first_answer_is_understood() {
    let mut client = Client::spawn();
    let item = json!({"uri": URI, "languageId": "typescript", "version": 1, "text": LOGOUT});
    let messages = [
        json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}),
        json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}),
        json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": item}}),
    ];
    client.write(&messages.iter().flat_map(frame).collect::<Vec<u8>>());
    client.answer(1).unwrap();
    assert_eq!(rules(&client.diagnostics_of(URI, 1)), ["missing-anonymize"]);
    client.finish();
}
