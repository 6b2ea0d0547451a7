//! What names stand for. Owns following paths through aliases, imports and declared types; must not know
//! control flow.

use super::lowerer::{Constant, Lowerer};
use super::scope::{Origin, Resolved, ScopeId};
use super::{Expression, Form, TypeName};
use crate::lowering::operand::{Operand, PATH_LIMIT, extended, is_small};
use crate::lowering::{BindingId, ImportName, Name, Path, Root, Segment, Value};

/// How many constants are followed inside one another.
const CONSTANT_DEPTH: u32 = 24;

/// Types whose instances have no members that matter: what is declared with one keeps its own name.
const PLAIN_TYPES: [&str; 14] = [
    "String",
    "Int",
    "Bool",
    "Boolean",
    "Double",
    "Float",
    "Long",
    "Any",
    "Object",
    "NSString",
    "Integer",
    "BOOL",
    "NSInteger",
    "Void",
];

impl<'o> Lowerer<'o> {
    /// Reads every binding, so that chains of constants are never deep.
    pub(super) fn read_everything(&mut self) {
        for index in 0..self.declared.bindings.len() {
            self.constant(BindingId(index as u32));
        }
    }

    /// Reads a binding's constant, unless it was read before.
    pub(super) fn constant(&mut self, id: BindingId) {
        let index = id.0 as usize;
        if !matches!(self.constants.get(index), Some(Constant::Unread)) || self.depth >= CONSTANT_DEPTH {
            return;
        }
        self.constants[index] = Constant::Reading;
        self.depth += 1;
        let value = self.read(id);
        self.depth -= 1;
        self.constants[index] = Constant::Read(value);
    }

    fn read(&mut self, id: BindingId) -> Value {
        let Some(facts) = self.declared.binding_facts.get(id.0 as usize) else { return Value::Unknown };
        if facts.reassigned {
            return Value::Unknown;
        }
        let (origin, scope, class) = (facts.origin, facts.scope, facts.this_class);
        match origin {
            Origin::Unknown => Value::Unknown,
            Origin::Function(body) => Value::Closure(body),
            Origin::Value(value) => self.muted(scope, class, |lowerer| lowerer.value(value)),
        }
    }

    /// What a binding is bound to, where that is known.
    pub(super) fn read_constant(&self, id: BindingId) -> Option<&Value> {
        match self.constants.get(id.0 as usize) {
            Some(Constant::Read(value)) => Some(value),
            _ => None,
        }
    }

    /// What an identifier stands for.
    pub(super) fn name(&mut self, name: &Name) -> Operand {
        match self.resolved(name) {
            Resolved::Import(path) => Operand::of_path(path),
            Resolved::Binding(id) => self.bound(id),
            Resolved::Member(class) => self.member(&Operand::of_path(Path::root(Root::This(Some(class)))), name),
            Resolved::Receiver(scope) => match self.receivers.get(&scope).cloned() {
                Some(receiver) => self.member(&receiver.operand, name),
                None => Operand::of_path(Path::root(Root::Global(name.clone()))),
            },
            Resolved::Global => Operand::of_path(Path::root(Root::Global(name.clone()))),
        }
    }

    /// Where a name is declared. Inside a scope function a method does not call itself but the receiver's
    /// method of its name: `fun signOut() = auth.run { signOut() }`.
    fn resolved(&self, name: &str) -> Resolved {
        let found = self.declared.resolve(self.flow.scope, name);
        let own = self.declared.bodies.get(self.flow.body.0 as usize).and_then(|body| body.name.as_deref());
        match (&found, self.declared.receiver_around(self.flow.scope)) {
            (Resolved::Member(_), Some(scope)) if own == Some(name) => Resolved::Receiver(scope),
            _ => found,
        }
    }

    /// What a binding stands for: itself, unless it is an alias or a constant.
    fn bound(&mut self, id: BindingId) -> Operand {
        let local = Path::root(Root::Local(id));
        self.constant(id);
        let Some(value) = self.read_constant(id) else { return Operand::of_path(local) };
        match value {
            Value::Unknown | Value::Closure(_) | Value::Path(Path { root: Root::Unknown, .. }) => {
                Operand::of_path(local)
            }
            Value::Call { callee, .. } if callee.root == Root::Unknown => Operand::of_path(local),
            Value::Path(path) => Operand::of_path(path.clone()),
            _ if carries_function(value, 0) => Operand::of_path(local),
            Value::Call { callee, .. } => {
                let is_own = !matches!(callee.root, Root::Import { .. } | Root::Global(_));
                let place = extended(callee.clone(), Segment::Call);
                let value = if is_small(value) { value.clone() } else { Value::Path(place.clone()) };
                match self.declared_instance(id).filter(|_| is_own) {
                    Some(instance) => Operand::of_path(instance),
                    None => Operand { value, place },
                }
            }
            _ if is_small(value) => Operand { value: value.clone(), place: local },
            _ => Operand::of_path(local),
        }
    }

    /// The instance of the type that a binding is declared with.
    pub(super) fn declared_instance(&self, id: BindingId) -> Option<Path> {
        let facts = self.declared.binding_facts.get(id.0 as usize)?;
        self.instance_of(facts.type_name?, facts.scope)
    }

    /// The instance of a type, unless it is a plain one.
    pub(super) fn instance_of(&self, name: &TypeName, scope: ScopeId) -> Option<Path> {
        let path = self.type_path(name, scope)?;
        // A type in lower case is the language's own: `int`, `bool`, `dynamic`.
        let is_plain = matches!(&path.root, Root::Global(name)
            if PLAIN_TYPES.contains(&&**name) || name.starts_with(char::is_lowercase));
        (!is_plain).then(|| extended(path, Segment::Instance))
    }

    /// What a type's name stands for.
    pub(super) fn type_path(&self, name: &TypeName, scope: ScopeId) -> Option<Path> {
        let (first, rest) = name.parts.split_first()?;
        let root = match self.declared.resolve(scope, first) {
            Resolved::Import(path) => path,
            Resolved::Binding(id) => Path::root(Root::Local(id)),
            // A parameter of the type itself, or a class that a member is named like.
            _ => match self.declared.class_named.get(first).and_then(|class| self.class_binding(*class)) {
                Some(id) => Path::root(Root::Local(id)),
                None => Path::root(Root::Global(first.clone())),
            },
        };
        Some(rest.iter().fold(root, |path, part| self.joined(path, part)))
    }

    /// A path's member; of a namespace the module's own.
    pub(super) fn joined(&self, path: Path, name: &Name) -> Path {
        match &path.root {
            Root::Import { module, name: ImportName::Namespace } if path.segments.is_empty() => {
                Path::root(Root::Import { module: module.clone(), name: ImportName::Named(name.clone()) })
            }
            _ => extended(path, Segment::Member(name.clone())),
        }
    }

    fn class_binding(&self, class: crate::lowering::ClassId) -> Option<BindingId> {
        let index = self.declared.bindings.iter().position(|binding| binding.class == Some(class))?;
        Some(BindingId(index as u32))
    }

    /// The target of an assignment: no constant is followed for the name itself.
    pub(super) fn target_of_name(&mut self, name: &Name) -> Path {
        match self.declared.resolve(self.flow.scope, name) {
            Resolved::Import(path) => path,
            Resolved::Binding(id) => Path::root(Root::Local(id)),
            Resolved::Member(class) => Path::root(Root::This(Some(class))).then(Segment::Member(name.clone())),
            Resolved::Receiver(scope) => match self.receivers.get(&scope) {
                Some(receiver) => extended(receiver.operand.place.clone(), Segment::Member(name.clone())),
                None => Path::root(Root::Global(name.clone())),
            },
            Resolved::Global => Path::root(Root::Global(name.clone())),
        }
    }

    /// The identifiers of an expression as written: no calls, no `self`.
    pub(super) fn written(&self, expression: &Expression) -> Vec<Name> {
        let mut names = Vec::new();
        let mut here = expression;
        loop {
            here = match &here.form {
                Form::Name(name) => {
                    let receiver = match self.resolved(name) {
                        Resolved::Receiver(scope) => self.receivers.get(&scope),
                        _ => None,
                    };
                    names.push(name.clone());
                    names.extend(receiver.into_iter().flat_map(|receiver| receiver.written.iter().rev().cloned()));
                    break;
                }
                Form::Member(member) => {
                    names.push(member.name.clone());
                    match &member.object {
                        Some(object) => object,
                        None => break,
                    }
                }
                Form::Index(object, index) => {
                    if let Form::Text(key) = &index.form {
                        names.push(key.clone());
                    }
                    object
                }
                Form::Call(call) => &call.callee,
                Form::Scoped(scoped) if scoped.gives_receiver => match &scoped.receiver {
                    Some(receiver) => receiver,
                    None => break,
                },
                Form::Cascade(receiver, ..) => receiver,
                Form::Chain(chain) => &chain.head,
                Form::Reference(inner)
                | Form::Await(inner)
                | Form::Try(inner)
                | Form::TryOptional(inner)
                | Form::Generic(inner, _)
                | Form::Unwrap(inner) => inner,
                Form::Super => {
                    names.push("super".into());
                    break;
                }
                Form::Type(name) => {
                    names.extend(name.parts.iter().rev().cloned());
                    break;
                }
                Form::Receiver => {
                    let receiver = self.receiver();
                    names.extend(receiver.into_iter().flat_map(|receiver| receiver.written.iter().rev().cloned()));
                    break;
                }
                _ => break,
            };
        }
        names.truncate(PATH_LIMIT);
        names.reverse();
        names
    }

    /// The receiver of the innermost cascade or scope function.
    pub(super) fn receiver(&self) -> Option<&super::lowerer::Receiver> {
        let of_scope = || self.receivers.get(&self.declared.receiver_around(self.flow.scope)?);
        self.flow.receivers.last().or_else(of_scope)
    }
}

/// Whether a function can be reached through a value, so that its name must be kept.
pub(super) fn carries_function(value: &Value, depth: u32) -> bool {
    if depth > 4 {
        return true;
    }
    match value {
        Value::Closure(_) => true,
        Value::Object { properties, .. } => properties.iter().any(|it| carries_function(&it.value, depth + 1)),
        Value::Array(values) | Value::Either(values) => values.iter().any(|it| carries_function(it, depth + 1)),
        Value::Call { arguments, .. } => arguments.iter().any(|it| carries_function(it, depth + 1)),
        _ => false,
    }
}
