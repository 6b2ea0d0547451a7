//! The state of a file's reading. Owns the bound on its depth and what is noted about the closure that is
//! being read; must not know any one form of syntax.

use std::sync::LazyLock;

use tree_sitter::{Language, Node};

use crate::lowering::outline::{Expression, Form, Taking};
use crate::lowering::tree::{DEPTH_LIMIT, span};
use crate::lowering::{Import, Name};
use crate::source::Span;

/// A child and the field that it stands in.
pub(super) type Child<'t> = (Node<'t>, Option<&'t str>);

/// What is noted while a function's or closure's own statements are read.
#[derive(Debug, Default)]
pub(super) struct FunctionFacts {
    /// Where `$0`, `$1`, … are first used, by their number.
    pub(super) shorthand: Vec<Span>,
    /// Whether something is awaited.
    pub(super) awaits: bool,
}

/// A file's reading.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    pub(super) source: &'t str,
    /// What may be taken over from a former text.
    pub(super) taking: Option<&'t Taking<'t>>,
    pub(super) facts: FunctionFacts,
    pub(super) imports: Vec<Import>,
    depth: u32,
}

impl<'t> Reader<'t> {
    pub(super) fn new(source: &'t str, taking: Option<&'t Taking<'t>>) -> Self {
        Self { source, taking, facts: FunctionFacts::default(), imports: Vec::new(), depth: 0 }
    }

    pub(super) fn text(&self, node: Node) -> &'t str {
        crate::lowering::tree::text(self.source, node)
    }

    /// An identifier's text, without the backticks that let a keyword be a name.
    pub(super) fn name(&self, node: Node) -> Name {
        Name::from(self.text(node).trim_matches('`'))
    }

    /// Goes one level down the tree; `None` where that is too deep to be read.
    pub(super) fn descend<R>(&mut self, go: impl FnOnce(&mut Self) -> R) -> Option<R> {
        if self.depth >= DEPTH_LIMIT {
            return None;
        }
        self.depth += 1;
        let result = go(self);
        self.depth -= 1;
        Some(result)
    }

    /// Reads a function's own statements, and gives what was noted about them.
    pub(super) fn inside_function<R>(&mut self, read: impl FnOnce(&mut Self) -> R) -> (R, FunctionFacts) {
        let outer = std::mem::take(&mut self.facts);
        let result = read(self);
        (result, std::mem::replace(&mut self.facts, outer))
    }
}

/// An expression of these bytes.
pub(super) fn expression(span: Span, form: Form) -> Expression {
    Expression { span, form }
}

/// What could not be read.
pub(super) fn broken(span: Span) -> Expression {
    expression(span, Form::Broken)
}

/// From one span's start to the other's end.
pub(super) fn across(first: Span, last: Span) -> Span {
    Span::new(first.start, last.end.max(first.start))
}

/// A node's kind. Asking the tree by name walks and checks a C string each time.
pub(super) fn kind(node: Node) -> &'static str {
    KINDS.get(usize::from(node.kind_id())).map_or("ERROR", |kind| kind)
}

static KINDS: LazyLock<Vec<Box<str>>> = LazyLock::new(|| {
    let language: Language = tree_sitter_swift::LANGUAGE.into();
    let count = u16::try_from(language.node_kind_count()).unwrap_or(u16::MAX);
    (0..count).map(|id| language.node_kind_for_id(id).unwrap_or("ERROR").into()).collect()
});

/// A node's children with their fields, comments left out.
pub(super) fn children(node: Node<'_>) -> Vec<Child<'_>> {
    let mut cursor = node.walk();
    let mut children = Vec::with_capacity(node.child_count() as usize);
    if !cursor.goto_first_child() {
        return children;
    }
    loop {
        let child = cursor.node();
        if !child.is_extra() || child.is_error() {
            children.push((child, cursor.field_name()));
        }
        if !cursor.goto_next_sibling() {
            return children;
        }
    }
}

/// Whether a node is nothing: what the parser put in or left out without a byte of text.
pub(super) fn is_empty(node: Node) -> bool {
    node.start_byte() == node.end_byte()
}

/// The bytes between two nodes.
pub(super) fn between(opening: Node, closing: Option<Node>, last: Node) -> Span {
    let start = span(opening).end;
    Span::new(start, closing.map_or(span(last).end, |closing| span(closing).start).max(start))
}
