//! Operators. Owns how long rows of them are read without going down a level for each; must not know what
//! the operands mean.

use std::sync::Arc;

use tree_sitter::Node;

use super::expressions::unwrapped;
use super::literals::{Piece, joined};
use super::reader::{Reader, expression_at, nothing_at};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Bind, Compare, Comparison, Expression, Form};
use crate::lowering::tree::{named_children, span};
use crate::source::Span;

/// What joins two conditions.
type Joins = fn(Box<Expression>, Box<Expression>) -> Form;

impl Reader<'_> {
    /// `left operator right`.
    pub(super) fn binary(&mut self, node: Node) -> Form {
        match self.operator(node) {
            "&&" => self.conditions(node, "&&", Form::And),
            "||" => self.conditions(node, "||", Form::Or),
            "==" => self.comparison(node, Comparison::Equal),
            "!=" => self.comparison(node, Comparison::Different),
            "<" | ">" | "<=" | ">=" => self.comparison(node, Comparison::Other),
            _ => self.arithmetic(node),
        }
    }

    fn operator(&self, node: Node) -> &str {
        node.field("operator").map_or("", |it| self.text(it))
    }

    fn comparison(&mut self, node: Node, relation: Comparison) -> Form {
        let left = self.required(node, "left");
        let right = self.required(node, "right");
        Form::Compare(Box::new(Compare { left, right, relation }))
    }

    /// A row of conditions; as a balanced tree, which asks them in the same order.
    fn conditions(&mut self, node: Node, operator: &str, joins: Joins) -> Form {
        let operands = self.row(node, |reader, it| reader.operator(it) == operator);
        let read: Vec<Expression> = operands.into_iter().map(|it| self.expression(it)).collect();
        balanced(read, joins).form
    }

    /// Text that is put together, or numbers of which nothing is known.
    fn arithmetic(&mut self, node: Node) -> Form {
        let operands = self.row(node, |reader, it| is_arithmetic(reader.operator(it)));
        let is_text = operands.iter().any(|it| unwrapped(*it).kind_name() == "string_literal");
        if !is_text {
            return Form::All(operands.into_iter().map(|it| self.expression(it)).collect());
        }
        let mut pieces = Vec::new();
        for operand in operands {
            let operand = unwrapped(operand);
            if operand.kind_name() == "string_literal" {
                pieces.extend(self.string(operand));
                continue;
            }
            let read = self.expression(operand);
            pieces.push(match read.form {
                Form::Text(text) | Form::Number(text) => Piece::Text(text),
                Form::Boolean(value) => Piece::Text(Arc::from(value.to_string())),
                _ => Piece::Hole(read),
            });
        }
        joined(pieces)
    }

    /// The operands of a row of operators that are read alike, from left to right.
    fn row<'t>(&self, node: Node<'t>, is_alike: impl Fn(&Self, Node) -> bool) -> Vec<Node<'t>> {
        let mut operands = Vec::new();
        let mut node = node;
        while node.kind_name() == "binary_expression" && is_alike(self, node) {
            let (Some(left), Some(right)) = (node.field("left"), node.field("right")) else {
                break;
            };
            operands.push(right);
            node = left;
        }
        operands.push(node);
        operands.reverse();
        operands
    }

    /// `!value`, `-1`, `~flags`.
    pub(super) fn unary(&mut self, node: Node) -> Form {
        let operand = self.required(node, "operand");
        match (self.operator(node), &operand.form) {
            ("!", _) => Form::Not(Box::new(operand)),
            ("-", Form::Number(number)) => Form::Number(Arc::from(format!("-{number}"))),
            _ => Form::All(vec![operand]),
        }
    }

    /// `index++`.
    pub(super) fn update(&mut self, node: Node) -> Form {
        let Some(target) = named_children(node).first().copied() else { return Form::Broken };
        let target = self.expression(target);
        let one = expression_at(Span::at(target.span.end), Form::Number(Arc::from("1")));
        Form::Assign(Box::new(target), Box::new(one), true)
    }

    /// `target = value`, `target += value`.
    pub(super) fn assignment(&mut self, node: Node) -> Form {
        let is_compound = self.operator(node) != "=";
        let target = self.required(node, "left");
        let value = self.required(node, "right");
        Form::Assign(Box::new(target), Box::new(value), is_compound)
    }

    /// `value instanceof Type name`, with a record's pattern too.
    pub(super) fn instance_of(&mut self, node: Node) -> Form {
        let value = self.required(node, "left");
        let tested = node.field("right");
        if let Some(pattern) = node.field("pattern") {
            return Form::Bind(Box::new(Bind { names: self.pattern_names(pattern), value, asks_presence: false }));
        }
        if let Some(name) = node.field("name") {
            return Form::Bind(Box::new(Bind {
                names: vec![self.variable(name, tested)],
                value,
                asks_presence: false,
            }));
        }
        let right = match tested.and_then(|it| self.type_name(it)) {
            Some(name) => expression_at(name.span, Form::Type(name)),
            None => nothing_at(tested.map_or_else(|| span(node), span)),
        };
        Form::Compare(Box::new(Compare { left: value, right, relation: Comparison::Other }))
    }
}

fn is_arithmetic(operator: &str) -> bool {
    !matches!(operator, "&&" | "||" | "==" | "!=" | "<" | ">" | "<=" | ">=" | "")
}

/// Joins conditions two by two, so that a thousand of them are ten levels deep.
fn balanced(operands: Vec<Expression>, joins: Joins) -> Expression {
    let mut row = operands;
    while row.len() > 1 {
        let mut pairs = Vec::with_capacity(row.len().div_ceil(2));
        let mut rest = row.into_iter();
        while let Some(left) = rest.next() {
            pairs.push(match rest.next() {
                Some(right) => {
                    let span = Span::new(left.span.start, right.span.end);
                    expression_at(span, joins(Box::new(left), Box::new(right)))
                }
                None => left,
            });
        }
        row = pairs;
    }
    row.pop().unwrap_or_else(|| nothing_at(Span::default()))
}
