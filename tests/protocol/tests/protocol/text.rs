//! An editor's own view of a text: positions in UTF-16 and edits. Independent of the server's code, to be
//! compared with it.

use serde_json::{Value, json};

/// Applies LSP text edits, given in UTF-16, to a text. They all refer to the text before.
pub(crate) fn apply(text: &str, edits: &[Value]) -> String {
    let mut edits: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            (offset(text, &range["start"]), offset(text, &range["end"]), edit["newText"].as_str().unwrap())
        })
        .collect();
    edits.sort();
    let mut result = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        result.replace_range(start..end, new);
    }
    result
}

/// The UTF-16 position of a byte offset.
pub(crate) fn position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |last| last + 1);
    json!({"line": before.matches('\n').count(), "character": before[line_start..].encode_utf16().count()})
}

/// The UTF-16 range of the first place at which `what` stands.
pub(crate) fn range_of(text: &str, what: &str) -> Value {
    let start = text.find(what).unwrap();
    json!({"start": position(text, start), "end": position(text, start + what.len())})
}

fn offset(text: &str, position: &Value) -> usize {
    let line = position["line"].as_u64().unwrap() as usize;
    let line_start = match line {
        0 => 0,
        _ => text.match_indices('\n').nth(line - 1).unwrap().0 + 1,
    };
    let mut left = position["character"].as_u64().unwrap() as usize;
    let mut offset = line_start;
    for character in text[line_start..].chars() {
        if left == 0 {
            break;
        }
        left -= character.len_utf16();
        offset += character.len_utf8();
    }
    offset
}
