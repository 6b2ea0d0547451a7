//! Members of what the file declares: classes, their instances, objects. Owns reading each member's
//! constant once; must not know control flow.

use super::lowerer::{Constant, Lowerer};
use super::names::carries_function;
use crate::lowering::operand::{Operand, extended, is_small};
use crate::lowering::{BodyId, BodyKind, ClassId, Name, Path, Root, Segment, Value};

impl<'o> Lowerer<'o> {
    /// `operand.name`.
    pub(super) fn member(&mut self, operand: &Operand, name: &Name) -> Operand {
        if let Some(property) = operand.value.property(name)
            && matches!(operand.value, Value::Object { open: false, .. })
        {
            return self.found(property.value.clone(), &operand.place, name);
        }
        let place = &operand.place;
        if let Some((class, _)) = self.class_of(place)
            && let Some(found) = self.class_member(class, place, name)
        {
            return found;
        }
        if let (Root::Local(id), []) = (&place.root, place.segments.as_slice())
            && let None | Some(Value::Unknown) = self.read_constant(*id)
            && let Some(instance) = self.declared_instance(*id)
        {
            return self.member(&Operand::of_path(instance), name);
        }
        Operand::of_path(self.joined(place.clone(), name))
    }

    /// The value of a member that is known, under its own path unless it is an alias.
    fn found(&self, value: Value, owner: &Path, name: &Name) -> Operand {
        let place = extended(owner.clone(), Segment::Member(name.clone()));
        match value {
            Value::Path(path) if path.root != Root::Unknown => Operand::of_path(path),
            Value::Unknown | Value::Path(_) => Operand::of_path(place),
            _ if carries_function(&value, 0) || !is_small(&value) => Operand::of_path(place),
            Value::Call { ref callee, .. } => {
                let place = extended(callee.clone(), Segment::Call);
                Operand { value, place }
            }
            value => Operand { value, place },
        }
    }

    /// The class whose instance, or which itself, a path stands for. The flag says that it is the class itself.
    pub(super) fn class_of(&self, path: &Path) -> Option<(ClassId, bool)> {
        match (&path.root, path.segments.as_slice()) {
            (Root::This(class), []) => class.map(|class| (class, false)),
            (Root::Local(id), rest) => {
                let class = self.declared.bindings.get(id.0 as usize)?.class?;
                match rest {
                    [] => Some((class, true)),
                    [Segment::Instance] => Some((class, false)),
                    [Segment::Member(_), ..] => self.inner_class(class, rest),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// A class inside another one: `Outer.Inner`.
    fn inner_class(&self, class: ClassId, rest: &[Segment]) -> Option<(ClassId, bool)> {
        let [Segment::Member(name), rest @ ..] = rest else { return None };
        let scope = self.declared.class_facts.get(class.0 as usize)?.forms.first()?.1;
        let super::scope::Resolved::Binding(id) = self.declared.resolve(scope, name) else { return None };
        let inner = self.declared.bindings.get(id.0 as usize)?.class.filter(|inner| *inner != class)?;
        match rest {
            [] => Some((inner, true)),
            [Segment::Instance] => Some((inner, false)),
            _ => None,
        }
    }

    /// A class's member whose declared type or constant is known.
    fn class_member(&mut self, class: ClassId, place: &Path, name: &Name) -> Option<Operand> {
        let index = *self.declared.class_facts.get(class.0 as usize)?.by_name.get(name)?;
        self.read_member(class, index);
        let Some(Constant::Read(value)) = self.members.get(&(class, index)) else { return None };
        match value {
            Value::Path(path) if path.segments.last() == Some(&Segment::Instance) => {
                Some(Operand::of_path(path.clone()))
            }
            Value::Unknown | Value::Closure(_) => None,
            value if is_small(value) && !carries_function(value, 0) => Some(self.found(value.clone(), place, name)),
            _ => None,
        }
    }

    /// Reads a class's member, unless it was read before.
    pub(super) fn read_member(&mut self, class: ClassId, index: usize) {
        if self.members.contains_key(&(class, index)) {
            return;
        }
        self.members.insert((class, index), Constant::Reading);
        let value = self.member_value(class, index);
        self.members.insert((class, index), Constant::Read(value));
    }

    /// A closure, a constant, or the instance of the member's declared type.
    fn member_value(&mut self, class: ClassId, index: usize) -> Value {
        let facts = self.declared.class_facts.get(class.0 as usize);
        let Some(member) = facts.and_then(|facts| facts.members.get(index)) else { return Value::Unknown };
        let (value, type_name, scope) = (member.value, member.type_name, member.scope);
        if let Some(body) = member.body.filter(|body| !self.is_accessor(*body)) {
            return Value::Closure(body);
        }
        if let Some(value) = value
            && let super::Form::Closure(function) = &value.form
            && let Some(body) = self.declared.body_of.get(&super::scope::part_of(&**function))
        {
            return Value::Closure(*body);
        }
        let is_kept = !self.declared.written_members.contains(&member.name);
        let declared = type_name.and_then(|name| self.instance_of(name, scope));
        let Some(value) = value else { return declared.map_or(Value::Unknown, Value::Path) };
        let read = self.muted(scope, Some(class), |lowerer| lowerer.value(value));
        match read {
            // What it holds says more than the interface that it is declared with.
            Value::Path(path) if path.segments.last() == Some(&Segment::Instance) && is_kept => Value::Path(path),
            value if declared.is_none() && is_kept => value,
            _ => declared.map_or(Value::Unknown, Value::Path),
        }
    }

    fn is_accessor(&self, body: BodyId) -> bool {
        let body = self.declared.bodies.get(body.0 as usize);
        body.is_some_and(|body| matches!(body.kind, BodyKind::Getter | BodyKind::Setter))
    }

    /// The setters and observers that run behind an assignment to a path.
    pub(super) fn observers(&self, target: &Path) -> Vec<BodyId> {
        let [before @ .., Segment::Member(name)] = target.segments.as_slice() else { return Vec::new() };
        let owner = Path { root: target.root.clone(), segments: before.to_vec() };
        let member = self.class_of(&owner).and_then(|(class, _)| {
            let facts = self.declared.class_facts.get(class.0 as usize)?;
            facts.members.get(*facts.by_name.get(name)?)
        });
        member.map(|member| member.observers.clone()).unwrap_or_default()
    }
}
