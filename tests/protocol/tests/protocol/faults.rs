//! Folders that are files for a while, and files that are folders: what was known of them goes and comes back.

use std::fs;

use serde_json::{Value, json};

use crate::client::{Client, file_uri};
use crate::samples::LOGOUT;

const MANIFEST: &str = r#"{"dependencies": {"@fullstory/browser": "^2.0.0"}}"#;
const CREATED: u8 = 1;
const DELETED: u8 = 3;
/// The severities of a finding where somebody is identified, and where nobody is.
const WARNING: u64 = 2;
const HINT: u64 = 4;

/// Waits until a document has one finding, of a severity.
fn wait_for(client: &mut Client, uri: &str, severity: u64) {
    loop {
        let (_, diagnostics) = client.diagnostics(uri);
        if matches!(diagnostics.as_slice(), [one] if one["severity"] == severity) {
            return;
        }
    }
}

#[test]
fn a_folder_that_is_a_file_for_a_while_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("app");
    let (session, login, path) = (root.join("session"), root.join("session/login.ts"), root.join("auth.ts"));
    let (identifying, leaving) = LOGOUT.split_at(LOGOUT.find("export async").unwrap());
    fs::create_dir_all(&session).unwrap();
    fs::write(root.join("package.json"), MANIFEST).unwrap();
    fs::write(&login, identifying).unwrap();
    fs::write(&path, leaving).unwrap();
    let folders = json!([{"uri": file_uri(&root), "name": "app"}]);
    let (mut client, _) = Client::start_with(json!({"capabilities": {}, "workspaceFolders": folders}));
    let uri = file_uri(&path);
    client.open(&uri, 1, leaving);
    wait_for(&mut client, &uri, WARNING);
    let changed = |client: &mut Client, changes: &[(&std::path::Path, u8)]| {
        let changes: Vec<Value> =
            changes.iter().map(|(path, kind)| json!({"uri": file_uri(path), "type": kind})).collect();
        client.notify("workspace/didChangeWatchedFiles", json!({"changes": changes}));
    };
    for _ in 0..2 {
        fs::remove_dir_all(&session).unwrap();
        fs::write(&session, "no folder").unwrap();
        changed(&mut client, &[(&session, DELETED), (&session, CREATED)]);
        wait_for(&mut client, &uri, HINT);
        // The file that tells of the user is a folder of that name for a while.
        fs::remove_file(&session).unwrap();
        fs::create_dir_all(&login).unwrap();
        changed(&mut client, &[(&session, DELETED), (&session, CREATED), (&login, CREATED)]);
        fs::remove_dir(&login).unwrap();
        fs::write(&login, identifying).unwrap();
        changed(&mut client, &[(&login, DELETED), (&login, CREATED)]);
        wait_for(&mut client, &uri, WARNING);
    }
    client.finish();
}
