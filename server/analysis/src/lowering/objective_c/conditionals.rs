//! `#if` among statements: one branch or another, as with `if`. A branch that is never compiled is left
//! out. Owns what is known of the names that the compiler is given: a header that is asked for is there, and
//! the code runs on iOS.

use tree_sitter::Node;

use super::tree::{DEPTH_LIMIT, named_children, span};
use super::{Reader, expression_at, span_of_all};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Block, Expression, Form, If, Statement};
use crate::source::Span;

impl Reader<'_> {
    /// Reads an `#if` or `#ifdef` with its `#elif` and `#else`.
    pub(super) fn conditional_part(&mut self, node: Node, depth: u32) -> Form {
        if depth > DEPTH_LIMIT {
            return Form::Broken;
        }
        let condition = self.asked(node, depth + 1);
        let alternative = node.field("alternative");
        let head = node.field("condition").or_else(|| node.field("name"));
        let children: Vec<Node> = named_children(node)
            .into_iter()
            .filter(|child| Some(*child) != alternative && Some(*child) != head)
            .collect();
        let is_never = matches!(condition.form, Form::Boolean(false));
        let then = if is_never { Block::default() } else { self.branch(node, &children, depth + 1) };
        let otherwise = alternative.map(|branch| match branch.kind_name() {
            "preproc_else" => self.branch(branch, &named_children(branch), depth + 1),
            _ => {
                let does = expression_at(branch, self.conditional_part(branch, depth + 1));
                Block {
                    statements: vec![Statement { span: span(branch), does }],
                    inner: span(branch),
                    braceless: false,
                }
            }
        });
        match condition.form {
            Form::Boolean(true) => Form::Block(then),
            Form::Boolean(false) => otherwise.map_or(Form::Nothing, Form::Block),
            _ => Form::If(Box::new(If { condition, then, otherwise, binds_behind: false })),
        }
    }

    /// What an `#if`, an `#ifdef` or their kin asks.
    fn asked(&mut self, node: Node, depth: u32) -> Expression {
        if let Some(condition) = node.field("condition") {
            let asked = self.condition(condition, depth);
            return settled(asked);
        }
        let Some(name) = node.field("name") else { return expression_at(node, Form::All(Vec::new())) };
        let asked = expression_at(name, Form::Name(self.name(name)));
        match node.child(0).map(|directive| directive.kind_name()) {
            Some("#ifndef" | "#elifndef") => expression_at(name, Form::Not(Box::new(asked))),
            _ => asked,
        }
    }

    fn branch(&mut self, node: Node, children: &[Node], depth: u32) -> Block {
        let inner = span_of_all(children).unwrap_or(Span::at(span(node).end));
        Block { statements: self.statements(children, depth), inner, braceless: false }
    }
}

/// A condition with what is known of it put in its place.
fn settled(asked: Expression) -> Expression {
    let form = match asked.form {
        Form::Call(call) if matches!(&call.callee.form, Form::Name(name) if &**name == "__has_include") => {
            Form::Boolean(true)
        }
        Form::Name(name) if matches!(&*name, "TARGET_OS_IPHONE" | "TARGET_OS_IOS") => Form::Boolean(true),
        Form::Not(inner) => match settled(*inner) {
            Expression { form: Form::Boolean(value), .. } => Form::Boolean(!value),
            inner => Form::Not(Box::new(inner)),
        },
        Form::And(left, right) => match (settled(*left), settled(*right)) {
            (Expression { form: Form::Boolean(true), .. }, other)
            | (other, Expression { form: Form::Boolean(true), .. }) => other.form,
            (left, right) => Form::And(Box::new(left), Box::new(right)),
        },
        Form::Or(left, right) => match (settled(*left), settled(*right)) {
            (Expression { form: Form::Boolean(true), .. }, _) | (_, Expression { form: Form::Boolean(true), .. }) => {
                Form::Boolean(true)
            }
            (left, right) => Form::Or(Box::new(left), Box::new(right)),
        },
        form => form,
    };
    Expression { span: asked.span, form }
}
