//! Types as written. Must not know what a type offers.

use tree_sitter::Node;

use super::reader::{Reader, between};
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::TypeName;
use crate::lowering::tree::{child_of_kind, named_children, span};

impl Reader<'_> {
    /// A type's dotted name; nothing for `void`, a record and a function type.
    pub(super) fn type_name(&self, node: Node) -> Option<TypeName> {
        let names: Vec<Node> =
            named_children(node).into_iter().filter(|child| child.kind_name() == "type_identifier").collect();
        let (first, last) = (names.first()?, names.last()?);
        let parts = names.iter().map(|part| self.name(*part)).collect();
        Some(TypeName { parts, span: between(span(*first), span(*last)) })
    }

    /// The type that a declaration names.
    pub(super) fn declared_type(&self, node: Node) -> Option<TypeName> {
        self.type_name(child_of_kind(node, "type")?)
    }

    /// The dotted names of type arguments; those without a name are left out.
    pub(super) fn type_arguments(&self, node: Node) -> Vec<TypeName> {
        named_children(node).into_iter().filter_map(|child| self.type_name(child)).collect()
    }

    /// The dotted names of every type that a clause lists: `with A, B`.
    pub(super) fn listed_types(&self, node: Node) -> Vec<TypeName> {
        let types = named_children(node).into_iter().filter(|child| child.kind_name() == "type");
        types.filter_map(|child| self.type_name(child)).collect()
    }

    /// Whether a type is a widget or a collection of widgets.
    pub(super) fn is_widget(&self, node: Node) -> bool {
        let is_widget = |name: Option<TypeName>| {
            name.and_then(|name| name.parts.last().cloned()).is_some_and(|last: Name| last.ends_with("Widget"))
        };
        let arguments = child_of_kind(node, "type_arguments").map(|node| self.type_arguments(node));
        is_widget(self.type_name(node)) || arguments.unwrap_or_default().into_iter().any(|name| is_widget(Some(name)))
    }
}
