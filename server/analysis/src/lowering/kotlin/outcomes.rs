//! What comes of a `Result`: `runCatching { … }` is a `try` whose handler takes everything, and `onSuccess`,
//! `onFailure`, `fold` and `getOrElse` run where they stand on one of the two ways.

use tree_sitter::Node;

use super::Reader;
use super::links::{Link, Placed};
use super::scopes::{Found, Kind, Shape};
use crate::lowering::outline::{Attempt, Block, Catch, Expression, Form, If, Scoped, Statement};
use crate::lowering::tree::{child_of_kind, named_children};
use crate::source::Span;

/// The two ways on from a result.
#[derive(Default)]
struct Ways {
    success: Vec<Statement>,
    failure: Vec<Statement>,
}

impl Reader<'_> {
    /// `runCatching { … }` and what hangs behind it. `links` begin at its call.
    pub(super) fn caught(
        &mut self,
        found: &Found,
        receiver: Option<(Expression, bool)>,
        start: usize,
        links: &[Placed],
    ) -> (Expression, usize) {
        let span = Span::from(start..found.end);
        let mut body = self.lambda_in_place(found, 0, Shape::PLAIN, span);
        let inner = body.body.inner;
        let (receiver, optional) = receiver.unzip();
        body.receiver = receiver;
        body.optional = optional.unwrap_or_default();
        body.implicit = body.receiver.is_some();
        let mut ways = Ways::default();
        ways.success.push(in_place(body));
        let mut used = 1;
        while let Some(more) = self.result_link(start, &links[used..], &mut ways) {
            used += more.used;
            if more.ends {
                break;
            }
        }
        let end = links.get(used - 1).map_or(found.end, |(_, end)| *end);
        let catch = Catch { names: Vec::new(), takes_all: true, body: block(ways.failure, inner) };
        let form = Form::Attempt(Box::new(Attempt {
            resources: Vec::new(),
            body: block(ways.success, inner),
            catches: vec![catch],
            finally: None,
        }));
        (Expression { span: Span::from(start..end), form }, used)
    }

    /// One more call on the result of `runCatching`.
    fn result_link(&mut self, start: usize, links: &[Placed], ways: &mut Ways) -> Option<More> {
        let &[(Link::Member { name, .. }, _), call @ (Link::Call(suffix), end), ..] = links else { return None };
        let span = Span::from(start..end);
        let name_text = self.identifier(name);
        match &*name_text {
            "onSuccess" | "map" | "mapCatching" => {
                let statement = self.outcome_lambda(name, call, span)?;
                ways.success.push(statement);
            }
            "onFailure" | "recover" | "recoverCatching" => {
                let statement = self.outcome_lambda(name, call, span)?;
                ways.failure.push(statement);
            }
            "getOrElse" => {
                let statement = self.outcome_lambda(name, call, span)?;
                ways.failure.push(statement);
                return Some(More { used: 2, ends: true });
            }
            "fold" => {
                let found = self.find_scope(name, Some(&call), true)?;
                ways.success.push(in_place(self.lambda_in_place(&found, 0, Shape::OUTCOME, span)));
                ways.failure.push(in_place(self.lambda_in_place(&found, 1, Shape::OUTCOME, span)));
                return Some(More { used: 2, ends: true });
            }
            "getOrNull" => {
                ways.failure.push(Statement { span, does: Expression { span, form: Form::Null } });
                return Some(More { used: 2, ends: true });
            }
            "getOrThrow" => {
                ways.failure.push(Statement { span, does: Expression { span, form: Form::Throw(None) } });
                return Some(More { used: 2, ends: true });
            }
            "getOrDefault" => {
                let values = child_of_kind(suffix, "value_arguments").map(named_children).unwrap_or_default();
                let value = Expression { span, form: Form::All(self.all_of(&values)) };
                ways.failure.push(Statement { span, does: value });
                return Some(More { used: 2, ends: true });
            }
            _ => return None,
        }
        Some(More { used: 2, ends: false })
    }

    fn outcome_lambda(&mut self, name: Node, call: Placed, span: Span) -> Option<Statement> {
        let found = self.find_outcome(name, &call)?;
        Some(in_place(self.lambda_in_place(&found, 0, Shape::OUTCOME, span)))
    }

    /// `onSuccess`, `onFailure` and `fold` behind any value: which way is taken is not known, but only one is.
    pub(super) fn outcomes(
        &mut self,
        found: &Found,
        receiver: Option<(Expression, bool)>,
        start: usize,
        links: &[Placed],
    ) -> (Expression, usize) {
        let mut ways = Ways::default();
        self.take_way(found, start, &mut ways);
        let (mut used, mut end) = (1, found.end);
        while found.kind != Kind::Fold
            && let Some(&[(Link::Member { name, .. }, _), call]) = links.get(used..used + 2)
            && let Some(next) = self.find_scope(name, Some(&call), true)
            && matches!(next.kind, Kind::Outcome { .. })
        {
            self.take_way(&next, start, &mut ways);
            used += 2;
            end = next.end;
        }
        let span = Span::from(start..end);
        let inner = Span::at(span.end);
        let receiver = receiver.map(|(receiver, _)| receiver);
        let condition_span = receiver.as_ref().map_or(span, |receiver| receiver.span);
        let condition = Expression { span: condition_span, form: Form::All(receiver.into_iter().collect()) };
        let form = Form::If(Box::new(If {
            condition,
            then: block(ways.success, inner),
            otherwise: Some(block(ways.failure, inner)),
            binds_behind: false,
        }));
        (Expression { span, form }, used)
    }

    fn take_way(&mut self, found: &Found, start: usize, ways: &mut Ways) {
        let span = Span::from(start..found.end);
        let first = in_place(self.lambda_in_place(found, 0, Shape::OUTCOME, span));
        match found.kind {
            Kind::Outcome { succeeded: false } => ways.failure.push(first),
            Kind::Fold => {
                ways.success.push(first);
                ways.failure.push(in_place(self.lambda_in_place(found, 1, Shape::OUTCOME, span)));
            }
            _ => ways.success.push(first),
        }
    }
}

/// How many links a result's call took, and whether its value is a result no more.
struct More {
    used: usize,
    ends: bool,
}

fn in_place(scoped: Scoped) -> Statement {
    let span = scoped.span;
    Statement { span, does: Expression { span, form: Form::Scoped(Box::new(scoped)) } }
}

fn block(statements: Vec<Statement>, inner: Span) -> Block {
    Block { statements, inner, braceless: false }
}
