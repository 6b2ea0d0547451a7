//! What names and members stand for. Owns following paths through aliases, imports, classes and declared
//! types; must not know control flow.

use tree_sitter::Node;

use super::lowerer::Lowerer;
use super::scope::Symbol;
use crate::lowering::operand::PATH_LIMIT;
pub(super) use crate::lowering::operand::{Operand, copied, extended, is_small};
use crate::lowering::{BindingId, BindingKind, ClassId, ClassKind, ImportName, Name, Path, Root, Segment, Value};

impl<'t> Lowerer<'t> {
    /// What an identifier stands for.
    pub(super) fn identifier(&mut self, node: Node<'t>) -> Operand {
        let name = self.text(node);
        match self.declared.resolve(self.flow.scope, name).cloned() {
            Some(Symbol::Import(path)) => Operand::of_path(path),
            Some(Symbol::Binding(id)) => self.bound(id),
            None if name == "undefined" => Operand::of_value(Value::Undefined),
            None if self.is_of_component(node, name) => self.of_component(name),
            None | Some(Symbol::Ambient) => Operand::of_path(Path::root(Root::Global(name.into()))),
        }
    }

    /// What a binding stands for: itself, unless it is an alias or a constant.
    pub(super) fn bound(&mut self, id: BindingId) -> Operand {
        let local = Path::root(Root::Local(id));
        self.constant(id);
        let member_written = self.declared.binding_facts.get(id.0 as usize).is_some_and(|facts| facts.member_written);
        let Some(value) = self.read_constant(id) else { return Operand::of_path(local) };
        // What a call through this file's own names gives is better known by its declared type.
        let is_own = matches!(value, Value::Call { callee, .. }
            if !matches!(callee.root, Root::Import { .. } | Root::Global(_)));
        if is_own && let Some(instance) = self.declared_instance(id) {
            return Operand::of_path(instance);
        }
        let Some(value) = self.read_constant(id) else { return Operand::of_path(local) };
        match value {
            Value::Unknown | Value::Closure(_) => Operand::of_path(local),
            // What starts at nothing that has a name is better known by this one.
            Value::Path(Path { root: Root::Unknown, .. }) => Operand::of_path(local),
            Value::Call { callee, .. } if callee.root == Root::Unknown => Operand::of_path(local),
            Value::Path(path) => Operand::of_path(path.clone()),
            _ if self.carries_function(value, 0) => Operand::of_path(local),
            Value::Call { callee, .. } => {
                let place = extended(callee.clone(), Segment::Call);
                let value = if is_small(value) { value.clone() } else { Value::Path(place.clone()) };
                Operand { value, place }
            }
            Value::Object { .. } | Value::Array(_) if member_written || !is_small(value) => Operand::of_path(local),
            _ if is_small(value) => Operand { value: value.clone(), place: local },
            _ => Operand::of_path(local),
        }
    }

    /// Whether a function can be reached through a value, so that its name must be kept.
    fn carries_function(&self, value: &Value, depth: u32) -> bool {
        if depth > 4 {
            return true;
        }
        match value {
            Value::Closure(_) => true,
            Value::Object { properties, .. } => {
                properties.iter().any(|property| self.carries_function(&property.value, depth + 1))
            }
            Value::Array(values) | Value::Either(values) => {
                values.iter().any(|value| self.carries_function(value, depth + 1))
            }
            Value::Call { arguments, .. } => arguments.iter().any(|argument| match argument {
                Value::Path(path) => self.is_function_path(path),
                other => self.carries_function(other, depth + 1),
            }),
            _ => false,
        }
    }

    fn is_function_path(&self, path: &Path) -> bool {
        match &path.root {
            Root::This(_) => !path.segments.is_empty(),
            Root::Local(id) if path.segments.is_empty() => {
                let binding = self.declared.bindings.get(id.0 as usize);
                binding.is_some_and(|binding| binding.kind == BindingKind::Function)
                    || matches!(self.read_constant(*id), Some(Value::Closure(_) | Value::Call { .. }))
            }
            _ => false,
        }
    }

    /// `operand.name`.
    pub(super) fn member(&mut self, operand: &Operand, name: &str) -> Operand {
        if let Value::Object { open, .. } = &operand.value {
            let property = operand.value.property(name).map(|property| property.value.clone());
            return match property {
                Some(value) if !*open => self.found(value, &operand.place, name),
                _ => Operand::of_path(extended(operand.place.clone(), Segment::Member(name.into()))),
            };
        }
        let place = &operand.place;
        if place.segments.is_empty()
            && let Some(path) = self.joined_import(&place.root, name)
        {
            return Operand::of_path(path);
        }
        if let Some(operand) = self.local_member(place, name) {
            return operand;
        }
        Operand::of_path(extended(place.clone(), Segment::Member(name.into())))
    }

    /// The value of a member that is known, under its own path unless it is an alias.
    fn found(&self, value: Value, owner: &Path, name: &str) -> Operand {
        let place = extended(owner.clone(), Segment::Member(name.into()));
        match value {
            Value::Path(path) if path.root != Root::Unknown => Operand::of_path(path),
            Value::Unknown | Value::Path(_) => Operand::of_path(place),
            _ if self.carries_function(&value, 0) || !is_small(&value) => Operand::of_path(place),
            Value::Call { ref callee, .. } => {
                let place = extended(callee.clone(), Segment::Call);
                Operand { value, place }
            }
            value => Operand { value, place },
        }
    }

    /// A member of a module.
    fn joined_import(&self, root: &Root, name: &str) -> Option<Path> {
        let Root::Import { module, name: imported } = root else { return None };
        let joined = match imported {
            _ if name == "default" && !matches!(imported, ImportName::Named(_)) => ImportName::Default,
            ImportName::Namespace => ImportName::Named(name.into()),
            ImportName::Default if self.declared.required.contains(module) => ImportName::Named(name.into()),
            _ => return None,
        };
        Some(Path::root(Root::Import { module: module.clone(), name: joined }))
    }

    /// A member of something that this file declares.
    fn local_member(&mut self, place: &Path, name: &str) -> Option<Operand> {
        if let Some((class, is_static)) = self.class_of(place) {
            return self.class_member(class, place, name, is_static);
        }
        let Root::Local(id) = place.root else { return None };
        if let Some(value) = self.constant_member(id, &place.segments, name) {
            return Some(self.found(value, place, name));
        }
        if !place.segments.is_empty() {
            return None;
        }
        match self.read_constant(id) {
            None | Some(Value::Unknown) => {
                let instance = self.declared_instance(id)?;
                Some(self.member(&Operand::of_path(instance), name))
            }
            Some(Value::Call { callee, .. }) if callee.root != Root::Unknown => {
                let result = extended(callee.clone(), Segment::Call);
                Some(Operand::of_path(extended(result, Segment::Member(name.into()))))
            }
            _ => None,
        }
    }

    /// The value of a member of an object literal that a binding holds.
    fn constant_member(&mut self, id: BindingId, segments: &[Segment], name: &str) -> Option<Value> {
        self.constant(id);
        let mut value = self.read_constant(id)?;
        for segment in segments {
            let Segment::Member(key) = segment else { return None };
            value = closed_property(value, key)?;
        }
        let value = closed_property(value, name)?;
        Some(copied(value))
    }

    /// The class whose instance, or which itself, a path stands for. The flag says that it is the class itself.
    pub(super) fn class_of(&self, path: &Path) -> Option<(ClassId, bool)> {
        match (&path.root, path.segments.as_slice()) {
            (Root::This(class), []) => class.map(|class| (class, false)),
            (Root::Local(id), rest) => {
                let binding = self.declared.bindings.get(id.0 as usize)?;
                let class = binding.class?;
                let is_class = self.declared.classes.get(class.0 as usize)?.kind != ClassKind::Literal;
                match rest {
                    [] if is_class => Some((class, true)),
                    [Segment::Instance] if is_class => Some((class, false)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// A class's member whose declared type or constant is known.
    fn class_member(&mut self, class: ClassId, place: &Path, name: &str, is_static: bool) -> Option<Operand> {
        let index = *self.declared.class_facts.get(class.0 as usize)?.by_name.get(name)?;
        let member = self.declared.class_facts.get(class.0 as usize)?.members.get(index)?;
        // Inside a static method `this` is the class: either way the name decides.
        if is_static && !member.is_static {
            return None;
        }
        let is_kept = member.is_readonly || !self.declared.written_members.contains(name);
        self.read_member(class, index);
        match self.member_constant(class, index)? {
            Value::Path(path) if path.segments.last() == Some(&Segment::Instance) => {
                Some(Operand::of_path(path.clone()))
            }
            Value::Unknown | Value::Undefined | Value::Closure(_) => None,
            value if is_kept && is_small(value) && !self.carries_function(value, 0) => {
                Some(self.found(value.clone(), place, name))
            }
            _ => None,
        }
    }

    /// The resolved target of an assignment: no constant is followed for the name itself.
    pub(super) fn target_of_name(&mut self, node: Node<'t>) -> Path {
        let name = self.text(node);
        match self.declared.resolve(self.flow.scope, name) {
            Some(Symbol::Binding(id)) => Path::root(Root::Local(*id)),
            Some(Symbol::Import(path)) => path.clone(),
            _ => Path::root(Root::Global(name.into())),
        }
    }
}

fn closed_property<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    value.property(key).map(|property| &property.value)
}

/// Takes a name onto a list of names as written, within bounds; `this` and the global object are left out.
pub(super) fn push_written(written: &mut Vec<Name>, name: &str) {
    let is_receiver = written.is_empty() && matches!(name, "window" | "globalThis");
    if !is_receiver && written.len() < PATH_LIMIT {
        written.push(name.into());
    }
}
