//! Links inside one file: functions by their names, members of classes and object literals, hooks that
//! return functions, callbacks behind wrappers. Owns the walk over bindings; must not know other files.

use std::cell::Cell;

use crate::lowering::{BindingKind, BodyId, BodyKind, ClassId, LoweredFile, Member, Path, Root, Segment, Value};

/// How many bindings, returns and members a walk may pass before it gives up: aliases can go in circles.
const STEPS: u32 = 24;
/// How many values and paths one walk may visit in all: functions that return calls of each other fork at
/// every return, so that the depth alone bounds nothing. What a larger walk would find counts as unknown.
const VISITS: u32 = 2_000;

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
    let walk = Walk { file, class, is_wrapper, visits: Cell::new(VISITS) };
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
    Walk { file, class: None, is_wrapper, visits: Cell::new(VISITS) }.value(value, STEPS)
}

struct Walk<'a> {
    file: &'a LoweredFile,
    class: Option<ClassId>,
    is_wrapper: &'a dyn Fn(&Path, u32) -> bool,
    /// How many visits are left.
    visits: Cell<u32>,
}

impl Walk<'_> {
    /// One step further, or `None` where the walk has gone too deep or too wide.
    fn step(&self, steps: u32) -> Option<u32> {
        self.visits.set(self.visits.get().checked_sub(1)?);
        steps.checked_sub(1)
    }

    fn path(&self, path: &Path, steps: u32) -> Vec<Target> {
        let Some(steps) = self.step(steps) else { return Vec::new() };
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
        let Some(steps) = self.step(steps) else { return Vec::new() };
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

#[cfg(test)]
mod tests {
    use super::bodies_of;
    use crate::lowering::{LoweredFile, Step, lower};
    use crate::source::Language;
    use crate::syntax::parse;

    fn lowered(text: &str) -> LoweredFile {
        let tree = parse(Language::TypeScript, text, None, &|| false).unwrap();
        lower(Language::TypeScript, text, &tree)
    }

    /// How many bodies each call of the file's top level may run.
    fn reached(text: &str) -> Vec<usize> {
        let file = lowered(text);
        let top = file.body(crate::lowering::BodyId(0));
        let calls = top.nodes().filter_map(|(_, node)| match &node.step {
            Step::Call(call) => Some(bodies_of(&file, None, &call.callee, &|_, _| false).len()),
            _ => None,
        });
        calls.collect()
    }

    #[test]
    fn a_function_that_a_function_returns_is_found() {
        assert_eq!(reached("function make() { return () => 1; }\nconst made = make();\nmade();").last(), Some(&1));
    }

    /// Depth alone bounds nothing where every function returns calls of all the others.
    #[test]
    fn functions_that_return_calls_of_each_other_end_the_walk() {
        let calls: Vec<String> = (0..12).map(|n| format!("if (x === {n}) return f{n}();")).collect();
        let functions: Vec<String> = (0..12).map(|n| format!("function f{n}(x) {{ {} }}", calls.join(" "))).collect();
        assert_eq!(reached(&format!("{}\nf0()();", functions.join("\n"))).last(), Some(&0));
    }
}
