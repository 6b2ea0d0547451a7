//! Members of classes: fields, methods, initialisers, an enumeration's constants. Must not know the class's
//! head.

use tree_sitter::Node;

use super::classes::is_class;
use super::reader::{Reader, broken_at, expression_at};
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{
    CallForm, ClassForm, ClassKind, Expression, Field, Form, MemberForm, TypeName, Variable,
};
use crate::lowering::tree::{child_of_kind, named_children, span};

impl Reader<'_> {
    /// The members of a class of this name, between its braces.
    pub(super) fn members(&mut self, body: Node, class: Option<Name>) -> Vec<MemberForm> {
        self.classes.push(class);
        let exits = std::mem::take(&mut self.exits);
        let members = self.deeper(1, |reader| reader.members_here(body)).unwrap_or_default();
        self.exits = exits;
        self.classes.pop();
        members
    }

    fn members_here(&mut self, body: Node) -> Vec<MemberForm> {
        let mut members = Vec::new();
        for child in named_children(body) {
            self.member_into(child, &mut members);
        }
        members
    }

    /// Reads one member. What is no member is left out: the remains of one that could not be read.
    pub(super) fn member_into(&mut self, node: Node, members: &mut Vec<MemberForm>) {
        match node.kind_name() {
            "method_declaration" | "annotation_type_element_declaration" => {
                members.extend(self.method(node).map(MemberForm::Function));
            }
            "constructor_declaration" => members.extend(self.constructor(node).map(MemberForm::Function)),
            "field_declaration" | "constant_declaration" => self.fields_into(node, members),
            "static_initializer" => {
                members.extend(self.initialiser(node).map(|block| MemberForm::Initialiser(block, true)));
            }
            "block" => members.extend(self.initialiser(node).map(|block| MemberForm::Initialiser(block, false))),
            "enum_constant" => members.extend(self.constant(node)),
            "enum_body_declarations" => {
                for child in named_children(node) {
                    self.member_into(child, members);
                }
            }
            "ERROR" => members.extend(self.members_in_error(node)),
            _ if is_class(node) => members.extend(self.class(node).map(MemberForm::Class)),
            _ => {}
        }
    }

    fn fields_into(&mut self, node: Node, members: &mut Vec<MemberForm>) {
        let modifiers = self.modifiers(node);
        let type_node = node.field("type");
        let children = named_children(node).into_iter();
        let declarators: Vec<Node> = children.filter(|child| child.kind_name() == "variable_declarator").collect();
        let is_constant = node.kind_name() == "constant_declaration";
        let is_alone = declarators.len() == 1;
        for declarator in declarators {
            let Some(name) = declarator.field("name") else { continue };
            members.push(MemberForm::Field(Field {
                variable: self.declared(name, type_node, declarator),
                value: self.field(declarator, "value"),
                lazy: false,
                accessors: Vec::new(),
                is_static: modifiers.is_static || is_constant,
                is_private: modifiers.is_private,
                is_mutable: !(modifiers.is_final || is_constant),
                span: if is_alone { span(node) } else { span(declarator) },
            }));
        }
    }

    /// A declared variable; one with dimensions of its own is an array, whose type is not its elements'.
    pub(super) fn declared(&self, name: Node, type_node: Option<Node>, declarator: Node) -> Variable {
        self.variable(name, type_node.filter(|_| declarator.field("dimensions").is_none()))
    }

    /// A constant of an enumeration. One that runs something where it is made is a field that holds what
    /// is made.
    fn constant(&mut self, node: Node) -> Option<MemberForm> {
        let name = node.field("name")?;
        let (arguments, body) = (node.field("arguments"), child_of_kind(node, "class_body"));
        let enumeration = self.classes.last().cloned().flatten();
        let variable = Variable { name: self.name(name), span: span(name), type_name: None };
        let runs = arguments.is_some_and(|it| named_children(it).into_iter().any(|it| !is_plain(it)));
        let (Some(enumeration), true) = (enumeration, runs || body.is_some()) else {
            return Some(MemberForm::Case(variable));
        };
        let parent = TypeName { parts: vec![enumeration], span: span(name) };
        let made = self.deeper(1, |reader| reader.constant_value(node, &parent));
        Some(MemberForm::Field(Field {
            variable: Variable { type_name: Some(parent), ..variable },
            value: Some(made.unwrap_or_else(|| broken_at(span(node)))),
            lazy: false,
            accessors: Vec::new(),
            is_static: true,
            is_private: false,
            is_mutable: false,
            span: span(node),
        }))
    }

    fn constant_value(&mut self, node: Node, parent: &TypeName) -> Expression {
        let arguments = self.arguments(node.field("arguments"));
        let form = match child_of_kind(node, "class_body") {
            Some(body) => Form::Class(Box::new(ClassForm {
                kind: ClassKind::Anonymous,
                name: None,
                name_span: parent.span,
                parents: vec![parent.clone()],
                parent_arguments: arguments,
                parameters: Vec::new(),
                members: self.members(body, None),
                annotations: Vec::new(),
                span: span(node),
            })),
            None => {
                let name = parent.parts.first().cloned().map_or(Form::Broken, Form::Name);
                let callee = expression_at(parent.span, name);
                Form::Call(Box::new(CallForm { callee, arguments, construct: true, optional: false }))
            }
        };
        expression_at(span(node), form)
    }
}

/// Whether an argument runs nothing.
fn is_plain(node: Node) -> bool {
    node.kind_name().ends_with("_literal")
        || matches!(node.kind_name(), "identifier" | "field_access" | "true" | "false")
}
