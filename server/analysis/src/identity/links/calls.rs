//! Calls with their links: what a call means, which bodies it runs and what becomes of the callbacks that it is
//! given. Must not know conditions or states.

use super::super::messages::reached_by;
use super::{Invocation, LinkedNode, Linker, When, is_hook};
use crate::database::{SourceFile, releases_called};
use crate::linking::{BodyAt, Callee, bodies_of, name_index, surface};
use crate::lowering::{
    BindingKind, Body, BodyId, BodyKind, Call, ClassId, Handling, LoweredFile, Name, NodeId, Path, Root, Segment, Value,
};
use crate::vocabulary::{Effect, Runs};

/// A call that is given callbacks.
#[derive(Clone, Copy)]
struct CallbackContext<'a> {
    call: &'a Call,
    /// Whether it stands where things are only defined: a script's top level, a component.
    defines: bool,
    /// Whether it ends the session.
    ends: bool,
    /// Whether the callback stands in a list of what is given.
    is_listed: bool,
}

impl Linker<'_> {
    pub(super) fn call(&self, at: (BodyId, NodeId), body: &Body, call: &Call) -> LinkedNode {
        let mut direct = self.callees(body.class, &call.callee);
        if direct.is_empty()
            && let Some(selected) = self.selected(call)
        {
            direct = self.callees(body.class, &selected);
        }
        let mut linked = LinkedNode { emits: self.vocabulary.is_emitter(call), ..LinkedNode::default() };
        linked.calls_parameter = called_parameter(self.lowered, body, call);
        for (position, argument) in call.arguments.iter().enumerate().take(8) {
            if matches!(argument.value, Value::Null | Value::Undefined | Value::Boolean(false)) {
                linked.arguments.absent |= 1 << position;
            }
        }
        if direct.is_empty() {
            linked.meaning = self.meaning(at);
            linked.meaning.may_release |= linked.meaning.effects.is_empty() && self.may_be_a_release(call);
        } else {
            linked.meaning.never_throws = true;
            if self.vocabulary.sets_nobody(call) {
                linked.meaning.effects.push(Effect::ClearAuth);
            }
        }
        for Callee { at, is_one_of_many } in direct {
            let when = self.when_called(at, call.handling);
            linked.invocations.push(Invocation { target: at, when, by_name: true, is_one_of_many });
        }
        let known = linked.invocations.len();
        let defines = body.kind == BodyKind::TopLevel || body.returns_markup || is_hook(body);
        if linked
            .meaning
            .effects
            .iter()
            .all(|effect| matches!(effect, Effect::SignOut(_) | Effect::Request | Effect::ClearAuth))
        {
            // What a sign-out is given is told of its end, whatever it is called: `onSignOut`.
            let ends = linked.meaning.effects.iter().any(|effect| matches!(effect, Effect::SignOut(_)));
            let context = CallbackContext { call, defines, ends, is_listed: false };
            for (position, argument) in call.arguments.iter().enumerate() {
                let before = linked.invocations.len();
                self.callbacks(context, position as u32, None, &argument.value, &mut linked.invocations);
                if linked.invocations.len() > before && position < 8 {
                    linked.arguments.callbacks |= 1 << position;
                }
            }
        }
        // A callee that is known to wait runs its callbacks when it is done.
        if linked.invocations.iter().take(known).any(|invocation| invocation.when == When::Started) {
            for callback in linked.invocations.iter_mut().skip(known).filter(|it| it.when == When::Perhaps) {
                callback.when = When::Afterwards;
            }
        }
        let sent = reached_by(self.db, self.file, (self.vocabulary, self.lowered), call);
        if sent.is_some() {
            self.asked.note_all();
        }
        let sent = sent.unwrap_or_default();
        // What is handed to a store, or heard by a known handler, does what that does and no more.
        let is_known =
            linked.emits && (!linked.invocations.is_empty() || self.hands_on_a_thunk(call)) || !sent.bodies.is_empty();
        if is_known {
            linked.meaning.may_release = false;
            linked.meaning.effects.retain(|effect| *effect != Effect::ClearAuth);
        }
        linked.meaning.may_release |= sent.perhaps_more;
        for target in sent.bodies {
            let when = self.when_called(target, call.handling);
            linked.invocations.push(Invocation { target, when, by_name: true, is_one_of_many: true });
        }
        linked
    }

    /// The bodies of the project that a call of a path may run, in a class.
    fn callees(&self, class: Option<ClassId>, path: &Path) -> Vec<Callee> {
        let is_wrapper = |file: SourceFile, callee: &Path, position: u32| self.is_wrapper(file, callee, position);
        bodies_of(self.db, self.file, class, path, &is_wrapper, &self.asked)
    }

    /// What a call is made on, where a function has chosen it from what another one gives: `logout()` of
    /// `const logout = useSession((state) => state.logout)`.
    fn selected(&self, call: &Call) -> Option<Path> {
        let Root::Local(binding) = &call.callee.root else { return None };
        let Value::Call { callee, arguments } = &self.lowered.binding(*binding).value else { return None };
        let Some(Value::Closure(choose)) = arguments.first() else { return None };
        let choose = self.lowered.body(*choose);
        let [Value::Path(chosen)] = &choose.code_anywhere().returns[..] else { return None };
        let is_given = matches!(chosen.root, Root::Local(id) if choose.parameters.first() == Some(&id));
        let is_member = |segment: &Segment| matches!(segment, Segment::Member(_));
        if !is_given || chosen.segments.is_empty() || !chosen.segments.iter().all(is_member) {
            return None;
        }
        let mut selected = callee.clone().then(Segment::Call);
        selected.segments.extend(chosen.segments.iter().chain(&call.callee.segments).cloned());
        Some(selected)
    }

    /// Whether a call is given what a known `async` function has made: `dispatch(deleteAccount())`, where the
    /// function runs once what it makes is dispatched.
    fn hands_on_a_thunk(&self, call: &Call) -> bool {
        let Some(Value::Call { callee, .. }) = call.arguments.first().map(|argument| &argument.value) else {
            return false;
        };
        let made_by = self.callees(None, callee);
        let is_async = |at: BodyAt| surface(self.db, at.file).body(at.body).is_async;
        !made_by.is_empty() && made_by.iter().all(|callee| is_async(callee.at))
    }

    /// Whether a call of nobody knows what may be one of a function of the project that releases the identity.
    fn may_be_a_release(&self, call: &Call) -> bool {
        let Some(last) = call.written.last().filter(|_| call.written.len() > 1) else { return false };
        if !releases_called(self.db, self.file).contains(last) {
            return false;
        }
        match &call.callee.root {
            Root::Local(binding) => {
                let binding = self.lowered.binding(*binding);
                let is_open = matches!(binding.kind, BindingKind::Parameter | BindingKind::Other);
                is_open && binding.declared_type.is_none()
            }
            Root::Global(name) => {
                let language = self.file.language(self.db);
                self.asked.note_names();
                !language.is_script()
                    && name_index(self.db, self.file.project(self.db), language).classes(name).len() > 1
            }
            Root::This(_) | Root::Unknown => true,
            Root::Import { .. } | Root::Super => false,
        }
    }

    /// An `async` callee that nobody awaits runs on behind the caller, once it has waited for something.
    fn when_called(&self, target: BodyAt, handling: Handling) -> When {
        let declared = if target.file == self.file { self.lowered } else { surface(self.db, target.file) };
        let callee = declared.body(target.body);
        let unawaited = matches!(handling, Handling::Discarded | Handling::Voided);
        let waits = callee.is_async && callee.waits();
        if unawaited && waits { When::Started } else { When::Now }
    }

    fn callbacks(
        &self,
        context: CallbackContext<'_>,
        position: u32,
        key: Option<&Name>,
        value: &Value,
        invocations: &mut Vec<Invocation>,
    ) {
        let CallbackContext { call, defines, ends, is_listed } = context;
        match value {
            Value::Object { properties, .. } => {
                for property in properties {
                    self.callbacks(context, position, Some(&property.key), &property.value, invocations);
                }
            }
            Value::Array(values) => {
                let context = CallbackContext { is_listed: true, ..context };
                for value in values {
                    self.callbacks(context, position, key, value, invocations);
                }
            }
            Value::Closure(_) | Value::Path(_) | Value::Call { .. } => {
                let targets = self.all_bodies_in(value);
                if targets.is_empty() {
                    return;
                }
                let runs = self.vocabulary.runs_argument(
                    &self.view,
                    &call.callee,
                    &call.written,
                    &call.arguments,
                    position,
                    key.map(|key| &**key),
                );
                let written_here = matches!(value, Value::Closure(_));
                // One of several things to choose from, with a text to read: it runs when it is chosen, if ever.
                let is_choice =
                    is_listed && matches!(value, Value::Closure(body) if self.lowered.body(*body).label.is_some());
                let when = match runs {
                    Runs::Now => When::Now,
                    Runs::Each => When::Each,
                    Runs::Later if !defines => When::Afterwards,
                    Runs::OnEvent if ends && !defines => When::Afterwards,
                    Runs::Unknown if written_here && !defines && !is_choice => When::Perhaps,
                    _ => return,
                };
                for target in targets {
                    let by_name = !written_here;
                    invocations.push(Invocation { target, when, by_name, is_one_of_many: false });
                }
            }
            _ => {}
        }
    }
}

/// The position of the parameter that a call is one of, or is made on: `onDone()`, `listener.onLoggedOut()`.
fn called_parameter(lowered: &LoweredFile, body: &Body, call: &Call) -> Option<u32> {
    let first = call.written.first()?;
    let position = body.parameters.iter().position(|parameter| lowered.binding(*parameter).name == *first);
    position.map(|position| position as u32)
}
