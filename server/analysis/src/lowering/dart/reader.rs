//! What every part of the reader shares: the text, the depth, and how an expression is made of a node.
//! Must not know any construct.

use tree_sitter::Node;

use crate::lowering::grammar::Named;
use crate::lowering::outline::{Block, Expression, Form, Statement, Taking};
use crate::lowering::tree::{DEPTH_LIMIT, name, span};
use crate::lowering::{Name, tree};
use crate::source::Span;

/// The levels that a reader goes down, in halves of the shared limit's levels: a list literal around
/// widgets costs half as much as a widget.
const LIMIT: u32 = DEPTH_LIMIT * 2;

/// Reads one file.
pub(super) struct Reader<'t> {
    /// The file's text.
    pub(super) source: &'t str,
    /// What may be taken over from a former text.
    pub(super) taking: Option<&'t Taking<'t>>,
    depth: u32,
}

impl<'t> Reader<'t> {
    /// A reader of this text.
    pub(super) fn new(source: &'t str, taking: Option<&'t Taking<'t>>) -> Self {
        Self { source, taking, depth: 0 }
    }

    /// A node's text.
    pub(super) fn text(&self, node: Node) -> &'t str {
        tree::text(self.source, node)
    }

    /// A node's text as a name.
    pub(super) fn name(&self, node: Node) -> Name {
        name(self.source, node)
    }

    /// How many halves of a level may still be gone down.
    pub(super) fn room(&self) -> u32 {
        LIMIT.saturating_sub(self.depth)
    }

    /// Reads something further down by this many halves of a level, or nothing where that is too deep.
    pub(super) fn deeper<T>(&mut self, halves: u32, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.room() < halves {
            return None;
        }
        self.depth += halves;
        let made = read(self);
        self.depth -= halves;
        Some(made)
    }
}

/// An expression of a node's bytes.
pub(super) fn at(node: Node, form: Form) -> Expression {
    Expression { span: span(node), form }
}

/// The block of a branch that is a value: of a choice, of a list's condition.
pub(super) fn valued(value: Expression) -> Block {
    let inner = value.span;
    let does = Expression { span: inner, form: Form::Part(Box::new(value)) };
    Block { statements: vec![Statement { span: inner, does }], inner, braceless: true }
}

/// The bytes from one place to the end of another.
pub(super) fn between(first: Span, last: Span) -> Span {
    Span::new(first.start, last.end.max(first.start))
}

/// Whether a node is an expression where operators and expressions stand side by side: `this` and `super`
/// are tokens without a name in this grammar.
pub(super) fn is_operand(node: Node) -> bool {
    let kind = node.kind_name();
    (node.is_named() && !kind.ends_with("_operator") && kind != "type_arguments") || kind == "this" || kind == "super"
}
