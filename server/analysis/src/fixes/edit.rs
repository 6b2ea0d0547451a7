//! Edits. Owns how several edits of one text are put in order and applied; must not know what they mean.

use std::sync::Arc;

use crate::rules::Safety;
use crate::source::Span;

/// One replacement in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file, by its path as given to the database.
    pub path: Arc<str>,
    /// The bytes that go away; empty for an insertion.
    pub span: Span,
    /// What comes in their place.
    pub text: String,
}

/// A proved way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the user reads.
    pub title: String,
    /// Whether it is the one that an editor applies unasked; at most one of a finding.
    pub preferred: bool,
    /// Whether it may be applied without a look.
    pub safety: Safety,
    /// Its edits, sorted by file and place, none overlapping another.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// Whether it may be applied unasked: it is the preferred one, and cannot change anything but the fault.
    pub fn is_automatic(&self) -> bool {
        self.preferred && self.safety == Safety::Safe
    }
}

/// Applies edits of one file to its text. The edits are sorted first; one that overlaps an earlier one,
/// or does not fit the text, is left out.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut result = String::with_capacity(text.len() + 128);
    let mut position = 0;
    for edit in sorted {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        if start < position {
            continue;
        }
        let Some(kept) = text.get(position..start) else {
            continue;
        };
        if text.get(start..end).is_none() {
            continue;
        }
        result.push_str(kept);
        result.push_str(&edit.text);
        position = end;
    }
    result.push_str(&text[position..]);
    result
}
