//! Links inside one file: functions by their names, members of classes and object literals, hooks that
//! return functions, callbacks behind wrappers. Owns the walk over bindings; must not know other files.

use crate::lowering::{BindingKind, BodyId, BodyKind, ClassId, LoweredFile, Member, Path, Root, Segment, Value};

/// How many bindings, returns and members a walk may pass before it gives up: aliases can go in circles.
const STEPS: u32 = 24;

/// What a path may be, as far as this file shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A function of this file.
    Body(BodyId),
    /// A class itself (its static side), or an object literal with members.
    Class(ClassId),
    /// An instance of a class of this file.
    Instance(ClassId),
    /// A constant that holds members: an object literal.
    Object(Value),
}

/// The bodies that a call of `path` may run. `is_wrapper` says whether a call of a path hands back the
/// callback at a position (`useCallback(f, [])` is `f`); `class` is the caller's own. Empty where the file
/// does not show any.
pub fn bodies_of(
    file: &LoweredFile,
    class: Option<ClassId>,
    path: &Path,
    is_wrapper: &dyn Fn(&Path, u32) -> bool,
) -> Vec<BodyId> {
    let walk = Walk { file, class, is_wrapper };
    let mut bodies: Vec<BodyId> = Vec::new();
    for target in walk.path(path, STEPS) {
        match target {
            Target::Body(body) => bodies.push(body),
            Target::Class(class) => bodies.extend(walk.constructor(class)),
            Target::Instance(_) | Target::Object(_) => {}
        }
    }
    bodies.sort_unstable();
    bodies.dedup();
    bodies
}

/// What a value may be: for callbacks that are handed over by name.
pub fn targets_of_value(file: &LoweredFile, value: &Value, is_wrapper: &dyn Fn(&Path, u32) -> bool) -> Vec<Target> {
    Walk { file, class: None, is_wrapper }.value(value, STEPS)
}

struct Walk<'a> {
    file: &'a LoweredFile,
    class: Option<ClassId>,
    is_wrapper: &'a dyn Fn(&Path, u32) -> bool,
}

impl Walk<'_> {
    fn path(&self, path: &Path, steps: u32) -> Vec<Target> {
        let Some(steps) = steps.checked_sub(1) else { return Vec::new() };
        let mut targets = self.root(&path.root, steps);
        for segment in &path.segments {
            if targets.is_empty() {
                return targets;
            }
            targets = match segment {
                Segment::Member(name) => targets.iter().flat_map(|target| self.member(target, name, steps)).collect(),
                Segment::Call => targets.iter().flat_map(|target| self.result(target, steps)).collect(),
                Segment::Instance => targets
                    .into_iter()
                    .filter_map(|target| match target {
                        Target::Class(class) => Some(Target::Instance(class)),
                        _ => None,
                    })
                    .collect(),
                Segment::Awaited => targets,
                Segment::Computed => Vec::new(),
            };
        }
        targets
    }

    fn root(&self, root: &Root, steps: u32) -> Vec<Target> {
        match root {
            Root::Local(id) => {
                let binding = self.file.binding(*id);
                if let Some(class) = binding.class.filter(|_| binding.kind == BindingKind::Class) {
                    return vec![Target::Class(class)];
                }
                let targets = self.value(&binding.value, steps);
                if targets.is_empty()
                    && let Some(declared) = &binding.declared_type
                {
                    return self.path(&declared.clone().then(Segment::Instance), steps);
                }
                targets
            }
            Root::This(Some(class)) => vec![Target::Instance(*class)],
            Root::Super => self.parent_of(self.class, steps),
            Root::Global(_) | Root::Import { .. } | Root::This(None) | Root::Unknown => Vec::new(),
        }
    }

    fn parent_of(&self, class: Option<ClassId>, steps: u32) -> Vec<Target> {
        let Some(parent) = class.and_then(|class| self.file.class(class).parent.as_ref()) else { return Vec::new() };
        let instance = |target| match target {
            Target::Class(class) => Some(Target::Instance(class)),
            _ => None,
        };
        self.path(parent, steps).into_iter().filter_map(instance).collect()
    }

    fn value(&self, value: &Value, steps: u32) -> Vec<Target> {
        let Some(steps) = steps.checked_sub(1) else { return Vec::new() };
        match value {
            Value::Closure(body) => vec![Target::Body(*body)],
            Value::Object { .. } => vec![Target::Object(value.clone())],
            Value::Path(path) => self.path(path, steps),
            Value::Either(values) => values.iter().flat_map(|value| self.value(value, steps)).collect(),
            Value::Call { callee, arguments } => {
                let wrapped: Vec<Target> = arguments
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| (self.is_wrapper)(callee, *index as u32))
                    .flat_map(|(_, argument)| self.value(argument, steps))
                    .collect();
                if wrapped.is_empty() { self.path(&callee.clone().then(Segment::Call), steps) } else { wrapped }
            }
            _ => Vec::new(),
        }
    }

    fn result(&self, target: &Target, steps: u32) -> Vec<Target> {
        let Some(steps) = steps.checked_sub(1) else { return Vec::new() };
        let Target::Body(body) = target else { return Vec::new() };
        self.file.body(*body).returns.iter().flat_map(|value| self.value(value, steps)).collect()
    }

    fn member(&self, target: &Target, name: &str, steps: u32) -> Vec<Target> {
        match target {
            Target::Object(object) => {
                object.property(name).map(|property| self.value(&property.value, steps)).unwrap_or_default()
            }
            Target::Class(class) | Target::Instance(class) => self.class_member(*class, name, steps),
            Target::Body(_) => Vec::new(),
        }
    }

    fn class_member(&self, class: ClassId, name: &str, steps: u32) -> Vec<Target> {
        let Some(steps) = steps.checked_sub(1) else { return Vec::new() };
        let declared = self.file.class(class);
        let own: Vec<&Member> = declared.members.iter().filter(|member| &*member.name == name).collect();
        if own.is_empty() {
            let Some(parent) = &declared.parent else { return Vec::new() };
            return self
                .path(parent, steps)
                .iter()
                .flat_map(|target| match target {
                    Target::Class(parent) => self.class_member(*parent, name, steps),
                    _ => Vec::new(),
                })
                .collect();
        }
        own.iter().flat_map(|member| self.value(&member.value, steps)).collect()
    }

    fn constructor(&self, class: ClassId) -> Vec<BodyId> {
        self.file
            .bodies()
            .filter(|(_, body)| body.class == Some(class) && body.kind == BodyKind::Constructor)
            .map(|(id, _)| id)
            .collect()
    }
}
