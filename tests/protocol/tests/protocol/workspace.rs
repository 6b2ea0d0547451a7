//! Folders: what other files and the disk have to say.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, file_uri, rules};
use crate::samples::LOGOUT;

const MANIFEST: &str = r#"{"name": "app", "dependencies": {"@fullstory/browser": "^2.0.0", "react": "^18.0.0"}}"#;

/// A project in a folder whose name wants escaping, with a file that identifies users and one that
/// signs them out.
fn project(folder: &Path) -> (String, String) {
    let source = folder.join("my app [1]").join("src");
    fs::create_dir_all(&source).unwrap();
    fs::write(source.join("../package.json"), MANIFEST).unwrap();
    let (login, logout) = LOGOUT.split_at(LOGOUT.find("export async").unwrap());
    fs::write(source.join("login.ts"), login).unwrap();
    fs::write(source.join("logout.ts"), logout).unwrap();
    (file_uri(&source.join("login.ts")), file_uri(&source.join("logout.ts")))
}

fn start_in(folder: &Path, capabilities: Value) -> Client {
    let folders = json!([{"uri": file_uri(&folder.join("my app [1]")), "name": "app"}]);
    Client::start_with(json!({"capabilities": capabilities, "workspaceFolders": folders})).0
}

/// Waits until the diagnostics are these.
fn wait_for(client: &mut Client, uri: &str, wanted: &[(&str, u64)]) {
    loop {
        let (_, diagnostics) = client.diagnostics(uri);
        let severities = diagnostics.iter().map(|diagnostic| diagnostic["severity"].as_u64().unwrap());
        let found: Vec<(&str, u64)> = rules(&diagnostics).into_iter().zip(severities).collect();
        if found == wanted {
            return;
        }
    }
}

const WARNING: &[(&str, u64)] = &[("missing-anonymize", 2)];
const HINT: &[(&str, u64)] = &[("missing-anonymize", 4)];

#[test]
fn the_rest_of_the_project_has_a_say() {
    let folder = tempfile::tempdir().unwrap();
    let (login, logout) = project(folder.path());
    let mut client = start_in(folder.path(), json!({}));
    let text = fs::read_to_string(folder.path().join("my app [1]/src/logout.ts")).unwrap();
    client.open(&logout, 1, &text);
    wait_for(&mut client, &logout, WARNING);
    // Nobody is identified any more: by an editor's text that is not on the disk, then by the disk's.
    client.open(&login, 1, "export {};\n");
    client.diagnostics_of(&login, 1);
    wait_for(&mut client, &logout, HINT);
    client.close(&login);
    client.diagnostics(&login);
    wait_for(&mut client, &logout, WARNING);
    fs::remove_file(folder.path().join("my app [1]/src/login.ts")).unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": login, "type": 3}]}));
    wait_for(&mut client, &logout, HINT);
    fs::write(folder.path().join("my app [1]/src/login.ts"), LOGOUT).unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": login, "type": 1}]}));
    wait_for(&mut client, &logout, WARNING);
    client.finish();
}

/// Waits until a rule is told of in a file, or is not any more.
fn wait_until(client: &mut Client, uri: &str, rule: &str, is_told: bool) {
    loop {
        let (_, diagnostics) = client.diagnostics(uri);
        if rules(&diagnostics).contains(&rule) == is_told {
            return;
        }
    }
}

#[test]
fn a_call_is_followed_into_files_that_change() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let source = folder.path().join("my app [1]/src");
    let releases = "import { FullStory } from '@fullstory/browser';\n\nexport const leave = () => FullStory('setIdentity', { anonymous: true });\n";
    let does_nothing = "export const leave = () => console.log('left');\n";
    let button = "import { leave } from './facade';\n\nexport async function handleLogout() {\n  await fetch('/api/logout', { method: 'POST' });\n  leave();\n  window.location.href = '/login';\n}\n";
    fs::write(source.join("button.ts"), button).unwrap();
    fs::write(source.join("facade.ts"), "export * from './inner';\n").unwrap();
    fs::write(source.join("inner.ts"), does_nothing).unwrap();
    let (button_uri, inner) = (file_uri(&source.join("button.ts")), file_uri(&source.join("inner.ts")));
    let mut client = start_in(folder.path(), json!({}));
    client.open(&button_uri, 1, button);
    wait_until(&mut client, &button_uri, "missing-anonymize", true);
    let changed = |client: &mut Client, kind: u64| {
        client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": inner, "type": kind}]}));
    };
    // On the disk.
    fs::write(source.join("inner.ts"), releases).unwrap();
    changed(&mut client, 2);
    wait_until(&mut client, &button_uri, "missing-anonymize", false);
    fs::remove_file(source.join("inner.ts")).unwrap();
    changed(&mut client, 3);
    wait_until(&mut client, &button_uri, "missing-anonymize", true);
    fs::write(source.join("inner.ts"), releases).unwrap();
    changed(&mut client, 1);
    wait_until(&mut client, &button_uri, "missing-anonymize", false);
    // In the editor.
    client.open(&inner, 1, does_nothing);
    wait_until(&mut client, &button_uri, "missing-anonymize", true);
    client.diagnostics_of(&inner, 1);
    client.finish();
}

#[test]
fn a_file_outside_every_folder_has_its_own_project() {
    let folder = tempfile::tempdir().unwrap();
    let (_, logout) = project(folder.path());
    let mut client = Client::start();
    let text = fs::read_to_string(folder.path().join("my app [1]/src/logout.ts")).unwrap();
    client.open(&logout, 1, &text);
    wait_for(&mut client, &logout, WARNING);
    client.finish();
}

#[test]
fn folders_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    let (_, logout) = project(folder.path());
    let mut client = Client::start();
    let root = json!({"uri": file_uri(&folder.path().join("my app [1]")), "name": "app"});
    client.notify("workspace/didChangeWorkspaceFolders", json!({"event": {"added": [root], "removed": []}}));
    let text = fs::read_to_string(folder.path().join("my app [1]/src/logout.ts")).unwrap();
    client.open(&logout, 1, &text);
    wait_for(&mut client, &logout, WARNING);
    client.notify("workspace/didChangeWorkspaceFolders", json!({"event": {"added": [], "removed": [root]}}));
    client.close(&logout);
    assert_eq!(client.diagnostics(&logout), (None, Vec::new()));
    client.finish();
}

#[test]
fn a_deleted_file_is_cleared_and_told_again_when_it_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let path = folder.path().join("my app [1]/src/all.ts");
    fs::write(&path, LOGOUT).unwrap();
    let uri = file_uri(&path);
    let mut client = start_in(folder.path(), json!({}));
    client.open(&uri, 1, LOGOUT);
    wait_for(&mut client, &uri, WARNING);
    fs::remove_file(&path).unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri, "type": 3}]}));
    assert_eq!(client.diagnostics(&uri), (None, Vec::new()));
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": uri}}));
    wait_for(&mut client, &uri, WARNING);
    client.finish();
}

#[test]
fn files_are_watched_where_the_client_can() {
    let watches = json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let mut client = start_in(folder.path(), watches);
    let params = client.serve("client/registerCapability");
    let registration = &params["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeWatchedFiles");
    let globs: Vec<&str> = registration["registerOptions"]["watchers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|watcher| watcher["globPattern"].as_str().unwrap())
        .collect();
    for name in ["package.json", "farewell.toml"] {
        assert!(globs.iter().any(|glob| glob.ends_with(name)), "{globs:?}");
    }
    client.finish();
}

#[test]
fn another_escaping_of_an_address_is_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let (_, logout) = project(folder.path());
    let mut client = start_in(folder.path(), json!({}));
    let text = fs::read_to_string(folder.path().join("my app [1]/src/logout.ts")).unwrap();
    client.open(&logout, 1, &text);
    wait_for(&mut client, &logout, WARNING);
    let other = logout.replace("%5B", "%5b").replace("logout.ts", "%6Cogout.ts");
    assert_ne!(other, logout);
    client.replace(
        &other,
        2,
        &text.replace("window.location.href", "FS('setIdentity', { anonymous: true });\n  window.location.href"),
    );
    assert_eq!(client.diagnostics_of(&logout, 2), [] as [Value; 0]);
    client.finish();
}

#[test]
fn the_configuration_is_followed_and_a_broken_one_told_once() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let configuration = folder.path().join("my app [1]/farewell.toml");
    let uri = file_uri(&folder.path().join("my app [1]/src/all.ts"));
    let mut client = start_in(folder.path(), json!({}));
    client.open(&uri, 1, LOGOUT);
    wait_for(&mut client, &uri, WARNING);
    let configure = |client: &mut Client, text: &str| {
        fs::write(&configuration, text).unwrap();
        let changes = json!({"changes": [{"uri": file_uri(&configuration), "type": 2}]});
        client.notify("workspace/didChangeWatchedFiles", changes);
    };
    configure(&mut client, "[rules]\nmissing-anonymize = 'off'\n");
    wait_for(&mut client, &uri, &[]);
    configure(&mut client, "[rules]\nmissing-anonymise = 'off'\n");
    let message = client.message("window/showMessage");
    assert!(message["message"].as_str().unwrap().contains("did you mean `missing-anonymize`?"), "{message}");
    wait_for(&mut client, &uri, WARNING);
    configure(&mut client, "exclude = ['src']\n");
    wait_for(&mut client, &uri, &[]);
    client.finish();
}

#[test]
fn a_renamed_file_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let (login, logout) = project(folder.path());
    let mut client = start_in(folder.path(), json!({}));
    let source = folder.path().join("my app [1]/src");
    client.open(&logout, 1, &fs::read_to_string(source.join("logout.ts")).unwrap());
    wait_for(&mut client, &logout, WARNING);
    fs::rename(source.join("login.ts"), folder.path().join("elsewhere.ts")).unwrap();
    let files = json!({"files": [{"oldUri": login, "newUri": file_uri(&folder.path().join("elsewhere.ts"))}]});
    client.notify("workspace/didRenameFiles", files);
    wait_for(&mut client, &logout, HINT);
    // A folder comes back under another name.
    fs::create_dir(source.join("auth")).unwrap();
    fs::rename(folder.path().join("elsewhere.ts"), source.join("auth/login.ts")).unwrap();
    let files = json!({"files": [{"oldUri": file_uri(&source.join("old")), "newUri": file_uri(&source.join("auth"))}]});
    client.notify("workspace/didRenameFiles", files);
    wait_for(&mut client, &logout, WARNING);
    client.finish();
}

#[test]
fn the_size_limit_can_be_set_and_changed() {
    let uri = "file:///farewell-tests/auth.ts";
    let (mut client, _) =
        Client::start_with(json!({"capabilities": {}, "initializationOptions": {"maxFileSize": 100, "other": 1}}));
    let message = client.message("window/showMessage");
    assert!(message["message"].as_str().unwrap().contains("unknown setting `other`"), "{message}");
    client.open(uri, 1, LOGOUT);
    assert_eq!(client.diagnostics_of(uri, 1), [] as [Value; 0]);
    let settings = json!({"settings": {"farewell": {"maxFileSize": 10_000}}});
    client.notify("workspace/didChangeConfiguration", settings);
    assert_eq!(rules(&client.diagnostics_of(uri, 1)), ["missing-anonymize"]);
    client.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    client.assert_quiet();
    client.finish();
}

/// Every file below a folder, with its bytes.
fn contents(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            found.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn a_session_writes_nothing_and_two_of_them_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (_, logout) = project(folder.path());
    let before = contents(folder.path());
    let text = fs::read_to_string(folder.path().join("my app [1]/src/logout.ts")).unwrap();
    let mut sessions = [json!({}), json!({})].map(|capabilities| start_in(folder.path(), capabilities));
    let told = sessions.each_mut().map(|client| {
        client.open(&logout, 1, &text);
        wait_for(client, &logout, WARNING);
        let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
        let actions = client.code_actions(&logout, &range, json!({"diagnostics": []}));
        assert!(!actions.is_empty());
        client.replace(&logout, 2, &format!("\n{text}"));
        (actions, client.diagnostics_of(&logout, 2))
    });
    assert_eq!(told[0], told[1]);
    sessions.into_iter().for_each(Client::finish);
    assert_eq!(contents(folder.path()), before);
}
