//! The walk from a path to what it may be: functions by their names, members of classes and object
//! literals, hooks that return functions, callbacks behind wrappers, in this file and through the modules
//! and names that it uses. Owns the walk over bindings and members; must not know what any name means.

use std::cell::Cell;

use super::exports::exported;
use super::members::member_of;
use super::names::{ClassAt, NameIndex, name_index};
use super::types::{Asker, classes_named, extensions_with, values_named};
use super::{Asked, BodyAt, surface};
use crate::database::{Db, SourceFile, lowered};
use crate::lowering::{BindingKind, BodyKind, ClassId, ImportName, LoweredFile, Name, Path, Root, Segment, Value};

/// How many bindings, returns and members a walk may pass before it gives up: aliases can go in circles.
const STEPS: u32 = 24;
/// How many values and paths one walk may visit in all: functions that return calls of each other fork at
/// every return, so that the depth alone bounds nothing. What a larger walk would find counts as unknown.
const VISITS: u32 = 2_000;

/// What a path may be, as far as the project shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A function. The flag says that it is one of several implementations, each of which may be meant.
    Body(BodyAt, bool),
    /// A class itself (its static side), or an object literal with members.
    Class(ClassAt),
    /// An instance of a class.
    Instance(ClassAt),
    /// A type that a file only declares, by its name.
    Contract(SourceFile, Name),
    /// A constant that holds members: an object literal of a file.
    Object(SourceFile, Value),
    /// What an object literal was made into: the members of its parts are its own.
    Made(SourceFile, Value),
    /// A module as an object.
    Module(SourceFile),
}

/// Whether a call of a path, in a file, hands back the callback at a position (`useCallback(f, [])` is `f`).
pub type IsWrapper<'a> = &'a dyn Fn(SourceFile, &Path, u32) -> bool;

/// A body that a call may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Callee {
    /// The body.
    pub at: BodyAt,
    /// Whether it is one of several implementations of what is called.
    pub is_one_of_many: bool,
}

/// The bodies that a call of `path` in a file may run; `class` is the caller's own. Empty where the project
/// does not show any.
pub fn bodies_of(
    db: &dyn Db,
    file: SourceFile,
    class: Option<ClassId>,
    path: &Path,
    is_wrapper: IsWrapper<'_>,
    asked: &Asked,
) -> Vec<Callee> {
    let walk = Walk::new(db, file, is_wrapper, asked);
    let mut callees: Vec<Callee> = Vec::new();
    for target in walk.path(Place { file, class }, path, STEPS) {
        match target {
            Target::Body(at, is_one_of_many) => callees.push(Callee { at, is_one_of_many }),
            Target::Class(class) => callees.extend(walk.constructor(class)),
            _ => {}
        }
    }
    callees.sort_unstable();
    callees.dedup_by_key(|callee| callee.at);
    callees
}

/// What a value of a file may be: for callbacks that are handed over by name.
pub fn targets_of_value(
    db: &dyn Db,
    file: SourceFile,
    value: &Value,
    is_wrapper: IsWrapper<'_>,
    asked: &Asked,
) -> Vec<Target> {
    Walk::new(db, file, is_wrapper, asked).value(Place { file, class: None }, value, STEPS)
}

/// Where a path or value stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) file: SourceFile,
    /// The class around it.
    pub(super) class: Option<ClassId>,
}

pub(super) struct Walk<'a> {
    pub(super) db: &'a dyn Db,
    own: SourceFile,
    is_wrapper: IsWrapper<'a>,
    asked: &'a Asked,
    /// How many visits are left.
    visits: Cell<u32>,
}

impl<'a> Walk<'a> {
    fn new(db: &'a dyn Db, own: SourceFile, is_wrapper: IsWrapper<'a>, asked: &'a Asked) -> Self {
        Self { db, own, is_wrapper, asked, visits: Cell::new(VISITS) }
    }

    /// What a file declares. Of another file no more than its surface is asked, which most edits leave equal.
    pub(super) fn declared(&self, file: SourceFile) -> &'a LoweredFile {
        if file == self.own {
            return lowered(self.db, file);
        }
        self.asked.note(file);
        surface(self.db, file)
    }

    /// What the files of a file's project declare for all to see.
    pub(super) fn names(&self, file: SourceFile) -> &'a NameIndex {
        self.asked.note_names();
        name_index(self.db, file.project(self.db), file.language(self.db))
    }

    /// One step further, or `None` where the walk has gone too deep or too wide.
    pub(super) fn step(&self, steps: u32) -> Option<u32> {
        self.visits.set(self.visits.get().checked_sub(1)?);
        steps.checked_sub(1)
    }

    pub(super) fn path(&self, place: Place, path: &Path, steps: u32) -> Vec<Target> {
        let Some(steps) = self.step(steps) else { return Vec::new() };
        let (mut targets, segments) = match (&path.root, &path.segments[..]) {
            // A library's prefix is no object of its own where modules are found by the names in them.
            (Root::Import { module, name: ImportName::Namespace }, [Segment::Member(name), rest @ ..])
                if !place.file.language(self.db).is_script() =>
            {
                (self.global_of_module(place.file, module, name, steps), rest)
            }
            (root, segments) => (self.root(place, root, steps), segments),
        };
        for segment in segments {
            if targets.is_empty() {
                return targets;
            }
            targets = match segment {
                Segment::Member(name) => {
                    targets.iter().flat_map(|target| member_of(self, target, name, steps)).collect()
                }
                Segment::Call => targets.iter().flat_map(|target| self.result(target, steps)).collect(),
                Segment::Instance => targets.into_iter().filter_map(instance).collect(),
                Segment::Awaited => targets,
                Segment::Computed => Vec::new(),
            };
        }
        targets
    }

    fn root(&self, place: Place, root: &Root, steps: u32) -> Vec<Target> {
        let file = place.file;
        match root {
            Root::Local(id) => {
                let binding = self.declared(file).binding(*id);
                if let Some(class) = binding.class.filter(|_| binding.kind == BindingKind::Class) {
                    return vec![Target::Class(ClassAt { file, class })];
                }
                let targets = self.value(place, &binding.value, steps);
                if targets.is_empty()
                    && let Some(declared) = &binding.declared_type
                {
                    return self.path(place, &declared.clone().then(Segment::Instance), steps);
                }
                let is_type = binding.kind == BindingKind::Other && binding.name.starts_with(char::is_uppercase);
                if targets.is_empty() && is_type {
                    return vec![Target::Contract(file, binding.name.clone())];
                }
                targets
            }
            Root::This(Some(class)) => vec![Target::Instance(ClassAt { file, class: *class })],
            Root::Super => self.parents_of(place, steps),
            Root::Import { module, name } => self.imported(place, module, name, steps),
            Root::Global(name) => self.global(file, name, steps),
            Root::This(None) | Root::Unknown => Vec::new(),
        }
    }

    fn imported(&self, place: Place, module: &str, name: &ImportName, steps: u32) -> Vec<Target> {
        if let Some(files) = place.file.modules(self.db).get(module) {
            return files.iter().flat_map(|file| exported(self, *file, name, steps)).collect();
        }
        match name {
            ImportName::Named(name) => self.global_of_module(place.file, module, name, steps),
            ImportName::Default | ImportName::Namespace => Vec::new(),
        }
    }

    /// A name that no import of its file brings in: in some languages those of the whole project are there.
    fn global(&self, file: SourceFile, name: &str, steps: u32) -> Vec<Target> {
        if file.language(self.db).is_script() {
            return Vec::new();
        }
        self.global_of_module(file, "", name, steps)
    }

    fn global_of_module(&self, file: SourceFile, module: &str, name: &str, steps: u32) -> Vec<Target> {
        let language = file.language(self.db);
        if language.is_script() {
            return Vec::new();
        }
        let index = self.names(file);
        let asker = Asker { file, module };
        let classes = classes_named(self, index, asker, name);
        if !classes.is_empty() {
            return classes.into_iter().map(Target::Class).collect();
        }
        let values = values_named(self, index, asker, name);
        let at = |(file, binding)| self.root(Place { file, class: None }, &Root::Local(binding), steps);
        let found: Vec<Target> = values.into_iter().flat_map(at).collect();
        if found.is_empty() { self.member_by_import(index, asker, name, steps) } else { found }
    }

    /// A member that an import names by itself: `import static com.acme.Tracker.wipe`, or an extension function
    /// of a package.
    fn member_by_import(&self, index: &NameIndex, asker: Asker<'_>, name: &str, steps: u32) -> Vec<Target> {
        if let Some((package, class)) = asker.module.rsplit_once('.') {
            let classes = classes_named(self, index, Asker { module: package, ..asker }, class);
            if !classes.is_empty() {
                return classes.into_iter().flat_map(|at| member_of(self, &Target::Class(at), name, steps)).collect();
            }
        }
        let extensions = extensions_with(self, index, asker, name);
        extensions.into_iter().flat_map(|at| member_of(self, &Target::Instance(at), name, steps)).collect()
    }

    fn parents_of(&self, place: Place, steps: u32) -> Vec<Target> {
        let Some(class) = place.class else { return Vec::new() };
        let Some(parent) = &self.declared(place.file).class(class).parent else { return Vec::new() };
        self.path(place, parent, steps).into_iter().filter_map(instance).collect()
    }

    pub(super) fn value(&self, place: Place, value: &Value, steps: u32) -> Vec<Target> {
        let Some(steps) = self.step(steps) else { return Vec::new() };
        match value {
            Value::Closure(body) => vec![Target::Body(BodyAt { file: place.file, body: *body }, false)],
            Value::Object { .. } => vec![Target::Object(place.file, value.clone())],
            Value::Path(path) => self.path(place, path, steps),
            Value::Either(values) => values.iter().flat_map(|value| self.value(place, value, steps)).collect(),
            Value::Call { callee, arguments } => {
                let wrapped: Vec<Target> = arguments
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| (self.is_wrapper)(place.file, callee, *index as u32))
                    .flat_map(|(_, argument)| self.value(place, argument, steps))
                    .collect();
                if wrapped.is_empty() { self.path(place, &callee.clone().then(Segment::Call), steps) } else { wrapped }
            }
            _ => Vec::new(),
        }
    }

    /// What a call of a target gives. A call of a class makes an instance, in languages without `new`.
    fn result(&self, target: &Target, steps: u32) -> Vec<Target> {
        let Some(steps) = self.step(steps) else { return Vec::new() };
        match target {
            Target::Body(at, _) => {
                let declared = self.declared(at.file);
                let body = declared.body(at.body);
                let place = Place { file: at.file, class: body.class };
                body.code_anywhere().returns.iter().flat_map(|value| self.value(place, value, steps)).collect()
            }
            Target::Class(class) if !class.file.language(self.db).is_script() => vec![Target::Instance(*class)],
            Target::Object(file, object) => vec![Target::Made(*file, object.clone())],
            _ => Vec::new(),
        }
    }

    fn constructor(&self, class: ClassAt) -> Vec<Callee> {
        let bodies = self.declared(class.file).bodies();
        bodies
            .filter(|(_, body)| body.class == Some(class.class) && body.kind == BodyKind::Constructor)
            .map(|(body, _)| Callee { at: BodyAt { file: class.file, body }, is_one_of_many: false })
            .collect()
    }
}

/// An instance of what a target is.
pub(super) fn instance(target: Target) -> Option<Target> {
    match target {
        Target::Class(class) => Some(Target::Instance(class)),
        Target::Contract(..) => Some(target),
        _ => None,
    }
}
