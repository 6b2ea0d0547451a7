//! How the server is, and how far it is.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, file_uri, rules};
use crate::samples::{LOGOUT, released};

fn start_in(folder: &Path, capabilities: Value, options: Value) -> Client {
    let folders = json!([{"uri": file_uri(folder), "name": "app"}]);
    Client::start_with(
        json!({"capabilities": capabilities, "workspaceFolders": folders, "initializationOptions": options}),
    )
    .0
}

/// Waits until the status is so.
fn status_where(client: &mut Client, is_wanted: impl Fn(&Value) -> bool) -> Value {
    loop {
        let status = client.message("farewell/status");
        if is_wanted(&status) {
            return status;
        }
    }
}

#[test]
fn the_status_is_told_where_it_is_wanted_and_when_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("auth.ts"), LOGOUT).unwrap();
    let mut client = start_in(folder.path(), json!({}), json!({"statusNotification": true}));
    let status = status_where(&mut client, |status| status["flows"] == 1);
    assert_eq!((&status["health"], &status["projects"], &status["filesScanned"]), (&json!("ok"), &json!(1), &json!(1)));
    assert!(status["scanMs"].is_u64() && status["version"].as_str().unwrap().starts_with("0."), "{status}");
    assert_eq!(status.get("message"), None);
    // A flow more by an edit.
    let uri = file_uri(&folder.path().join("auth.ts"));
    client.open(&uri, 1, LOGOUT);
    client.diagnostics_of(&uri, 1);
    client.replace(&uri, 2, &format!("{LOGOUT}{}", released().replace("logout()", "signOut()")));
    client.diagnostics_of(&uri, 2);
    status_where(&mut client, |status| status["flows"] == 2);
    // A configuration that cannot be understood.
    fs::write(folder.path().join("farewell.toml"), "exclud = []\n").unwrap();
    let changes = json!({"changes": [{"uri": file_uri(&folder.path().join("farewell.toml")), "type": 1}]});
    client.notify("workspace/didChangeWatchedFiles", changes);
    let status = status_where(&mut client, |status| status["health"] == "warning");
    assert!(status["message"].as_str().unwrap().contains("did you mean `exclude`?"), "{status}");
    client.message("window/showMessage");
    let wrong = json!({"settings": {"farewell": {"statusNotification": true, "runs": 1}}});
    client.notify("workspace/didChangeConfiguration", wrong);
    status_where(&mut client, |status| status["message"].as_str().unwrap().contains("`runs`"));
    client.message("window/showMessage");
    client.finish();
}

#[test]
fn the_status_is_never_told_unasked() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("auth.ts"), LOGOUT).unwrap();
    let mut client = start_in(folder.path(), json!({}), json!({}));
    let uri = file_uri(&folder.path().join("auth.ts"));
    client.open(&uri, 1, LOGOUT);
    while rules(&client.diagnostics(&uri).1).is_empty() {}
    client.assert_quiet();
    client.finish();
}

const SHOWS_PROGRESS: &str = r#"{"window": {"workDoneProgress": true}}"#;

fn capabilities() -> Value {
    serde_json::from_str(SHOWS_PROGRESS).unwrap()
}

/// A folder whose scan is slow.
fn large(folder: &Path) {
    // What is named is most likely a release build, which takes a tenth of the time.
    let files = if std::env::var_os("FAREWELL_BIN").is_some() { 40_000 } else { 6_000 };
    for number in 0..files {
        fs::write(folder.join(format!("auth{number}.ts")), LOGOUT).unwrap();
    }
}

#[test]
fn a_slow_first_scan_shows_its_progress() {
    let folder = tempfile::tempdir().unwrap();
    large(folder.path());
    let mut client = start_in(folder.path(), capabilities(), json!({}));
    let token = client.serve("window/workDoneProgress/create")["token"].clone();
    let begin = client.message("$/progress");
    assert_eq!((&begin["token"], &begin["value"]["kind"]), (&token, &json!("begin")));
    assert_eq!((&begin["value"]["title"], &begin["value"]["cancellable"]), (&json!("Farewell"), &json!(true)));
    let end = client.message("$/progress");
    assert_eq!((&end["token"], &end["value"]["kind"]), (&token, &json!("end")));
    client.finish();
}

#[test]
fn a_scan_that_is_cancelled_ends_and_another_makes_up_for_it() {
    let folder = tempfile::tempdir().unwrap();
    large(folder.path());
    let mut client = start_in(folder.path(), capabilities(), json!({}));
    let token = client.serve("window/workDoneProgress/create")["token"].clone();
    client.notify("window/workDoneProgress/cancel", json!({"token": "another"}));
    client.notify("window/workDoneProgress/cancel", json!({"token": token}));
    assert_eq!(client.message("$/progress")["value"]["kind"], "begin");
    assert_eq!(client.message("$/progress")["value"]["kind"], "end");
    let uri = file_uri(&folder.path().join("auth7.ts"));
    client.open(&uri, 1, LOGOUT);
    assert_eq!(rules(&client.diagnostics_of(&uri, 1)), ["missing-anonymize"]);
    client.request("workspace/executeCommand", json!({"command": "farewell.restart"})).unwrap();
    client.serve("window/workDoneProgress/create");
    assert_eq!(client.message("$/progress")["value"]["kind"], "begin");
    assert_eq!(client.message("$/progress")["value"]["kind"], "end");
    let told = client.request("workspace/executeCommand", json!({"command": "farewell.copyDebugInfo"})).unwrap();
    assert!(told.as_str().unwrap().contains("000 files, "), "{told}");
    client.finish();
}

/// How long the scan took, in milliseconds, by the log.
fn scan_time(client: &mut Client) -> u64 {
    let (_, line) = client.logged("scanned");
    let before = line.split(" ms: ").next().unwrap();
    before.rsplit(' ').next().unwrap().parse().unwrap()
}

#[test]
fn a_fast_scan_has_no_progress() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("auth.ts"), LOGOUT).unwrap();
    let mut client = start_in(folder.path(), capabilities(), json!({"logLevel": "info"}));
    // A machine with much else to do makes every scan a slow one.
    let is_fast = scan_time(&mut client) < 300;
    std::thread::sleep(Duration::from_millis(700));
    if is_fast {
        client.assert_quiet();
    } else {
        client.pass_over(Duration::from_millis(300));
    }
    client.finish();
}

#[test]
fn a_client_that_shows_no_progress_is_told_none() {
    let folder = tempfile::tempdir().unwrap();
    large(folder.path());
    let mut client = start_in(folder.path(), json!({}), json!({"logLevel": "info"}));
    assert!(scan_time(&mut client) > 500);
    client.assert_quiet();
    client.finish();
}
