//! `try`, its handlers, and what swallows exceptions. Must not know single expressions.

use super::expressions::in_place;
use super::lowerer::Lowerer;
use super::scope::part_of;
use super::{Attempt, Expression};
use crate::lowering::frames::Unwinds;
use crate::lowering::operand::{Operand, copied};
use crate::lowering::{Handling, Placement, Step, Value};
use crate::source::Span;
use smallvec::smallvec;

impl<'o> Lowerer<'o> {
    pub(super) fn attempt(&mut self, span: Span, attempt: &'o Attempt, handling: Handling) -> Value {
        let handling = in_place(handling);
        let Some(finally) = &attempt.finally else { return self.handled(span, attempt, handling) };
        let mut value = Value::Unknown;
        self.with_finally(
            finally.inner,
            |lowerer| value = lowerer.handled(span, attempt, handling),
            |lowerer| {
                lowerer.block(finally, Handling::Discarded);
            },
        );
        value
    }

    /// What is tried, and its handlers. Where none of them takes every exception, some pass by.
    fn handled(&mut self, span: Span, attempt: &'o Attempt, handling: Handling) -> Value {
        let outer = self.flow.graph.handler;
        let entry = (!attempt.catches.is_empty()).then(|| self.flow.graph.detached(Step::Nothing, span));
        self.flow.graph.handler = entry.or(outer);
        let mut values = Vec::new();
        self.scoped(part_of(attempt), |lowerer| {
            lowerer.statements(&attempt.resources, Placement::Block, Handling::Discarded);
            values.push(lowerer.block(&attempt.body, handling));
        });
        self.flow.graph.handler = outer;
        let Some(entry) = entry else { return values.pop().unwrap_or(Value::Unknown) };
        let mut behind = self.flow.graph.take();
        let was_in_catch = std::mem::replace(&mut self.flow.graph.in_catch, true);
        for catch in &attempt.catches {
            self.flow.graph.resume(smallvec![entry]);
            values.push(self.scoped(part_of(catch), |lowerer| lowerer.block(&catch.body, handling)));
            behind.extend(self.flow.graph.take());
        }
        if !attempt.catches.iter().any(|catch| catch.takes_all) {
            self.flow.graph.resume(smallvec![entry]);
            self.emit_throw(span);
        }
        self.flow.graph.in_catch = was_in_catch;
        self.flow.graph.resume(behind);
        Value::Either(values.iter().map(copied).collect())
    }

    /// `try? value`: an exception goes on behind it.
    pub(super) fn try_optional(&mut self, span: Span, inner: &'o Expression, handling: Handling) -> Operand {
        let outer = self.flow.graph.handler;
        let entry = self.flow.graph.detached(Step::Nothing, span);
        self.flow.graph.handler = Some(entry);
        let throws = std::mem::replace(&mut self.flow.throws, true);
        let operand = self.expression(inner, handling);
        self.flow.throws = throws;
        self.flow.graph.handler = outer;
        self.flow.graph.join(smallvec![entry]);
        operand
    }
}
