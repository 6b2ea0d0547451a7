//! Types. Owns how a type's name is read from the grammar's many forms of it; must not know what a type is.

use tree_sitter::Node;

use super::reader::Reader;
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{TypeName, Variable};
use crate::lowering::tree::{child_of_kind, named_children, span};

/// How many parts a type's name may have.
const LONGEST_NAME: usize = 24;

impl Reader<'_> {
    /// A type's dotted name without arguments and annotations. `var`, `void` and arrays have none.
    pub(super) fn type_name(&self, node: Node) -> Option<TypeName> {
        let bytes = span(node);
        let mut parts: Vec<Name> = Vec::new();
        let mut node = node;
        loop {
            match node.kind_name() {
                "type_identifier" | "identifier" | "integral_type" | "floating_point_type" | "boolean_type" => {
                    parts.push(self.name(node));
                    break;
                }
                "scoped_type_identifier" if parts.len() < LONGEST_NAME => {
                    let children = named_children(node);
                    let [first, .., last] = children.as_slice() else { break };
                    parts.push(self.name(*last));
                    node = *first;
                }
                "generic_type" => node = node.named_child(0)?,
                "annotated_type" => node = named_children(node).last().copied()?,
                _ => return None,
            }
        }
        parts.reverse();
        let is_inferred = matches!(parts.as_slice(), [only] if &**only == "var");
        (!is_inferred && !parts.is_empty()).then_some(TypeName { parts, span: bytes })
    }

    /// The types of a list: `implements A, B`.
    pub(super) fn type_list(&self, node: Option<Node>) -> Vec<TypeName> {
        let list = node.map(|node| child_of_kind(node, "type_list").unwrap_or(node));
        list.into_iter().flat_map(named_children).filter_map(|it| self.type_name(it)).collect()
    }

    /// A variable of this name and type, its dimensions left out.
    pub(super) fn variable(&self, name: Node, type_node: Option<Node>) -> Variable {
        let type_name = type_node.and_then(|it| self.type_name(it));
        Variable { name: self.name(name), span: span(name), type_name }
    }
}
