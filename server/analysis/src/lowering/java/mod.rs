//! Reads Java. Owns what its grammar says about declarations, order and names; must not know Fullstory,
//! rules or other files.

use tree_sitter::Tree;

use super::outline::Outline;
use super::tree::{comments_and_errors, span};

/// Reads a file's tree, which must be of this text. Whatever the tree, this does not fail.
pub(super) fn read(source: &str, tree: &Tree) -> Outline {
    let root = tree.root_node();
    let (comments, broken) = comments_and_errors(source, root, |node| node.kind().ends_with("comment"), |_| false);
    Outline { whole: span(root), comments, broken, ..Outline::default() }
}
