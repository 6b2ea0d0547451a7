//! Replacements that become edits. Owns their order and their freedom from overlaps; must not know what
//! they are for.

use std::sync::Arc;

use super::{Edit, apply};
use crate::source::Span;

/// The replacements that a remedy's actions have asked for so far, in the order in which they did.
#[derive(Default)]
pub(super) struct Draft {
    /// The bytes and what comes in their place.
    pub(super) edits: Vec<(Span, String)>,
}

impl Draft {
    /// Replaces bytes; the same replacement twice is one.
    pub(super) fn replace(&mut self, start: usize, end: usize, text: impl Into<String>) {
        let edit = (Span::from(start..end), text.into());
        if !self.edits.contains(&edit) {
            self.edits.push(edit);
        }
    }

    /// The edits, sorted; `None` where two of them overlap, or where they change nothing.
    pub(super) fn finish(mut self, text: &str, path: &Arc<str>) -> Option<Vec<Edit>> {
        // The sort is stable: insertions at one place stay in the order in which they were asked for.
        self.edits.sort_by_key(|(span, _)| (span.start, span.end));
        let mut edits: Vec<Edit> = Vec::with_capacity(self.edits.len());
        for (span, replacement) in self.edits {
            text.get(span.start as usize..span.end as usize)?;
            if let Some(last) = edits.last_mut() {
                if last.span.end > span.start {
                    return None;
                }
                if last.span == span && span.is_empty() {
                    last.text.push_str(&replacement);
                    continue;
                }
            }
            edits.push(Edit { path: Arc::clone(path), span, text: replacement });
        }
        edits.retain(|edit| edit.span.text(text) != edit.text);
        if apply(text, &edits) == text { None } else { Some(edits) }
    }
}
