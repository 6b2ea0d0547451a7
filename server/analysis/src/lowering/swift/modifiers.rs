//! Modifiers and attributes of a declaration. Owns which of them are told; must not know declarations.

use tree_sitter::Node;

use super::reader::{Reader, kind};
use crate::lowering::Name;
use crate::lowering::tree::{all_children, child_of_kind};

/// What a declaration's modifiers say.
#[derive(Debug, Default)]
pub(super) struct Modifiers {
    pub(super) is_static: bool,
    pub(super) is_private: bool,
    pub(super) is_lazy: bool,
    /// The attributes' names without `@`, wrappers included.
    pub(super) annotations: Vec<Name>,
}

impl Modifiers {
    /// Whether one of the attributes makes a piece of user interface of what the declaration returns.
    pub(super) fn build_markup(&self) -> bool {
        self.annotations.iter().any(|name| &**name == "ViewBuilder" || &**name == "ToolbarContentBuilder")
    }
}

impl<'t> Reader<'t> {
    /// Reads a modifier, an attribute or a list of them; anything else says nothing.
    pub(super) fn read_modifier(&self, node: Node<'t>, modifiers: &mut Modifiers) {
        match kind(node) {
            "modifiers" => {
                for modifier in all_children(node) {
                    if kind(modifier) != "modifiers" {
                        self.read_modifier(modifier, modifiers);
                    }
                }
            }
            "attribute" => {
                let Some(name) = child_of_kind(node, "user_type").and_then(|name| self.type_name(name)) else { return };
                modifiers.annotations.push(name.parts.join(".").into());
            }
            "property_modifier" => modifiers.is_static |= matches!(self.text(node), "static" | "class"),
            "visibility_modifier" => modifiers.is_private |= matches!(self.text(node), "private" | "fileprivate"),
            "property_behavior_modifier" => modifiers.is_lazy |= self.text(node) == "lazy",
            _ => {}
        }
    }
}
