//! The members of a class. Owns which node is which member; must not know their insides.

use tree_sitter::Node;

use super::Reader;
use super::names::between_braces;
use crate::lowering::BodyKind;
use crate::lowering::grammar::Named;
use crate::lowering::outline::MemberForm;
use crate::lowering::tree::{DEPTH_LIMIT, named_children};

impl Reader<'_> {
    /// The members among a body's children, in order. Those inside what could not be read are among them.
    pub(super) fn members(&mut self, body: Node) -> Vec<MemberForm> {
        if self.depth >= DEPTH_LIMIT {
            return Vec::new();
        }
        self.depth += 1;
        let mut members = Vec::new();
        for child in named_children(body) {
            self.member_of_class(child, &mut members);
        }
        self.depth -= 1;
        members
    }

    fn member_of_class(&mut self, node: Node, members: &mut Vec<MemberForm>) {
        match node.kind_name() {
            "function_declaration" => members.push(MemberForm::Function(self.function(node, BodyKind::Method))),
            "secondary_constructor" => members.push(MemberForm::Function(self.secondary_constructor(node))),
            "property_declaration" => members.extend(self.field(node).into_iter().map(MemberForm::Field)),
            "getter" | "setter" => {
                if let Some(MemberForm::Field(field)) = members.last_mut() {
                    self.add_accessor(node, field);
                }
            }
            "class_declaration" | "object_declaration" | "companion_object" => {
                members.push(MemberForm::Class(self.class(node)));
            }
            "anonymous_initializer" if between_braces(node, node.start_byte()).is_some() => {
                let block = self.block(node, node.start_byte());
                members.push(MemberForm::Initialiser(block, false));
            }
            "enum_entry" => {
                if let Some((case, class)) = self.enum_entry(node) {
                    members.push(MemberForm::Case(case));
                    members.extend(class.map(MemberForm::Class));
                }
            }
            _ if node.is_error() => {
                for child in named_children(node) {
                    if is_declaration(child.kind_name()) {
                        self.member_of_class(child, members);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether a node of this kind declares something that can be read without what is around it.
pub(super) fn is_declaration(kind: &str) -> bool {
    matches!(
        kind,
        "function_declaration"
            | "property_declaration"
            | "class_declaration"
            | "object_declaration"
            | "companion_object"
            | "secondary_constructor"
            | "anonymous_initializer"
            | "getter"
            | "setter"
            | "type_alias"
            | "enum_entry"
    )
}
