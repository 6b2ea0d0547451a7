//! Operators: what joins two values, changes one, or chooses between two. Chains of one operator are read
//! in a loop, so that a long sum costs no depth.

use tree_sitter::Node;

use super::control::ladder;
use super::expressions::without_parentheses;
use super::reader::{Reader, at, between, is_operand, valued};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Expression, Form};
use crate::lowering::tree::{all_children, span};

type Join = fn(Box<Expression>, Box<Expression>) -> Form;

impl Reader<'_> {
    /// `a && b && c` and its kin, whose order and effect are the same however they are grouped: a tree as
    /// low as can be.
    pub(super) fn balanced(&mut self, node: Node, join: Join) -> Expression {
        let kind = node.kind_name();
        let mut operands = self.operands(node, |other| other.kind_name() == kind);
        while operands.len() > 1 {
            let mut joined = Vec::with_capacity(operands.len() / 2 + 1);
            let mut rest = operands.into_iter();
            while let Some(left) = rest.next() {
                joined.push(match rest.next() {
                    Some(right) => {
                        let span = between(left.span, right.span);
                        Expression { span, form: join(Box::new(left), Box::new(right)) }
                    }
                    None => left,
                });
            }
            operands = joined;
        }
        operands.pop().unwrap_or_else(|| at(node, Form::Broken))
    }

    /// `a + b`, `a | b`: its parts, and the text that it begins with where that is known.
    pub(super) fn arithmetic(&mut self, node: Node) -> Expression {
        let is_sum = node.kind_name() == "additive_expression";
        let mut operands = self.operands(node, is_arithmetic);
        let begins = match operands.first() {
            Some(Expression { form: Form::Text(text) | Form::Template(text, _), .. }) if is_sum => Some(text.clone()),
            _ => None,
        };
        let form = match begins {
            Some(text) => {
                let first = operands.remove(0);
                if let Form::Template(_, holes) = first.form {
                    operands.splice(0..0, holes);
                }
                Form::Template(text, operands)
            }
            None => Form::All(operands),
        };
        at(node, form)
    }

    /// The operands of an operator and of those to its left that are alike, in order.
    fn operands(&mut self, node: Node, is_alike: impl Fn(Node) -> bool) -> Vec<Expression> {
        let (mut node, mut found) = (node, Vec::new());
        loop {
            let children: Vec<Node> = all_children(node).into_iter().filter(|child| is_operand(*child)).collect();
            let Some((first, others)) = children.split_first() else { break };
            found.extend(others.iter().rev());
            if !is_alike(*first) {
                found.push(*first);
                break;
            }
            node = *first;
        }
        found.into_iter().rev().map(|operand| self.expression(operand)).collect()
    }

    /// `a ? b : c`; a ladder of them is read in a loop.
    pub(super) fn conditional(&mut self, node: Node) -> Expression {
        let (mut rungs, mut node) = (Vec::new(), node);
        let last = loop {
            let condition = self.operand(node, 0);
            let then = valued(self.field(node, "consequence"));
            rungs.push((span(node), condition, then));
            let Some(alternative) = node.field("alternative").map(without_parentheses) else {
                break at(node, Form::Broken);
            };
            if alternative.kind_name() != "conditional_expression" {
                break self.expression(alternative);
            }
            node = alternative;
        };
        ladder(rungs, Some(valued(last))).unwrap_or_else(|| at(node, Form::Broken))
    }

    /// `left = right` with any of its operators.
    pub(super) fn assignment(&mut self, node: Node) -> Form {
        let (left, right) = (self.field(node, "left"), self.field(node, "right"));
        let operator = node.field("operator").map_or("=", |operator| self.text(operator));
        assigned(left, right, operator)
    }

    /// `!a`, `-a`, `++a`, `a++`, and what stands around `await a`.
    pub(super) fn unary(&mut self, node: Node) -> Form {
        let operator = node.field("operator").map_or("", |operator| self.text(operator));
        let operand = self.operand(node, 0);
        match (operator, operand.form) {
            ("", form) => form,
            ("!", form) => Form::Not(Box::new(Expression { span: operand.span, form })),
            ("-", Form::Number(_)) => Form::Number(self.name(node)),
            ("++" | "--", form) => {
                let target = Expression { span: operand.span, form };
                Form::Assign(Box::new(target), Box::new(at(node, Form::All(Vec::new()))), true)
            }
            (_, form) => Form::All(vec![Expression { span: operand.span, form }]),
        }
    }
}

/// What an assignment is: `left ??= right` assigns only where the left side is null.
pub(super) fn assigned(left: Expression, right: Expression, operator: &str) -> Form {
    if operator != "??=" || !is_plain(&left) {
        return Form::Assign(Box::new(left), Box::new(right), operator != "=");
    }
    let span = between(left.span, right.span);
    let assignment = Form::Assign(Box::new(left.clone()), Box::new(right), false);
    Form::Fallback(Box::new(left), Box::new(Expression { span, form: assignment }))
}

/// Whether reading an expression twice does nothing twice: a name and its members.
pub(super) fn is_plain(expression: &Expression) -> bool {
    let mut form = &expression.form;
    loop {
        match form {
            Form::Member(member) => match &member.object {
                Some(object) => form = &object.form,
                None => return true,
            },
            Form::Unwrap(value) => form = &value.form,
            other => return matches!(other, Form::Name(_) | Form::This | Form::Super | Form::Receiver),
        }
    }
}

fn is_arithmetic(node: Node) -> bool {
    matches!(
        node.kind_name(),
        "bitwise_or_expression"
            | "bitwise_xor_expression"
            | "bitwise_and_expression"
            | "shift_expression"
            | "additive_expression"
            | "multiplicative_expression"
    )
}
