//! Members of classes, of object literals and of modules, through parents, extensions and implementations.
//! Owns which class has the last word; must not know paths.

use super::exports::named;
use super::names::ClassAt;
use super::walk::{Place, Target, Walk};
use crate::database::SourceFile;
use crate::lowering::{Class, ClassKind, Member, Name, Value};
use crate::source::Language;

/// How many implementations of one interface are followed: of more, nothing is known.
const IMPLEMENTATIONS: usize = 16;

/// What a member of a target may be.
pub(super) fn member_of(walk: &Walk<'_>, target: &Target, name: &str, steps: u32) -> Vec<Target> {
    match target {
        Target::Object(file, object) => {
            let place = Place { file: *file, class: None };
            object.property(name).map(|property| walk.value(place, &property.value, steps)).unwrap_or_default()
        }
        Target::Made(file, object) => part_member(walk, *file, object, name, steps),
        Target::Class(class) | Target::Instance(class) => class_member(walk, *class, name, steps),
        Target::Contract(file, contract) => implementations(walk, *file, contract, name, steps),
        Target::Module(file) => named(walk, *file, name, steps),
        Target::Body(..) => Vec::new(),
    }
}

/// A member of what an object literal was made into, by a call of what its maker gave: an own one, or one of the
/// objects that it consists of.
fn part_member(walk: &Walk<'_>, file: SourceFile, object: &Value, name: &str, steps: u32) -> Vec<Target> {
    let Some(steps) = walk.step(steps) else { return Vec::new() };
    let place = Place { file, class: None };
    if let Some(own) = object.property(name) {
        return walk.value(place, &own.value, steps);
    }
    let Value::Object { properties, .. } = object else { return Vec::new() };
    let parts = properties.iter().flat_map(|property| walk.value(place, &property.value, steps));
    let objects = parts.filter(|part| matches!(part, Target::Object(..)));
    objects.flat_map(|part| member_of(walk, &part, name, steps)).collect()
}

fn class_member(walk: &Walk<'_>, at: ClassAt, name: &str, steps: u32) -> Vec<Target> {
    let Some(steps) = walk.step(steps) else { return Vec::new() };
    let class = walk.declared(at.file).class(at.class);
    let place = Place { file: at.file, class: Some(at.class) };
    let own = members_named(class, name);
    if !own.is_empty() {
        let found: Vec<Target> = own.iter().flat_map(|member| walk.value(place, &member.value, steps)).collect();
        // A member without a body is done by whoever implements it.
        let is_open = found.is_empty() && own.iter().all(|member| member.value == Value::Unknown);
        return match (&class.name, is_open) {
            (Some(class), true) => implementations(walk, at.file, class, name, steps),
            _ => found,
        };
    }
    let added = extended(walk, at, class, name, steps);
    if !added.is_empty() {
        return added;
    }
    for parent in class.parent.iter().chain(&class.interfaces) {
        let targets = walk.path(place, parent, steps);
        let found: Vec<Target> = targets
            .iter()
            .flat_map(|target| match target {
                Target::Class(parent) if *parent != at => class_member(walk, *parent, name, steps),
                _ => Vec::new(),
            })
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    // Java's names for a Kotlin object and for what belongs to a Kotlin class.
    let is_itself = at.file.language(walk.db) == Language::Kotlin && matches!(name, "INSTANCE" | "Companion");
    if is_itself { vec![Target::Class(at)] } else { Vec::new() }
}

/// A member that another file's extension or category adds to a class.
fn extended(walk: &Walk<'_>, at: ClassAt, class: &Class, name: &str, steps: u32) -> Vec<Target> {
    let language = at.file.language(walk.db);
    let Some(class_name) = class.name.as_ref().filter(|_| !language.is_script()) else { return Vec::new() };
    let index = walk.names(at.file);
    let others = index.classes(class_name).iter().copied().filter(|other| *other != at);
    let mut found = Vec::new();
    for other in others {
        let extension = walk.declared(other.file).class(other.class);
        if extension.kind != ClassKind::Extension && class.kind != ClassKind::Extension {
            continue;
        }
        let place = Place { file: other.file, class: Some(other.class) };
        let members = members_named(extension, name);
        found.extend(members.iter().flat_map(|member| walk.value(place, &member.value, steps)));
    }
    found
}

/// What the classes that implement an interface, or extend a class, do under a member's name.
fn implementations(walk: &Walk<'_>, file: SourceFile, contract: &Name, name: &str, steps: u32) -> Vec<Target> {
    let Some(steps) = walk.step(steps) else { return Vec::new() };
    let index = walk.names(file);
    let children = index.children(contract);
    if children.len() > IMPLEMENTATIONS {
        return Vec::new();
    }
    let mut bodies = Vec::new();
    for child in children {
        let class = walk.declared(child.file).class(child.class);
        let place = Place { file: child.file, class: Some(child.class) };
        for member in members_named(class, name) {
            bodies.extend(walk.value(place, &member.value, steps));
        }
    }
    let is_one_of_many = bodies.len() > 1;
    let mark = |target| match target {
        Target::Body(at, _) => Target::Body(at, is_one_of_many),
        other => other,
    };
    bodies.into_iter().map(mark).collect()
}

fn members_named<'c>(class: &'c Class, name: &str) -> Vec<&'c Member> {
    class.members.iter().filter(|member| &*member.name == name).collect()
}
