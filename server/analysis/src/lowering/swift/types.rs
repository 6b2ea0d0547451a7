//! Types as they are written. Owns their dotted names; must not know what a type is.

use tree_sitter::Node;

use super::reader::{Reader, across, children, kind};
use crate::lowering::outline::TypeName;
use crate::lowering::tree::{named_children, span};

/// How many wrappers (`Optional`, parentheses, `any`) are looked through.
const WRAPPER_LIMIT: usize = 16;

/// The protocols whose opaque types are pieces of user interface.
const MARKUP: [&str; 7] =
    ["View", "Scene", "ToolbarContent", "Commands", "TabContent", "WidgetConfiguration", "Widget"];

impl<'t> Reader<'t> {
    /// A type's name; `None` for what has none: a function, a list, a tuple.
    pub(super) fn type_name(&self, node: Node<'t>) -> Option<TypeName> {
        let mut node = node;
        for _ in 0..WRAPPER_LIMIT {
            match kind(node) {
                "user_type" => {
                    let parts: Vec<_> =
                        named_children(node).into_iter().filter(|part| kind(*part) == "type_identifier").collect();
                    let (first, last) = (parts.first()?, parts.last()?);
                    let span = across(span(*first), span(*last));
                    return Some(TypeName { parts: parts.iter().map(|part| self.name(*part)).collect(), span });
                }
                "type_identifier" | "simple_identifier" => {
                    return Some(TypeName { parts: vec![self.name(node)], span: span(node) });
                }
                "optional_type"
                | "existential_type"
                | "opaque_type"
                | "protocol_composition_type"
                | "metatype"
                | "type_annotation"
                | "tuple_type_item"
                | "implicitly_unwrapped_type" => {
                    node = named_children(node).into_iter().find(|child| kind(*child) != "parameter_modifiers")?;
                }
                "tuple_type" => match named_children(node).as_slice() {
                    [only] => node = *only,
                    _ => return None,
                },
                _ => return None,
            }
        }
        None
    }

    /// Whether a type is a piece of user interface: `some View`.
    pub(super) fn is_markup(&self, node: Node<'t>) -> bool {
        let is_opaque = match kind(node) {
            "opaque_type" => true,
            "type_annotation" => children(node).iter().any(|(child, _)| kind(*child) == "opaque_type"),
            _ => false,
        };
        is_opaque
            && self
                .type_name(node)
                .and_then(|name| name.parts.last().cloned())
                .is_some_and(|name| MARKUP.contains(&&*name))
    }
}
