//! Chains of operators, each read in a loop, however long. Must not know calls or statements.

use tree_sitter::Node;

use super::expressions::stripped;
use super::{Reader, expression_at};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Compare, Comparison, Expression, Form};
use crate::source::Span;

impl Reader<'_> {
    /// `left operator right`.
    pub(super) fn binary(&mut self, node: Node, depth: u32) -> Form {
        match operator(node) {
            "&&" => self.logical(node, "&&", depth, Form::And),
            "||" => self.logical(node, "||", depth, Form::Or),
            "==" => self.compare(node, Comparison::Equal, depth),
            "!=" => self.compare(node, Comparison::Different, depth),
            "<" | ">" | "<=" | ">=" => self.compare(node, Comparison::Other, depth),
            _ => {
                let operands = spine(node, is_arithmetic);
                Form::All(operands.into_iter().map(|operand| self.expression(operand, depth + 1)).collect())
            }
        }
    }

    /// `a, b, c`: each runs, and nothing but the last one's value is used.
    pub(super) fn sequence(&mut self, node: Node, depth: u32) -> Form {
        let mut parts = Vec::new();
        let mut rest = Some(node);
        while let Some(current) = rest.take() {
            if current.kind_name() == "comma_expression" {
                parts.extend(current.field("left").map(|left| self.expression(left, depth + 1)));
                rest = current.field("right");
            } else {
                parts.push(self.expression(current, depth + 1));
            }
        }
        Form::All(parts)
    }

    /// A chain of one operator as a balanced tree, which says the same and is as deep as its logarithm.
    fn logical(
        &mut self,
        node: Node,
        operator_text: &str,
        depth: u32,
        join: impl Fn(Box<Expression>, Box<Expression>) -> Form,
    ) -> Form {
        let operands = spine(node, |text| text == operator_text);
        let depth = depth + operands.len().next_power_of_two().trailing_zeros();
        let mut level: Vec<Expression> =
            operands.into_iter().map(|operand| self.condition(operand, depth + 1)).collect();
        while level.len() > 1 {
            let mut next = Vec::with_capacity(level.len().div_ceil(2));
            let mut operands = level.into_iter();
            while let Some(left) = operands.next() {
                next.push(match operands.next() {
                    Some(right) => {
                        let span = Span::new(left.span.start, right.span.end);
                        Expression { span, form: join(Box::new(left), Box::new(right)) }
                    }
                    None => left,
                });
            }
            level = next;
        }
        level.pop().map_or(Form::Broken, |whole| whole.form)
    }

    fn compare(&mut self, node: Node, relation: Comparison, depth: u32) -> Form {
        let (Some(left), Some(right)) = (node.field("left"), node.field("right")) else {
            return Form::Broken;
        };
        let left = self.expression(left, depth + 1);
        let right = self.expression(right, depth + 1);
        Form::Compare(Box::new(Compare { left, right, relation }))
    }

    /// A comparison that is written as a message: `[a isEqualToString:b]`.
    pub(super) fn compared(&self, node: Node, left: Expression, right: Expression) -> Expression {
        expression_at(node, Form::Compare(Box::new(Compare { left, right, relation: Comparison::Equal })))
    }
}

/// The operands of a chain of operators that group to the left, in their order.
fn spine<'t>(node: Node<'t>, belongs: impl Fn(&str) -> bool) -> Vec<Node<'t>> {
    let mut operands = Vec::new();
    let mut current = node;
    loop {
        let is_link = current.kind_name() == "binary_expression" && belongs(operator(current));
        let (left, right) = (current.field("left"), current.field("right"));
        let (true, Some(left), Some(right)) = (is_link, left, right) else { break };
        operands.push(right);
        current = stripped(left);
    }
    operands.push(current);
    operands.reverse();
    operands
}

fn is_arithmetic(operator: &str) -> bool {
    matches!(operator, "+" | "-" | "*" | "/" | "%" | "|" | "&" | "^" | "<<" | ">>")
}

fn operator<'t>(node: Node<'t>) -> &'t str {
    node.field("operator").map_or("", |operator| operator.kind_name())
}
