//! Reads Objective-C. Owns what its grammar says about declarations, order and names; must not know Fullstory,
//! rules or other files.
//!
//! How deep a tree is read is bounded by the outline's depth, not by the tree's: a chain of messages or of
//! operators is read in a loop, and what it adds to the outline counts.

mod chains;
mod classes;
mod conditionals;
mod declarations;
mod errors;
mod expressions;
mod functions;
mod imports;
mod items;
mod jumps;
mod literals;
mod loops;
mod members;
mod messages;
mod statements;
#[cfg(test)]
mod tests;
mod types;

use tree_sitter::{Node, Tree};

use super::Name;
use super::outline::{Expression, Form, Outline, Taking};
use super::tree::{self, comments_and_errors, named_children, span};
use crate::lowering::grammar::Named;
use crate::source::Span;
use classes::Interfaces;

/// Reads a file's tree, which must be of this text. Whatever the tree, this does not fail.
pub(super) fn read(source: &str, tree: &Tree, taking: Option<&Taking<'_>>) -> Outline {
    let root = tree.root_node();
    let is_comment = |node: Node| node.kind_name() == "comment";
    let (comments, broken) = comments_and_errors(source, root, is_comment, |node| is_harmless(source, node));
    let mut reader = Reader {
        source,
        taking,
        class: None,
        interfaces: Interfaces::default(),
        has_goto: source.contains("goto"),
        open_labels: Vec::new(),
    };
    reader.interfaces = reader.interfaces_of(root);
    let imports = reader.imports(root);
    let items = reader.items(root);
    let rests_on = reader.rests_on();
    Outline { whole: span(root), imports, items, comments, broken, rests_on, ..Outline::default() }
}

/// What is known while a tree is read.
struct Reader<'s> {
    /// The text.
    source: &'s str,
    /// What may be taken over from a former text.
    taking: Option<&'s Taking<'s>>,
    /// The class around what is read, which `self` is an instance of.
    class: Option<Name>,
    /// What the file's interfaces declare.
    interfaces: Interfaces,
    /// Whether there is a `goto` anywhere.
    has_goto: bool,
    /// The labels that a `goto` goes on to by leaving the statements around it.
    open_labels: Vec<Name>,
}

impl<'s> Reader<'s> {
    /// A node's text.
    fn text(&self, node: Node) -> &'s str {
        tree::text(self.source, node)
    }

    /// A node's text as a name.
    fn name(&self, node: Node) -> Name {
        tree::name(self.source, node)
    }

    /// What is inside a node that has no form of its own, in its order.
    fn parts(&mut self, node: Node, depth: u32) -> Form {
        Form::All(named_children(node).into_iter().map(|child| self.expression(child, depth + 1)).collect())
    }
}

/// Whether an omission changes nothing: a semicolon behind a statement that is there. Behind a parenthesis
/// it may stand for all that an `if` does.
fn is_harmless(source: &str, node: Node) -> bool {
    if !node.is_missing() || node.kind_name() != ";" {
        return false;
    }
    let before = source.get(..node.start_byte()).unwrap_or_default().trim_end();
    !before.ends_with([')', '{', '}', ';', ':']) && !before.ends_with("else")
}

/// An expression of a node's bytes.
fn expression_at(node: Node, form: Form) -> Expression {
    Expression { span: span(node), form }
}

/// The bytes from the first node's start to the last one's end.
fn span_of_all(nodes: &[Node]) -> Option<Span> {
    let (first, last) = (nodes.first()?, nodes.last()?);
    Some(Span::new(span(*first).start, span(*last).end))
}
