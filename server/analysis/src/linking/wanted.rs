//! What other files a file's flows lead into. Owns which modules and types have to be there before a flow can
//! be judged; must not know how they are found.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::names::{ClassAt, name_index};
use super::surface;
use crate::database::{Db, Project, SourceFile, file_facts, lowered, meanings, vocabulary};
use crate::identity::{BodyAt, FileFlows, LinkedNode, file_flows, linked};
use crate::lowering::{Binding, BodyId, Call, ClassKind, ImportName, LoweredFile, Name, Path, Root, Segment, Value};
use crate::source::FileRole;

/// A module that a call leads into.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Demand {
    /// The module as written.
    pub module: Arc<str>,
    /// The export that is wanted; `None` for any.
    pub name: Option<Arc<str>>,
}

/// The modules that calls of a script's flows lead into, whether their files are there or not: a module may be
/// several files, one for each platform. Of a file that is here only for what it hands on, all that it hands on
/// or calls.
#[salsa::tracked(returns(ref))]
pub fn demands(db: &dyn Db, file: SourceFile) -> Vec<Demand> {
    if !file.language(db).is_script() || file.role(db) == FileRole::Test {
        return Vec::new();
    }
    let declared = lowered(db, file);
    let mut demands = BTreeSet::new();
    let mut demand = |path: &Path| {
        if let Root::Import { module, name } = &path.root {
            let name = match name {
                ImportName::Named(name) => Some(name.clone()),
                ImportName::Default | ImportName::Namespace => None,
            };
            demands.insert(Demand { module: module.clone(), name });
        }
    };
    if file.linked_only(db) {
        declared.exports.iter().for_each(|(_, value)| paths_in(value, &mut demand));
    }
    for call in calls_of_flows(db, file) {
        demand_of_call(declared, call, &mut demand);
    }
    demands.into_iter().collect()
}

/// The names of types that calls of a project's flows are made on and that no file of it declares, for its
/// files in native languages.
#[salsa::tracked(returns(ref))]
pub fn demanded_types(db: &dyn Db, project: Project) -> Vec<Arc<str>> {
    let mut names = BTreeSet::new();
    for file in project.files(db).iter().copied().filter(|file| !file.language(db).is_script()) {
        let index = name_index(db, project, file.language(db));
        let declared = lowered(db, file);
        for call in calls_of_flows(db, file) {
            let name = match (&call.callee.root, call.callee.segments.first()) {
                (_, None) => continue,
                (Root::Global(name), _) => name,
                (Root::Import { name: ImportName::Named(name), module }, _)
                    if !vocabulary(db, project).is_platform_module(module) =>
                {
                    name
                }
                (Root::Local(id), Some(Segment::Instance)) => &declared.binding(*id).name,
                _ => continue,
            };
            let is_type = name.starts_with(char::is_uppercase);
            // An extension alone leaves open what it extends.
            let is_declared = |at: &ClassAt| surface(db, at.file).class(at.class).kind != ClassKind::Extension;
            if is_type && !index.classes(name).iter().any(is_declared) && !declares(declared, name) {
                names.insert(name.clone());
            }
        }
    }
    names.into_iter().collect()
}

/// The names of flows, and the calls of what releases the identity, that other files may hold and in which no
/// word of the prefilter occurs: a file that mentions one may be the flow's caller, or the listener that releases
/// the identity when the user is gone.
#[salsa::tracked(returns(ref))]
pub fn caller_names(db: &dyn Db, project: Project) -> Vec<Arc<str>> {
    let vocabulary = vocabulary(db, project);
    let words = vocabulary.prefilter_words();
    let (mut names, mut releases) = (BTreeSet::new(), BTreeSet::new());
    for file in project.files(db).iter().copied().filter(|file| file.role(db) == FileRole::Product) {
        let declared = lowered(db, file);
        for id in file_flows(db, file).flows.keys() {
            let body = declared.body(*id);
            let Some(name) = body.name.as_ref().filter(|_| is_callable_elsewhere(declared, *id)) else { continue };
            names.insert(name.clone());
        }
        releases.extend(releasing_calls(declared, &file_facts(db, file).releasing));
    }
    // A name may be taken for the code of an error where it stands.
    let is_loaded_anyway = |name: &str| {
        let lower = name.to_ascii_lowercase();
        words.iter().any(|word| lower.contains(word) && !vocabulary.may_be_error_code(word))
    };
    names.retain(|name| !is_loaded_anyway(name));
    // A word of the prefilter may stand in these by chance.
    names.append(&mut releases);
    names.into_iter().collect()
}

/// How functions of a file that release the identity are called in others: `tracker.reset` where the function
/// is a member of what the file declares by name, since the member's own name is many others' too.
fn releasing_calls(declared: &LoweredFile, releasing: &[Name]) -> Vec<Name> {
    let mut calls = Vec::new();
    let bodies = declared.bodies.iter().filter(|body| body.name.as_ref().is_some_and(|name| releasing.contains(name)));
    for body in bodies {
        let (Some(name), Some(class)) = (&body.name, body.class) else { continue };
        let holders = declared.bindings.iter().filter(|binding| binding.class == Some(class)).map(|it| &it.name);
        let owners = declared.class(class).name.iter().chain(holders);
        calls.extend(owners.map(|owner| Name::from(format!("{owner}.{name}"))));
    }
    calls
}

fn declares(declared: &LoweredFile, name: &str) -> bool {
    declared.classes.iter().any(|class| class.name.as_deref() == Some(name))
}

/// Whether a body is a member of a class, or stands at the top level.
fn is_callable_elsewhere(declared: &LoweredFile, id: BodyId) -> bool {
    let body = declared.body(id);
    body.class.is_some() || body.parent == Some(BodyId(0))
}

/// The calls of a file's flows, and of what a person would call a part of one: whatever runs in a flow, and
/// the calls by a name that may be one. Of a file that is here only for what it hands on, all calls.
fn calls_of_flows(db: &dyn Db, file: SourceFile) -> Vec<&Call> {
    let (declared, links, flows) = (lowered(db, file), linked(db, file), file_flows(db, file));
    let mut calls = Vec::new();
    for (id, body) in declared.bodies() {
        if file.linked_only(db) || runs_in_flow(db, file, flows, id) {
            let is_known = |link: &LinkedNode| !link.meaning.effects.is_empty() && !link.meaning.may_release;
            let unknown = body.code_anywhere().nodes().filter(|(node, _)| !links.node(id, *node).is_some_and(is_known));
            calls.extend(unknown.filter_map(|(_, node)| node.call()));
        } else {
            calls.extend(links.may_matter(id).filter_map(|node| body.code_anywhere().node(node).call()));
        }
    }
    calls
}

fn runs_in_flow(db: &dyn Db, file: SourceFile, flows: &FileFlows, id: BodyId) -> bool {
    if meanings(db, file).flow_names(id).own.is_some() {
        return true;
    }
    let mut seen = BTreeSet::new();
    let mut work = vec![id];
    while let Some(body) = work.pop() {
        if flows.flow_around(body).is_some() {
            return true;
        }
        if seen.insert(body) {
            let callers = flows.callers.get(&body).into_iter().flatten();
            work.extend(callers.filter(|caller| caller.file == file).map(|caller: &BodyAt| caller.body));
            work.extend(flows.part_of.get(&body));
        }
    }
    false
}

fn demand_of_call(declared: &LoweredFile, call: &Call, demand: &mut impl FnMut(&Path)) {
    demand(&call.callee);
    match (&call.callee.root, call.callee.segments.first()) {
        (Root::Local(id), _) => demand_of_binding(declared.binding(*id), demand),
        (Root::This(Some(class)), Some(Segment::Member(name))) => {
            let members = declared.class(*class).members.iter().filter(|member| member.name == *name);
            members.for_each(|member| paths_in(&member.value, demand));
        }
        _ => {}
    }
    for argument in &call.arguments {
        paths_in(&argument.value, demand);
    }
}

fn demand_of_binding(binding: &Binding, demand: &mut impl FnMut(&Path)) {
    binding.declared_type.iter().for_each(&mut *demand);
    paths_in(&binding.value, demand);
}

/// Hands on every path in a value.
fn paths_in(value: &Value, hand_on: &mut impl FnMut(&Path)) {
    let mut work: Vec<&Value> = vec![value];
    while let Some(value) = work.pop() {
        match value {
            Value::Path(path) => hand_on(path),
            Value::Call { callee, arguments } => {
                hand_on(callee);
                work.extend(arguments);
            }
            Value::Object { properties, .. } => work.extend(properties.iter().map(|property| &property.value)),
            Value::Array(values) | Value::Either(values) => work.extend(values),
            _ => {}
        }
    }
}
