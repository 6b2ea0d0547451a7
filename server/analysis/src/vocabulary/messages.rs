//! Messages. Owns which calls register a handler for a named message and which send one: sagas, event
//! buses, listeners; must not know what a handler does.

use super::Vocabulary;
use crate::lowering::{BindingKind, BodyUse, Call, ImportName, LoweredFile, Name, Path, Root, Segment, Value};

/// What a call has to do with a named message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// It registers the handlers among its arguments from this position on.
    Registers {
        /// The message's name.
        name: Name,
        /// The first argument that is a handler.
        from: usize,
    },
    /// It sends the message.
    Sends {
        /// The message's name.
        name: Name,
    },
}

impl Vocabulary {
    /// What a call has to do with a message whose name is a constant; `None` for all others.
    pub fn named_message(&self, file: &LoweredFile, call: &Call) -> Option<Message> {
        let last = call.written.last()?;
        let names = &self.table.names;
        let is_registrar = names.registrars.contains(&**last);
        if !is_registrar && !names.emitters.contains(&**last) && !names.message_senders.contains(&**last) {
            return None;
        }
        if let Some(message) = call.types.first().filter(|_| is_registrar) {
            return Some(Message::Registers { name: class_name(file, message)?, from: 0 });
        }
        let first = &call.arguments.first()?.value;
        let name = message_name(file, first)?;
        if is_registrar {
            return Some(Message::Registers { name, from: 1 });
        }
        // What takes an event's class takes much else by the same name: only a registered handler tells.
        let is_sender =
            names.emitters.contains(&**last) || (is_instance(first) && names.message_senders.contains(&**last));
        is_sender.then_some(Message::Sends { name })
    }

    /// Whether a call hands an action to a store or a message to a bus: by itself it ends nothing.
    pub fn is_emitter(&self, call: &Call) -> bool {
        let names = &self.table.names;
        call.written.last().is_some_and(|last| {
            names.emitters.contains(&**last)
                || names.dispatchers.contains(&**last)
                || names.committers.contains(&**last)
        })
    }

    /// Whether a call makes a store of an object whose functions are called by name.
    pub fn makes_a_store(&self, call: &Call) -> bool {
        call.written.last().is_some_and(|last| self.table.names.store_makers.contains(&**last))
    }

    /// The parts of a store's object that hold the functions which are called by name.
    pub fn store_actions<'v>(&self, store: &'v Value) -> impl Iterator<Item = &'v Value> {
        let names = self.table.names.store_actions.iter();
        names.filter_map(|name| store.property(name)).map(|property| &property.value)
    }

    /// Whether a function is handed to something that only computes the next state with it.
    pub fn is_reducer(&self, used: &BodyUse) -> bool {
        let BodyUse::Argument { written, .. } = used else { return false };
        written.last().is_some_and(|last| self.table.names.reducer_makers.contains(&**last))
    }
}

/// The name of a message: a constant, the constant `type` of an action, or the class of an event.
fn message_name(file: &LoweredFile, value: &Value) -> Option<Name> {
    match value {
        Value::Object { .. } => message_name(file, &value.property("type")?.value),
        Value::Call { callee, .. } => callee.last_member().cloned(),
        Value::Path(path) => path.last_member().cloned().or_else(|| class_name(file, path)),
        other => other.as_text().map(Name::from),
    }
}

/// The name of a class, or of the class that something is an instance of.
fn class_name(file: &LoweredFile, path: &Path) -> Option<Name> {
    let mut segments = path.segments.iter().rev().skip_while(|segment| **segment == Segment::Instance);
    match (segments.next(), &path.root) {
        (Some(Segment::Member(name)), _) => Some(name.clone()),
        (None, Root::Local(id)) => {
            let binding = file.binding(*id);
            (binding.kind == BindingKind::Class).then(|| binding.name.clone())
        }
        (None, Root::Global(name) | Root::Import { name: ImportName::Named(name), .. }) => Some(name.clone()),
        _ => None,
    }
}

/// Whether a value is an instance of a class: an event, not its name.
fn is_instance(value: &Value) -> bool {
    value.path().is_some_and(|path| path.segments.last() == Some(&Segment::Instance))
}
