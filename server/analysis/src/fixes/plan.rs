//! The plan of one remedy: what its actions want, gathered so that several of them at one statement
//! become one edit. Owns the order and the freedom from overlaps; must not know Fullstory.

use std::sync::Arc;

use tree_sitter::Node;

use super::before::{self, Group};
use super::file::FileText;
use super::piece::Piece;
use super::place::{Stand, stand_of};
use super::style::Style;
use super::unwrap::Unwrapped;
use super::{Edit, apply};
use crate::source::Span;

/// What a remedy's actions have asked for so far.
pub(super) struct Plan<'a> {
    /// The file.
    pub(super) file: FileText<'a>,
    /// Its style.
    pub(super) style: Style,
    edits: Vec<(Span, String)>,
    groups: Vec<Group<'a>>,
    unwrapped: Vec<Unwrapped>,
}

impl<'a> Plan<'a> {
    /// A plan without edits.
    pub(super) fn new(file: FileText<'a>) -> Self {
        let style = Style::of(&file);
        Self { file, style, edits: Vec::new(), groups: Vec::new(), unwrapped: Vec::new() }
    }

    /// Replaces bytes.
    pub(super) fn replace(&mut self, start: usize, end: usize, text: impl Into<String>) {
        let edit = (Span::from(start..end), text.into());
        if !self.edits.contains(&edit) {
            self.edits.push(edit);
        }
    }

    /// Puts the statements of a `try` in its place.
    pub(super) fn unwrap(&mut self, unwrapped: Unwrapped) {
        self.unwrapped.push(unwrapped);
    }

    /// Puts a piece as a statement before the statement that a node stands in.
    pub(super) fn put_before(&mut self, node: Node<'a>, piece: Piece) -> Option<()> {
        let stand = stand_of(node)?;
        self.put_at(stand, piece);
        Some(())
    }

    fn put_at(&mut self, stand: Stand<'a>, piece: Piece) {
        let id = stand.place.node().id();
        let index = self.groups.iter().position(|group| group.place.node().id() == id).unwrap_or_else(|| {
            self.groups.push(Group { place: stand.place, branches: Vec::new(), pieces: Vec::new() });
            self.groups.len() - 1
        });
        let group = &mut self.groups[index];
        group.branches.push(stand.branch);
        if !group.pieces.contains(&piece) {
            group.pieces.push(piece);
        }
    }

    /// The edits, sorted; `None` where two of them overlap or one of the places takes no statement.
    pub(super) fn finish(mut self, path: &Arc<str>) -> Option<Vec<Edit>> {
        for group in &self.groups {
            self.edits.push(before::write(&self.file, &self.style, group)?);
        }
        for unwrapped in &self.unwrapped {
            unwrapped.gather(&self.file, &mut self.edits);
        }
        // The sort is stable: insertions at one place stay in the order in which they were asked for.
        self.edits.sort_by_key(|(span, _)| (span.start, span.end));
        let mut edits: Vec<Edit> = Vec::with_capacity(self.edits.len());
        for (span, text) in self.edits {
            self.file.text.get(span.start as usize..span.end as usize)?;
            if let Some(last) = edits.last_mut() {
                if last.span.end > span.start {
                    return None;
                }
                if last.span == span && span.is_empty() {
                    last.text.push_str(&text);
                    continue;
                }
            }
            edits.push(Edit { path: Arc::clone(path), span, text });
        }
        edits.retain(|edit| edit.span.text(self.file.text) != edit.text);
        if apply(self.file.text, &edits) == self.file.text { None } else { Some(edits) }
    }
}
