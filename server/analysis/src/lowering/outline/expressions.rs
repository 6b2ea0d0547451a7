//! Expressions and statements. Owns the steps that evaluating one takes, in order, and what its value is
//! known to be; must not know how conditions and loops branch.

use super::lowerer::{Lowerer, Receiver};
use super::scope::part_of;
use super::{Declaration, Expression, Form, Scoped};
use crate::lowering::builder::Frontier;
use crate::lowering::frames::{Jump, Unwinds};
use crate::lowering::operand::{Operand, copied, extended};
use crate::lowering::{Assign, BodyId, Handling, Path, Property, Root, Segment, Step, Timing, Value};
use crate::source::Span;

impl<'o> Lowerer<'o> {
    /// The value of an expression that is only read.
    pub(super) fn value(&mut self, expression: &'o Expression) -> Value {
        self.expression(expression, Handling::Used).value
    }

    /// Lowers an expression. `handling` is what is done with its value.
    pub(super) fn expression(&mut self, expression: &'o Expression, handling: Handling) -> Operand {
        self.chain(expression, handling)
    }

    /// Lowers an expression that is no chain.
    pub(super) fn plain(&mut self, expression: &'o Expression, handling: Handling) -> Operand {
        let span = expression.span;
        let value = match &expression.form {
            Form::Null => Value::Null,
            Form::Boolean(value) => Value::Boolean(*value),
            Form::Number(number) => Value::Number(number.clone()),
            Form::Text(text) => Value::Text(text.clone()),
            Form::Template(start, holes) => {
                self.all(holes);
                Value::Template(start.clone())
            }
            Form::List(parts) => Value::Array(parts.iter().map(|part| self.value(part)).collect()),
            Form::Map(pairs) => self.map(pairs),
            Form::All(parts) => self.parts(parts),
            Form::Closure(function) => match self.declared.body_of.get(&part_of(&**function)) {
                Some(body) => Value::Closure(*body),
                None => Value::Unknown,
            },
            Form::Reference(inner) => return self.expression(inner, Handling::Used),
            Form::Part(inner) => return self.expression(inner, handling),
            Form::Type(name) => match self.type_path(name, self.flow.scope) {
                Some(path) => Value::Path(path),
                None => Value::Unknown,
            },
            Form::Not(inner) => match self.value(inner) {
                Value::Boolean(value) => Value::Boolean(!value),
                _ => Value::Unknown,
            },
            Form::Compare(compare) => {
                self.value(&compare.left);
                self.value(&compare.right);
                Value::Unknown
            }
            Form::And(..) | Form::Or(..) | Form::Bind(_) => {
                let branches = self.condition(expression);
                self.flow.graph.resume(branches.holds);
                self.flow.graph.join(branches.fails);
                Value::Unknown
            }
            Form::Fallback(left, right) => self.fallback(left, right, handling),
            Form::Assign(target, value, compound) => {
                self.assign(span, target, value, *compound);
                Value::Unknown
            }
            Form::Await(inner) => return self.awaiting(span, inner),
            Form::Try(inner) => {
                let outer = std::mem::replace(&mut self.flow.throws, true);
                let operand = self.expression(inner, handling);
                self.flow.throws = outer;
                return operand;
            }
            Form::TryOptional(inner) => return self.try_optional(span, inner, handling),
            Form::Cascade(receiver, sections, null_aware) => return self.cascade(receiver, sections, *null_aware),
            Form::Chain(chain) => return self.future_chain(span, chain, handling),
            Form::Block(block) => self.block(block, handling),
            Form::If(form) => self.branching(form, handling),
            Form::Switch(switch) => self.switch(span, switch, handling),
            Form::Loop(form) => {
                self.repeated(span, form);
                Value::Unknown
            }
            Form::Labelled(label, inner) => {
                self.labelled(label, inner);
                Value::Unknown
            }
            Form::Attempt(attempt) => self.attempt(span, attempt, handling),
            Form::Return(value, label) => {
                self.returning(expression, value.as_deref(), label.as_deref());
                Value::Unknown
            }
            Form::Throw(value) => {
                if let Some(value) = value {
                    self.value(value);
                }
                self.emit_throw(span);
                Value::Unknown
            }
            Form::Break(label) => {
                self.leave(self.flow.frames.break_target(label.as_deref()).map(Jump::Break));
                Value::Unknown
            }
            Form::Continue(label) => {
                self.leave(self.flow.frames.continue_target(label.as_deref()).map(Jump::Continue));
                Value::Unknown
            }
            Form::FallThrough => {
                let here = self.flow.graph.take();
                self.flow.falls.extend(here);
                Value::Unknown
            }
            Form::Yield(value) => {
                if let Some(value) = value {
                    self.value(value);
                }
                self.emit(Step::Yield, span);
                Value::Unknown
            }
            Form::Declare(declarations) => {
                self.declarations(declarations);
                Value::Unknown
            }
            Form::Class(class) => self.class(class, span),
            Form::Broken => {
                self.emit(Step::Broken, span);
                Value::Unknown
            }
            Form::Defer(block) => self.block(block, Handling::Discarded),
            _ => Value::Unknown,
        };
        Operand::of_value(value)
    }

    pub(super) fn all(&mut self, parts: &'o [Expression]) {
        for part in parts {
            self.expression(part, Handling::Used);
        }
    }

    /// Parts of which nothing is known as a whole; a sum of constant texts is one.
    fn parts(&mut self, parts: &'o [Expression]) -> Value {
        let mut values: Vec<Value> = parts.iter().map(|part| self.value(part)).collect();
        match (values.len(), values.first()) {
            (1, _) => values.pop().unwrap_or(Value::Unknown),
            (_, Some(Value::Text(start))) => Value::Template(start.clone()),
            _ => Value::Unknown,
        }
    }

    fn map(&mut self, pairs: &'o [(Expression, Expression)]) -> Value {
        let mut properties = Vec::new();
        let mut open = false;
        for (key, value) in pairs {
            let known = match &key.form {
                Form::Text(name) | Form::Name(name) => Some(name.clone()),
                _ => match self.value(key) {
                    Value::Text(name) => Some(name),
                    _ => None,
                },
            };
            let held = self.value(value);
            match known {
                Some(name) => properties.push(Property {
                    key: name,
                    value: held,
                    key_span: key.span,
                    span: Span::new(key.span.start, value.span.end.max(key.span.end)),
                }),
                None => open = true,
            }
        }
        properties.shrink_to_fit();
        Value::Object { properties, open }
    }

    fn awaiting(&mut self, span: Span, inner: &'o Expression) -> Operand {
        let operand = self.expression(inner, Handling::Awaited);
        self.emit(Step::Await, span);
        match operand.value {
            Value::Call { callee, .. } => Operand::of_path(extended(extended(callee, Segment::Call), Segment::Awaited)),
            Value::Path(path) => Operand::of_path(path),
            value => Operand::of_value(value),
        }
    }

    /// `left ?? right`: what a `?.` on the left skipped goes on at the right.
    fn fallback(&mut self, left: &'o Expression, right: &'o Expression, handling: Handling) -> Value {
        let chain = self.open_chain(left, Handling::Used);
        let first = copied(&chain.operand.value);
        let absent = if chain.optional || !chain.skipped.is_empty() || self.is_muted() {
            chain.skipped
        } else {
            let mut branches = self.present(left.span, &chain.operand.value, chain.written);
            self.flow.graph.resume(branches.holds);
            branches.fails.extend(chain.skipped);
            branches.fails
        };
        let present = self.flow.graph.take();
        self.flow.graph.resume(absent);
        let second = self.expression(right, handling).value;
        self.flow.graph.join(present);
        match (first, &right.form) {
            // Behind `value ?: return` the value is the left one.
            (first, Form::Return(..) | Form::Throw(_) | Form::Break(_) | Form::Continue(_)) => first,
            (Value::Null, _) => second,
            (first, _) => Value::Either(vec![first, copied(&second)]),
        }
    }

    fn assign(&mut self, span: Span, target: &'o Expression, value: &'o Expression, compound: bool) {
        let path = self.target(target);
        let given = self.value(value);
        let value = if compound { Value::Unknown } else { given };
        let written = self.written(target);
        let observers = self.observers(&path);
        self.emit(Step::Assign(Box::new(Assign { target: path, written, value })), span);
        for body in observers {
            self.emit(Step::Run { body, timing: Timing::Now }, span);
        }
    }

    /// What an assignment's target is, the steps of its object included.
    fn target(&mut self, target: &'o Expression) -> Path {
        match &target.form {
            Form::Name(name) => self.target_of_name(name),
            Form::Member(member) => match &member.object {
                Some(object) => {
                    let owner = self.expression(object, Handling::Used);
                    extended(owner.place, Segment::Member(member.name.clone()))
                }
                None => Path::root(Root::Unknown).then(Segment::Member(member.name.clone())),
            },
            Form::Index(object, index) => {
                let owner = self.expression(object, Handling::Used);
                match self.value(index) {
                    Value::Text(key) => extended(owner.place, Segment::Member(key)),
                    _ => extended(owner.place, Segment::Computed),
                }
            }
            Form::Unwrap(inner) => self.target(inner),
            _ => self.expression(target, Handling::Used).place,
        }
    }

    fn declarations(&mut self, declarations: &'o [Declaration]) {
        for declaration in declarations {
            if let Some(value) = declaration.value.as_ref().filter(|_| !declaration.lazy) {
                self.expression(value, Handling::Used);
            }
        }
    }

    fn returning(&mut self, whole: &'o Expression, value: Option<&'o Expression>, label: Option<&str>) {
        let target = label.and_then(|label| {
            let continues = self.flow.frames.continue_target(Some(label)).map(Jump::Continue);
            continues.or_else(|| self.flow.frames.break_target(Some(label)).map(Jump::Break))
        });
        let handling = if target.is_some() { Handling::Used } else { Handling::Returned };
        let given = value.map_or(Value::Undefined, |value| self.expression(value, handling).value);
        match target {
            Some(jump) => self.jump(jump),
            None => {
                self.give_back(part_of(whole), whole.span, given);
                self.jump(Jump::Return);
            }
        }
    }

    /// A jump to nowhere is half-typed code: control goes on.
    fn leave(&mut self, jump: Option<Jump>) {
        if let Some(jump) = jump {
            self.jump(jump);
        }
    }

    /// Lowers a scope function where it stands. The second answer is where control stands if its receiver
    /// is absent.
    pub(super) fn scope_function(&mut self, scoped: &'o Scoped, handling: Handling) -> (Operand, Frontier) {
        let mut skipped = Frontier::new();
        let mut receiver = Operand::of_path(Path::root(Root::Unknown));
        if let Some(object) = &scoped.receiver {
            let chain = self.open_chain(object, Handling::Used);
            skipped = chain.skipped;
            if scoped.optional && !self.is_muted() {
                let branches = self.present(object.span, &chain.operand.value, chain.written.clone());
                self.flow.graph.resume(branches.holds);
                skipped.extend(branches.fails);
            }
            if scoped.implicit
                && let Some(scope) = self.declared.scope_of.get(&part_of(scoped))
            {
                self.receivers
                    .insert(*scope, Receiver { operand: chain.operand.clone(), written: chain.written.clone() });
            }
            receiver = chain.operand;
        }
        let result = match scoped.repeats {
            true => {
                self.repeated_in_place(scoped);
                Value::Unknown
            }
            false => {
                self.flow.frames.open(scoped.label.iter().map(ToString::to_string).collect(), false, false);
                let inner = if scoped.gives_receiver { Handling::Discarded } else { in_place(handling) };
                let value = self.scoped(part_of(scoped), |lowerer| lowerer.block(&scoped.body, inner));
                let target = self.flow.frames.close();
                self.flow.graph.join(target.breaks);
                value
            }
        };
        let operand = if scoped.gives_receiver { receiver } else { Operand::of_value(result) };
        (operand, skipped)
    }

    /// Runs a body of the file where it is called.
    pub(super) fn run_now(&mut self, body: BodyId, span: Span) {
        self.emit(Step::Run { body, timing: Timing::Now }, span);
    }
}

/// What is done with the last value of a block whose own value is handled so. It is returned by the
/// statement around it, not by the block.
pub(super) const fn in_place(handling: Handling) -> Handling {
    match handling {
        Handling::Discarded => Handling::Discarded,
        _ => Handling::Used,
    }
}
