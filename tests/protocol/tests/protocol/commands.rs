//! What the user can ask of the server by name.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, file_uri, rules};
use crate::samples::LOGOUT;

fn start_in(folder: &Path, mut params: Value) -> Client {
    params["workspaceFolders"] = json!([{"uri": file_uri(folder), "name": "app"}]);
    Client::start_with(params).0
}

fn run(client: &mut Client, command: &str, arguments: Value) -> Result<Value, Value> {
    client.request("workspace/executeCommand", json!({"command": command, "arguments": arguments}))
}

fn app(folder: &Path) -> String {
    fs::write(folder.join("package.json"), r#"{"name": "app", "dependencies": {"@fullstory/browser": "^2.0.0"}}"#)
        .unwrap();
    fs::create_dir(folder.join("my src")).unwrap();
    fs::write(folder.join("my src/auth.ts"), LOGOUT).unwrap();
    file_uri(&folder.join("my src/auth.ts"))
}

#[test]
fn the_logout_map_is_drawn_as_markdown_and_json() {
    let folder = tempfile::tempdir().unwrap();
    let uri = app(folder.path());
    let mut client = start_in(folder.path(), json!({"capabilities": {}}));
    // What the editor holds is what the map shows.
    let edited = format!("// \u{1F600}\n{}", LOGOUT.replace("async function logout()", "async function signOut()"));
    client.open(&uri, 1, &edited);
    while rules(&client.diagnostics(&uri).1).is_empty() {}
    let markdown = run(&mut client, "farewell.showAudit", json!([])).unwrap();
    let markdown = markdown.as_str().unwrap();
    assert!(markdown.starts_with("# Logout map\n") && markdown.contains("signOut"), "{markdown}");
    assert!(markdown.contains(&format!("({}#L6)", uri)), "{markdown}");
    let map = run(&mut client, "farewell.showAudit", json!([{"format": "json"}])).unwrap();
    assert_eq!((&map["version"], &map["flows"][0]["title"]), (&json!(1), &json!("signOut")), "{map}");
    assert_eq!(map["flows"][0]["path"], "my src/auth.ts");
    assert_eq!((&map["flows"][0]["range"]["start"]["line"], &map["summary"]["files_seen"]), (&json!(6), &json!(1)));
    assert_eq!(run(&mut client, "farewell.showAudit", json!(["json"])), Ok(map));
    client.finish();
}

#[test]
fn everything_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let uri = app(folder.path());
    let mut client = start_in(folder.path(), json!({"capabilities": {}}));
    client.open(&uri, 1, LOGOUT);
    while rules(&client.diagnostics(&uri).1) != ["missing-anonymize"] {}
    // Nobody says that this file is there.
    fs::write(folder.path().join("farewell.toml"), "[rules]\nmissing-anonymize = 'off'\n").unwrap();
    assert_eq!(run(&mut client, "farewell.restart", json!([])), Ok(Value::Null));
    while !client.diagnostics(&uri).1.is_empty() {}
    // What is wrong is told again.
    fs::write(folder.path().join("farewell.toml"), "[rules]\nmissing-anonymise = 'off'\n").unwrap();
    for _ in 0..2 {
        run(&mut client, "farewell.restart", json!([])).unwrap();
        assert!(client.message("window/showMessage")["message"].as_str().unwrap().contains("did you mean"));
    }
    while rules(&client.diagnostics(&uri).1) != ["missing-anonymize"] {}
    client.finish();
}

#[test]
fn what_helps_to_find_a_fault_is_told_and_nothing_of_what_is_in_files() {
    let folder = tempfile::tempdir().unwrap();
    let uri = app(folder.path());
    let params = json!({
        "capabilities": {"general": {"positionEncodings": ["utf-32"]}},
        "clientInfo": {"name": "Some Editor", "version": "7.1"},
        "initializationOptions": {"maxFileSize": 123_456}
    });
    let mut client = start_in(folder.path(), params);
    client.open(&uri, 1, LOGOUT);
    while rules(&client.diagnostics(&uri).1).is_empty() {}
    let told = run(&mut client, "farewell.copyDebugInfo", json!([])).unwrap();
    let told = told.as_str().unwrap();
    let folder_line = format!("- folder: {}", folder.path().display());
    for words in [
        "version: 0.",
        std::env::consts::OS,
        "Some Editor 7.1",
        "Utf32",
        "123456",
        &folder_line,
        "project: ., web, 1 files, SDK declared: true",
        "findings of missing-anonymize: 1",
        "open documents: 1",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains("localStorage"), "{told}");
    client.finish();
}

#[test]
fn a_wrong_command_is_an_error_with_what_is_near() {
    let mut client = Client::start();
    for (command, arguments, near) in [
        ("farewell.showAudits", json!([]), "did you mean `farewell.showAudit`?"),
        ("farewell.showAudit", json!(["markdwon"]), "did you mean `markdown`?"),
        ("rm", json!([]), "unknown command `rm`; there are"),
    ] {
        let error = run(&mut client, command, arguments).unwrap_err();
        assert_eq!(error["code"], -32602);
        assert!(error["message"].as_str().unwrap().contains(near), "{error}");
    }
    let map = run(&mut client, "farewell.showAudit", json!(["json"])).unwrap();
    assert_eq!(map["flows"], json!([]), "nothing is open, and nothing is found");
    client.finish();
}
