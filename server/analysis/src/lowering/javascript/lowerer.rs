//! The state of a file's lowering. Owns what is shared by statements, expressions and constants, and the
//! switch between building a graph and only reading a value; must not know any one form of syntax.

use rustc_hash::{FxHashMap, FxHashSet};
use tree_sitter::Node;

use super::former::Taking;
use super::scope::{Declarations, ScopeId};
use super::syntax::{DEPTH_LIMIT, span, text};
use crate::lowering::again::Again;
use crate::lowering::builder::GraphBuilder;
use crate::lowering::frames::{Frames, Unwinds};
use crate::lowering::{BindingId, BodyId, ClassId, Handling, Name, NodeId, Placement, StatementId, Step, Value};
use crate::source::{Regions, Span};

/// What is done with an expression's value, handed down to the call that makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fate {
    pub(super) handling: Handling,
    pub(super) caught: bool,
    pub(super) raced: bool,
}

impl Fate {
    pub(super) const fn of(handling: Handling) -> Self {
        Self { handling, caught: false, raced: false }
    }

    pub(super) const USED: Self = Self::of(Handling::Used);
}

/// How far a binding's constant is known.
#[derive(Clone, Debug)]
pub(super) enum Constant {
    Unread,
    /// It is being read: a cycle has no value.
    Reading,
    Read(Value),
}

/// The body that is being lowered.
#[derive(Debug)]
pub(super) struct Flow<'t> {
    pub(super) graph: GraphBuilder,
    pub(super) scope: ScopeId,
    pub(super) body: BodyId,
    pub(super) this_class: Option<ClassId>,
    pub(super) frames: Frames,
    /// Labels that stand directly before the next statement.
    pub(super) labels: Vec<&'t str>,
    /// Statements by their node, so that copies of a `finally` share them.
    pub(super) statements: FxHashMap<usize, StatementId>,
    pub(super) returned: FxHashSet<usize>,
}

impl Flow<'_> {
    pub(super) fn new(graph: GraphBuilder, scope: ScopeId, body: BodyId, this_class: Option<ClassId>) -> Self {
        Self {
            graph,
            scope,
            body,
            this_class,
            frames: Frames::default(),
            labels: Vec::new(),
            statements: FxHashMap::default(),
            returned: FxHashSet::default(),
        }
    }
}

/// A file's lowering.
pub(super) struct Lowerer<'t> {
    pub(super) source: &'t str,
    pub(super) regions: &'t Regions,
    pub(super) declared: Declarations<'t>,
    /// By [`BindingId`].
    pub(super) constants: Vec<Constant>,
    /// Class members' values, by class and member.
    pub(super) members: FxHashMap<(ClassId, usize), Constant>,
    /// Values that patterns take apart, by their node.
    pub(super) taken_apart: FxHashMap<usize, Value>,
    /// The texts on what a named function is the handler of, by its body.
    pub(super) handler_labels: FxHashMap<BodyId, Vec<Name>>,
    /// In which body of which other one that is told.
    pub(super) told: Vec<(BodyId, BodyId)>,
    /// Classes whose members do nothing where the class is defined.
    pub(super) silent: FxHashSet<ClassId>,
    /// What is taken over from a former lowering.
    pub(super) again: Option<Again<'t>>,
    pub(super) taking: Option<&'t Taking<'t>>,
    pub(super) flow: Flow<'t>,
    depth: u32,
    /// The types that are being read, by their nodes.
    types: FxHashSet<usize>,
}

impl Unwinds for Lowerer<'_> {
    fn unwinding(&mut self) -> (&mut GraphBuilder, &mut Frames) {
        (&mut self.flow.graph, &mut self.flow.frames)
    }
}

impl<'t> Lowerer<'t> {
    pub(super) fn new(source: &'t str, declared: Declarations<'t>, regions: &'t Regions) -> Self {
        let constants = vec![Constant::Unread; declared.bindings.len()];
        Self {
            source,
            regions,
            declared,
            constants,
            members: FxHashMap::default(),
            taken_apart: FxHashMap::default(),
            handler_labels: FxHashMap::default(),
            told: Vec::new(),
            silent: FxHashSet::default(),
            again: None,
            taking: None,
            flow: Flow::new(GraphBuilder::muted(), ScopeId(0), BodyId(0), None),
            depth: 0,
            types: FxHashSet::default(),
        }
    }

    pub(super) fn text(&self, node: Node) -> &'t str {
        text(self.source, node)
    }

    /// Whether only values are read, and no steps.
    pub(super) fn is_muted(&self) -> bool {
        self.flow.graph.is_muted()
    }

    pub(super) fn emit(&mut self, step: Step, node: Node) -> NodeId {
        self.flow.graph.emit(step, span(node))
    }

    /// Goes one level down the tree, unless that is too deep: then what stands there counts as unreadable.
    pub(super) fn descend<R: Default>(&mut self, node: Node<'t>, go: impl FnOnce(&mut Self) -> R) -> R {
        if self.depth >= DEPTH_LIMIT {
            self.emit(Step::Broken, node);
            return R::default();
        }
        self.depth += 1;
        let result = go(self);
        self.depth -= 1;
        result
    }

    /// Reads something in another scope without adding steps to the graph.
    pub(super) fn muted<R>(
        &mut self,
        scope: ScopeId,
        body: BodyId,
        this_class: Option<ClassId>,
        read: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let quiet = Flow::new(GraphBuilder::muted(), scope, body, this_class);
        let flow = std::mem::replace(&mut self.flow, quiet);
        let result = read(self);
        self.flow = flow;
        result
    }

    /// Reads a type, which may lead to other types. `None` for one that leads to itself: while it is typed, a type may
    /// name what it is the type of.
    pub(super) fn read_type<R>(&mut self, node: Node<'t>, read: impl FnOnce(&mut Self) -> Option<R>) -> Option<R> {
        if !self.may_descend() || !self.types.insert(node.id()) {
            return None;
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        self.types.remove(&node.id());
        result
    }

    /// Whether reading further down is still allowed.
    pub(super) fn may_descend(&self) -> bool {
        self.depth < DEPTH_LIMIT
    }

    /// Lowers something in the scope that a node opens, where it opens one.
    pub(super) fn scoped<R>(&mut self, node: Node<'t>, go: impl FnOnce(&mut Self) -> R) -> R {
        let outer = self.flow.scope;
        if let Some(scope) = self.declared.scope_of.get(&node.id()) {
            self.flow.scope = *scope;
        }
        let result = go(self);
        self.flow.scope = outer;
        result
    }

    /// Lowers something as part of a statement.
    pub(super) fn in_statement<R>(
        &mut self,
        node: Node<'t>,
        bytes: Span,
        placement: Placement,
        go: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let id = match self.flow.statements.get(&node.id()) {
            Some(id) => *id,
            None => self.flow.graph.add_statement(bytes, placement),
        };
        self.flow.statements.insert(node.id(), id);
        let outer = self.flow.graph.statement.replace(id);
        let result = go(self);
        self.flow.graph.statement = outer;
        result
    }

    /// What a binding is bound to, where that is known.
    pub(super) fn read_constant(&self, id: BindingId) -> Option<&Value> {
        match self.constants.get(id.0 as usize) {
            Some(Constant::Read(value)) => Some(value),
            _ => None,
        }
    }
}
