//! Edits. Owns what an edit is and where one can be made; must not know which are tried.

use std::ops::Range;

/// Edits of one document that come together.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// Which document, from 0.
    pub(super) document: usize,
    /// The bytes that go away (`None` for all) and what comes in their place, each in the text that the one
    /// before it left.
    pub(super) changes: Vec<(Option<(usize, usize)>, String)>,
    /// Whether the document is closed and opened again before.
    pub(super) reopens: bool,
    /// Whether there is a pause behind them, in which something is found.
    pub(super) rests: bool,
    /// Whether what is found then is compared.
    pub(super) is_compared: bool,
}

/// What is typed: whole pieces, halves, and what opens or closes something far away.
pub(super) const PIECES: [&str; 40] = [
    "x",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "'",
    "\"",
    "`",
    "${",
    "/*",
    "*/",
    "// ",
    "<!--",
    "-->",
    "<b>",
    "</",
    "=>",
    ";",
    ",",
    ".",
    "\u{1F600}",
    "é",
    "if (x",
    "if (x) {\n",
    "return",
    "return;\n",
    "await ",
    "throw e;\n",
    "FS('setIdentity', { anonymous: true });\n",
    "FS.anonymize();\n",
    "function f() {\n",
    "// farewell-ignore missing-anonymize: a test\n",
    "logout();\n",
];

/// The next place at or behind a byte offset at which an editor can edit: none is inside of a character or of a
/// line break.
pub(super) fn fit(text: &str, offset: usize) -> usize {
    let is_place =
        |at: &usize| text.is_char_boundary(*at) && !(text[..*at].ends_with('\r') && text[*at..].starts_with('\n'));
    (offset.min(text.len())..=text.len()).find(is_place).unwrap_or(text.len())
}

/// Replaces bytes of a text, as near to them as it has places, or all of it; returns those that were meant.
pub(super) fn replace(text: &mut String, range: Option<(usize, usize)>, new: &str) -> Option<Range<usize>> {
    match range {
        Some((start, end)) => {
            let range = fit(text, start)..fit(text, end.max(start));
            text.replace_range(range.clone(), new);
            Some(range)
        }
        None => {
            new.clone_into(text);
            None
        }
    }
}
