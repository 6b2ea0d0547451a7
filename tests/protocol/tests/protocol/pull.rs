//! Diagnostics that the client asks for.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, file_uri, frame, rules};
use crate::samples::{LOGOUT, RELEASE, WAY_OUT, released};
use crate::text::{position, range_of};

const URI: &str = "file:///farewell-tests/pull/auth.ts";
const OTHER: &str = "file:///farewell-tests/pull/other.ts";

/// A client that asks for diagnostics.
fn pulling() -> Value {
    json!({
        "textDocument": {"diagnostic": {"relatedDocumentSupport": true}},
        "workspace": {"diagnostics": {"refreshSupport": true}}
    })
}

fn start(capabilities: Value) -> Client {
    let (client, answer) = Client::start_with(json!({"capabilities": capabilities}));
    let provider = &answer["capabilities"]["diagnosticProvider"];
    assert_eq!(provider["workspaceDiagnostics"], true);
    assert_eq!(provider["interFileDependencies"], true);
    client
}

fn pull_params(uri: &str, previous: Option<&str>) -> Value {
    json!({"textDocument": {"uri": uri}, "previousResultId": previous})
}

fn pull(client: &mut Client, uri: &str, previous: Option<&str>) -> Value {
    client.request("textDocument/diagnostic", pull_params(uri, previous)).unwrap()
}

fn found(report: &Value) -> Vec<&str> {
    rules(report["items"].as_array().unwrap())
}

fn id(report: &Value) -> &str {
    report["resultId"].as_str().unwrap()
}

#[test]
fn a_client_that_asks_is_told_nothing_unasked() {
    let mut client = start(pulling());
    client.open(URI, 1, LOGOUT);
    client.replace(URI, 2, &format!("// \u{1F600}\n{LOGOUT}"));
    client.assert_quiet();
    let report = pull(&mut client, URI, None);
    assert_eq!(report["kind"], "full");
    assert_eq!(found(&report), ["missing-anonymize"]);
    client.close(URI);
    client.assert_quiet();
    client.finish();
}

#[test]
fn a_client_that_does_not_ask_may_still_not_be_told_twice() {
    let (mut client, answer) = Client::start_with(json!({"capabilities": {}}));
    assert_eq!(answer["capabilities"].get("diagnosticProvider"), None);
    client.open(URI, 1, LOGOUT);
    assert_eq!(rules(&client.diagnostics_of(URI, 1)), ["missing-anonymize"]);
    client.assert_quiet();
    client.finish();
}

#[test]
fn the_id_of_a_report_is_that_of_its_content() {
    let mut client = start(pulling());
    client.open(URI, 1, LOGOUT);
    let first = pull(&mut client, URI, None);
    assert_eq!(pull(&mut client, URI, Some("something else")), first);
    let unchanged = pull(&mut client, URI, Some(id(&first)));
    assert_eq!(unchanged, json!({"kind": "unchanged", "resultId": first["resultId"]}));
    // Behind the finding nothing moves it; before it everything does, and back again.
    client.replace(URI, 2, &format!("{LOGOUT}// \u{1F600}\n"));
    assert_eq!(pull(&mut client, URI, Some(id(&first)))["kind"], "unchanged");
    let moved_text = LOGOUT.replace(WAY_OUT, &format!("/* \u{1F600} */ {WAY_OUT}"));
    client.replace(URI, 3, &moved_text);
    let moved = pull(&mut client, URI, Some(id(&first)));
    assert_eq!(moved["kind"], "full");
    assert_eq!(moved["items"][0]["range"], range_of(&moved_text, WAY_OUT));
    assert_ne!(id(&moved), id(&first));
    client.replace(URI, 4, LOGOUT);
    assert_eq!(pull(&mut client, URI, Some(id(&moved))), first);
    // Nothing to tell has an id too, the same for each file.
    client.replace(URI, 5, &released());
    let nothing = pull(&mut client, URI, Some(id(&first)));
    assert_eq!(nothing["items"], json!([]));
    client.open(OTHER, 1, "export {};\n");
    assert_eq!(id(&pull(&mut client, OTHER, None)), id(&nothing));
    client.finish();
}

#[test]
fn a_request_is_answered_from_every_edit_before_it() {
    let mut client = start(pulling());
    client.open(URI, 1, "");
    let mut version = 1;
    for text in [LOGOUT, &released(), LOGOUT, &released(), LOGOUT, &released()] {
        version += 1;
        client.replace(URI, version, text);
        let report = pull(&mut client, URI, None);
        let wanted: &[&str] = if text == LOGOUT { &["missing-anonymize"] } else { &[] };
        assert_eq!(found(&report), wanted, "version {version}");
    }
    client.finish();
}

#[test]
fn a_request_that_an_edit_overtakes_is_to_be_sent_again() {
    let mut client = start(pulling());
    client.open(URI, 1, "");
    pull(&mut client, URI, None);
    let mut frames = Vec::new();
    for number in 0..40 {
        let changes = json!([{"text": format!("// {number}\n{LOGOUT}")}]);
        let params = crate::client::change_params(URI, number + 2, changes);
        frames.extend(frame(&json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params})));
        let request = json!({"jsonrpc": "2.0", "id": 1000 + number, "method": "textDocument/diagnostic",
            "params": pull_params(URI, None)});
        frames.extend(frame(&request));
    }
    client.write(&frames);
    for number in 0..40 {
        match client.answer(1000 + number) {
            Ok(report) => assert_eq!(found(&report), ["missing-anonymize"]),
            Err(error) => {
                assert_eq!(error["code"], -32802);
                assert_eq!(error["data"], json!({"retriggerRequest": true}));
                assert_ne!(number, 39, "nothing came after the last one");
            }
        }
    }
    client.finish();
}

#[test]
fn half_typed_code_keeps_what_was_found() {
    let mut client = start(pulling());
    client.open(URI, 1, LOGOUT);
    let exact = pull(&mut client, URI, None);
    let half = LOGOUT.replacen("await fetch(", "\n\u{1F600} (((`", 1);
    client.replace(URI, 2, &half);
    let kept = pull(&mut client, URI, Some(id(&exact)));
    assert_eq!(found(&kept), ["missing-anonymize"]);
    assert_eq!(kept["items"][0]["range"], range_of(&half, WAY_OUT));
    client.replace(URI, 3, LOGOUT);
    assert_eq!(pull(&mut client, URI, Some(id(&kept))), exact);
    client.finish();
}

#[test]
fn what_is_asked_for_is_what_is_told_unasked() {
    let steps =
        ["await fetch(", "window", "{\n", "}\n", "if (x", "\u{1F600}", "FS('", "localStorage", "export", "\n\n"];
    let mut asks = start(pulling());
    let mut is_told = Client::start();
    let mut text = LOGOUT.to_owned();
    for client in [&mut asks, &mut is_told] {
        client.open(URI, 1, &text);
    }
    for version in 2..60 {
        let told = is_told.diagnostics_of(URI, version - 1);
        assert_eq!(pull(&mut asks, URI, None)["items"], json!(told), "version {version} of {text}");
        // Somewhere something goes, comes, or comes back.
        let step = steps[version as usize % steps.len()];
        match (version % 3, text.find(step)) {
            (0, Some(at)) => text.replace_range(at..at + step.len(), ""),
            (1, _) => text = LOGOUT.to_owned(),
            _ => text.insert_str(text.match_indices('\n').nth(version as usize % 7).map_or(0, |(at, _)| at), step),
        }
        for client in [&mut asks, &mut is_told] {
            client.replace(URI, version, &text);
        }
    }
    is_told.diagnostics_of(URI, 59);
    asks.finish();
    is_told.finish();
}

#[test]
fn places_are_told_in_the_clients_unit() {
    for (encoding, column) in [("utf-8", 11), ("utf-16", 9), ("utf-32", 8)] {
        let mut capabilities = pulling();
        capabilities["general"] = json!({"positionEncodings": [encoding]});
        let mut client = start(capabilities);
        client.open(URI, 1, &LOGOUT.replace(&format!("  {WAY_OUT}"), &format!("  /*\u{1F600}*/ {WAY_OUT}")));
        let report = pull(&mut client, URI, None);
        assert_eq!(report["items"][0]["range"]["start"], json!({"line": 8, "character": column}), "{encoding}");
        client.finish();
    }
}

#[test]
fn what_is_not_open_or_not_read_has_an_empty_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("é auth.ts");
    fs::write(&path, LOGOUT).unwrap();
    let mut client = start(pulling());
    for uri in ["untitled:none", "file:///nowhere/a.ts", "file:///nowhere/a.py", &file_uri(&path)] {
        let report = pull(&mut client, uri, None);
        assert_eq!((&report["kind"], &report["items"]), (&json!("full"), &json!([])), "{uri}");
        assert_eq!(pull(&mut client, uri, Some(id(&report)))["kind"], "unchanged");
    }
    client.finish();
}

/// A folder with an app of two files: one that signs out by the other.
fn app(folder: &Path) -> (String, String) {
    fs::write(folder.join("package.json"), r#"{"name": "app", "dependencies": {"@fullstory/browser": "^2.0.0"}}"#)
        .unwrap();
    fs::write(folder.join("login.ts"), &LOGOUT[..LOGOUT.find("export async").unwrap()]).unwrap();
    fs::write(folder.join("button.ts"), BUTTON).unwrap();
    fs::write(folder.join("facade.ts"), DOES_NOTHING).unwrap();
    (file_uri(&folder.join("button.ts")), file_uri(&folder.join("facade.ts")))
}

const BUTTON: &str = "import { leave } from './facade';\n\nexport async function handleLogout() {\n  FS('trackEvent', { name: 'Logout', properties: {} });\n  await fetch('/api/logout', { method: 'POST' });\n  leave();\n  window.location.href = '/login';\n}\n";
const DOES_NOTHING: &str = "export const leave = () => console.log('left');\n";
const RELEASES: &str = "export const leave = () => FS('setIdentity', { anonymous: true });\n";

fn start_in(folder: &Path, capabilities: Value) -> Client {
    let folders = json!([{"uri": file_uri(folder), "name": "app"}]);
    Client::start_with(json!({"capabilities": capabilities, "workspaceFolders": folders})).0
}

#[test]
fn a_file_that_is_not_open_is_told_when_its_workspace_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let (button, facade) = app(folder.path());
    let mut client = start_in(folder.path(), pulling());
    assert_eq!(found(&pull(&mut client, &button, None)), ["missing-anonymize"]);
    fs::write(folder.path().join("facade.ts"), RELEASES).unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": facade, "type": 2}]}));
    pull_until(&mut client, &button, &[]);
    client.finish();
}

#[test]
fn a_document_that_is_opened_anew_is_told_whole() {
    let mut client = start(pulling());
    client.open(URI, 1, LOGOUT);
    let report = pull(&mut client, URI, None);
    assert_eq!(pull(&mut client, URI, Some(id(&report)))["kind"], "unchanged");
    client.close(URI);
    client.open(URI, 2, LOGOUT);
    let again = pull(&mut client, URI, Some(id(&report)));
    assert_eq!((&again["kind"], found(&again)), (&json!("full"), vec!["missing-anonymize"]));
    // Who asks with the former id again has dropped that answer: it had cancelled the request.
    assert_eq!(pull(&mut client, URI, Some(id(&report)))["kind"], "full");
    assert_eq!(pull(&mut client, URI, Some(id(&again)))["kind"], "unchanged");
    client.finish();
}

#[test]
fn a_client_that_drops_the_workspaces_answers_is_not_offered_them() {
    let name = json!({"name": "Neovim", "version": "0.12.4"});
    let (client, answer) = Client::start_with(json!({"capabilities": pulling(), "clientInfo": name}));
    let provider = &answer["capabilities"]["diagnosticProvider"];
    assert_eq!((&provider["identifier"], &provider["workspaceDiagnostics"]), (&json!("farewell"), &json!(false)));
    client.finish();
}

#[test]
fn a_client_that_would_keep_outdated_answers_is_told_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let (button, facade) = app(folder.path());
    let capabilities = json!({"textDocument": {"diagnostic": {"relatedDocumentSupport": true}}});
    let mut client = start_in(folder.path(), capabilities);
    client.open(&button, 1, BUTTON);
    while rules(&client.diagnostics(&button).1) != ["missing-anonymize"] {}
    client.open(&facade, 1, RELEASES);
    while rules(&client.diagnostics(&button).1) != [] as [&str; 0] {}
    client.diagnostics_of(&facade, 1);
    client.finish();
}

/// Asks until the report is of these rules.
fn pull_until(client: &mut Client, uri: &str, wanted: &[&str]) -> Value {
    loop {
        let report = pull(client, uri, None);
        if found(&report) == wanted {
            return report;
        }
    }
}

#[test]
fn an_edit_tells_of_the_documents_that_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (button, facade) = app(folder.path());
    let mut client = start_in(folder.path(), pulling());
    client.open(&button, 1, BUTTON);
    client.open(&facade, 1, DOES_NOTHING);
    pull_until(&mut client, &button, &["missing-anonymize"]);
    let own = pull(&mut client, &facade, None);
    assert_eq!(own.get("relatedDocuments"), None);
    client.replace(&facade, 2, RELEASES);
    let released = pull(&mut client, &facade, Some(id(&own)));
    assert_eq!(released["kind"], "unchanged", "the facade itself has nothing to tell, before and after");
    let related = &released["relatedDocuments"][&button];
    assert_eq!((&related["kind"], &related["items"]), (&json!("full"), &json!([])), "{released}");
    // What was told is not told again.
    assert_eq!(pull(&mut client, &facade, None).get("relatedDocuments"), None);
    assert_eq!(pull(&mut client, &button, related["resultId"].as_str())["kind"], "unchanged");
    client.replace(&facade, 3, DOES_NOTHING);
    let again = pull(&mut client, &facade, Some("another"));
    assert_eq!(again["kind"], "full");
    assert_eq!(found(&again["relatedDocuments"][&button]), ["missing-anonymize"]);
    client.finish();
}

#[test]
fn a_client_that_wants_no_others_is_asked_to_ask_again() {
    let folder = tempfile::tempdir().unwrap();
    let (button, facade) = app(folder.path());
    let capabilities = json!({
        "textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": true}}
    });
    let mut client = start_in(folder.path(), capabilities);
    client.open(&facade, 1, RELEASES);
    client.open(&button, 1, BUTTON);
    pull_until(&mut client, &button, &[]);
    pull(&mut client, &facade, None);
    client.replace(&facade, 2, DOES_NOTHING);
    assert_eq!(pull(&mut client, &facade, None).get("relatedDocuments"), None);
    client.serve("workspace/diagnostic/refresh");
    assert_eq!(found(&pull(&mut client, &button, None)), ["missing-anonymize"]);
    client.assert_quiet();
    // The configuration changes what every document shows.
    let configuration = folder.path().join("farewell.toml");
    fs::write(&configuration, "[rules]\nmissing-anonymize = 'off'\n").unwrap();
    let changes = json!({"changes": [{"uri": file_uri(&configuration), "type": 1}]});
    client.notify("workspace/didChangeWatchedFiles", changes);
    client.serve("workspace/diagnostic/refresh");
    assert_eq!(found(&pull(&mut client, &button, None)), [] as [&str; 0]);
    client.assert_quiet();
    client.finish();
}

#[test]
fn lenses_and_hints_are_asked_for_again_when_others_changed_them() {
    let folder = tempfile::tempdir().unwrap();
    let (button, facade) = app(folder.path());
    let capabilities = json!({
        "workspace": {"codeLens": {"refreshSupport": true}, "inlayHint": {"refreshSupport": true}}
    });
    let mut client = start_in(folder.path(), capabilities);
    client.open(&button, 1, BUTTON);
    while rules(&client.diagnostics(&button).1) != ["missing-anonymize"] {}
    // The scan changed what they say.
    client.serve("workspace/codeLens/refresh");
    client.serve("workspace/inlayHint/refresh");
    client.open(&facade, 1, RELEASES);
    while rules(&client.diagnostics(&button).1) != [] as [&str; 0] {}
    client.diagnostics_of(&facade, 1);
    client.serve("workspace/codeLens/refresh");
    client.serve("workspace/inlayHint/refresh");
    client.finish();
}

fn workspace_params(previous: &[(&str, &str)], token: Option<&str>) -> Value {
    let previous: Vec<Value> = previous.iter().map(|(uri, id)| json!({"uri": uri, "value": id})).collect();
    let mut params = json!({"previousResultIds": previous});
    if let Some(token) = token {
        params["partialResultToken"] = json!(token);
    }
    params
}

#[test]
fn the_workspace_is_told_whole_and_then_what_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (button, facade) = app(folder.path());
    let mut client = start_in(folder.path(), pulling());
    let first = client.request("workspace/diagnostic", workspace_params(&[], None)).unwrap();
    let items = first["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{items:?}");
    assert_eq!((&items[0]["uri"], &items[0]["version"]), (&json!(button), &Value::Null));
    assert_eq!(found(&items[0]), ["missing-anonymize"]);
    assert_eq!(items[0]["items"][0]["range"], range_of(BUTTON, "window.location.href = '/login'"));
    assert_eq!(pull(&mut client, &button, Some(id(&items[0])))["kind"], "unchanged");
    // Nothing changed, so that the next one waits, whatever else is asked meanwhile.
    let held = client.send_request("workspace/diagnostic", workspace_params(&[(&button, id(&items[0]))], None));
    client.assert_quiet();
    fs::write(folder.path().join("facade.ts"), RELEASES).unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": facade, "type": 2}]}));
    let second = client.answer(held).unwrap();
    let cleared = &second["items"][0];
    assert_eq!((&cleared["uri"], &cleared["items"]), (&json!(button), &json!([])));
    // An open document is told with its version, and its report is the one that it has by itself.
    client.open(&facade, 7, DOES_NOTHING);
    client.open(&button, 3, BUTTON);
    let own = pull_until(&mut client, &button, &["missing-anonymize"]);
    let third = client.request("workspace/diagnostic", workspace_params(&[(&button, id(cleared))], None)).unwrap();
    let open = &third["items"][0];
    assert_eq!((&open["uri"], &open["version"], id(open)), (&json!(button), &json!(3), id(&own)));
    client.finish();
}

#[test]
fn a_file_that_is_gone_is_cleared_in_the_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let (button, _) = app(folder.path());
    let mut client = start_in(folder.path(), pulling());
    let first = client.request("workspace/diagnostic", workspace_params(&[], None)).unwrap();
    let known = [(button.as_str(), id(&first["items"][0])), ("file:///nowhere/b.ts", "an id of another session")];
    let second = client.request("workspace/diagnostic", workspace_params(&known, None)).unwrap();
    assert_eq!(second["items"].as_array().unwrap().len(), 1);
    assert_eq!(second["items"][0]["uri"], "file:///nowhere/b.ts");
    let held = client.send_request("workspace/diagnostic", workspace_params(&known[..1], None));
    fs::remove_file(folder.path().join("button.ts")).unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": button, "type": 3}]}));
    let third = client.answer(held).unwrap();
    assert_eq!((&third["items"][0]["uri"], &third["items"][0]["items"]), (&json!(button), &json!([])));
    client.finish();
}

#[test]
fn a_large_workspace_is_told_in_parts() {
    let folder = tempfile::tempdir().unwrap();
    app(folder.path());
    for number in 0..150 {
        fs::write(folder.path().join(format!("logout {number}.ts")), LOGOUT).unwrap();
    }
    let mut client = start_in(folder.path(), pulling());
    let answer = client.request("workspace/diagnostic", workspace_params(&[], Some("part"))).unwrap();
    let mut files: Vec<Value> = Vec::new();
    for _ in 0..2 {
        let part = client.message("$/progress");
        assert_eq!(part["token"], "part");
        files.extend(part["value"]["items"].as_array().unwrap().iter().cloned());
    }
    files.extend(answer["items"].as_array().unwrap().iter().cloned());
    let uris: std::collections::BTreeSet<&str> = files.iter().map(|file| file["uri"].as_str().unwrap()).collect();
    assert_eq!((files.len(), uris.len()), (151, 151));
    client.finish();
}

#[test]
fn a_request_that_waits_ends_with_its_cancellation_the_next_one_and_the_session() {
    let folder = tempfile::tempdir().unwrap();
    let (button, _) = app(folder.path());
    let mut client = start_in(folder.path(), pulling());
    let first = client.request("workspace/diagnostic", workspace_params(&[], None)).unwrap();
    let known = [(button.as_str(), id(&first["items"][0]))];
    let cancelled = client.send_request("workspace/diagnostic", workspace_params(&known, None));
    client.notify("$/cancelRequest", json!({"id": cancelled}));
    assert_eq!(client.answer(cancelled).unwrap_err()["code"], -32800);
    let earlier = client.send_request("workspace/diagnostic", workspace_params(&known, None));
    // Many of them take no more room than one.
    let later: Vec<i64> =
        (0..300).map(|_| client.send_request("workspace/diagnostic", workspace_params(&known, None))).collect();
    assert_eq!(client.answer(earlier), Ok(json!({"items": []})));
    let (last, others) = later.split_last().unwrap();
    for id in others {
        assert_eq!(client.answer(*id), Ok(json!({"items": []})));
    }
    let call = position(BUTTON, BUTTON.find("FS(").unwrap());
    client.open(&button, 1, BUTTON);
    assert!(client.hover(&button, &call).unwrap().is_object());
    client.request("shutdown", Value::Null).unwrap();
    let error = client.answer(*last).unwrap_err();
    assert_eq!((&error["code"], &error["data"]), (&json!(-32802), &json!({"retriggerRequest": false})));
    client.write(&frame(&json!({"jsonrpc": "2.0", "method": "exit"})));
    assert_eq!(client.wait().code(), Some(0));
}

#[test]
fn actions_are_offered_for_what_was_asked_for() {
    let mut client = start(pulling());
    client.open(URI, 1, LOGOUT);
    let report = pull(&mut client, URI, None);
    let diagnostic = &report["items"][0];
    let actions = client.code_actions(URI, &diagnostic["range"], json!({"diagnostics": [diagnostic]}));
    let preferred = actions.iter().find(|action| action["isPreferred"] == true).unwrap();
    assert_eq!(&preferred["diagnostics"][0], diagnostic);
    let edits = preferred["edit"]["changes"][URI].as_array().unwrap();
    assert_eq!(crate::text::apply(LOGOUT, edits), LOGOUT.replace(WAY_OUT, &format!("{RELEASE}{WAY_OUT}")));
    client.finish();
}
