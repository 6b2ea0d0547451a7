//! Loops. Owns their parts; must not know conditions and patterns.

use tree_sitter::Node;

use super::patterns::Fits;
use super::reader::{Reader, children, expression, kind};
use crate::lowering::outline::{Bind, Block, Expression, Form, If, Loop, Statement};
use crate::lowering::tree::{named_children, span};

impl<'t> Reader<'t> {
    /// `for pattern in elements where condition { … }`.
    pub(super) fn for_loop(&mut self, node: Node<'t>) -> Form {
        let parts = children(node);
        let mut names = Vec::new();
        let mut elements = None;
        let mut asked: Option<Expression> = None;
        let (mut awaits, mut tries) = (false, false);
        for (part, field) in &parts {
            match (kind(*part), field) {
                ("try_operator", _) => tries = true,
                ("await", _) => awaits = true,
                (_, Some("item")) => match self.element(*part) {
                    Fits::Everything(all) => names = all,
                    // Elements that the pattern does not fit are passed over.
                    Fits::Presence(bound) | Fits::Other(bound) => {
                        let value = expression(span(*part), Form::Nothing);
                        let bind = Bind { names: bound, value, asks_presence: false };
                        asked = Some(expression(span(*part), Form::Bind(Box::new(bind))));
                    }
                    Fits::Value(_) => {}
                },
                (_, Some("collection")) if part.is_named() => elements = Some(self.expression(*part)),
                ("where_clause", _) => {
                    let condition = named_children(*part).into_iter().find(|it| kind(*it) != "where_keyword");
                    let condition = condition.map(|condition| self.expression(condition));
                    asked = match (asked, condition) {
                        (Some(first), Some(second)) => {
                            Some(expression(first.span, Form::And(Box::new(first), Box::new(second))))
                        }
                        (first, second) => first.or(second),
                    };
                }
                _ => {}
            }
        }
        self.facts.awaits |= awaits;
        let mut rest = parts.as_slice();
        let mut body = self.next_block(node, &mut rest);
        if let Some(condition) = asked {
            body = asked_inside(condition, body);
        }
        let elements = elements.map(|elements| match tries {
            true => expression(elements.span, Form::Try(Box::new(elements))),
            false => elements,
        });
        Form::Loop(Box::new(Loop { names, elements, awaits, ..empty_loop(body) }))
    }

    /// `while condition { … }`.
    pub(super) fn while_loop(&mut self, node: Node<'t>) -> Form {
        let parts = children(node);
        let start = parts.iter().position(|(part, _)| kind(*part) == "{").unwrap_or(parts.len());
        let (head, mut rest) = parts.split_at(start);
        let mut clauses = self.clauses(head.get(1..).unwrap_or_default());
        let mut body = self.next_block(node, &mut rest);
        body.statements.splice(0..0, std::mem::take(&mut clauses.aliases));
        let condition = clauses.into_condition();
        Form::Loop(Box::new(Loop { condition, ..empty_loop(body) }))
    }

    /// `repeat { … } while condition`.
    pub(super) fn repeat_loop(&mut self, node: Node<'t>) -> Form {
        let parts = children(node);
        let mut rest = parts.as_slice();
        let body = self.next_block(node, &mut rest);
        let clauses = self.clauses(rest.get(1..).unwrap_or_default());
        let condition = clauses.into_condition();
        Form::Loop(Box::new(Loop { condition, asks_behind: true, ..empty_loop(body) }))
    }
}

/// A body whose statements run only where a condition holds.
fn asked_inside(condition: Expression, body: Block) -> Block {
    let inner = body.inner;
    let choice = If { condition, then: body, otherwise: None, binds_behind: false };
    let does = expression(inner, Form::If(Box::new(choice)));
    Block { statements: vec![Statement { span: inner, does }], inner, braceless: false }
}

fn empty_loop(body: Block) -> Loop {
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
