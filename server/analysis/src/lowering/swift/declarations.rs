//! Types and imports. Owns which members a type has and where they stand; must not know bodies.

use tree_sitter::Node;

use super::directives::{all_nodes, paired};
use super::functions::Head;
use super::modifiers::Modifiers;
use super::reader::{Reader, children, expression, is_empty, kind};
use crate::lowering::outline::{ClassForm, ClassKind, Expression, Field, Form, MemberForm, Variable};
use crate::lowering::tree::{all_children, child_of_kind, named_children, span};
use crate::lowering::{BodyKind, Import};
use crate::source::Span;

impl<'t> Reader<'t> {
    /// Takes note of an import. Swift's bind no name.
    pub(super) fn import(&mut self, node: Node<'t>) {
        let Some(identifier) = child_of_kind(node, "identifier") else { return };
        let Some(module) = named_children(identifier).first().map(|first| self.name(*first)) else { return };
        self.imports.push(Import {
            module,
            name: None,
            local: None,
            name_span: span(node),
            span: span(node),
            type_only: false,
        });
    }

    /// A type as an expression of its own.
    pub(super) fn class_form(&mut self, node: Node<'t>) -> Expression {
        let bytes = span(node);
        let form = match self.descend(|reader| reader.class(node)) {
            Some(class) => Form::Class(Box::new(class)),
            None => Form::Broken,
        };
        expression(bytes, form)
    }

    fn class(&mut self, node: Node<'t>) -> ClassForm {
        let mut class_kind = ClassKind::Class;
        let mut modifiers = Modifiers::default();
        let mut name = None;
        let mut parents = Vec::new();
        let mut members = Vec::new();
        for (child, field) in children(node) {
            match (kind(child), field) {
                ("extension", _) => class_kind = ClassKind::Extension,
                ("protocol", _) => class_kind = ClassKind::Interface,
                (_, Some("name")) => name = self.type_name(child),
                ("inheritance_specifier", _) => {
                    parents.extend(named_children(child).into_iter().filter_map(|parent| self.type_name(parent)));
                }
                ("class_body" | "enum_class_body" | "protocol_body", _) => self.members(child, &mut members),
                _ => self.read_modifier(child, &mut modifiers),
            }
        }
        let name_span = name.as_ref().map_or(Span::at(span(node).start), |name| name.span);
        ClassForm {
            kind: class_kind,
            name: name.and_then(|name| name.parts.last().cloned()),
            name_span,
            parents,
            parent_arguments: Vec::new(),
            parameters: Vec::new(),
            members,
            annotations: modifiers.annotations,
            span: span(node),
        }
    }

    /// The members in a type's braces. What is not compiled for an iOS app is none.
    fn members(&mut self, node: Node<'t>, members: &mut Vec<MemberForm>) {
        for member in all_nodes(paired(self.source, all_children(node))) {
            self.member(member, members);
        }
    }

    fn member(&mut self, node: Node<'t>, members: &mut Vec<MemberForm>) {
        match kind(node) {
            "function_declaration" | "protocol_function_declaration" | "deinit_declaration" => {
                members.push(MemberForm::Function(self.function(node, BodyKind::Method)));
            }
            "init_declaration" => members.push(MemberForm::Function(self.function(node, BodyKind::Constructor))),
            "property_declaration" | "protocol_property_declaration" => {
                members.extend(self.property_fields(node).into_iter().map(MemberForm::Field));
            }
            "subscript_declaration" => members.push(MemberForm::Field(self.subscript(node))),
            "enum_entry" => {
                for (child, field) in children(node) {
                    if field == Some("name") && child.is_named() {
                        let variable = Variable { name: self.name(child), span: span(child), type_name: None };
                        members.push(MemberForm::Case(variable));
                    }
                }
            }
            "class_declaration" | "protocol_declaration" => {
                let class = self.descend(|reader| reader.class(node));
                members.extend(class.map(MemberForm::Class));
            }
            "import_declaration" => self.import(node),
            // The parser gave up here. What it still found whole inside is read.
            "ERROR" if !is_empty(node) => {
                let inside = all_children(node);
                self.descend(|reader| {
                    for member in inside {
                        if member.is_named() && !member.is_error() {
                            reader.member(member, members);
                        }
                    }
                });
            }
            _ => {}
        }
    }

    fn subscript(&mut self, node: Node<'t>) -> Field {
        let mut head: Head<'t> = self.function_head(node);
        let word = all_children(node).into_iter().find(|child| kind(*child) == "subscript");
        let variable = Variable {
            name: "subscript".into(),
            span: word.map_or(Span::at(span(node).start), span),
            type_name: head.returns.and_then(|returns| self.type_name(returns)),
        };
        let accessors = match head.body.take() {
            Some(body) => self.accessors(body, &variable, &head),
            None => Vec::new(),
        };
        Field {
            variable,
            value: None,
            lazy: false,
            accessors,
            is_static: head.modifiers.is_static,
            is_private: head.modifiers.is_private,
            is_mutable: true,
            span: span(node),
        }
    }
}
