//! Branches, loops and exceptions. Owns their parts; must not know where control goes.

use tree_sitter::Node;

use super::reader::{Reader, broken_at, expression_at};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Attempt, Catch, Declaration, Expression, Form, If, Loop, Statement};
use crate::lowering::tree::{child_of_kind, named_children, span};

/// The types whose handler takes every exception that an app's code throws.
const TAKES_ALL: [&str; 2] = ["Throwable", "Exception"];

impl Reader<'_> {
    /// `if`. A pattern's name that a negated condition binds holds behind it.
    pub(super) fn if_statement(&mut self, node: Node) -> Form {
        let condition = self.required(node, "condition");
        let then = self.branch(node.field("consequence"));
        let otherwise = node.field("alternative").map(|it| self.branch(Some(it)));
        let binds_behind = matches!(&condition.form, Form::Not(inside) if matches!(inside.form, Form::Bind(_)));
        Form::If(Box::new(If { condition, then, otherwise, binds_behind }))
    }

    /// `while`, `do … while`.
    pub(super) fn while_loop(&mut self, node: Node) -> Form {
        let condition = Some(self.required(node, "condition"));
        let body = self.in_loop(|reader| reader.branch(node.field("body")));
        Form::Loop(Box::new(Loop { condition, asks_behind: node.kind_name() == "do_statement", ..empty_loop(body) }))
    }

    /// `for (start; condition; update)`.
    pub(super) fn for_loop(&mut self, node: Node) -> Form {
        let mut start = Vec::new();
        for part in node.fields("init") {
            start.push(match part.kind_name() {
                "local_variable_declaration" => {
                    let declared = self.locals(part);
                    expression_at(span(part), Form::Declare(declared))
                }
                _ => self.expression(part),
            });
        }
        let condition = self.field(node, "condition");
        let update = node.fields("update").into_iter().map(|it| self.expression(it)).collect();
        let body = self.in_loop(|reader| reader.branch(node.field("body")));
        Form::Loop(Box::new(Loop { start, condition, update, ..empty_loop(body) }))
    }

    /// `for (Type name : elements)`.
    pub(super) fn for_each(&mut self, node: Node) -> Form {
        let type_node = node.field("type");
        let names = Vec::from_iter(node.field("name").map(|it| self.variable(it, type_node)));
        let elements = Some(self.required(node, "value"));
        let body = self.in_loop(|reader| reader.branch(node.field("body")));
        Form::Loop(Box::new(Loop { names, elements, ..empty_loop(body) }))
    }

    /// `try`, with resources too.
    pub(super) fn attempt(&mut self, node: Node) -> Form {
        let mut resources = Vec::new();
        for resource in node.field("resources").into_iter().flat_map(named_children) {
            let does = self.resource(resource);
            resources.push(Statement { span: span(resource), does });
        }
        let body = self.branch(node.field("body"));
        let clauses = named_children(node);
        let handlers = clauses.iter().filter(|it| it.kind_name() == "catch_clause");
        let catches = handlers.map(|it| self.handler(*it)).collect();
        let finally = clauses.iter().find(|it| it.kind_name() == "finally_clause");
        let finally = finally.map(|it| self.branch(child_of_kind(*it, "block")));
        Form::Attempt(Box::new(Attempt { resources, body, catches, finally }))
    }

    /// A resource that is opened and named, or one that is there already.
    fn resource(&mut self, node: Node) -> Expression {
        let value = self.field(node, "value");
        if let Some(name) = node.field("name") {
            let variable = self.variable(name, node.field("type"));
            let declaration = Declaration { names: vec![variable], value, lazy: false };
            return expression_at(span(node), Form::Declare(vec![declaration]));
        }
        match named_children(node).first() {
            Some(only) => self.expression(*only),
            None => broken_at(span(node)),
        }
    }

    fn handler(&mut self, node: Node) -> Catch {
        let parameter = child_of_kind(node, "catch_formal_parameter");
        let types = parameter.and_then(|it| child_of_kind(it, "catch_type")).map(named_children).unwrap_or_default();
        let takes_all = types.iter().any(|it| TAKES_ALL.contains(&self.text(*it)));
        let only_type = match types.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        let name = parameter.and_then(|it| it.field("name"));
        let names = Vec::from_iter(name.map(|it| self.variable(it, only_type)));
        Catch { names, takes_all, body: self.branch(node.field("body")) }
    }
}

/// A loop that only has a body yet.
fn empty_loop(body: crate::lowering::outline::Block) -> Loop {
    Loop {
        start: Vec::new(),
        names: Vec::new(),
        elements: None,
        condition: None,
        asks_behind: false,
        update: Vec::new(),
        body,
        awaits: false,
    }
}
