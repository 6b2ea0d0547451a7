//! What the user sets, and what comes of it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, file_uri, rules};
use crate::samples::{LOGOUT, RELEASE, WAY_OUT, released};
use crate::text::{position, range_of};

const URI: &str = "file:///farewell-tests/settings/auth.ts";

fn start_with(options: Value) -> Client {
    Client::start_with(json!({"capabilities": {}, "initializationOptions": options})).0
}

fn configure(client: &mut Client, settings: Value) {
    client.notify("workspace/didChangeConfiguration", json!({"settings": settings}));
}

fn warning(client: &mut Client) -> String {
    let message = client.message("window/showMessage");
    assert_eq!(message["type"], 2);
    message["message"].as_str().unwrap().to_owned()
}

/// Waits until the severities of a document's diagnostics are these.
fn wait_for_severities(client: &mut Client, uri: &str, wanted: &[u64]) {
    loop {
        let (_, diagnostics) = client.diagnostics(uri);
        let severities: Vec<u64> = diagnostics.iter().map(|it| it["severity"].as_u64().unwrap()).collect();
        if severities == wanted {
            return;
        }
    }
}

#[test]
fn what_is_wrong_is_told_once_and_the_rest_holds() {
    let mut client = start_with(json!({"maxFilesSize": 5, "run": "onsave", "severity": {"missing-anonymise": "off"}}));
    let told = warning(&mut client);
    for words in ["`maxFilesSize`; did you mean `maxFileSize`?", "`onSave`", "did you mean `missing-anonymize`?"] {
        assert!(told.contains(words), "{told}");
    }
    assert_eq!(client.logged("`maxFilesSize`; did you mean `maxFileSize`?").0, 2);
    client.open(URI, 1, LOGOUT);
    assert_eq!(rules(&client.diagnostics_of(URI, 1)), ["missing-anonymize"]);
    // What was told is not told again, and what is new is told alone.
    configure(&mut client, json!({"farewell": {"colour": "\u{1F600}", "severity": {"missing-anonymize": "error"}}}));
    assert!(warning(&mut client).contains("`colour`"));
    wait_for_severities(&mut client, URI, &[1]);
    // Other servers' settings are none of ours.
    configure(&mut client, json!({"pylsp": {"run": 1}}));
    client.assert_quiet();
    client.finish();
}

#[test]
fn severities_win_over_the_configurations_where_they_are_set() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("auth.ts");
    fs::write(folder.path().join("farewell.toml"), "[rules]\nmissing-anonymize = 'hint'\n").unwrap();
    fs::write(&path, LOGOUT).unwrap();
    let uri = file_uri(&path);
    let folders = json!([{"uri": file_uri(folder.path()), "name": "app"}]);
    let mut client = Client::start_with(json!({"capabilities": {}, "workspaceFolders": folders})).0;
    client.open(&uri, 1, LOGOUT);
    wait_for_severities(&mut client, &uri, &[4]);
    for (severity, wanted) in [(json!("error"), &[1][..]), (json!("off"), &[]), (json!(null), &[4])] {
        configure(&mut client, json!({"farewell": {"severity": {"missing-anonymize": severity}}}));
        wait_for_severities(&mut client, &uri, wanted);
    }
    // A rule that the configuration switches off is switched on.
    fs::write(folder.path().join("farewell.toml"), "[rules]\nmissing-anonymize = 'off'\n").unwrap();
    let changes = json!({"changes": [{"uri": file_uri(&folder.path().join("farewell.toml")), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", changes);
    wait_for_severities(&mut client, &uri, &[]);
    configure(&mut client, json!({"farewell": {"severity": {"missing-anonymize": "information"}}}));
    wait_for_severities(&mut client, &uri, &[3]);
    client.finish();
}

/// Two folders, each with a file, in a client that can be asked what is set.
fn two_folders(folder: &Path) -> (Client, [String; 2]) {
    let uris = ["one", "two"].map(|name| {
        fs::create_dir(folder.join(name)).unwrap();
        fs::write(folder.join(name).join("auth.ts"), LOGOUT).unwrap();
        file_uri(&folder.join(name).join("auth.ts"))
    });
    let capabilities =
        json!({"workspace": {"configuration": true, "didChangeConfiguration": {"dynamicRegistration": true}}});
    let folders: Vec<Value> =
        ["one", "two"].iter().map(|name| json!({"uri": file_uri(&folder.join(name)), "name": name})).collect();
    (Client::start_with(json!({"capabilities": capabilities, "workspaceFolders": folders})).0, uris)
}

#[test]
fn each_folder_has_its_settings() {
    let folder = tempfile::tempdir().unwrap();
    let (mut client, [one, two]) = two_folders(folder.path());
    let severity = |severity: &str| json!({"severity": {"missing-anonymize": severity}});
    let asked = client.serve_with("workspace/configuration", json!([null, severity("error"), severity("information")]));
    let sections: Vec<&Value> = asked["items"].as_array().unwrap().iter().map(|item| &item["section"]).collect();
    assert_eq!(sections, ["farewell"; 3]);
    let scopes: Vec<&Value> = asked["items"].as_array().unwrap().iter().map(|item| &item["scopeUri"]).collect();
    let uris = ["one", "two"].map(|name| json!(file_uri(&folder.path().join(name))));
    assert_eq!(scopes, [&Value::Null, &uris[0], &uris[1]]);
    let registered = client.serve("client/registerCapability");
    assert_eq!(registered["registrations"][0]["method"], "workspace/didChangeConfiguration");
    assert_eq!(registered["registrations"][0]["registerOptions"], json!({"section": "farewell"}));
    client.open(&one, 1, LOGOUT);
    client.open(&two, 1, LOGOUT);
    wait_for_severities(&mut client, &one, &[1]);
    wait_for_severities(&mut client, &two, &[3]);
    // They are asked for again when they change, and when a folder is opened.
    configure(&mut client, Value::Null);
    client.serve_with("workspace/configuration", json!([severity("hint"), null, severity("off")]));
    wait_for_severities(&mut client, &one, &[4]);
    wait_for_severities(&mut client, &two, &[]);
    fs::create_dir(folder.path().join("three")).unwrap();
    let three = json!({"uri": file_uri(&folder.path().join("three")), "name": "three"});
    client.notify("workspace/didChangeWorkspaceFolders", json!({"event": {"added": [three], "removed": []}}));
    let asked = client.serve_with("workspace/configuration", json!([null]));
    assert_eq!(asked["items"].as_array().unwrap().len(), 4);
    wait_for_severities(&mut client, &one, &[2]);
    wait_for_severities(&mut client, &two, &[2]);
    client.finish();
}

#[test]
fn a_client_that_does_not_say_what_is_set_is_served_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (mut client, [one, _]) = two_folders(folder.path());
    client.serve("client/registerCapability");
    client.open(&one, 1, LOGOUT);
    assert_eq!(rules(&client.diagnostics_of(&one, 1)), ["missing-anonymize"]);
    // Not an answer to what was asked.
    client.serve_with("workspace/configuration", json!([{"run": 7}, 8]));
    let told = warning(&mut client);
    assert!(told.contains("`run`") && told.contains("the settings are 8"), "{told}");
    client.finish();
}

#[test]
fn on_save_findings_are_those_of_the_saved_text_and_move_with_edits() {
    let mut client = start_with(json!({"run": "onSave"}));
    client.open(URI, 1, LOGOUT);
    assert_eq!(rules(&client.diagnostics_of(URI, 1)), ["missing-anonymize"]);
    // A line before it moves it, and what mends it does not take it away.
    let mended = format!("// \u{1F600}\n{}", released());
    let at = position(LOGOUT, LOGOUT.find(WAY_OUT).unwrap());
    let start = json!({"line": 0, "character": 0});
    client.change(
        URI,
        2,
        json!([
            {"range": {"start": at, "end": at}, "text": RELEASE},
            {"range": {"start": start, "end": start}, "text": "// \u{1F600}\n"}
        ]),
    );
    let moved = client.diagnostics_of(URI, 2);
    assert_eq!(moved[0]["range"], range_of(&mended, WAY_OUT));
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": URI}}));
    assert_eq!(client.diagnostics(URI), (Some(2), Vec::new()));
    // What breaks it is not told before it is saved.
    client.replace(URI, 3, LOGOUT);
    assert_eq!(client.diagnostics_of(URI, 3), [] as [Value; 0]);
    client.assert_quiet();
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": URI}}));
    assert_eq!(rules(&client.diagnostics(URI).1), ["missing-anonymize"]);
    // On type again, what is not saved is judged too.
    client.replace(URI, 4, &released());
    assert_eq!(rules(&client.diagnostics_of(URI, 4)), ["missing-anonymize"]);
    configure(&mut client, json!({"farewell": {"run": "onType"}}));
    assert_eq!(client.diagnostics(URI), (Some(4), Vec::new()));
    client.finish();
}

#[test]
fn one_folder_may_be_judged_on_save_and_another_on_type() {
    let folder = tempfile::tempdir().unwrap();
    let (mut client, [one, two]) = two_folders(folder.path());
    client.serve("client/registerCapability");
    client.serve_with("workspace/configuration", json!([null, {"run": "onSave"}, {"farewell": {"run": "onType"}}]));
    client.open(&one, 1, LOGOUT);
    client.open(&two, 1, LOGOUT);
    wait_for_severities(&mut client, &one, &[2]);
    wait_for_severities(&mut client, &two, &[2]);
    client.assert_quiet();
    for uri in [&one, &two] {
        client.replace(uri, 2, &released());
    }
    assert_eq!(rules(&client.diagnostics_of(&one, 2)), ["missing-anonymize"]);
    assert_eq!(client.diagnostics_of(&two, 2), [] as [Value; 0]);
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": one}}));
    assert_eq!(client.diagnostics(&one), (Some(2), Vec::new()));
    client.finish();
}

#[test]
fn on_save_the_other_documents_are_judged_at_a_save_too() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("package.json"), r#"{"name": "app"}"#).unwrap();
    let (login, logout) = LOGOUT.split_at(LOGOUT.find("export async").unwrap());
    let [login_uri, logout_uri] = [("login.ts", login), ("logout.ts", logout)].map(|(name, text)| {
        fs::write(folder.path().join(name), text).unwrap();
        file_uri(&folder.path().join(name))
    });
    let folders = json!([{"uri": file_uri(folder.path()), "name": "app"}]);
    let options = json!({"farewell": {"run": "onSave"}});
    let params = json!({"capabilities": {}, "workspaceFolders": folders, "initializationOptions": options});
    let mut client = Client::start_with(params).0;
    client.open(&logout_uri, 1, logout);
    wait_for_severities(&mut client, &logout_uri, &[2]);
    client.open(&login_uri, 1, login);
    client.diagnostics_of(&login_uri, 1);
    client.replace(&login_uri, 2, "export {};\n");
    client.diagnostics_of(&login_uri, 2);
    client.assert_quiet();
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": login_uri}}));
    // Nobody is identified any more.
    wait_for_severities(&mut client, &logout_uri, &[]);
    client.finish();
}

#[test]
fn on_save_holds_for_a_client_that_asks_for_diagnostics() {
    let capabilities =
        json!({"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": true}}});
    let params = json!({"capabilities": capabilities, "initializationOptions": {"run": "onSave"}});
    let mut client = Client::start_with(params).0;
    client.open(URI, 1, LOGOUT);
    let pull = |client: &mut Client| {
        let report = client.request("textDocument/diagnostic", json!({"textDocument": {"uri": URI}})).unwrap();
        report["items"].as_array().unwrap().clone()
    };
    assert_eq!(rules(&pull(&mut client)), ["missing-anonymize"]);
    client.replace(URI, 2, &format!("// \u{1F600}\n{}", released()));
    let moved = pull(&mut client);
    assert_eq!(moved.len(), 1);
    assert_eq!(moved[0]["range"], range_of(&format!("// \u{1F600}\n{}", released()), WAY_OUT));
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": URI}}));
    client.serve("workspace/diagnostic/refresh");
    assert_eq!(pull(&mut client), [] as [Value; 0]);
    client.assert_quiet();
    client.finish();
}

#[test]
fn the_log_goes_where_it_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("farewell.log");
    let mut client = start_with(json!({"logFile": path, "logLevel": "info"}));
    fs::create_dir(folder.path().join("app")).unwrap();
    let root = json!({"uri": file_uri(&folder.path().join("app")), "name": "app"});
    client.notify("workspace/didChangeWorkspaceFolders", json!({"event": {"added": [root], "removed": []}}));
    assert_eq!(client.logged("scanned").0, 3);
    let log = fs::read_to_string(&path).unwrap();
    assert!(log.lines().any(|line| line.contains("INFO farewell_lsp") && line.contains("scanned")), "{log}");
    // A file that cannot be written is told, and is no error.
    configure(&mut client, json!({"farewell": {"logFile": folder.path(), "logLevel": "off"}}));
    assert!(warning(&mut client).contains("is no regular file"));
    client.assert_quiet();
    client.finish();
}

#[test]
fn what_the_server_does_is_told_where_the_client_wants_to_hear_it() {
    let (mut client, _) = Client::start_with(json!({"capabilities": {}, "trace": "messages"}));
    let told = client.message("$/logTrace");
    assert!(told["message"].as_str().unwrap().starts_with("initialized: taken after "), "{told}");
    assert_eq!(told.get("verbose"), None);
    client.notify("$/setTrace", json!({"value": "verbose"}));
    assert!(client.message("$/logTrace")["message"].as_str().unwrap().starts_with("$/setTrace"));
    client.hover(URI, &json!({"line": 0, "character": 0})).unwrap();
    let told = client.message("$/logTrace");
    assert!(told["message"].as_str().unwrap().starts_with("textDocument/hover: answered after "), "{told}");
    assert!(told["verbose"].as_str().unwrap().contains(URI), "{told}");
    client.notify("$/setTrace", json!({"value": "off"}));
    client.hover(URI, &json!({"line": 0, "character": 0})).unwrap();
    client.finish();
}
