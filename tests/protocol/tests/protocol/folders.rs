//! Folders, nested configurations, and files that come and go in and outside the editor.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, file_uri, rules};
use crate::samples::LOGOUT;

fn start_in(folders: &[&Path]) -> Client {
    let folders: Vec<Value> = folders.iter().map(|folder| json!({"uri": file_uri(folder), "name": "folder"})).collect();
    Client::start_with(json!({"capabilities": {}, "workspaceFolders": folders})).0
}

/// Waits until the severities of a document's diagnostics are these.
fn wait_for(client: &mut Client, uri: &str, wanted: &[u64]) {
    loop {
        let (_, diagnostics) = client.diagnostics(uri);
        let severities: Vec<u64> = diagnostics.iter().map(|it| it["severity"].as_u64().unwrap()).collect();
        if severities == wanted {
            return;
        }
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn changed(client: &mut Client, path: &Path, kind: u64) {
    let changes = json!({"changes": [{"uri": file_uri(path), "type": kind}]});
    client.notify("workspace/didChangeWatchedFiles", changes);
}

fn severity(word: &str) -> String {
    format!("[rules]\nmissing-anonymize = '{word}'\n")
}

#[test]
fn the_nearest_configuration_counts_as_it_comes_changes_and_goes() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(&root.join("farewell.toml"), &severity("hint"));
    let [outer, inner] = ["a/auth.ts", "a/b c/auth.ts"].map(|name| {
        write(&root.join(name), LOGOUT);
        file_uri(&root.join(name))
    });
    let nested = root.join("a/b c/farewell.toml");
    let mut client = start_in(&[root]);
    client.open(&outer, 1, LOGOUT);
    client.open(&inner, 1, LOGOUT);
    wait_for(&mut client, &outer, &[4]);
    wait_for(&mut client, &inner, &[4]);
    write(&nested, &severity("error"));
    changed(&mut client, &nested, 1);
    wait_for(&mut client, &inner, &[1]);
    write(&nested, "");
    changed(&mut client, &nested, 2);
    // The nearest one alone counts, and what it does not say is as built in.
    wait_for(&mut client, &inner, &[2]);
    write(&nested, "exclude = ['auth.ts']\n");
    changed(&mut client, &nested, 2);
    wait_for(&mut client, &inner, &[]);
    fs::remove_file(&nested).unwrap();
    changed(&mut client, &nested, 3);
    wait_for(&mut client, &inner, &[4]);
    client.assert_quiet();
    client.finish();
}

#[test]
fn a_manifest_that_is_a_source_too_shapes_projects() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(&root.join("farewell.toml"), "");
    write(&root.join("Sources/Login.swift"), "func login() {\n    FS.identify(\"1\")\n}\n");
    let logout = "func logout() async {\n    try? Auth.auth().signOut()\n    window.rootViewController = LoginViewController()\n}\n";
    write(&root.join("App/Sources/Logout.swift"), logout);
    let uri = file_uri(&root.join("App/Sources/Logout.swift"));
    let mut client = start_in(&[root]);
    let item = json!({"uri": uri, "languageId": "swift", "version": 1, "text": logout});
    client.notify("textDocument/didOpen", json!({"textDocument": item}));
    while rules(&client.diagnostics(&uri).1) != ["missing-anonymize"] {}
    // It is a package of its own now, in which nobody is identified.
    let package = root.join("App/Package.swift");
    write(&package, "let package = Package(name: \"App\")\n");
    changed(&mut client, &package, 1);
    wait_for(&mut client, &uri, &[]);
    client.finish();
}

#[test]
fn folders_have_a_say_in_none_but_their_own_files() {
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = ["one", "two \u{1F600}"].map(|name| folder.path().join(name));
    for root in [&one, &two] {
        write(&root.join("package.json"), r#"{"name": "app"}"#);
    }
    let (login, logout) = LOGOUT.split_at(LOGOUT.find("export async").unwrap());
    write(&one.join("login.ts"), login);
    let [uri_one, uri_two] = [&one, &two].map(|root| {
        write(&root.join("logout.ts"), logout);
        file_uri(&root.join("logout.ts"))
    });
    let mut client = start_in(&[&one, &two]);
    client.open(&uri_one, 1, logout);
    client.open(&uri_two, 1, logout);
    wait_for(&mut client, &uri_one, &[2]);
    wait_for(&mut client, &uri_two, &[]);
    // A folder that is closed in the client while its document stays open.
    let event = json!({"event": {"added": [], "removed": [{"uri": file_uri(&one), "name": "folder"}]}});
    client.notify("workspace/didChangeWorkspaceFolders", event);
    client.replace(&uri_one, 2, &format!("\n{logout}"));
    assert_eq!(rules(&client.diagnostics_of(&uri_one, 2)), ["missing-anonymize"]);
    client.finish();
}

#[test]
fn a_folder_that_does_not_exist_is_passed_over_until_it_does() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("app");
    let path = root.join("auth.ts");
    let mut client = start_in(&[&root, Path::new("/nowhere/\u{1F600}/at all")]);
    let uri = file_uri(&path);
    client.open(&uri, 1, LOGOUT);
    assert_eq!(rules(&client.diagnostics_of(&uri, 1)), ["missing-anonymize"]);
    write(&path, LOGOUT);
    write(&root.join("farewell.toml"), &severity("error"));
    changed(&mut client, &root.join("farewell.toml"), 1);
    wait_for(&mut client, &uri, &[1]);
    client.finish();
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_no_trouble() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("app");
    write(&root.join("src/auth.ts"), LOGOUT);
    std::os::unix::fs::symlink(&root, root.join("src/again")).unwrap();
    std::os::unix::fs::symlink(root.join("src/self"), root.join("src/self")).unwrap();
    let mut client = start_in(&[&root]);
    for name in ["src/auth.ts", "src/again/src/auth.ts"] {
        let uri = file_uri(&root.join(name));
        client.open(&uri, 1, LOGOUT);
        assert_eq!(rules(&client.diagnostics_of(&uri, 1)), ["missing-anonymize"], "{name}");
    }
    let uri = file_uri(&root.join("src/self"));
    changed(&mut client, &root.join("src/self"), 1);
    client.notify("workspace/didRenameFiles", json!({"files": [{"oldUri": uri, "newUri": uri}]}));
    client.assert_quiet();
    client.finish();
}

#[test]
fn drives_and_spellings_of_one_address_are_one_document() {
    let mut client = Client::start();
    for (opened, other) in [
        ("file:///c%3A/Users/me/auth.ts", "file:///c:/Users/me/auth.ts"),
        ("FILE:///farewell-tests/%61uth.ts", "file:///farewell-tests/auth.ts"),
        ("file:///farewell-tests/my%20app/%F0%9F%98%80.ts", "file:///farewell-tests/my app/\u{1F600}.ts"),
    ] {
        client.open(opened, 1, LOGOUT);
        let (version, diagnostics) = client.diagnostics(opened);
        assert_eq!((version, rules(&diagnostics)), (Some(1), vec!["missing-anonymize"]), "{opened}");
        client.replace(other, 2, "export {};\n");
        assert_eq!(client.diagnostics(opened), (Some(2), Vec::new()), "{other}");
        client.close(other);
        assert_eq!(client.diagnostics(opened), (None, Vec::new()), "{other}");
    }
    client.finish();
}

#[test]
fn what_the_editor_deletes_makes_and_renames_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(&root.join("package.json"), r#"{"name": "app"}"#);
    let (login, logout) = LOGOUT.split_at(LOGOUT.find("export async").unwrap());
    write(&root.join("auth/login.ts"), login);
    write(&root.join("logout.ts"), logout);
    let uri = file_uri(&root.join("logout.ts"));
    let mut client = start_in(&[root]);
    client.open(&uri, 1, logout);
    wait_for(&mut client, &uri, &[2]);
    // A folder goes with all that is in it.
    fs::remove_dir_all(root.join("auth")).unwrap();
    let files = json!({"files": [{"uri": file_uri(&root.join("auth"))}]});
    client.notify("workspace/didDeleteFiles", files);
    wait_for(&mut client, &uri, &[]);
    write(&root.join("auth/login.ts"), login);
    let files = json!({"files": [{"uri": file_uri(&root.join("auth/login.ts"))}]});
    client.notify("workspace/didCreateFiles", files);
    wait_for(&mut client, &uri, &[2]);
    // An open document takes another name: the client closes it and opens it anew.
    fs::rename(root.join("logout.ts"), root.join("sign out.ts")).unwrap();
    let renamed = file_uri(&root.join("sign out.ts"));
    client.close(&uri);
    assert_eq!(client.diagnostics(&uri), (None, Vec::new()));
    client.open(&renamed, 1, logout);
    client.notify("workspace/didRenameFiles", json!({"files": [{"oldUri": uri, "newUri": renamed}]}));
    wait_for(&mut client, &renamed, &[2]);
    // Outside the editor a folder goes by its own name alone.
    fs::remove_dir_all(root.join("auth")).unwrap();
    changed(&mut client, &root.join("auth"), 3);
    wait_for(&mut client, &renamed, &[]);
    client.assert_quiet();
    client.finish();
}

#[test]
fn what_is_of_no_interest_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(&root.join("auth.ts"), LOGOUT);
    let uri = file_uri(&root.join("auth.ts"));
    let mut client = start_in(&[root]);
    client.open(&uri, 1, LOGOUT);
    wait_for(&mut client, &uri, &[2]);
    let changes: Vec<Value> = ["a.png", "node_modules/x/package.json", "au", "auth", "dist"]
        .iter()
        .flat_map(|name| [1, 2, 3].map(|kind| json!({"uri": file_uri(&root.join(name)), "type": kind})))
        .collect();
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": changes}));
    client.assert_quiet();
    client.finish();
}

#[test]
fn what_goes_with_its_folder_is_watched() {
    let watches = json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
    let mut client = Client::start_with(json!({"capabilities": watches})).0;
    let params = client.serve("client/registerCapability");
    let watchers = params["registrations"][0]["registerOptions"]["watchers"].as_array().unwrap();
    let kind_of = |glob: &str| watchers.iter().find(|watcher| watcher["globPattern"] == glob).map(|it| &it["kind"]);
    assert_eq!(kind_of("**/*"), Some(&json!(4)), "a folder that is deleted goes by its own name");
    for name in ["Package.swift", "*.xcodeproj/project.pbxproj", "pnpm-workspace.yaml", "farewell.toml", "Podfile"] {
        assert!(kind_of(&format!("**/{name}")).is_some_and(Value::is_null), "{name}: {watchers:?}");
    }
    client.finish();
}
