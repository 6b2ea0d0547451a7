//! Reads Swift. Owns what its grammar says about declarations, order and names; must not know Fullstory,
//! rules or other files.
//!
//! An expression is read as the sequence that is written and folded by Swift's own precedence, because the
//! grammar's differs. Conditional compilation is settled as for an iOS app.

mod arguments;
mod branches;
mod conditions;
mod declarations;
mod directives;
mod fold;
mod functions;
mod literals;
mod loops;
mod modifiers;
mod operands;
mod patterns;
mod properties;
mod reader;
mod sequence;
mod statements;
mod types;

#[cfg(test)]
mod tests;

use tree_sitter::{Node, Tree};

use super::outline::{Outline, Taking};
use super::tree::{all_children, comments_and_errors, span};
use reader::{Reader, is_empty, kind};

/// Reads a file's tree, which must be of this text. Whatever the tree, this does not fail.
pub(super) fn read(source: &str, tree: &Tree, taking: Option<&Taking<'_>>) -> Outline {
    let root = tree.root_node();
    let is_comment = |node: Node| matches!(kind(node), "comment" | "multiline_comment");
    let (comments, broken) = comments_and_errors(source, root, is_comment, is_harmless);
    let mut reader = Reader::new(source, taking);
    let items = reader.statements(directives::paired(source, all_children(root)));
    let imports = reader.imports;
    Outline { whole: span(root), imports, items, comments, broken, marks_throws: true, ..Outline::default() }
}

/// Whether an error changes nothing: what is left out without a byte of text is a `;` or the inside of `()`,
/// and an attribute that the grammar does not know where it stands says nothing about what runs
/// (`@available(iOS 17, *)` before `#Preview`).
fn is_harmless(node: Node) -> bool {
    let mut cursor = node.walk();
    let is_attribute = node.child_count() > 0 && node.children(&mut cursor).all(|child| kind(child) == "attribute");
    is_empty(node) || is_attribute
}
