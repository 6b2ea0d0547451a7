//! Reads Dart. Owns what its grammar says about declarations, order and names; must not know Fullstory,
//! rules or other files.

mod chains;
mod classes;
mod collections;
mod constructors;
mod control;
mod declarations;
mod expressions;
mod functions;
mod imports;
mod literals;
mod operators;
mod patterns;
mod reader;
mod statements;
mod switches;
#[cfg(test)]
mod tests;
mod types;

use tree_sitter::Tree;

use super::outline::{Outline, Taking};
use super::tree::{comments_and_errors, span};
use crate::lowering::grammar::Named;
use reader::Reader;

/// Reads a file's tree, which must be of this text. Whatever the tree, this does not fail.
pub(super) fn read(source: &str, tree: &Tree, taking: Option<&Taking<'_>>) -> Outline {
    let root = tree.root_node();
    let (comments, broken) = comments_and_errors(source, root, |node| node.kind_name().ends_with("comment"), |_| false);
    let mut reader = Reader::new(source, taking);
    Outline {
        whole: span(root),
        imports: reader.imports(root),
        items: reader.items(root),
        comments,
        broken,
        ..Outline::default()
    }
}
