//! Many small edits, and their undoing.

use serde_json::{Value, json};

use crate::client::{Client, rules};
use crate::samples::{LOGOUT, released};
use crate::text::position;

const URI: &str = "file:///farewell-tests/auth.tsx";

const PIECES: [&str; 14] =
    ["", "{", "}", "(", "'", "`", "/*", "*/", "\n", "\u{1F600}é", " await ", "try {", "=> ${", "FS("];

/// A small generator: the test is the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    /// A bound between two characters.
    fn boundary(&mut self, text: &str) -> usize {
        let offset = self.below(text.len() + 1);
        (offset..=text.len()).find(|offset| text.is_char_boundary(*offset)).unwrap()
    }
}

/// Replaces bytes of the text, and returns the change that an editor sends.
fn replace(text: &mut String, start: usize, end: usize, new: &str) -> Value {
    let range = json!({"start": position(text, start), "end": position(text, end)});
    text.replace_range(start..end, new);
    json!({"range": range, "text": new})
}

#[test]
fn edits_and_their_undoing_end_where_they_began() {
    let original = format!("{LOGOUT}\n{}", released().replace("logout", "signOut").replace("login", "signIn"));
    let mut random = Random(11);
    let mut client = Client::start();
    client.open(URI, 1, &original);
    let wanted = client.diagnostics_of(URI, 1);
    assert_eq!(rules(&wanted), ["missing-anonymize"]);
    let mut version = 1;
    for round in 0..12 {
        let mut text = original.clone();
        let mut undoing = Vec::new();
        for _ in 0..20 {
            let (one, other) = (random.boundary(&text), random.boundary(&text));
            // Mostly where the caret is, now and then over a selection.
            let (start, end) = if random.below(4) == 0 { (one.min(other), one.max(other)) } else { (one, one) };
            let old = text[start..end].to_owned();
            let new = PIECES[random.below(PIECES.len())];
            let change = replace(&mut text, start, end, new);
            undoing.push((start, new.len(), old));
            version += 1;
            client.change(URI, version, json!([change]));
            if random.below(3) == 0 {
                // What it says does not matter: it makes the server look at this very text.
                let _ = client.hover(URI, &position(&text, start));
            }
        }
        let mut changes = Vec::new();
        for (start, length, old) in undoing.into_iter().rev() {
            changes.push(replace(&mut text, start, start + length, &old));
        }
        assert_eq!(text, original);
        version += 1;
        client.change(URI, version, json!(changes));
        assert_eq!(client.diagnostics_of(URI, version), wanted, "round {round}");
    }
    client.finish();
}
