//! The standard library's functions that run their lambda where they stand: `let`, `run`, `apply`,
//! `forEach`. Owns which they are and what they give; the outcomes of `runCatching` are read beside it.

use tree_sitter::Node;

use super::Reader;
use super::calls::{LambdaAt, label_of, value_of};
use super::frames::Frame;
use super::links::{Link, Placed};
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Expression, Form, Scoped};
use crate::lowering::tree::{child_of_kind, named_children};
use crate::source::Span;

/// How a scope function runs its lambda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Once, or again and again.
    Scope(Shape),
    /// `runCatching`.
    Attempt,
    /// `onSuccess`, `onFailure`: where what is before it succeeded, or failed.
    Outcome {
        /// Which of the two.
        succeeded: bool,
    },
    /// `fold` with two lambdas: one of them.
    Fold,
}

/// What a scope function does with its receiver.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    takes_it: bool,
    is_receiver: bool,
    repeats: bool,
    gives_receiver: bool,
    gives_unknown: bool,
    takes_argument: bool,
}

/// A scope function's call.
pub(super) struct Found<'t> {
    /// How it runs.
    pub(super) kind: Kind,
    /// Its lambdas and their labels: what is run on success first.
    pub(super) lambdas: Vec<(Node<'t>, Option<Name>)>,
    argument: Option<Node<'t>>,
    /// Where the call ends.
    pub(super) end: usize,
}

/// What is known of a function by its name, and whether something stands before its dot.
fn kind_of(name: &str, has_receiver: bool) -> Option<Kind> {
    let shape = Shape::default();
    Some(match (name, has_receiver) {
        ("let" | "use", true) => Kind::Scope(Shape { takes_it: true, ..shape }),
        ("also", true) => Kind::Scope(Shape { takes_it: true, gives_receiver: true, ..shape }),
        ("apply", true) => Kind::Scope(Shape { is_receiver: true, gives_receiver: true, ..shape }),
        ("run", true) => Kind::Scope(Shape { is_receiver: true, ..shape }),
        ("takeIf" | "takeUnless", true) => Kind::Scope(Shape { takes_it: true, gives_unknown: true, ..shape }),
        ("forEach", true) => Kind::Scope(Shape { takes_it: true, repeats: true, ..shape }),
        ("forEachIndexed", true) => Kind::Scope(Shape { repeats: true, ..shape }),
        ("withLock", true) | ("run", false) => Kind::Scope(shape),
        ("with", false) => Kind::Scope(Shape { is_receiver: true, takes_argument: true, ..shape }),
        ("repeat", false) => Kind::Scope(Shape { takes_it: true, repeats: true, takes_argument: true, ..shape }),
        ("synchronized", false) => Kind::Scope(Shape { takes_argument: true, ..shape }),
        ("runCatching", _) => Kind::Attempt,
        ("onSuccess", true) => Kind::Outcome { succeeded: true },
        ("onFailure", true) => Kind::Outcome { succeeded: false },
        ("fold", true) => Kind::Fold,
        _ => return None,
    })
}

impl<'s> Reader<'s> {
    /// The scope function that a name and the call behind it are, if they are one with its lambda written
    /// out.
    pub(super) fn find_scope<'t>(
        &self,
        name: Node,
        call: Option<&Placed<'t>>,
        has_receiver: bool,
    ) -> Option<Found<'t>> {
        let &(Link::Call(suffix), end) = call? else { return None };
        let name = self.identifier(name);
        let kind = kind_of(&name, has_receiver)?;
        let mut values: Vec<Node> =
            child_of_kind(suffix, "value_arguments").map(|values| named_children(values)).unwrap_or_default();
        let takes_argument = matches!(kind, Kind::Scope(Shape { takes_argument: true, .. }));
        let argument = if takes_argument && !values.is_empty() { Some(value_of(values.remove(0))?) } else { None };
        if takes_argument && argument.is_none() {
            return None;
        }
        let mut lambdas = Vec::new();
        for value in values {
            let lambda = value_of(value).filter(|lambda| lambda.kind_name() == "lambda_literal")?;
            let is_failure = kind == Kind::Fold && label_of(value).is_some_and(|label| self.text(label) == "onFailure");
            let place =
                if is_failure { lambdas.len() } else { lambdas.len().min(usize::from(label_of(value).is_none())) };
            lambdas.insert(place, (lambda, Some(name.clone())));
        }
        if let Some(lambda) = self.trailing_lambda(suffix) {
            lambdas.push((lambda.node, lambda.label.or_else(|| Some(name.clone()))));
        }
        let wanted = if kind == Kind::Fold { 2 } else { 1 };
        (lambdas.len() == wanted).then_some(Found { kind, lambdas, argument, end })
    }

    /// The call of a function that is given an outcome, whatever its name.
    pub(super) fn find_outcome<'t>(&self, name: Node, call: &Placed<'t>) -> Option<Found<'t>> {
        let &(Link::Call(suffix), end) = call else { return None };
        let name = self.identifier(name);
        let lambda = match child_of_kind(suffix, "value_arguments").map(named_children).as_deref() {
            None | Some([]) => self.trailing_lambda(suffix)?,
            Some([value]) => LambdaAt { node: value_of(*value)?, label: None },
            _ => return None,
        };
        if lambda.node.kind_name() != "lambda_literal" {
            return None;
        }
        let label = lambda.label.or_else(|| Some(name.clone()));
        let kind = Kind::Scope(Shape::OUTCOME);
        Some(Found { kind, lambdas: vec![(lambda.node, label)], argument: None, end })
    }

    /// A scope function's call. `links` begin at the call; the second answer is how many belong to it.
    pub(super) fn scope(
        &mut self,
        found: &Found,
        receiver: Option<(Expression, bool)>,
        start: usize,
        links: &[Placed],
    ) -> (Expression, usize) {
        match found.kind {
            Kind::Attempt => self.caught(found, receiver, start, links),
            Kind::Outcome { .. } | Kind::Fold => self.outcomes(found, receiver, start, links),
            Kind::Scope(shape) => (self.scoped(found, shape, receiver, start), 1),
        }
    }

    fn scoped(
        &mut self,
        found: &Found,
        shape: Shape,
        receiver: Option<(Expression, bool)>,
        start: usize,
    ) -> Expression {
        let optional = receiver.as_ref().is_some_and(|(_, optional)| *optional);
        let receiver = match found.argument {
            Some(argument) => Some(self.expression(argument)),
            None => receiver.map(|(receiver, _)| receiver),
        };
        let span = Span::from(start..found.end);
        let scoped = self.lambda_in_place(found, 0, shape, span);
        let form = Form::Scoped(Box::new(Scoped { receiver, optional, ..scoped }));
        let expression = Expression { span, form };
        if shape.gives_unknown { Expression { span, form: Form::All(vec![expression]) } } else { expression }
    }

    /// One of the lambdas of a call as a body that runs where it stands, without a receiver.
    pub(super) fn lambda_in_place(&mut self, found: &Found, index: usize, shape: Shape, span: Span) -> Scoped {
        let (lambda, label) = match found.lambdas.get(index) {
            Some((lambda, label)) => (Some(*lambda), label.clone()),
            None => (None, None),
        };
        let takes_it = shape.takes_it && lambda.is_some_and(|it| child_of_kind(it, "->").is_none());
        let frame = Frame::Scope { label: label.clone(), takes_it, is_receiver: shape.is_receiver };
        let (name, body) = lambda.map(|lambda| self.scope_lambda(lambda, frame)).unwrap_or_default();
        Scoped {
            receiver: None,
            optional: false,
            name,
            implicit: shape.is_receiver,
            label,
            repeats: shape.repeats,
            gives_receiver: shape.gives_receiver,
            body,
            span,
        }
    }
}

impl Shape {
    /// A lambda that is given what came out, as `it`.
    pub(super) const OUTCOME: Shape = Shape {
        takes_it: true,
        is_receiver: false,
        repeats: false,
        gives_receiver: false,
        gives_unknown: false,
        takes_argument: false,
    };
    /// A lambda that is given nothing.
    pub(super) const PLAIN: Shape = Shape { takes_it: false, ..Self::OUTCOME };
}
