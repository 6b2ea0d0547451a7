//! What a file declares, in its order: functions, constants and classes. Owns what is made of a file that
//! the parser could not read in one piece; must not know statements.
//!
//! Objective-C has no statements outside of functions: what looks like one is a piece of something broken.

use tree_sitter::Node;

use super::tree::{DEPTH_LIMIT, all_children, named_children, span, unescaped};
use super::{Reader, expression_at};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{ClassForm, Declaration, Expression, Form, Statement, Variable};

impl Reader<'_> {
    /// Everything that the file declares.
    pub(super) fn items(&mut self, root: Node) -> Vec<Statement> {
        let mut items = Vec::new();
        self.items_in(root, 0, &mut items);
        items
    }

    fn items_in(&mut self, node: Node, depth: u32, items: &mut Vec<Statement>) {
        if depth > DEPTH_LIMIT {
            return;
        }
        for child in named_children(node) {
            match child.kind_name() {
                "class_implementation" => self.implementation(child, items),
                "class_interface" => items.extend(self.lone_interface(child).map(|class| item(child, class))),
                "protocol_declaration" => items.extend(self.protocol(child).map(|class| item(child, class))),
                "linkage_specification" | "declaration_list" => self.items_in(child, depth + 1, items),
                "ERROR" => self.recovered(child, depth, items),
                kind if is_conditional(kind) || is_alternative(kind) => self.items_in(child, depth + 1, items),
                _ => self.plain_item(child, items),
            }
        }
    }

    /// A function or a constant of the file, wherever it stands.
    pub(super) fn plain_item(&mut self, node: Node, items: &mut Vec<Statement>) {
        let form = match node.kind_name() {
            "function_definition" => {
                let class = self.class.take();
                let function = self.c_function(node, 0);
                self.class = class;
                function.map(|function| Form::Function(Box::new(function)))
            }
            "declaration" => Some(self.declaration(node, 0)),
            "preproc_def" => self.text_macro(node),
            _ => None,
        };
        if let Some(form) = form.filter(|form| !matches!(form, Form::Nothing)) {
            items.push(Statement { span: span(node), does: expression_at(node, form) });
        }
    }

    /// `#define kGuest @"guest"` is a constant.
    fn text_macro(&self, node: Node) -> Option<Form> {
        let (name, value) = (node.field("name")?, node.field("value")?);
        let content = self.text(value).trim().strip_prefix("@\"")?.strip_suffix('"')?;
        let variable = Variable { name: self.name(name), span: span(name), type_name: None };
        let value = expression_at(value, Form::Text(unescaped(content)));
        Some(Form::Declare(vec![Declaration { names: vec![variable], value: Some(value), lazy: false }]))
    }

    /// What can still be read of a part of the file that the parser gave up on: whole declarations, and the
    /// methods behind the head of a class that has no end.
    fn recovered(&mut self, error: Node, depth: u32, items: &mut Vec<Statement>) {
        let children = all_children(error);
        let head = children.iter().position(|child| child.kind_name() == "@implementation");
        let (before, class) = children.split_at(head.unwrap_or(children.len()));
        for child in before {
            match child.kind_name() {
                "class_implementation" => self.implementation(*child, items),
                "class_interface" => items.extend(self.lone_interface(*child).map(|class| item(*child, class))),
                "ERROR" if depth < DEPTH_LIMIT => self.recovered(*child, depth + 1, items),
                _ => self.plain_item(*child, items),
            }
        }
        self.unfinished(class, items);
    }
}

/// Whether a node is an `#if` or `#ifdef` with what it encloses.
pub(super) fn is_conditional(kind: &str) -> bool {
    matches!(kind, "preproc_if" | "preproc_ifdef")
}

/// Whether a node is another branch of an `#if`.
pub(super) fn is_alternative(kind: &str) -> bool {
    matches!(kind, "preproc_else" | "preproc_elif" | "preproc_elifdef")
}

fn item(node: Node, class: ClassForm) -> Statement {
    let does = Expression { span: span(node), form: Form::Class(Box::new(class)) };
    Statement { span: span(node), does }
}
