//! Expressions. Owns which reader takes which; must not know statements.

use tree_sitter::Node;

use super::literals::joined;
use super::reader::{Reader, broken_at, expression_at};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Block, Expression, Form, If, Statement};
use crate::lowering::tree::{named_children, span};

impl Reader<'_> {
    /// Reads an expression. Parentheses and casts are seen through.
    pub(super) fn expression(&mut self, node: Node) -> Expression {
        let node = unwrapped(node);
        if matches!(node.kind_name(), "method_invocation" | "field_access" | "array_access") {
            return self.chain(node);
        }
        let form = self.deeper(1, |reader| reader.form(node));
        expression_at(span(node), form.unwrap_or(Form::Broken))
    }

    /// Reads the expression under a field.
    pub(super) fn field(&mut self, node: Node, field: &'static str) -> Option<Expression> {
        node.field(field).map(|it| self.expression(it))
    }

    /// Reads the expression under a field that the grammar never leaves out: where it is missing, it
    /// could not be read.
    pub(super) fn required(&mut self, node: Node, field: &'static str) -> Expression {
        self.field(node, field).unwrap_or_else(|| broken_at(span(node)))
    }

    fn form(&mut self, node: Node) -> Form {
        match node.kind_name() {
            "identifier" | "type_identifier" => Form::Name(self.name(node)),
            "this" => Form::This,
            "super" => Form::Super,
            "null_literal" => Form::Null,
            "true" => Form::Boolean(true),
            "false" => Form::Boolean(false),
            "string_literal" => joined(self.string(node)),
            "character_literal" => self.character(node),
            "template_expression" => match node.field("template_argument") {
                Some(argument) => joined(self.string(argument)),
                None => Form::Broken,
            },
            "binary_expression" => self.binary(node),
            "unary_expression" => self.unary(node),
            "update_expression" => self.update(node),
            "assignment_expression" => self.assignment(node),
            "instanceof_expression" => self.instance_of(node),
            "ternary_expression" => self.ternary(node),
            "lambda_expression" => self.lambda(node),
            "method_reference" => self.reference(node),
            "class_literal" => match node.named_child(0).and_then(|it| self.type_name(it)) {
                Some(name) => Form::Type(name),
                None => Form::All(Vec::new()),
            },
            "object_creation_expression" => self.construction(node),
            "array_creation_expression" => self.array(node),
            "array_initializer" => Form::List(self.expressions(node)),
            "switch_expression" => self.switch(node, true),
            "ERROR" => self.unreadable(node),
            kind if kind.ends_with("_literal") => Form::Number(self.name(node)),
            _ if node.is_missing() => Form::Broken,
            _ => Form::All(self.readable_children(node)),
        }
    }

    /// `condition ? consequence : alternative`.
    fn ternary(&mut self, node: Node) -> Form {
        let condition = self.required(node, "condition");
        let then = self.required(node, "consequence");
        let otherwise = self.required(node, "alternative");
        let then = alone(then);
        let otherwise = Some(alone(otherwise));
        Form::If(Box::new(If { condition, then, otherwise, binds_behind: false }))
    }

    /// `new int[] { a, b }`, `new int[size()]`.
    fn array(&mut self, node: Node) -> Form {
        if let Some(value) = node.field("value") {
            return Form::List(self.expressions(value));
        }
        let mut parts = Vec::new();
        for dimension in named_children(node).into_iter().filter(|it| it.kind_name() == "dimensions_expr") {
            parts.extend(self.expressions(dimension));
        }
        Form::All(parts)
    }

    /// A node's children, each an expression.
    pub(super) fn expressions(&mut self, node: Node) -> Vec<Expression> {
        let children = named_children(node).into_iter().filter(|it| !it.kind_name().ends_with("annotation"));
        children.map(|it| self.expression(it)).collect()
    }
}

/// An expression as a block of its own.
pub(super) fn alone(expression: Expression) -> Block {
    let span = expression.span;
    Block { statements: vec![Statement { span, does: expression }], inner: span, braceless: true }
}

/// What stands inside parentheses and casts; the node itself where they could not be read.
pub(super) fn unwrapped(node: Node<'_>) -> Node<'_> {
    let mut node = node;
    loop {
        let inside = match node.kind_name() {
            "parenthesized_expression" => match named_children(node).as_slice() {
                [only] => Some(*only),
                _ => None,
            },
            "cast_expression" => node.field("value"),
            _ => None,
        };
        match inside {
            Some(inside) => node = inside,
            None => return node,
        }
    }
}
