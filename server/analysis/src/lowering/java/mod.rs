//! Reads Java. Owns what its grammar says about declarations, order and names; must not know Fullstory,
//! rules or other files.

mod broken;
mod chains;
mod classes;
mod constructions;
mod control;
mod expressions;
mod functions;
mod imports;
mod literals;
mod members;
mod operators;
mod reader;
mod statements;
mod switches;
mod types;

#[cfg(test)]
mod tests;

use tree_sitter::{Node, Tree};

use super::outline::{Outline, Taking};
use super::tree::{comments_and_errors, named_children, span};
use crate::lowering::grammar::Named;
use reader::Reader;

/// Reads a file's tree, which must be of this text. Whatever the tree, this does not fail.
pub(super) fn read(source: &str, tree: &Tree, taking: Option<&Taking<'_>>) -> Outline {
    let root = tree.root_node();
    let (comments, broken) = comments_and_errors(source, root, is_comment, is_harmless);
    let mut reader = Reader::new(source, taking);
    let items = reader.items(root);
    let imports = imports::imports(source, root);
    Outline { whole: span(root), imports, items, comments, broken, ..Outline::default() }
}

impl Reader<'_> {
    /// What stands at the top level. Java has no statements there: what looks like one is the remains of a
    /// function that the parser could not read.
    fn items(&mut self, root: Node) -> Vec<super::outline::Statement> {
        if root.is_error() {
            return self.declarations_in_error(root);
        }
        let mut items = Vec::new();
        for child in named_children(root) {
            match child.kind_name() {
                "import_declaration" | "package_declaration" | "module_declaration" => {}
                "ERROR" => items.extend(self.declarations_in_error(child)),
                _ => items.extend(self.statement(child)),
            }
        }
        items
    }
}

fn is_comment(node: Node) -> bool {
    matches!(node.kind_name(), "line_comment" | "block_comment")
}

/// A statement whose semicolon is not typed yet says what it says with it.
fn is_harmless(node: Node) -> bool {
    (node.is_missing() && node.kind_name() == ";") || broken::lacks_semicolon(node)
}
