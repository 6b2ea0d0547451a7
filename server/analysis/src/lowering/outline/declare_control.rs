//! The first walk's branches, switches, loops and handlers: the scopes that they open and the names that
//! they bind. Must not know graphs.

use super::declare::{Context, Hint, Walk};
use super::scope::{Origin, part_of};
use super::{Attempt, Block, Expression, Form, If, Loop, Pattern, Switch};
use crate::lowering::BindingKind;

impl<'o> Walk<'o> {
    /// Walks a condition. The answer is what surrounds whatever runs where it holds.
    pub(super) fn condition(&mut self, condition: &'o Expression, context: Context) -> Context {
        match &condition.form {
            Form::And(left, right) => {
                let context = self.condition(left, context);
                self.condition(right, context)
            }
            Form::Not(inner) => self.condition(inner, context),
            Form::Bind(bind) => {
                self.expression(&bind.value, context, Hint::NONE);
                let scope = self.out.scope_for(part_of(&**bind), context.scope);
                let is_alias = bind.asks_presence && bind.names.len() == 1;
                let origin = if is_alias { Origin::Value(&bind.value) } else { Origin::Unknown };
                for name in &bind.names {
                    self.bind(name, BindingKind::Variable, scope, origin, context);
                }
                Context { scope, ..context }
            }
            _ => {
                self.expression(condition, context, Hint::NONE);
                context
            }
        }
    }

    /// Walks an `if`. The answer is what surrounds the statements behind it.
    pub(super) fn branch(&mut self, form: &'o If, context: Context, hint: &Hint) -> Context {
        let (mut form, mut first) = (form, None);
        loop {
            let inside = self.condition(&form.condition, context);
            first = first.or(Some(inside));
            let (then, otherwise) = if form.binds_behind { (context, inside) } else { (inside, context) };
            self.arm(&form.then, then, hint);
            match &form.otherwise {
                None => break,
                Some(block) => match else_if(block) {
                    Some(next) => form = next,
                    None => {
                        self.arm(block, otherwise, hint);
                        break;
                    }
                },
            }
        }
        first.filter(|_| form.binds_behind).unwrap_or(context)
    }

    pub(super) fn switch(&mut self, switch: &'o Switch, context: Context, hint: &Hint) {
        if let Some(subject) = &switch.subject {
            self.expression(subject, context, Hint::NONE);
        }
        let mut context = context;
        if let Some(name) = &switch.name {
            let scope = self.out.scope_for(part_of(switch), context.scope);
            let origin = switch.subject.as_ref().map_or(Origin::Unknown, Origin::Value);
            self.bind(name, BindingKind::Variable, scope, origin, context);
            context.scope = scope;
        }
        for case in &switch.cases {
            let scope = self.out.scope_for(part_of(case), context.scope);
            let inside = Context { scope, ..context };
            for pattern in &case.patterns {
                match pattern {
                    Pattern::Equals(value) | Pattern::Holds(value) => self.expression(value, context, Hint::NONE),
                    Pattern::Other(names) => {
                        for name in names {
                            self.bind(name, BindingKind::Other, scope, Origin::Unknown, inside);
                        }
                    }
                }
            }
            if let Some(guard) = &case.guard {
                self.expression(guard, inside, Hint::NONE);
            }
            self.arm(&case.body, inside, hint);
        }
    }

    pub(super) fn loops(&mut self, form: &'o Loop, context: Context) {
        if let Some(elements) = &form.elements {
            self.expression(elements, context, Hint::NONE);
        }
        let scope = self.out.scope_for(part_of(form), context.scope);
        let mut inside = Context { scope, ..context };
        for part in &form.start {
            self.expression(part, inside, Hint::NONE);
        }
        for name in &form.names {
            self.bind(name, BindingKind::Other, scope, Origin::Unknown, inside);
        }
        if let Some(condition) = &form.condition {
            inside = self.condition(condition, inside);
        }
        self.block(&form.body, inside);
        self.all(&form.update, inside);
    }

    pub(super) fn attempt(&mut self, attempt: &'o Attempt, context: Context) {
        let scope = self.out.scope_for(part_of(attempt), context.scope);
        let inside = Context { scope, ..context };
        self.statements(&attempt.resources, inside);
        self.block(&attempt.body, inside);
        for catch in &attempt.catches {
            let scope = self.out.scope_for(part_of(catch), context.scope);
            for name in &catch.names {
                self.bind(name, BindingKind::Other, scope, Origin::Unknown, context);
            }
            self.block(&catch.body, Context { scope, ..context });
        }
        if let Some(finally) = &attempt.finally {
            self.block(finally, context);
        }
    }
}

/// The `if` that an `else` consists of.
pub(super) fn else_if(block: &Block) -> Option<&If> {
    match block.statements.as_slice() {
        [only] if block.braceless => match &only.does.form {
            Form::If(form) if !form.binds_behind => Some(form),
            _ => None,
        },
        _ => None,
    }
}
