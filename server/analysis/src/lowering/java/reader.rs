//! The state of one reading. Owns how deep it goes and what encloses the part that is read; must not know
//! how any part is read.

use tree_sitter::Node;

use crate::lowering::Name;
use crate::lowering::outline::{Expression, Form, Taking};
use crate::lowering::tree::{self, DEPTH_LIMIT};
use crate::source::Span;

/// Reads one file.
pub(super) struct Reader<'s> {
    /// The file's text.
    pub(super) source: &'s str,
    /// What may be taken over from a former text.
    pub(super) taking: Option<&'s Taking<'s>>,
    depth: u32,
    /// The names of the classes around the part that is read, the innermost last.
    pub(super) classes: Vec<Option<Name>>,
    /// What a `break` or `yield` inside could leave, the innermost last. A body starts with none.
    pub(super) exits: Vec<Exit>,
}

/// A loop or switch around the part that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// A loop, or a switch that is a statement: `yield` passes it by.
    Passed,
    /// A switch; the flag says that a `yield` inside a loop needs a label to leave it.
    Switch(bool),
}

impl<'s> Reader<'s> {
    /// A reader at the top level of a text.
    pub(super) fn new(source: &'s str, taking: Option<&'s Taking<'s>>) -> Self {
        Self { source, taking, depth: 0, classes: Vec::new(), exits: Vec::new() }
    }

    /// How many more levels may be gone down.
    pub(super) fn room(&self) -> usize {
        DEPTH_LIMIT.saturating_sub(self.depth) as usize
    }

    /// Reads something that stands some levels further down; `None` where that is too deep.
    pub(super) fn deeper<T>(&mut self, levels: usize, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let levels = u32::try_from(levels).unwrap_or(u32::MAX);
        let depth = self.depth.saturating_add(levels);
        if depth > DEPTH_LIMIT {
            return None;
        }
        let before = std::mem::replace(&mut self.depth, depth);
        let value = read(self);
        self.depth = before;
        Some(value)
    }

    /// Reads a body: no `break` or `yield` leaves it.
    pub(super) fn in_body<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::take(&mut self.exits);
        let value = read(self);
        self.exits = before;
        value
    }

    /// Reads a loop's parts.
    pub(super) fn in_loop<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        self.exits.push(Exit::Passed);
        let value = read(self);
        self.exits.pop();
        value
    }

    /// A node's text.
    pub(super) fn text(&self, node: Node) -> &'s str {
        tree::text(self.source, node)
    }

    /// A node's text as a name.
    pub(super) fn name(&self, node: Node) -> Name {
        tree::name(self.source, node)
    }
}

/// An expression at some bytes.
pub(super) fn expression_at(span: Span, form: Form) -> Expression {
    Expression { span, form }
}

/// An expression that nothing is known of and that does nothing.
pub(super) fn nothing_at(span: Span) -> Expression {
    expression_at(span, Form::All(Vec::new()))
}

/// What a reader makes of a part that is too deep or that the parser could not read.
pub(super) fn broken_at(span: Span) -> Expression {
    expression_at(span, Form::Broken)
}
