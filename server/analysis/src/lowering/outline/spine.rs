//! Chains of members, calls and indices: `a.b?.c(d).e`. Owns their order and the branches of `?.`; must not
//! know statements.

use super::lowerer::{Lowerer, Receiver};
use super::{Expression, Form};
use crate::lowering::builder::Frontier;
use crate::lowering::operand::{Operand, extended};
use crate::lowering::{Condition, Handling, Name, NodeId, Path, Relation, Root, Segment, Step, Value};
use crate::source::Span;

/// How far the lowering of a chain has come.
pub(super) struct Chain {
    pub(super) operand: Operand,
    /// The identifiers so far, without calls and `self`.
    pub(super) written: Vec<Name>,
    /// Whether something before was optional.
    pub(super) optional: bool,
    /// Where control stands when a `?.` found nothing.
    pub(super) skipped: Frontier,
    /// What was constructed with a class, which the methods called on it give too.
    pub(super) built: Option<Value>,
}

impl<'o> Lowerer<'o> {
    /// Lowers a chain; where a `?.` finds nothing, control joins behind it.
    pub(super) fn chain(&mut self, expression: &'o Expression, handling: Handling) -> Operand {
        let chain = self.open_chain(expression, handling);
        self.flow.graph.join(chain.skipped);
        chain.operand
    }

    /// Lowers a chain up to its end, and leaves what was skipped to the caller. Any other expression is a
    /// chain of its base alone.
    pub(super) fn open_chain(&mut self, expression: &'o Expression, handling: Handling) -> Chain {
        let (base, links) = links_of(expression);
        let last = links.len().checked_sub(1);
        // A `?.` is a branch only if a call stands behind it.
        let last_call = links.iter().rposition(|link| matches!(link.form, Form::Call(_)));
        let base_handling = if links.is_empty() { handling } else { Handling::Used };
        let mut chain = self.base(base, base_handling, links.first().copied());
        for (index, link) in links.iter().enumerate() {
            let handling = if Some(index) == last { handling } else { Handling::Used };
            match &link.form {
                Form::Member(member) => {
                    if member.optional {
                        let asked = member.object.as_ref().map_or(link.span, |object| object.span);
                        let guards_a_call = last_call.is_some_and(|last| index <= last);
                        self.branch_if_absent(&mut chain, asked, guards_a_call);
                    }
                    chain.operand = self.member(&chain.operand, &member.name);
                    chain.written.push(member.name.clone());
                }
                Form::Index(_, index) => {
                    let key = self.expression(index, Handling::Used).value;
                    chain.operand = match key {
                        Value::Text(key) => {
                            chain.written.push(key.clone());
                            self.member(&chain.operand, &key)
                        }
                        _ => Operand::of_path(extended(chain.operand.place.clone(), Segment::Computed)),
                    };
                }
                Form::Call(call) => {
                    if call.optional {
                        self.branch_if_absent(&mut chain, call.callee.span, true);
                    }
                    self.call(link, call, &mut chain, handling);
                }
                _ => {}
            }
        }
        chain
    }

    fn base(&mut self, base: &'o Expression, handling: Handling, next: Option<&'o Expression>) -> Chain {
        let written = self.written(base);
        let mut skipped = Frontier::new();
        let operand = match &base.form {
            Form::Name(name) => self.name(name),
            Form::This => match self.receiver().filter(|_| self.flow.receivers.is_empty()) {
                Some(receiver) => receiver.operand.clone(),
                None => Operand::of_path(Path::root(Root::This(self.flow.this_class))),
            },
            Form::Super => Operand::of_path(Path::root(Root::Super)),
            Form::Receiver => match self.receiver() {
                Some(receiver) => receiver.operand.clone(),
                None => Operand::of_path(Path::root(Root::Unknown)),
            },
            Form::Member(member) => {
                Operand::of_path(Path::root(Root::Unknown).then(Segment::Member(member.name.clone())))
            }
            Form::Scoped(scoped) => {
                let (operand, absent) = self.scope_function(scoped, handling);
                skipped = absent;
                operand
            }
            // A closure that is called where it is written runs here.
            Form::Closure(_) if matches!(next.map(|next| &next.form), Some(Form::Call(_))) => {
                Operand::of_value(self.value(base))
            }
            _ => self.plain(base, handling),
        };
        Chain { operand, written, optional: false, skipped, built: None }
    }

    /// Splits control where what a `?.` is asked of is absent.
    fn branch_if_absent(&mut self, chain: &mut Chain, span: Span, guards_a_call: bool) {
        chain.optional = true;
        if !guards_a_call || self.is_muted() {
            return;
        }
        let condition = Condition {
            subject: chain.operand.value.clone(),
            written: chain.written.clone(),
            relation: Relation::Present,
            span,
            text: format!("{}!=null", self.stripped(span)).into(),
        };
        let branches = self.ask(condition);
        self.flow.graph.resume(branches.holds);
        chain.skipped.extend(branches.fails);
    }

    /// Lowers a cascade: the receiver, then what is done with it.
    pub(super) fn cascade(
        &mut self,
        receiver: &'o Expression,
        sections: &'o [Expression],
        null_aware: bool,
    ) -> Operand {
        let mut chain = self.open_chain(receiver, Handling::Used);
        if null_aware {
            self.branch_if_absent(&mut chain, receiver.span, true);
        }
        self.flow.receivers.push(Receiver { operand: chain.operand.clone(), written: chain.written });
        for section in sections {
            self.expression(section, Handling::Discarded);
        }
        self.flow.receivers.pop();
        self.flow.graph.join(chain.skipped);
        chain.operand
    }

    /// Adds both outcomes of a condition.
    pub(super) fn assume_both(&mut self, condition: Condition) -> (NodeId, NodeId) {
        let span = condition.span;
        let from = self.flow.graph.frontier();
        let holds = self.emit(Step::Assume { condition: Box::new(condition.clone()), holds: true }, span);
        self.flow.graph.resume(from);
        let fails = self.emit(Step::Assume { condition: Box::new(condition), holds: false }, span);
        self.flow.graph.take();
        (holds, fails)
    }
}

/// A chain's base and its links in order.
pub(super) fn links_of(expression: &Expression) -> (&Expression, Vec<&Expression>) {
    let mut links = Vec::new();
    let mut base = expression;
    loop {
        let inner = match &base.form {
            Form::Member(member) => member.object.as_ref(),
            Form::Index(object, _) => Some(&**object),
            Form::Call(call) => Some(&call.callee),
            Form::Unwrap(inner) | Form::Generic(inner, _) => Some(&**inner),
            _ => None,
        };
        let Some(inner) = inner else { break };
        links.push(base);
        base = inner;
    }
    links.reverse();
    (base, links)
}
