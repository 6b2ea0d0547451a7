//! Classes, interfaces, objects and enumerations. Owns their heads; their members are read beside it.

use tree_sitter::Node;

use super::Reader;
use super::frames::Frame;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{ArgumentForm, ClassForm, ClassKind, Parameter, TypeName, Variable};
use crate::lowering::tree::{all_children, child_of_kind, has_child, named_children, span};

impl Reader<'_> {
    /// A `class_declaration`, `object_declaration` or `companion_object`.
    pub(super) fn class(&mut self, node: Node) -> ClassForm {
        let modifiers = self.modifiers(node);
        let children = all_children(node);
        let part = |kind: &str| children.iter().copied().find(|child| child.kind_name() == kind);
        let name_node = part("type_identifier");
        let kind = match node.kind_name() {
            "object_declaration" | "companion_object" => ClassKind::Object,
            _ if part("interface").is_some() => ClassKind::Interface,
            _ => ClassKind::Class,
        };
        let name = name_node.map(|name| self.identifier(name)).filter(|_| node.kind_name() != "companion_object");
        let first = node.child(0).map_or(span(node), span);
        let ((parameters, (parents, parent_arguments), members), _) = self.inside(Frame::Class, |reader| {
            let parameters = part("primary_constructor").map(|node| reader.class_parameters(node)).unwrap_or_default();
            let parents = reader.parents(node);
            let body = part("class_body").or_else(|| part("enum_class_body"));
            (parameters, parents, body.map(|body| reader.members(body)).unwrap_or_default())
        });
        ClassForm {
            kind,
            name,
            name_span: name_node.map_or(first, span),
            parents,
            parent_arguments,
            parameters,
            members,
            annotations: modifiers.annotations,
            span: self.trimmed(node),
        }
    }

    fn class_parameters(&mut self, node: Node) -> Vec<Parameter> {
        let parameters = named_children(node).into_iter().filter(|child| child.kind_name() == "class_parameter");
        parameters.collect::<Vec<_>>().into_iter().filter_map(|child| self.class_parameter(child)).collect()
    }

    fn class_parameter(&mut self, node: Node) -> Option<Parameter> {
        let variable = self.variable(node)?;
        let is_member = has_child(node, "binding_pattern_kind");
        let mut behind = all_children(node).into_iter().skip_while(|child| child.kind_name() != "=").skip(1);
        let default = behind.next().map(|value| self.expression(value));
        let member = is_member.then(|| variable.name.clone());
        Some(Parameter { variable, default, member })
    }

    /// What a class extends and implements, the class first, and the arguments of its constructor.
    pub(super) fn parents(&mut self, node: Node) -> (Vec<TypeName>, Vec<ArgumentForm>) {
        let (mut parents, mut arguments) = (Vec::new(), Vec::new());
        for specifier in named_children(node).into_iter().filter(|child| child.kind_name() == "delegation_specifier") {
            let Some(inner) = named_children(specifier).into_iter().next() else { continue };
            match inner.kind_name() {
                "constructor_invocation" => {
                    let parent = child_of_kind(inner, "user_type").and_then(|node| self.type_name(node));
                    parents.splice(0..0, parent);
                    let values = child_of_kind(inner, "value_arguments");
                    arguments = values.map(|values| self.value_arguments(values, None)).unwrap_or_default();
                }
                "explicit_delegation" => {
                    parents.extend(child_of_kind(inner, "user_type").and_then(|node| self.type_name(node)));
                }
                _ => parents.extend(self.type_name(inner)),
            }
        }
        (parents, arguments)
    }

    /// A case of an enumeration, and the class of its own that it may have.
    pub(super) fn enum_entry(&mut self, node: Node) -> Option<(Variable, Option<ClassForm>)> {
        let name = child_of_kind(node, "simple_identifier")?;
        let variable = Variable { name: self.identifier(name), span: span(name), type_name: None };
        let values = child_of_kind(node, "value_arguments");
        let body = child_of_kind(node, "class_body");
        if body.is_none() && !values.is_some_and(|values| holds_lambda(values)) {
            return Some((variable, None));
        }
        let parent_arguments = values.map(|values| self.value_arguments(values, None)).unwrap_or_default();
        let (members, _) = self.inside(Frame::Class, |reader| body.map(|it| reader.members(it)).unwrap_or_default());
        let class = ClassForm {
            kind: ClassKind::Anonymous,
            name: None,
            name_span: span(name),
            parents: Vec::new(),
            parent_arguments,
            parameters: Vec::new(),
            members,
            annotations: Vec::new(),
            span: self.trimmed(node),
        };
        Some((variable, Some(class)))
    }
}

fn holds_lambda(values: Node) -> bool {
    let arguments = named_children(values);
    arguments
        .into_iter()
        .any(|argument| named_children(argument).iter().any(|value| value.kind_name() == "lambda_literal"))
}
