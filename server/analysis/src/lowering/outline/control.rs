//! `if`, `switch`, loops and labels. Must not know single expressions.

use super::conditions::Branches;
use super::expressions::in_place;
use super::lowerer::Lowerer;
use super::scope::part_of;
use super::{Case, Expression, If, Loop, Pattern, Scoped, Switch};
use crate::lowering::builder::Frontier;
use crate::lowering::operand::copied;
use crate::lowering::{Handling, Name, NodeId, Step, Value};
use crate::source::Span;

impl<'o> Lowerer<'o> {
    /// Lowers an `if` and the `else if`s behind it. The value is one of its branches'.
    pub(super) fn branching(&mut self, form: &'o If, handling: Handling) -> Value {
        let handling = in_place(handling);
        let outer = self.flow.scope;
        let mut bound = outer;
        let mut behind = Frontier::new();
        let mut values = Vec::new();
        let mut form = form;
        loop {
            let branches = self.condition(&form.condition);
            bound = if form.binds_behind { self.flow.scope } else { bound };
            let inside = std::mem::replace(&mut self.flow.scope, outer);
            let (then, otherwise) = if form.binds_behind { (outer, inside) } else { (inside, outer) };
            self.flow.graph.resume(branches.holds);
            self.flow.scope = then;
            values.push(self.block(&form.then, handling));
            behind.extend(self.flow.graph.take());
            self.flow.graph.resume(branches.fails);
            self.flow.scope = otherwise;
            match &form.otherwise {
                None => break,
                Some(block) => match super::declare_control::else_if(block) {
                    Some(next) => form = next,
                    None => {
                        values.push(self.block(block, handling));
                        break;
                    }
                },
            }
        }
        self.flow.scope = bound;
        self.flow.graph.join(behind);
        if handling == Handling::Discarded || values.len() < 2 {
            return Value::Unknown;
        }
        Value::Either(values.iter().map(copied).collect())
    }

    pub(super) fn switch(&mut self, span: Span, switch: &'o Switch, handling: Handling) -> Value {
        let handling = in_place(handling);
        let chain = switch.subject.as_ref().map(|subject| self.open_chain(subject, Handling::Used));
        let (subject, skipped) = match chain {
            Some(chain) => (copied(&chain.operand.value), chain.skipped),
            None => (Value::Unknown, Frontier::new()),
        };
        self.flow.graph.join(skipped);
        let labels = std::mem::take(&mut self.flow.labels);
        self.flow.frames.open(labels, true, false);
        let outer_falls = std::mem::take(&mut self.flow.falls);
        let values = self.scoped(part_of(switch), |lowerer| lowerer.cases(span, switch, &subject, handling));
        self.flow.falls = outer_falls;
        let target = self.flow.frames.close();
        self.flow.graph.join(target.breaks);
        Value::Either(values.iter().map(copied).collect())
    }

    fn cases(&mut self, span: Span, switch: &'o Switch, subject: &Value, handling: Handling) -> Vec<Value> {
        let mut entries: Vec<Frontier> = Vec::new();
        for case in &switch.cases {
            entries.push(self.scoped(part_of(case), |lowerer| lowerer.entry(span, switch, case, subject)));
        }
        let mut unmatched = self.flow.graph.take();
        let has_default = switch.cases.iter().any(is_default);
        if switch.exhaustive && !has_default && !switch.cases.is_empty() {
            unmatched.clear();
        }
        let mut values = Vec::new();
        let mut behind = Frontier::new();
        for (case, entry) in switch.cases.iter().zip(entries) {
            self.flow.graph.join(entry);
            if is_default(case) {
                let unmatched = std::mem::take(&mut unmatched);
                self.flow.graph.join(unmatched);
            }
            values.push(self.scoped(part_of(case), |lowerer| lowerer.block(&case.body, handling)));
            if !case.falls_through {
                behind.extend(self.flow.graph.take());
            }
            let falls = std::mem::take(&mut self.flow.falls);
            self.flow.graph.join(falls);
        }
        self.flow.graph.join(behind);
        self.flow.graph.join(unmatched);
        values
    }

    /// Asks whether a case fits. The answer is where control stands if it does; else it goes on.
    fn entry(&mut self, span: Span, switch: &'o Switch, case: &'o Case, subject: &Value) -> Frontier {
        let mut fits = Frontier::new();
        for pattern in &case.patterns {
            let branches = match pattern {
                Pattern::Equals(value) => {
                    let given = self.value(value);
                    self.equals(subject, switch.subject.as_ref(), given, value.span)
                }
                Pattern::Holds(condition) => self.condition(condition),
                Pattern::Other(_) => {
                    let written = switch.subject.as_ref().map(|asked| self.written(asked)).unwrap_or_default();
                    self.ask_other(subject.clone(), written, span)
                }
            };
            fits.extend(branches.holds);
            self.flow.graph.resume(branches.fails);
        }
        let Some(guard) = &case.guard else { return fits };
        let unmatched = self.flow.graph.take();
        self.flow.graph.resume(fits);
        let branches = self.condition(guard);
        self.flow.graph.resume(unmatched);
        self.flow.graph.join(branches.fails);
        branches.holds
    }

    pub(super) fn repeated(&mut self, span: Span, form: &'o Loop) {
        let elements = form.elements.as_ref().map(|elements| (elements, self.value(elements)));
        self.scoped(part_of(form), |lowerer| {
            lowerer.all(&form.start);
            let outer_scope = lowerer.flow.scope;
            lowerer.rounds(span, None, |lowerer, head| {
                if form.awaits {
                    lowerer.emit(Step::Await, span);
                }
                if form.asks_behind {
                    lowerer.round(form);
                    let branches = lowerer.asked(form, None, span);
                    lowerer.flow.graph.resume(branches.holds);
                    lowerer.flow.graph.link_to(head);
                    lowerer.flow.graph.resume(branches.fails);
                } else {
                    let branches = lowerer.asked(form, elements, span);
                    lowerer.flow.graph.resume(branches.holds);
                    lowerer.round(form);
                    lowerer.all(&form.update);
                    lowerer.flow.graph.link_to(head);
                    lowerer.flow.graph.resume(branches.fails);
                }
            });
            lowerer.flow.scope = outer_scope;
        });
    }

    /// What decides whether there is another round. A loop without a condition ends by jumps alone.
    fn asked(&mut self, form: &'o Loop, elements: Option<(&'o Expression, Value)>, span: Span) -> Branches {
        if let Some((elements, value)) = elements {
            let written = self.written(elements);
            return self.ask_other(copied(&value), written, elements.span);
        }
        match &form.condition {
            Some(condition) => self.condition(condition),
            None if form.names.is_empty() => Branches { holds: self.flow.graph.take(), ..Branches::default() },
            None => self.ask_other(Value::Unknown, Vec::new(), span),
        }
    }

    /// Lowers a loop's body; control stands where the next round is decided.
    fn round(&mut self, form: &'o Loop) {
        self.block(&form.body, Handling::Discarded);
        let continues = self.flow.frames.take_continues();
        self.flow.graph.join(continues);
    }

    /// Lowers what is repeated. `repeat` gets the loop's head, to which control comes back.
    fn rounds(&mut self, span: Span, label: Option<&Name>, repeat: impl FnOnce(&mut Self, NodeId)) {
        let outer = self.flow.graph.in_loop.replace(span);
        let mut labels = std::mem::take(&mut self.flow.labels);
        labels.extend(label.map(ToString::to_string));
        self.flow.frames.open(labels, label.is_none(), true);
        let head = self.emit(Step::Nothing, span);
        repeat(self, head);
        let target = self.flow.frames.close();
        self.flow.graph.in_loop = outer;
        self.flow.graph.join(target.breaks);
    }

    /// A scope function that runs its lambda for each element. At least one is assumed.
    pub(super) fn repeated_in_place(&mut self, scoped: &'o Scoped) {
        self.rounds(scoped.span, scoped.label.as_ref(), |lowerer, head| {
            lowerer.scoped(part_of(scoped), |lowerer| lowerer.block(&scoped.body, Handling::Discarded));
            let continues = lowerer.flow.frames.take_continues();
            lowerer.flow.graph.join(continues);
            let branches = lowerer.ask_other(Value::Unknown, Vec::new(), scoped.span);
            lowerer.flow.graph.resume(branches.holds);
            lowerer.flow.graph.link_to(head);
            lowerer.flow.graph.resume(branches.fails);
        });
    }

    pub(super) fn labelled(&mut self, label: &Name, inner: &'o Expression) {
        if matches!(inner.form, super::Form::Loop(_) | super::Form::Switch(_) | super::Form::Labelled(..)) {
            self.flow.labels.push(label.to_string());
            self.expression(inner, Handling::Discarded);
            return;
        }
        self.flow.frames.open(vec![label.to_string()], false, false);
        self.expression(inner, Handling::Discarded);
        let target = self.flow.frames.close();
        self.flow.graph.join(target.breaks);
    }
}

/// Whether a case takes what no other one takes.
fn is_default(case: &Case) -> bool {
    case.patterns.is_empty() && case.guard.is_none()
}
