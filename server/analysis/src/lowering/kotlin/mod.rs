//! Reads Kotlin. Owns what its grammar says about declarations, order and names; must not know Fullstory,
//! rules or other files.
//!
//! The grammar names no fields, so children are told apart by their kinds and their places.

mod branches;
mod calls;
mod chains;
mod classes;
mod expressions;
mod frames;
mod functions;
mod lambdas;
mod links;
mod literals;
mod loops;
mod members;
mod names;
mod outcomes;
mod properties;
mod scopes;
mod statements;

#[cfg(test)]
mod tests;

use tree_sitter::{Node, Tree};

use super::outline::{Outline, Taking};
use super::tree::{all_children, child_of_kind, comments_and_errors, named_children, span};
use super::{Import, ImportName};
use crate::lowering::grammar::Named;
use frames::Frame;

/// Reads a file's tree, which must be of this text. Whatever the tree, this does not fail.
pub(super) fn read(source: &str, tree: &Tree, taking: Option<&Taking<'_>>) -> Outline {
    let root = tree.root_node();
    let (comments, broken) =
        comments_and_errors(source, root, |node| node.kind_name().ends_with("comment"), is_harmless);
    let mut reader = Reader { source, taking, frames: Vec::new(), depth: 0 };
    let imports = reader.imports(root);
    let items = reader.items(root);
    Outline { whole: span(root), imports, items, comments, broken, ..Outline::default() }
}

/// What reads one file.
struct Reader<'s> {
    source: &'s str,
    /// What may be taken over from a former text.
    taking: Option<&'s Taking<'s>>,
    /// The functions, lambdas and classes around the place that is read, the innermost last.
    frames: Vec<Frame>,
    /// How many levels of expressions and declarations are around the place that is read.
    depth: u32,
}

impl Reader<'_> {
    fn imports(&self, root: Node) -> Vec<Import> {
        let lists = named_children(root).into_iter().filter(|child| child.kind_name() == "import_list");
        lists.flat_map(named_children).filter_map(|header| self.import(header)).collect()
    }

    fn import(&self, header: Node) -> Option<Import> {
        let identifier = child_of_kind(header, "identifier")?;
        let parts: Vec<_> = named_children(identifier).into_iter().map(|part| self.identifier(part)).collect();
        let is_wildcard = child_of_kind(header, "wildcard_import").is_some();
        let package = if is_wildcard { &parts[..] } else { parts.split_last()?.1 };
        let module = package.iter().map(|part| &**part).collect::<Vec<_>>().join(".");
        let alias = child_of_kind(header, "import_alias").and_then(|alias| child_of_kind(alias, "type_identifier"));
        let name = parts.last().filter(|_| !is_wildcard);
        let last = named_children(identifier).last().copied().unwrap_or(identifier);
        Some(Import {
            module: module.into(),
            name: name.map(|name| ImportName::Named(name.clone())),
            local: alias.map(|alias| self.identifier(alias)).or_else(|| name.cloned()),
            name_span: span(last),
            span: self.trimmed(header),
            type_only: false,
        })
    }
}

/// Whether an error or an omission changes nothing: a semicolon that the grammar misses on one line, and
/// an error around declarations that are whole.
fn is_harmless(node: Node) -> bool {
    if node.is_missing() {
        return node.kind_name().contains("semicolon");
    }
    let children = all_children(node);
    !children.is_empty()
        && children.iter().all(|child| members::is_declaration(child.kind_name()) && !child.has_error())
}
