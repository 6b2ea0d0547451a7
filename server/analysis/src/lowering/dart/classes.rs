//! Classes and what is like one: mixins, enumerations, extensions. Must not know statements.

use tree_sitter::Node;

use super::declarations::{signature_of, variable_nodes};
use super::reader::Reader;
use crate::lowering::BodyKind;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{ClassForm, ClassKind, Field, FunctionBody, MemberForm, TypeName, Variable};
use crate::lowering::tree::{child_of_kind, has_child, named_children, span};

impl<'t> Reader<'_> {
    /// A class, a mixin, an enumeration or an extension; nothing where it has no name.
    pub(super) fn class(&mut self, node: Node<'t>) -> Option<ClassForm> {
        let body = node.field("body");
        if node.kind_name() == "extension_declaration" {
            let extended = node.field("class");
            let name = extended.and_then(|extended| self.type_name(extended));
            return Some(ClassForm {
                kind: ClassKind::Extension,
                name_span: name.as_ref().map_or_else(|| span(node), |name| name.span),
                name: name.and_then(|name| name.parts.last().cloned()),
                parents: Vec::new(),
                parent_arguments: Vec::new(),
                parameters: Vec::new(),
                members: body.map(|body| self.members(body, "")).unwrap_or_default(),
                annotations: self.annotations(node),
                span: span(node),
            });
        }
        let applied = child_of_kind(node, "mixin_application_class");
        let holder = applied.or_else(|| node.field("name").filter(|name| name.kind_name() != "identifier"));
        let name = match holder {
            Some(holder) => child_of_kind(holder, "identifier"),
            None => node.field("name"),
        }?;
        let members = body.map(|body| self.members(body, self.text(name))).unwrap_or_default();
        let constructor = child_of_kind(node, "primary_constructor");
        let is_abstract = has_child(node, "abstract") || has_child(node, "interface");
        let kind = if is_abstract && !runs(&members) { ClassKind::Interface } else { ClassKind::Class };
        Some(ClassForm {
            kind,
            name: Some(self.name(name)),
            name_span: span(name),
            parents: self.parents(node, applied),
            parent_arguments: Vec::new(),
            parameters: constructor.map(|constructor| self.parameters(constructor)).unwrap_or_default(),
            members,
            annotations: self.annotations(node),
            span: span(node),
        })
    }

    /// What a class extends, mixes in and implements, in this order; a mixin's `on` first.
    fn parents(&self, node: Node<'t>, applied: Option<Node<'t>>) -> Vec<TypeName> {
        let mut parents = Vec::new();
        let mut clauses = match applied.and_then(|applied| child_of_kind(applied, "mixin_application")) {
            Some(application) => {
                parents.extend(self.listed_types(application));
                named_children(application)
            }
            None => {
                parents.extend(self.listed_types(node));
                named_children(node)
            }
        };
        if let Some(superclass) = child_of_kind(node, "superclass") {
            parents.extend(self.listed_types(superclass));
            clauses.splice(0..0, named_children(superclass));
        }
        for clause in clauses.into_iter().filter(|clause| matches!(clause.kind_name(), "mixins" | "interfaces")) {
            parents.extend(self.listed_types(clause));
        }
        parents
    }

    fn members(&mut self, body: Node<'t>, class: &str) -> Vec<MemberForm> {
        let mut open: Vec<Node> = named_children(body).into_iter().rev().collect();
        let mut members = Vec::new();
        while let Some(node) = open.pop() {
            match node.kind_name() {
                "member_declaration" => match child_of_kind(node, "method_declaration") {
                    Some(method) => self.method(method, class, &mut members),
                    None => self.bodiless(node, class, &mut members),
                },
                "method_declaration" => self.method(node, class, &mut members),
                "enum_entry" => members.extend(node.field("name").map(|name| {
                    MemberForm::Case(Variable { name: self.name(name), span: span(name), type_name: None })
                })),
                _ if node.is_error() => open.extend(named_children(node).into_iter().rev()),
                _ => {}
            }
        }
        members
    }

    /// What a member's signature declares. The grammar takes a method without a return type for a
    /// constructor: that one has its class's name.
    fn member_signature(&self, node: Node<'t>, class: &str) -> Option<(BodyKind, Node<'t>)> {
        let (kind, signature) = signature_of(node)?;
        let names: Vec<Node> = signature.fields("name");
        let is_method = signature.kind_name() == "constructor_signature"
            && matches!(names.as_slice(), [only] if self.text(*only) != class)
            && !has_child(signature, "new")
            && !has_child(node, "initializers");
        Some((if is_method { BodyKind::Method } else { kind }, signature))
    }

    fn method(&mut self, node: Node<'t>, class: &str, members: &mut Vec<MemberForm>) {
        let Some(around) = node.field("signature") else { return };
        let Some((kind, signature)) = self.member_signature(around, class) else { return };
        let function = match kind {
            BodyKind::Constructor => self.constructor(node, around, signature),
            _ => {
                let mut function = self.function(kind, node, signature);
                function.is_static = has_child(around, "static");
                function
            }
        };
        members.push(MemberForm::Function(function));
    }

    /// A member that ends in a semicolon: fields, an abstract or external method, a constructor.
    fn bodiless(&mut self, node: Node<'t>, class: &str, members: &mut Vec<MemberForm>) {
        let Some(declaration) = child_of_kind(node, "declaration") else { return };
        if let Some((kind, signature)) = self.member_signature(declaration, class) {
            let mut function = match kind {
                BodyKind::Constructor => self.constructor(node, declaration, signature),
                _ => self.function(kind, node, signature),
            };
            function.is_static |= has_child(declaration, "static");
            members.push(MemberForm::Function(function));
            return;
        }
        members.extend(self.fields_of(node, declaration).into_iter().map(MemberForm::Field));
    }

    fn fields_of(&mut self, node: Node<'t>, declaration: Node<'t>) -> Vec<Field> {
        let has = |token| has_child(declaration, token);
        let mut made = Vec::new();
        let bare = child_of_kind(declaration, "identifier_list").map(named_children).unwrap_or_default();
        for holder in variable_nodes(declaration).into_iter().chain(bare) {
            let is_bare = holder.kind_name() == "identifier";
            let Some(name) = Some(holder).filter(|_| is_bare).or_else(|| holder.field("name")) else {
                continue;
            };
            let type_name = self.declared_type(declaration);
            made.push(Field {
                variable: Variable { name: self.name(name), span: span(name), type_name },
                value: holder.field("value").map(|value| self.expression(value)),
                lazy: has("late"),
                accessors: Vec::new(),
                is_static: has("static"),
                is_private: self.text(name).starts_with('_'),
                is_mutable: !has("final") && !has("const"),
                span: span(node),
            });
        }
        made
    }
}

/// Whether one of the members does something by itself. A constructor alone does not.
fn runs(members: &[MemberForm]) -> bool {
    members.iter().any(|member| match member {
        MemberForm::Function(function) => {
            function.kind != BodyKind::Constructor && !matches!(function.body, FunctionBody::None)
        }
        _ => false,
    })
}
