//! Classes, interfaces, enumerations, records and annotations. Owns their heads; must not know what their
//! members do.

use tree_sitter::Node;

use super::reader::Reader;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{ClassForm, ClassKind, Parameter};
use crate::lowering::tree::{child_of_kind, named_children, span};

/// Whether a node declares a class or what is like one.
pub(super) fn is_class(node: Node) -> bool {
    matches!(
        node.kind_name(),
        "class_declaration"
            | "interface_declaration"
            | "enum_declaration"
            | "record_declaration"
            | "annotation_type_declaration"
    )
}

impl Reader<'_> {
    /// A class; `None` where it stands too deep or has no name.
    pub(super) fn class(&mut self, node: Node) -> Option<ClassForm> {
        self.deeper(1, |reader| reader.class_here(node)).flatten()
    }

    fn class_here(&mut self, node: Node) -> Option<ClassForm> {
        let name = node.field("name")?;
        let body = node.field("body");
        let superclass = node.field("superclass").and_then(|it| it.named_child(0));
        let mut parents = Vec::from_iter(superclass.and_then(|it| self.type_name(it)));
        let interfaces = node.field("interfaces").or_else(|| child_of_kind(node, "extends_interfaces"));
        parents.extend(self.type_list(interfaces));
        let class_name = self.name(name);
        let parameters = self.components(node);
        let mut members = match body {
            Some(body) => self.members(body, Some(class_name.clone())),
            None => Vec::new(),
        };
        if let (Some(body), "record_declaration") = (body, node.kind_name()) {
            for child in
                named_children(body).into_iter().filter(|it| it.kind_name() == "compact_constructor_declaration")
            {
                let constructor = self.compact_constructor(child, &parameters);
                members.extend(constructor.map(crate::lowering::outline::MemberForm::Function));
            }
        }
        let is_interface = matches!(node.kind_name(), "interface_declaration" | "annotation_type_declaration");
        Some(ClassForm {
            kind: if is_interface { ClassKind::Interface } else { ClassKind::Class },
            name: Some(class_name),
            name_span: span(name),
            parents,
            parent_arguments: Vec::new(),
            parameters,
            members,
            annotations: self.modifiers(node).annotations,
            span: span(node),
        })
    }

    /// A record's components, each of which is a member too.
    fn components(&self, node: Node) -> Vec<Parameter> {
        let list = node.field("parameters").filter(|_| node.kind_name() == "record_declaration");
        let components = list.map(|it| self.parameters(it)).unwrap_or_default();
        let with_member = |it: Parameter| Parameter { member: Some(it.variable.name.clone()), ..it };
        components.into_iter().map(with_member).collect()
    }
}
