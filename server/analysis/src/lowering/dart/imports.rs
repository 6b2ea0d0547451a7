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
        children.into_iter().filter_map(|node| self.import(node)).collect()
    }

    fn import(&mut self, node: Node) -> Option<Import> {
        let library = child_of_kind(node, "library_import")?;
        let specification = child_of_kind(library, "import_specification")?;
        let uri = specification.field("uri")?;
        let uri = child_of_kind(uri, "uri").unwrap_or(uri);
        let module = self.plain_text(child_of_kind(uri, "string_literal")?);
        let alias = specification.field("alias");
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
