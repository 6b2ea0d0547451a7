//! The plan of one remedy: what its actions want, gathered so that several of them at one statement
//! become one edit. Owns the order and the freedom from overlaps; must not know Fullstory.

use std::sync::Arc;

use tree_sitter::Node;

use super::Edit;
use super::before::{self, Group};
use super::draft::Draft;
use super::file::FileText;
use super::piece::Piece;
use super::place::{Stand, stand_of};
use super::style::Style;
use super::unwrap::Unwrapped;

/// What a remedy's actions have asked for so far.
pub(super) struct Plan<'a> {
    /// The file.
    pub(super) file: FileText<'a>,
    /// Its style.
    pub(super) style: Style,
    draft: Draft,
    groups: Vec<Group<'a>>,
    unwrapped: Vec<Unwrapped>,
}

impl<'a> Plan<'a> {
    /// A plan without edits.
    pub(super) fn new(file: FileText<'a>) -> Self {
        let style = file.style.get_or_read(|| Style::of(&file));
        Self { file, style, draft: Draft::default(), groups: Vec::new(), unwrapped: Vec::new() }
    }

    /// Replaces bytes.
    pub(super) fn replace(&mut self, start: usize, end: usize, text: impl Into<String>) {
        self.draft.replace(start, end, text);
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
            self.draft.edits.push(before::write(&self.file, &self.style, group)?);
        }
        for unwrapped in &self.unwrapped {
            unwrapped.gather(&self.file, &mut self.draft.edits);
        }
        self.draft.finish(self.file.text, path)
    }
}
