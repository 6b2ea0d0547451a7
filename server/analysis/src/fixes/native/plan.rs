//! The plan of one remedy: what its actions want, gathered so that several of them at one statement
//! become one edit. Must not know Fullstory.

use tree_sitter::Node;

use super::before::{self, Group};
use super::grammar::Grammar;
use super::place::stand_of;
use crate::fixes::Edit;
use crate::fixes::draft::Draft;
use crate::fixes::file::{FileText, walk};
use crate::fixes::piece::Piece;
use crate::fixes::style::{Style, line_end, unit};

/// What a remedy's actions have asked for so far.
pub(super) struct Plan<'a> {
    /// The file.
    pub(super) file: FileText<'a>,
    /// Its language's table.
    pub(super) grammar: &'static Grammar,
    /// Its style.
    pub(super) style: Style,
    draft: Draft,
    groups: Vec<Group<'a>>,
}

impl<'a> Plan<'a> {
    /// A plan without edits.
    pub(super) fn new(file: FileText<'a>, grammar: &'static Grammar) -> Self {
        let style = file.style.get_or_read(|| Style {
            line_end: line_end(file.text),
            quote: quote(&file, grammar),
            semicolons: grammar.manner.semicolons,
            unit: unit(&file).unwrap_or_else(|| grammar.manner.unit.to_owned()),
        });
        Self { file, grammar, style, draft: Draft::default(), groups: Vec::new() }
    }

    /// Replaces bytes.
    pub(super) fn replace(&mut self, start: usize, end: usize, text: impl Into<String>) {
        self.draft.replace(start, end, text);
    }

    /// Whether a replacement lies inside some bytes.
    pub(super) fn touches(&self, start: usize, end: usize) -> bool {
        let inside = |at: u32| start <= at as usize && at as usize <= end;
        self.draft.edits.iter().any(|(span, _)| inside(span.start) || inside(span.end))
    }

    /// Puts a piece as a statement before the statement that a node stands in.
    pub(super) fn put_before(&mut self, node: Node<'a>, piece: Piece) -> Option<()> {
        let stand = stand_of(self.grammar, node)?;
        let id = stand.place.node().id();
        let index = self.groups.iter().position(|group| group.place.node().id() == id).unwrap_or_else(|| {
            self.groups.push(Group { place: stand.place, sometimes: Vec::new(), pieces: Vec::new() });
            self.groups.len() - 1
        });
        let group = &mut self.groups[index];
        group.sometimes.push(stand.sometimes);
        if !group.pieces.contains(&piece) {
            group.pieces.push(piece);
        }
        Some(())
    }

    /// The edits, sorted; `None` where two of them overlap or one of the places takes no statement.
    pub(super) fn finish(mut self) -> Option<Vec<Edit>> {
        for group in std::mem::take(&mut self.groups) {
            before::write(&mut self, &group)?;
        }
        self.draft.finish(self.file.text, self.file.path)
    }
}

/// The quote of a file's strings; the language's own where it has but one.
fn quote(file: &FileText<'_>, grammar: &Grammar) -> char {
    if !grammar.manner.single_quotes {
        return '"';
    }
    let (mut single, mut double) = (0_usize, 0_usize);
    walk(file.tree.root_node(), &mut |node| {
        if node.kind() == "string_literal" {
            if file.of(node).starts_with('"') {
                double += 1;
            } else {
                single += 1;
            }
        }
        true
    });
    if double > single { '"' } else { '\'' }
}
