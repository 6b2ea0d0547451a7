//! Messages between files: who handles what is sent over a bus, to a store or to a bloc. Owns which handlers a
//! message of a project reaches; must not know which calls send and register (that is the vocabulary's).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::links::{calls, is_wrapper};
use crate::database::{Db, Project, SourceFile, lowered, vocabulary};
use crate::linking::{Asked, BodyAt, Target, targets_of_value};
use crate::lowering::{Call, LoweredFile, Name, Path, Value};
use crate::source::FileRole;
use crate::vocabulary::{Message, Vocabulary};

/// A handler of a named message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Handler {
    /// What it is registered with (`bus` of `bus.on(…)`), where that says anything.
    channel: Option<Name>,
    /// The handler.
    pub(super) body: BodyAt,
}

/// The handlers that a message reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reached {
    /// Those of the same channel.
    pub(super) bodies: Vec<BodyAt>,
    /// Whether others may hear of it, whose channel is called otherwise.
    pub(super) perhaps_more: bool,
}

/// The handlers that a call sends a message to, in its own file and in the others of the project; `None` for a
/// call that sends none.
pub(super) fn reached_by(
    db: &dyn Db,
    file: SourceFile,
    (vocabulary, lowered): (&Vocabulary, &LoweredFile),
    call: &Call,
) -> Option<Reached> {
    let Message::Sends { name } = vocabulary.named_message(lowered, call)? else { return None };
    let handlers = project_handlers(db, file.project(db)).get(&name).map(Vec::as_slice).unwrap_or_default();
    let own = channel(call);
    let is_kin = |other: SourceFile| crate::linking::shares_names(other.language(db), file.language(db));
    let mut reached = Reached::default();
    for handler in handlers.iter().filter(|handler| is_kin(handler.body.file)) {
        let is_same = handler.channel.is_none() || own.is_none() || handler.channel == own;
        if is_same || handler.body.file == file {
            reached.bodies.push(handler.body);
        } else {
            reached.perhaps_more = true;
        }
    }
    Some(reached)
}

/// The object that a message goes over, by its last name.
fn channel(call: &Call) -> Option<Name> {
    call.written.iter().rev().nth(1).cloned()
}

/// The handlers that a file registers, by the message's name.
#[salsa::tracked(returns(ref))]
fn file_handlers(db: &dyn Db, file: SourceFile) -> Vec<(Name, Handler)> {
    if file.role(db) == FileRole::Test {
        return Vec::new();
    }
    let declared = lowered(db, file);
    let vocabulary = vocabulary(db, file.project(db));
    let mut handlers = Vec::new();
    let mut add = |name: &Name, channel: Option<Name>, value: &Value| {
        let bodies = targets(db, file, value).into_iter().filter_map(|target| match target {
            Target::Body(body, _) => Some(body),
            _ => None,
        });
        handlers.extend(bodies.map(|body| (name.clone(), Handler { channel: channel.clone(), body })));
    };
    for call in calls(declared) {
        if let Some(Message::Registers { name, from }) = vocabulary.named_message(declared, call) {
            // A type says enough: nobody sends another's event.
            let channel = if call.types.is_empty() { channel(call) } else { None };
            call.arguments.iter().skip(from).for_each(|argument| add(&name, channel.clone(), &argument.value));
        }
    }
    let arguments = calls(declared).filter(|call| vocabulary.makes_a_store(call)).flat_map(|call| &call.arguments);
    let stores = arguments.map(|argument| &argument.value).chain(declared.exports.iter().map(|(_, value)| value));
    for action in stores.flat_map(|store| vocabulary.store_actions(store)) {
        for target in targets(db, file, action) {
            let Target::Object(_, Value::Object { properties, .. }) = target else { continue };
            properties.iter().for_each(|property| add(&property.key, None, &property.value));
        }
    }
    handlers
}

fn targets(db: &dyn Db, file: SourceFile, value: &Value) -> Vec<Target> {
    let wraps = |other: SourceFile, callee: &Path, position: u32| is_wrapper(db, file, other, callee, position);
    targets_of_value(db, file, value, &wraps, &Asked::default())
}

/// The handlers that the files of a project register, by the message's name.
#[salsa::tracked(returns(ref))]
fn project_handlers(db: &dyn Db, project: Project) -> Arc<BTreeMap<Name, Vec<Handler>>> {
    let mut all: BTreeMap<Name, Vec<Handler>> = BTreeMap::new();
    for file in project.files(db).iter().copied() {
        for (name, handler) in file_handlers(db, file) {
            all.entry(name.clone()).or_default().push(handler.clone());
        }
    }
    Arc::new(all)
}
