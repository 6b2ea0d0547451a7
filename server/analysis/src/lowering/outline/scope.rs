//! Scopes and what they declare. Owns the tables that the first walk over an outline fills; must not know
//! graphs or values.

use rustc_hash::{FxHashMap, FxHashSet};

use super::former::Piece;
use super::{Block, ClassForm, ClassKind, Expression, Function, Statement, TypeName};
use crate::lowering::{Binding, BindingId, Body, BodyId, Class, ClassId, Name, Path};

/// How many classes of the file a class's members are looked for in.
const PARENTS: usize = 16;
/// How many classes may be around what counts as outermost: bounds of depth never cut it off.
const NEAR: usize = 16;

/// A scope's place in [`Declarations::scopes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ScopeId(pub(super) u32);

/// A lexical scope.
#[derive(Debug, Default)]
pub(super) struct Scope {
    pub(super) parent: Option<ScopeId>,
    pub(super) values: FxHashMap<Name, Symbol>,
    /// The class whose members can be named here without a receiver.
    pub(super) class: Option<ClassId>,
    /// Whether the receiver of a scope function can be left out here.
    pub(super) receiver: bool,
    /// Whether it is a function's: what is outside of it runs at another time.
    pub(super) function: bool,
}

/// What a name stands for.
#[derive(Clone, Debug)]
pub(super) enum Symbol {
    /// What an import binds.
    Import(Path),
    /// A declaration of the file.
    Binding(BindingId),
}

/// What a name stands for where it is used.
#[derive(Clone, Debug)]
pub(super) enum Resolved {
    Import(Path),
    Binding(BindingId),
    /// A member of a class around it.
    Member(ClassId),
    /// Perhaps a member of the scope function's receiver.
    Receiver(ScopeId),
    Global,
}

/// Where a binding's value comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin<'o> {
    Unknown,
    Value(&'o Expression),
    Function(BodyId),
}

/// What is known of a binding beside [`Binding`].
#[derive(Debug)]
pub(super) struct BindingFacts<'o> {
    pub(super) origin: Origin<'o>,
    /// The scope in which its value and its type are read.
    pub(super) scope: ScopeId,
    pub(super) this_class: Option<ClassId>,
    pub(super) reassigned: bool,
    pub(super) type_name: Option<&'o TypeName>,
}

/// What a body is lowered from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source<'o> {
    TopLevel(&'o [Statement]),
    Function(&'o Function),
    /// The fields and initialisers of a class without a constructor of its own.
    Construction,
    /// Its graph is there already.
    Done,
}

/// What is known of a body beside [`Body`].
#[derive(Debug)]
pub(super) struct BodyFacts<'o> {
    pub(super) source: Source<'o>,
    pub(super) scope: ScopeId,
    pub(super) this_class: Option<ClassId>,
    /// The class that it makes an instance of.
    pub(super) constructs: Option<ClassId>,
}

/// A class's member while it is read.
#[derive(Debug)]
pub(super) struct MemberFacts<'o> {
    pub(super) name: Name,
    pub(super) body: Option<BodyId>,
    pub(super) value: Option<&'o Expression>,
    pub(super) type_name: Option<&'o TypeName>,
    /// The scope in which its value and its type are read.
    pub(super) scope: ScopeId,
    /// Setters and observers, which run behind an assignment.
    pub(super) observers: Vec<BodyId>,
    pub(super) is_static: bool,
    pub(super) is_private: bool,
}

/// What is known of a class beside [`Class`].
#[derive(Debug)]
pub(super) struct ClassFacts<'o> {
    pub(super) kind: ClassKind,
    /// The declaration, its companion, its extensions, each with its scope.
    pub(super) forms: Vec<(&'o ClassForm, ScopeId)>,
    pub(super) members: Vec<MemberFacts<'o>>,
    pub(super) by_name: FxHashMap<Name, usize>,
}

/// Everything that one walk over the outline finds out.
#[derive(Debug, Default)]
pub(super) struct Declarations<'o> {
    pub(super) scopes: Vec<Scope>,
    pub(super) bindings: Vec<Binding>,
    pub(super) binding_facts: Vec<BindingFacts<'o>>,
    pub(super) bodies: Vec<Body>,
    pub(super) body_facts: Vec<BodyFacts<'o>>,
    pub(super) classes: Vec<Class>,
    pub(super) class_facts: Vec<ClassFacts<'o>>,
    pub(super) class_named: FxHashMap<Name, ClassId>,
    pub(super) scope_of: FxHashMap<Part, ScopeId>,
    pub(super) body_of: FxHashMap<Part, BodyId>,
    pub(super) class_of: FxHashMap<Part, ClassId>,
    /// Names of members that are assigned to somewhere in the file.
    pub(super) written_members: FxHashSet<Name>,
    /// Closures that stand in a call's arguments, by the call: body, position, key.
    pub(super) argument_bodies: FxHashMap<Part, Vec<(BodyId, u32, Option<Name>)>>,
    /// The functions that see no names but those of the file and of their classes, in the order of what is in them.
    pub(super) pieces: Vec<Piece>,
}

/// A part of the outline by its address and its size, which tell it from all others while the outline is
/// there: a part may start where the one around it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Part(usize, usize);

/// Which part of the outline this is.
pub(super) fn part_of<T>(part: &T) -> Part {
    Part(std::ptr::from_ref(part) as usize, size_of::<T>())
}

impl<'o> Declarations<'o> {
    /// Opens a scope inside another.
    pub(super) fn add_scope(&mut self, parent: Option<ScopeId>) -> ScopeId {
        let id = ScopeId(self.scopes.len() as u32);
        self.scopes.push(Scope { parent, ..Scope::default() });
        id
    }

    /// Opens a scope for a part of the outline.
    pub(super) fn scope_for(&mut self, part: Part, parent: ScopeId) -> ScopeId {
        let id = self.add_scope(Some(parent));
        self.scope_of.insert(part, id);
        id
    }

    /// Opens the scope of a block.
    pub(super) fn block_scope(&mut self, block: &Block, parent: ScopeId) -> ScopeId {
        self.scope_for(part_of(block), parent)
    }

    pub(super) fn scope_mut(&mut self, id: ScopeId) -> Option<&mut Scope> {
        self.scopes.get_mut(id.0 as usize)
    }

    /// Adds a binding and makes its name known in a scope.
    pub(super) fn add_binding(&mut self, scope: ScopeId, binding: Binding, facts: BindingFacts<'o>) -> BindingId {
        let id = BindingId(self.bindings.len() as u32);
        let name = binding.name.clone();
        self.bindings.push(binding);
        self.binding_facts.push(facts);
        let former = self.scope_mut(scope).and_then(|scope| scope.values.insert(name, Symbol::Binding(id)));
        // Two declarations of one name in one scope are overloads, or an error: neither is a constant.
        if let Some(Symbol::Binding(former)) = former {
            for id in [former, id] {
                if let Some(facts) = self.binding_facts.get_mut(id.0 as usize)
                    && matches!(facts.origin, Origin::Value(_))
                {
                    facts.reassigned = true;
                }
            }
        }
        id
    }

    /// What a name stands for, seen from a scope.
    pub(super) fn resolve(&self, from: ScopeId, name: &str) -> Resolved {
        let mut receiver = None;
        let mut is_outside = false;
        let mut here = Some(from);
        while let Some(id) = here {
            let Some(scope) = self.scopes.get(id.0 as usize) else { break };
            match scope.values.get(name) {
                Some(Symbol::Binding(id)) => return Resolved::Binding(*id),
                Some(Symbol::Import(path)) => return Resolved::Import(path.clone()),
                None => {}
            }
            if let Some(owner) = scope.class.and_then(|class| self.owner_of(class, name)) {
                return Resolved::Member(owner);
            }
            if scope.receiver && !is_outside && receiver.is_none() {
                receiver = Some(id);
            }
            is_outside |= scope.function;
            here = scope.parent;
        }
        let may_be_member = name.starts_with(|first: char| first.is_lowercase());
        receiver.filter(|_| may_be_member).map_or(Resolved::Global, Resolved::Receiver)
    }

    /// Whether what stands in a scope sees no names but those of the file and of the classes around it.
    pub(super) fn is_outermost(&self, scope: ScopeId) -> bool {
        let mut here = scope;
        for _ in 0..NEAR {
            let Some(scope) = self.scopes.get(here.0 as usize) else { return false };
            match scope.parent {
                None => return true,
                Some(_) if scope.class.is_none() || scope.function || scope.receiver => return false,
                Some(parent) => here = parent,
            }
        }
        false
    }

    /// The class that a member of this name comes from: the class itself, or one that it inherits from in
    /// this file.
    fn owner_of(&self, class: ClassId, name: &str) -> Option<ClassId> {
        let mut seen = vec![class];
        let mut next = 0;
        while let Some(class) = seen.get(next).copied() {
            next += 1;
            let facts = self.class_facts.get(class.0 as usize)?;
            if facts.by_name.contains_key(name) {
                return Some(class);
            }
            let parents = facts.forms.iter().flat_map(|(form, _)| &form.parents);
            let declared = parents.filter_map(|parent| self.class_named.get(parent.parts.last()?)).copied();
            for parent in declared.take(PARENTS) {
                if seen.len() < PARENTS && !seen.contains(&parent) {
                    seen.push(parent);
                }
            }
        }
        None
    }

    /// The scope function's receiver that `this` is at a scope.
    pub(super) fn receiver_around(&self, from: ScopeId) -> Option<ScopeId> {
        let mut here = Some(from);
        while let Some(id) = here {
            let scope = self.scopes.get(id.0 as usize)?;
            if scope.receiver {
                return Some(id);
            }
            if scope.function || scope.class.is_some() {
                return None;
            }
            here = scope.parent;
        }
        None
    }
}
