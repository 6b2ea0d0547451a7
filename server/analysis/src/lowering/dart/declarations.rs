//! Declarations of a file and of a block: variables, functions, and which class-like things there are.

use tree_sitter::Node;

use super::reader::{Reader, at};
use crate::lowering::BodyKind;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Declaration, Expression, Form, Statement, Variable};
use crate::lowering::tree::{child_of_kind, has_child, named_children, span};

impl<'t> Reader<'_> {
    /// Everything that a file declares. What stands inside an error and could be read is kept.
    pub(super) fn items(&mut self, root: Node<'t>) -> Vec<Statement> {
        let mut open: Vec<Node> = named_children(root).into_iter().rev().collect();
        let mut items = Vec::new();
        while let Some(node) = open.pop() {
            if node.is_error() {
                items.push(Statement { span: span(node), does: at(node, Form::Broken) });
                open.extend(named_children(node).into_iter().rev());
                continue;
            }
            if let Some(does) = self.item(node) {
                items.push(Statement { span: span(node), does });
            }
        }
        items
    }

    fn item(&mut self, node: Node<'t>) -> Option<Expression> {
        let form = match node.kind_name() {
            "function_declaration" | "getter_declaration" | "setter_declaration" | "external_function_declaration" => {
                self.function_of(node)?
            }
            "top_level_variable_declaration" => Form::Declare(self.variables(node)),
            "class_declaration"
            | "mixin_declaration"
            | "extension_declaration"
            | "extension_type_declaration"
            | "enum_declaration" => Form::Class(Box::new(self.class(node)?)),
            // A member of a class whose head could not be read.
            "member_declaration" => self.stray_member(node)?,
            "local_function_declaration" => self.local_function(node),
            _ => return None,
        };
        Some(at(node, form))
    }

    fn stray_member(&mut self, node: Node<'t>) -> Option<Form> {
        let method = child_of_kind(node, "method_declaration")?;
        let signature = method.field("signature")?;
        let (kind, signature) = signature_of(signature)?;
        Some(Form::Function(Box::new(self.function(kind, method, signature))))
    }

    fn function_of(&mut self, node: Node<'t>) -> Option<Form> {
        let signature = node.field("signature")?;
        let kind = match signature.kind_name() {
            "getter_signature" => BodyKind::Getter,
            "setter_signature" => BodyKind::Setter,
            _ => BodyKind::Function,
        };
        Some(Form::Function(Box::new(self.function(kind, node, signature))))
    }

    /// A function that a block declares.
    pub(super) fn local_function(&mut self, node: Node<'t>) -> Form {
        match child_of_kind(node, "function_signature") {
            Some(signature) => Form::Function(Box::new(self.function(BodyKind::Function, node, signature))),
            None => Form::Broken,
        }
    }

    /// Variables that a block declares.
    pub(super) fn local_variables(&mut self, node: Node<'t>) -> Form {
        if let Some(pattern) = child_of_kind(node, "pattern_variable_declaration") {
            let children = named_children(pattern);
            let Some((value, pattern)) = children.split_last() else { return Form::Broken };
            let names = self.bound_names(pattern);
            let value = Some(self.expression(*value));
            return Form::Declare(vec![Declaration { names, value, lazy: false }]);
        }
        match child_of_kind(node, "initialized_variable_declaration") {
            Some(declaration) => Form::Declare(self.variables(declaration)),
            None => Form::Broken,
        }
    }

    /// The variables of one declaration, which share its type.
    fn variables(&mut self, node: Node<'t>) -> Vec<Declaration> {
        let lazy = has_child(node, "late");
        let mut made = Vec::new();
        for holder in variable_nodes(node) {
            let Some(name) = holder.field("name") else { continue };
            let variable = Variable { name: self.name(name), span: span(name), type_name: self.declared_type(node) };
            let value = holder.field("value").map(|value| self.expression(value));
            made.push(Declaration { names: vec![variable], value, lazy });
        }
        made
    }
}

/// The nodes under a declaration that have a variable's name and its value: the declaration itself for its
/// first variable, where the grammar has it so.
pub(super) fn variable_nodes(node: Node) -> Vec<Node> {
    let mut found = Vec::new();
    if node.field("name").is_some() {
        found.push(node);
    }
    for child in named_children(node) {
        match child.kind_name() {
            "initialized_identifier" | "static_final_declaration" => found.push(child),
            "initialized_identifier_list" | "static_final_declaration_list" => found.extend(named_children(child)),
            _ => {}
        }
    }
    found
}

/// What a member's signature declares, and the node that says its name and parameters.
pub(super) fn signature_of(node: Node) -> Option<(BodyKind, Node)> {
    named_children(node).into_iter().find_map(|child| {
        let kind = match child.kind_name() {
            "function_signature" | "operator_signature" => BodyKind::Method,
            "getter_signature" => BodyKind::Getter,
            "setter_signature" => BodyKind::Setter,
            "constructor_signature"
            | "constant_constructor_signature"
            | "factory_constructor_signature"
            | "redirecting_factory_constructor_signature"
            | "primary_constructor_body_signature" => BodyKind::Constructor,
            _ => return None,
        };
        Some((kind, child))
    })
}
