//! Calls and constructions. Owns arguments, and what is known of a call's result; must not know statements.

use super::lowerer::Lowerer;
use super::scope::{Part, part_of};
use super::spine::Chain;
use super::{ArgumentForm, CallForm, ClassForm, Expression, Form, MemberForm};
use crate::lowering::operand::{Operand, copied, extended};
use crate::lowering::{Argument, BodyUse, Call, Handling, Name, Path, Property, Root, Segment, Step, Value};
use crate::source::Span;

/// The members that run where an instance itself is called.
const CALLABLE_MEMBERS: [&str; 3] = ["invoke", "call", "callAsFunction"];

impl<'o> Lowerer<'o> {
    /// Lowers the call that a chain ends in so far.
    pub(super) fn call(&mut self, whole: &'o Expression, call: &'o CallForm, chain: &mut Chain, handling: Handling) {
        let callee = self.callee(&chain.operand.place);
        let arguments = self.arguments(&call.arguments);
        self.label_arguments(call, &chain.written, &arguments);
        self.use_as_arguments(part_of(call), &callee, &chain.written);
        if let Value::Closure(body) = chain.operand.value {
            self.run_now(body, whole.span);
            chain.operand = Operand::of_path(Path::root(Root::Unknown).then(Segment::Call));
            return;
        }
        let values: Vec<Value> = arguments.iter().map(|argument| copied(&argument.value)).collect();
        let types = self.types_of(call);
        let located = self.located(call, &types);
        if !self.is_muted() {
            let step = Call {
                callee: callee.clone(),
                written: chain.written.clone(),
                callee_span: call.callee.span,
                arguments,
                handling,
                optional: chain.optional,
                construct: false,
                caught: false,
                raced: false,
                types,
            };
            self.emit(Step::Call(Box::new(step)), whole.span);
        }
        chain.operand = if let Some(instance) = located {
            Operand::of_path(instance)
        } else if call.construct || self.makes_instance(&callee) {
            let place = extended(callee.clone(), Segment::Instance);
            let is_type = |argument: &ArgumentForm| matches!(argument.value.form, Form::Type(_));
            let named = call.arguments.iter().zip(values).filter(|(argument, _)| is_type(argument));
            let arguments: Vec<Value> = named.map(|(_, value)| value).collect();
            match arguments.is_empty() {
                true => Operand::of_path(place),
                // What a class is handed to says where it leads: `Intent(this, LoginActivity::class.java)`.
                false => {
                    let value = Value::Call { callee, arguments };
                    chain.built = Some(value.clone());
                    Operand { value, place }
                }
            }
        } else if let Some(value) = chain.built.clone() {
            // A builder's methods give the builder.
            Operand { value, place: extended(callee, Segment::Call) }
        } else {
            let place = extended(callee.clone(), Segment::Call);
            Operand { value: Value::Call { callee, arguments: values }, place }
        };
    }

    /// The types that a call names.
    fn types_of(&self, call: &'o CallForm) -> Vec<Path> {
        match &call.callee.form {
            Form::Generic(_, types) => types.iter().filter_map(|name| self.type_path(name, self.flow.scope)).collect(),
            _ => Vec::new(),
        }
    }

    /// What a call that only says which type it wants gives back: `read<Auth>()`, `Provider.of<Auth>(context)`,
    /// `container.resolve(Auth.self)`.
    fn located(&self, call: &'o CallForm, types: &[Path]) -> Option<Path> {
        let mut places = call.arguments.iter().filter(|argument| argument.label.is_none());
        let labelled = || call.arguments.iter().filter(|argument| argument.label.is_some());
        let (callee, name) = match (&call.callee.form, types) {
            (Form::Generic(callee, names), [_]) => {
                let is_place = |argument: &ArgumentForm| matches!(argument.value.form, Form::Name(_) | Form::This);
                (&**callee, names.first().filter(|_| places.next().is_none_or(is_place))?)
            }
            _ => match &places.next()?.value.form {
                Form::Type(name) => (&call.callee, name),
                _ => return None,
            },
        };
        let called = match &callee.form {
            Form::Name(name) => name,
            Form::Member(member) => &member.name,
            _ => return None,
        };
        let runs_code = labelled().any(|argument| matches!(argument.value.form, Form::Closure(_)));
        if places.next().is_some() || runs_code || is_type_name(called) {
            return None;
        }
        self.instance_of(name, self.flow.scope)
    }

    /// What is called: of an instance that can be called its member.
    fn callee(&self, place: &Path) -> Path {
        if place.segments.last() != Some(&Segment::Instance) {
            return place.clone();
        }
        let class = self.class_of(place).and_then(|(class, _)| self.declared.class_facts.get(class.0 as usize));
        let member = CALLABLE_MEMBERS.iter().find(|name| class.is_some_and(|class| class.by_name.contains_key(**name)));
        match member {
            Some(name) => extended(place.clone(), Segment::Member(Name::from(*name))),
            None => place.clone(),
        }
    }

    /// Whether calling a path makes an instance: it is a class, or its name is written like one.
    fn makes_instance(&self, callee: &Path) -> bool {
        if let Some((_, is_class)) = self.class_of(callee) {
            return is_class;
        }
        let name = match (callee.segments.last(), &callee.root) {
            (Some(Segment::Member(name)), _) => name,
            (None, Root::Global(name)) => name,
            (None, Root::Import { name: crate::lowering::ImportName::Named(name), .. }) => name,
            _ => return false,
        };
        is_type_name(name)
    }

    fn arguments(&mut self, arguments: &'o [ArgumentForm]) -> Vec<Argument> {
        arguments
            .iter()
            .map(|argument| Argument {
                value: self.value(&argument.value),
                span: argument.span,
                label: argument.label.clone(),
                spread: argument.spread,
            })
            .collect()
    }

    /// Tells the closures among a call's arguments what they are handed to.
    fn use_as_arguments(&mut self, call: Part, callee: &Path, written: &[Name]) {
        if self.is_muted() {
            return;
        }
        let Some(closures) = self.declared.argument_bodies.remove(&call) else { return };
        for (id, position, key) in closures {
            let Some(body) = self.declared.bodies.get_mut(id.0 as usize) else { continue };
            if body.used_as == BodyUse::Other {
                body.used_as = BodyUse::Argument { callee: callee.clone(), written: written.to_vec(), position, key };
            }
        }
    }

    /// A class that is defined here. The value of an anonymous one is an object with its methods.
    pub(super) fn class(&mut self, class: &'o ClassForm, span: Span) -> Value {
        let arguments = self.arguments(&class.parent_arguments);
        let is_anonymous = class.kind == super::ClassKind::Anonymous;
        let outer = self.flow.scope;
        if let Some(scope) = self.declared.scope_of.get(&part_of(class)) {
            self.flow.scope = *scope;
        }
        self.run_statics(class);
        self.flow.scope = outer;
        if !is_anonymous {
            return Value::Unknown;
        }
        if let Some(parent) = class.parents.first()
            && let Some(callee) = self.type_path(parent, self.flow.scope)
            && !arguments.is_empty()
        {
            let call = Call {
                callee,
                written: parent.parts.clone(),
                callee_span: parent.span,
                arguments,
                handling: Handling::Used,
                optional: false,
                construct: false,
                caught: false,
                raced: false,
                types: Vec::new(),
            };
            self.emit(Step::Call(Box::new(call)), span);
        }
        let methods = class.members.iter().filter_map(|member| match member {
            MemberForm::Function(function) => {
                let body = *self.declared.body_of.get(&part_of(function))?;
                let key = function.name.clone()?;
                Some(Property { key, value: Value::Closure(body), key_span: function.name_span, span: function.span })
            }
            _ => None,
        });
        Value::Object { properties: methods.collect(), open: true }
    }

    fn run_statics(&mut self, class: &'o ClassForm) {
        if self.is_muted() {
            return;
        }
        self.run_members(class, true);
        for member in &class.members {
            if let MemberForm::Class(inner) = member {
                self.class(inner, inner.span);
            }
        }
    }
}

/// Whether a name is written like a type's.
fn is_type_name(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && name.chars().any(char::is_lowercase)
}
