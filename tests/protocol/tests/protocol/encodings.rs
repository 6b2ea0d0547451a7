//! Position encodings, with characters of every width before the place.

use serde_json::{Value, json};

use crate::client::{Client, rules};
use crate::samples::{LOGOUT, WAY_OUT};

const URI: &str = "file:///farewell-tests/auth.ts";

/// Before the way out, on its line.
const WIDE: &str = "/* \u{1F600}é漢 */ ";

fn start(offered: &[&str]) -> (Client, Value) {
    let (client, answer) = Client::start_with(json!({"capabilities": {"general": {"positionEncodings": offered}}}));
    (client, answer["capabilities"]["positionEncoding"].clone())
}

/// The way out's column, and what an edit there does, in an encoding in which `WIDE` has `width` units.
fn check(offered: &[&str], agreed: &str, width: usize) {
    let (mut client, encoding) = start(offered);
    assert_eq!(encoding, agreed);
    let text = LOGOUT.replace(WAY_OUT, &format!("{WIDE}{WAY_OUT}"));
    client.open(URI, 1, &text);
    let diagnostics = client.diagnostics_of(URI, 1);
    assert_eq!(rules(&diagnostics), ["missing-anonymize"]);
    let way_out = json!({"line": 8, "character": 2 + width});
    assert_eq!(diagnostics[0]["range"]["start"], way_out, "{agreed}");
    // Mends the code only if it goes exactly there.
    let mend =
        json!([{"range": {"start": way_out, "end": way_out}, "text": "FS('setIdentity', { anonymous: true }); "}]);
    client.change(URI, 2, mend);
    assert_eq!(client.diagnostics_of(URI, 2), [] as [Value; 0], "{agreed}");
    client.finish();
}

#[test]
fn utf_8() {
    check(&["utf-8"], "utf-8", WIDE.len());
}

#[test]
fn utf_16() {
    check(&["utf-16"], "utf-16", WIDE.encode_utf16().count());
}

#[test]
fn utf_32() {
    check(&["utf-32", "utf-16"], "utf-32", WIDE.chars().count());
}

#[test]
fn utf_16_where_nothing_known_is_offered() {
    check(&["ascii"], "utf-16", WIDE.encode_utf16().count());
    check(&[], "utf-16", WIDE.encode_utf16().count());
}

#[test]
fn places_between_surrogates_and_behind_every_end_are_clamped() {
    let mut client = Client::start();
    let text = format!("\u{1F600}\r\n{LOGOUT}").replace("\u{1F600}", "// \u{1F600}");
    client.open(URI, 1, &text);
    assert_eq!(rules(&client.diagnostics_of(URI, 1)), ["missing-anonymize"]);
    let huge = u32::MAX;
    for (line, character) in [(0, 4), (0, 999), (999, 0), (huge, huge), (3, huge)] {
        client.hover(URI, &json!({"line": line, "character": character})).unwrap();
        let range = json!({"start": {"line": line, "character": character}, "end": {"line": 0, "character": 0}});
        client.code_actions(URI, &range, json!({"diagnostics": []}));
    }
    // Between the surrogates is before the character, and the ends of a range may come in either order.
    let edit = |from: [u32; 2], to: [u32; 2], text: &str| {
        let position = |[line, character]: [u32; 2]| json!({"line": line, "character": character});
        json!({"range": {"start": position(from), "end": position(to)}, "text": text})
    };
    let edits = [
        edit([0, 4], [0, 4], "x"),
        edit([0, 6], [0, 3], ""),
        edit([huge, huge], [huge, huge], "// the end"),
        edit([0, huge], [0, huge], "!"),
    ];
    client.change(URI, 2, json!(edits));
    let changed = client.diagnostics_of(URI, 2);
    // The same text, opened afresh in another session.
    let mut other = Client::start();
    other.open(URI, 2, &format!("// !\r\n{LOGOUT}// the end"));
    assert_eq!(changed, other.diagnostics_of(URI, 2));
    assert_eq!(rules(&changed), ["missing-anonymize"]);
    other.finish();
    client.finish();
}
