//! Half-typed code: what was found stays where it is, and nothing is found that is not there.

use serde_json::{Value, json};

use crate::client::Client;
use crate::samples::released;
use crate::text::{position, range_of};

const URI: &str = "file:///farewell-tests/half.ts";

/// Two logouts that keep the identity and a helper between them that releases it for a third.
const FLOWS: &str = "\
export function login(user: { id: string }) {
  FS('setIdentity', { uid: user.id });
}

export async function logout() {
  FS('trackEvent', { name: 'Logout', properties: {} });
  await fetch('/api/logout', { method: 'POST' });
  window.location.href = '/login';
}

function release() {
  localStorage.clear();
  FS('setIdentity', { anonymous: true });
}

export async function handleLogout() {
  FS('trackEvent', { name: 'Logout', properties: {} });
  await fetch('/api/logout', { method: 'POST' });
  release();
  window.location.href = '/welcome';
}

export async function signOut() {
  FS('trackEvent', { name: 'Logout', properties: {} });
  await fetch('/api/logout', { method: 'POST' });
  window.location.href = '/signin';
}
";
const FIRST: &str = "window.location.href = '/login'";
const SECOND: &str = "window.location.href = '/signin'";

/// An editor with one document, whose text it knows.
struct Editor {
    client: Client,
    text: String,
    version: i64,
}

impl Editor {
    fn open(text: &str) -> Self {
        let mut client = Client::start();
        client.open(URI, 1, text);
        Self { client, text: text.to_owned(), version: 1 }
    }

    fn replace(&mut self, start: usize, end: usize, new: &str) {
        let range = json!({"start": position(&self.text, start), "end": position(&self.text, end)});
        self.text.replace_range(start..end, new);
        self.version += 1;
        self.client.change(URI, self.version, json!([{"range": range, "text": new}]));
    }

    fn diagnostics(&mut self) -> Vec<Value> {
        self.client.diagnostics_of(URI, self.version)
    }

    /// The diagnostics are those of these ways out, at their places in the text.
    fn assert_found(&mut self, ways_out: &[&str], when: &str) -> Vec<Value> {
        let diagnostics = self.diagnostics();
        let found: Vec<&Value> = diagnostics.iter().map(|diagnostic| &diagnostic["range"]).collect();
        let wanted: Vec<Value> = ways_out.iter().map(|way_out| range_of(&self.text, way_out)).collect();
        assert_eq!(found, wanted.iter().collect::<Vec<_>>(), "{when}: {}", self.text);
        diagnostics
    }
}

#[test]
fn nothing_flickers_while_something_is_typed() {
    let mut editor = Editor::open(FLOWS);
    let exact = editor.assert_found(&[FIRST, SECOND], "at first");
    let line_ends: Vec<usize> = FLOWS.match_indices('\n').map(|(at, _)| at).collect();
    for typed in ["\nfoo(", "\nif (x", "\nif (x) {", "\nFS('", "\n`", "\nawait fetch(", "\nfunction f(", "\n/*"] {
        for at in &line_ends {
            editor.replace(*at, *at, typed);
            editor.assert_found(&[FIRST, SECOND], typed);
            editor.replace(*at, at + typed.len(), "");
            assert_eq!(editor.diagnostics(), exact, "{typed:?} was taken back");
        }
    }
    editor.client.finish();
}

#[test]
fn nothing_flickers_while_a_brace_is_gone() {
    let mut editor = Editor::open(FLOWS);
    let exact = editor.assert_found(&[FIRST, SECOND], "at first");
    for (at, brace) in FLOWS.match_indices('}') {
        editor.replace(at, at + 1, "");
        editor.assert_found(&[FIRST, SECOND], "a brace is gone");
        // Lines that come and go meanwhile move what is held.
        editor.replace(0, 0, "// \u{1F600}\n\n");
        editor.assert_found(&[FIRST, SECOND], "lines were added");
        editor.replace(0, "// \u{1F600}\n\n".len(), "");
        editor.assert_found(&[FIRST, SECOND], "lines were removed");
        editor.replace(at, at, brace);
        assert_eq!(editor.diagnostics(), exact, "the brace is back");
    }
    editor.client.finish();
}

#[test]
fn what_is_edited_away_goes_and_what_was_mended_stays_gone() {
    let mut editor = Editor::open(FLOWS);
    editor.assert_found(&[FIRST, SECOND], "at first");
    let end = FLOWS.len() - 2;
    editor.replace(end, end, "  if (x");
    editor.assert_found(&[FIRST, SECOND], "half-typed");
    // The whole line of the first one goes, and the code of the second is broken.
    let line = FLOWS.find(FIRST).unwrap();
    editor.replace(line, line + FIRST.len() + 1, "");
    editor.assert_found(&[SECOND], "the first is edited away");
    let half = editor.text.find("  if (x").unwrap();
    editor.replace(half, half + "  if (x".len(), "");
    let diagnostics = editor.diagnostics();
    let fresh = {
        let mut other = Editor::open(&editor.text);
        let fresh = other.diagnostics();
        other.client.finish();
        fresh
    };
    assert_eq!(diagnostics, fresh, "all is whole again");
    editor.client.finish();
}

#[test]
fn a_text_that_was_never_whole_is_judged_as_it_is() {
    let broken = format!("{FLOWS}\nfoo(;\n");
    let mut editor = Editor::open(&broken);
    editor.assert_found(&[FIRST, SECOND], "broken from the beginning");
    // As many errors as before are no reason to keep anything.
    let at = FLOWS.find(FIRST).unwrap();
    editor.replace(at, at, "FS('setIdentity', { anonymous: true });\n  ");
    editor.assert_found(&[SECOND], "mended");
    editor.client.finish();
}

#[test]
fn a_whole_text_that_is_sent_anew_moves_what_is_held() {
    let mut client = Client::start();
    client.open(URI, 1, FLOWS);
    assert_eq!(client.diagnostics_of(URI, 1).len(), 2);
    let half = FLOWS.replace("localStorage.clear();", "localStorage.clear(\n\n");
    client.replace(URI, 2, &half);
    let diagnostics = client.diagnostics_of(URI, 2);
    assert_eq!(diagnostics[0]["range"], range_of(&half, FIRST));
    assert_eq!(diagnostics[1]["range"], range_of(&half, SECOND));
    client.replace(URI, 3, &released());
    assert_eq!(client.diagnostics_of(URI, 3), [] as [Value; 0]);
    client.finish();
}
