//! Imports. Must not know what a library offers.

use tree_sitter::Node;

use super::reader::Reader;
use crate::lowering::grammar::Named;
use crate::lowering::tree::{child_of_kind, named_children, span};
use crate::lowering::{Import, ImportName};

impl Reader<'_> {
    /// Every import of a file. Only one with `as` binds a name; `show` and `hide` choose among names that
    /// need no import to be known.
    pub(super) fn imports(&mut self, root: Node) -> Vec<Import> {
        let children = named_children(root);
        children.into_iter().flat_map(|node| self.import(node)).collect()
    }

    /// One import, and one more for each library that it names for another platform.
    fn import(&mut self, node: Node) -> Vec<Import> {
        let Some(library) = child_of_kind(node, "library_import") else { return Vec::new() };
        let Some(specification) = child_of_kind(library, "import_specification") else { return Vec::new() };
        let Some(uri) = specification.field("uri") else { return Vec::new() };
        let first = child_of_kind(uri, "uri").unwrap_or(uri);
        let others = named_children(uri).into_iter().filter(|child| child.kind_name() == "configuration_uri");
        let uris = [first].into_iter().chain(others.filter_map(|other| child_of_kind(other, "uri")));
        let alias = specification.field("alias");
        uris.filter_map(|uri| self.library(uri, node, alias)).collect()
    }

    fn library(&mut self, uri: Node, node: Node, alias: Option<Node>) -> Option<Import> {
        let module = self.plain_text(child_of_kind(uri, "string_literal")?);
        Some(Import {
            module,
            name: alias.map(|_| ImportName::Namespace),
            local: alias.map(|alias| self.name(alias)),
            name_span: alias.map_or_else(|| span(node), span),
            span: span(node),
            type_only: false,
        })
    }
}
