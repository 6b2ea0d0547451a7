//! Scopes and what they declare. Owns the tables that the first walk over a tree fills; must not know
//! graphs or values.

use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};
use tree_sitter::Node;

use super::former::Outermost;
use crate::lowering::{Binding, BindingId, Body, BodyId, Class, ClassId, Comment, Import, LoweredFile, Name, Path};
use crate::source::Span;

/// A scope's place in [`Declarations::scopes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ScopeId(pub(super) u32);

/// A lexical scope.
#[derive(Debug, Default)]
pub(super) struct Scope<'t> {
    pub(super) parent: Option<ScopeId>,
    /// The bytes of the node that opens it.
    pub(super) span: Span,
    pub(super) values: FxHashMap<&'t str, Symbol>,
    pub(super) types: FxHashMap<&'t str, Symbol>,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    /// What an import binds.
    Import(Path),
    /// A declaration of the file.
    Binding(BindingId),
    /// A `declare`d name: it is somewhere else.
    Ambient,
}

/// Where a binding's value comes from.
#[derive(Clone, Debug)]
pub(super) enum Origin<'t> {
    /// Nobody knows: a parameter, a loop's variable.
    Unknown,
    /// Declared without a value.
    Undefined,
    /// An initialiser, and what a pattern takes out of it.
    Initialiser { node: Node<'t>, projection: Vec<Projection<'t>> },
    /// A function declaration.
    Function(BodyId),
    /// A class declaration.
    Class,
    /// An enumeration.
    Enumeration(Node<'t>),
    /// A namespace, and what it exports.
    Namespace(ScopeId, Vec<&'t str>),
}

impl Origin<'_> {
    /// Whether types may be named through it.
    pub(super) fn holds_types(&self) -> bool {
        matches!(self, Self::Namespace(..) | Self::Class | Self::Enumeration(_))
    }
}

/// One step of a pattern into its value.
#[derive(Clone, Debug)]
pub(super) enum Projection<'t> {
    /// `{ name }`.
    Member(Name),
    /// `[ , it ]`.
    Element(usize),
    /// `it = default`.
    Default(Node<'t>),
    /// A rest, or a computed key.
    Unknown,
}

/// What is known of a binding beside [`Binding`].
#[derive(Debug)]
pub(super) struct BindingFacts<'t> {
    pub(super) origin: Origin<'t>,
    pub(super) scope: ScopeId,
    pub(super) reassigned: bool,
    pub(super) member_written: bool,
    pub(super) type_node: Option<Node<'t>>,
}

/// What is known of a body beside [`Body`].
#[derive(Debug)]
pub(super) struct BodyFacts<'t> {
    /// The function, field, static block or file.
    pub(super) node: Node<'t>,
    pub(super) scope: ScopeId,
    /// The class that `this` is an instance of.
    pub(super) this_class: Option<ClassId>,
}

/// A class's member while it is read.
#[derive(Debug)]
pub(super) struct MemberFacts<'t> {
    pub(super) name: Name,
    pub(super) is_static: bool,
    pub(super) is_private: bool,
    /// Whether it is `readonly`.
    pub(super) is_readonly: bool,
    /// Its value's expression; a method itself.
    pub(super) value: Option<Node<'t>>,
    pub(super) type_node: Option<Node<'t>>,
    /// The function in which its value's names are read, where that is not the class.
    pub(super) within: Option<Node<'t>>,
}

/// What is known of a class beside [`Class`].
#[derive(Debug)]
pub(super) struct ClassFacts<'t> {
    pub(super) node: Node<'t>,
    /// The scope in which its members' values are read.
    pub(super) scope: ScopeId,
    pub(super) body: BodyId,
    pub(super) members: Vec<MemberFacts<'t>>,
    pub(super) by_name: FxHashMap<Name, usize>,
    /// Whether what is in it was taken over from a former lowering: its members have no nodes.
    pub(super) is_taken: bool,
}

/// Everything that one walk over the tree finds out.
#[derive(Debug, Default)]
pub(super) struct Declarations<'t> {
    pub(super) scopes: Vec<Scope<'t>>,
    pub(super) bindings: Vec<Binding>,
    pub(super) binding_facts: Vec<BindingFacts<'t>>,
    pub(super) bodies: Vec<Body>,
    pub(super) body_facts: Vec<BodyFacts<'t>>,
    pub(super) classes: Vec<Class>,
    pub(super) class_facts: Vec<ClassFacts<'t>>,
    pub(super) imports: Vec<Import>,
    pub(super) comments: Vec<Comment>,
    pub(super) broken: Vec<Span>,
    /// Export statements, and assignments to `exports` and `module.exports`, with the scope they stand in.
    pub(super) exports: Vec<(Node<'t>, ScopeId)>,
    /// Scopes, bodies and classes by the identity of the node that opens them.
    pub(super) scope_of: FxHashMap<usize, ScopeId>,
    pub(super) body_of: FxHashMap<usize, BodyId>,
    pub(super) class_of: FxHashMap<usize, ClassId>,
    /// Names of members that are assigned to somewhere in the file.
    pub(super) written_members: FxHashSet<&'t str>,
    /// Where these names stand.
    pub(super) member_writes: Vec<Span>,
    /// Where a name is assigned to, or a member of it (the flag), and what it stands for.
    pub(super) writes: Vec<(Span, bool, BindingId)>,
    /// The functions of the outermost level, in order.
    pub(super) outermost: Vec<Outermost>,
    /// The bodies of the classes of the outermost level, in order.
    pub(super) class_bodies: Vec<Outermost>,
    /// The handlers of the markup, by the body that was made of each: places in the regions' list.
    pub(super) handler_of: FxHashMap<BodyId, usize>,
    /// The component whose members the markup's names may be.
    pub(super) component: Option<ClassId>,
    /// Components that are written as objects.
    pub(super) components: FxHashSet<ClassId>,
    /// What a function in a component's `watch` waits for, by the function's node.
    pub(super) watched: FxHashMap<usize, Name>,
    /// Modules that the file gets by `require`.
    pub(super) required: FxHashSet<Name>,
    /// Closures that stand in a call's arguments, by the call's node: body, position, key.
    pub(super) argument_bodies: FxHashMap<usize, Vec<(BodyId, u32, Option<Name>)>>,
}

impl<'t> Declarations<'t> {
    /// Nothing, with room for as much as a former lowering of the file has.
    pub(super) fn with_room_of(former: &LoweredFile) -> Self {
        let (bodies, bindings, classes) = (former.bodies.len(), former.bindings.len(), former.classes.len());
        // What is typed may add to it.
        let more = |count: usize| count + count / 8 + 8;
        Self {
            bindings: Vec::with_capacity(more(bindings)),
            binding_facts: Vec::with_capacity(more(bindings)),
            bodies: Vec::with_capacity(more(bodies)),
            body_facts: Vec::with_capacity(more(bodies)),
            classes: Vec::with_capacity(more(classes)),
            class_facts: Vec::with_capacity(more(classes)),
            ..Self::default()
        }
    }

    /// Opens the scope of a node inside another.
    pub(super) fn add_scope(&mut self, parent: Option<ScopeId>, span: Span) -> ScopeId {
        let id = ScopeId(self.scopes.len() as u32);
        self.scopes.push(Scope { parent, span, ..Scope::default() });
        id
    }

    /// Adds a binding without making its name known.
    pub(super) fn push_binding(&mut self, binding: Binding, facts: BindingFacts<'t>) -> BindingId {
        let id = BindingId(self.bindings.len() as u32);
        self.bindings.push(binding);
        self.binding_facts.push(facts);
        id
    }

    /// Adds a binding and makes its name known in its scope.
    pub(super) fn add_binding(&mut self, name: &'t str, binding: Binding, facts: BindingFacts<'t>) -> BindingId {
        let scope = facts.scope;
        let id = self.push_binding(binding, facts);
        let Some(scope) = self.scopes.get_mut(scope.0 as usize) else { return id };
        match scope.values.entry(name) {
            Entry::Vacant(entry) => {
                entry.insert(Symbol::Binding(id));
            }
            // A second `var` of one name is another write to the first, and it must stay unknown.
            Entry::Occupied(mut entry) => {
                let former = match entry.get() {
                    Symbol::Binding(former) => Some(*former),
                    _ => None,
                };
                entry.insert(Symbol::Binding(id));
                if let Some(facts) = former.and_then(|former| self.binding_facts.get_mut(former.0 as usize)) {
                    facts.reassigned = true;
                    if let Some(facts) = self.binding_facts.last_mut() {
                        facts.reassigned = true;
                    }
                }
            }
        }
        id
    }

    /// Makes a type's name known.
    pub(super) fn add_type(&mut self, scope: ScopeId, name: &'t str, symbol: Symbol) {
        if let Some(scope) = self.scopes.get_mut(scope.0 as usize) {
            scope.types.insert(name, symbol);
        }
    }

    /// Makes a value's name known.
    pub(super) fn add_value(&mut self, scope: ScopeId, name: &'t str, symbol: Symbol) {
        if let Some(scope) = self.scopes.get_mut(scope.0 as usize) {
            scope.values.insert(name, symbol);
        }
    }

    /// What a value's name stands for, seen from a scope; `None` for a global.
    pub(super) fn resolve(&self, from: ScopeId, name: &str) -> Option<&Symbol> {
        self.search(from, |scope| scope.values.get(name))
    }

    /// What the name of a namespace stands for in a type, seen from a scope: no value is one.
    pub(super) fn resolve_namespace(&self, from: ScopeId, name: &str) -> Option<&Symbol> {
        let is_namespace = |symbol: &Symbol| match symbol {
            Symbol::Binding(id) => {
                self.binding_facts.get(id.0 as usize).is_some_and(|facts| facts.origin.holds_types())
            }
            Symbol::Import(_) | Symbol::Ambient => true,
        };
        self.search(from, |scope| scope.values.get(name).filter(|symbol| is_namespace(symbol)))
    }

    /// What a type's name stands for, seen from a scope.
    pub(super) fn resolve_type(&self, from: ScopeId, name: &str) -> Option<&Symbol> {
        self.search(from, |scope| scope.types.get(name))
    }

    fn search<'s>(&'s self, from: ScopeId, find: impl Fn(&'s Scope<'t>) -> Option<&'s Symbol>) -> Option<&'s Symbol> {
        let mut scope = self.scopes.get(from.0 as usize);
        while let Some(here) = scope {
            if let Some(symbol) = find(here) {
                return Some(symbol);
            }
            scope = here.parent.and_then(|parent| self.scopes.get(parent.0 as usize));
        }
        None
    }

    /// Lets every scope's parent be the nearest one that declares something, so that deep nests of
    /// empty blocks cost nothing.
    pub(super) fn skip_empty_scopes(&mut self) {
        for index in 0..self.scopes.len() {
            let Some(parent) = self.scopes[index].parent else { continue };
            let above = &self.scopes[parent.0 as usize];
            if above.values.is_empty() && above.types.is_empty() && above.parent.is_some() {
                self.scopes[index].parent = above.parent;
            }
        }
    }
}
