//! The state of an outline's lowering. Owns what statements, expressions and constants share, and the
//! switch between building a graph and only reading a value; must not know any one form.

use rustc_hash::FxHashMap;

use super::scope::{Declarations, Part, ScopeId};
use super::{Block, Outline, Statement};
use crate::lowering::again::Again;
use crate::lowering::builder::{Frontier, GraphBuilder};
use crate::lowering::frames::{Frames, Unwinds};
use crate::lowering::operand::Operand;
use crate::lowering::{BodyId, ClassId, Handling, Name, NodeId, Placement, StatementId, Step, Value};
use crate::source::Span;

/// How far a constant is known.
#[derive(Clone, Debug)]
pub(super) enum Constant {
    Unread,
    /// It is being read: a cycle has no value.
    Reading,
    Read(Value),
}

/// The receiver of a cascade or a scope function.
#[derive(Clone, Debug)]
pub(super) struct Receiver {
    pub(super) operand: Operand,
    pub(super) written: Vec<Name>,
}

/// The body that is being lowered.
#[derive(Debug)]
pub(super) struct Flow {
    pub(super) graph: GraphBuilder,
    pub(super) scope: ScopeId,
    pub(super) body: BodyId,
    pub(super) this_class: Option<ClassId>,
    pub(super) frames: Frames,
    /// Labels that stand directly before the next statement.
    pub(super) labels: Vec<String>,
    /// Statements by their part, so that copies of a `finally` share them.
    pub(super) statements: FxHashMap<Part, StatementId>,
    /// Whether what is lowered can throw.
    pub(super) throws: bool,
    /// The receivers of the cascades around, the innermost last.
    pub(super) receivers: Vec<Receiver>,
    /// What the body returns, by each `return`.
    pub(super) returned: FxHashMap<Part, Value>,
    pub(super) returns: Vec<Value>,
    /// Where control stands that a `fallthrough` sends into the next case.
    pub(super) falls: Frontier,
}

impl Flow {
    pub(super) fn new(graph: GraphBuilder, scope: ScopeId, body: BodyId, this_class: Option<ClassId>) -> Self {
        Self {
            graph,
            scope,
            body,
            this_class,
            frames: Frames::default(),
            labels: Vec::new(),
            statements: FxHashMap::default(),
            throws: false,
            receivers: Vec::new(),
            returned: FxHashMap::default(),
            returns: Vec::new(),
            falls: Frontier::new(),
        }
    }
}

/// An outline's lowering.
pub(super) struct Lowerer<'o> {
    pub(super) source: &'o str,
    pub(super) outline: &'o Outline,
    pub(super) declared: Declarations<'o>,
    /// By binding.
    pub(super) constants: Vec<Constant>,
    /// By class and member.
    pub(super) members: FxHashMap<(ClassId, usize), Constant>,
    /// The implicit receivers of scope functions, by their scope.
    pub(super) receivers: FxHashMap<ScopeId, Receiver>,
    /// The texts on what a named function is the handler of, by its body.
    pub(super) handler_labels: FxHashMap<BodyId, Vec<Name>>,
    pub(super) flow: Flow,
    /// The bodies whose code gives a body a text, and that one.
    pub(super) told: Vec<(BodyId, BodyId)>,
    /// What was taken over from a former lowering.
    pub(super) again: Option<Again<'o>>,
    /// How many constants are being read inside one another.
    pub(super) depth: u32,
}

impl Unwinds for Lowerer<'_> {
    fn unwinding(&mut self) -> (&mut GraphBuilder, &mut Frames) {
        (&mut self.flow.graph, &mut self.flow.frames)
    }
}

impl<'o> Lowerer<'o> {
    pub(super) fn new(source: &'o str, outline: &'o Outline, declared: Declarations<'o>) -> Self {
        Self {
            source,
            outline,
            constants: vec![Constant::Unread; declared.bindings.len()],
            declared,
            members: FxHashMap::default(),
            receivers: FxHashMap::default(),
            handler_labels: FxHashMap::default(),
            told: Vec::new(),
            again: None,
            flow: Flow::new(GraphBuilder::muted(), ScopeId(0), BodyId(0), None),
            depth: 0,
        }
    }

    /// Whether only values are read, and no steps.
    pub(super) fn is_muted(&self) -> bool {
        self.flow.graph.is_muted()
    }

    /// Adds a step, which throws to the handler around it if it can throw at all.
    pub(super) fn emit(&mut self, step: Step, span: Span) -> NodeId {
        if self.flow.throws {
            return self.flow.graph.emit(step, span);
        }
        let handler = self.flow.graph.handler.take();
        let node = self.flow.graph.emit(step, span);
        self.flow.graph.handler = handler;
        node
    }

    /// Adds a `throw`, behind which nothing is reached.
    pub(super) fn emit_throw(&mut self, span: Span) {
        self.flow.graph.emit(Step::Throw, span);
        self.flow.graph.take();
    }

    /// Reads something in another scope without adding steps to the graph.
    pub(super) fn muted<R>(
        &mut self,
        scope: ScopeId,
        this_class: Option<ClassId>,
        read: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let quiet = Flow::new(GraphBuilder::muted(), scope, self.flow.body, this_class);
        let flow = std::mem::replace(&mut self.flow, quiet);
        let result = read(self);
        self.flow = flow;
        result
    }

    /// Lowers something in the scope that a part of the outline opens, where it opens one.
    pub(super) fn scoped<R>(&mut self, part: Part, go: impl FnOnce(&mut Self) -> R) -> R {
        let outer = self.flow.scope;
        if let Some(scope) = self.declared.scope_of.get(&part) {
            self.flow.scope = *scope;
        }
        let result = go(self);
        self.flow.scope = outer;
        result
    }

    /// Lowers something as part of a statement.
    pub(super) fn in_statement<R>(
        &mut self,
        part: Part,
        bytes: Span,
        placement: Placement,
        go: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let id = match self.flow.statements.get(&part) {
            Some(id) => *id,
            None => self.flow.graph.add_statement(bytes, placement),
        };
        self.flow.statements.insert(part, id);
        let outer = self.flow.graph.statement.replace(id);
        let result = go(self);
        self.flow.graph.statement = outer;
        result
    }

    /// The text of bytes without white space: two conditions of one text ask the same.
    pub(super) fn stripped(&self, span: Span) -> String {
        span.text(self.source).chars().filter(|character| !character.is_whitespace()).collect()
    }

    /// Lowers a block's statements in its scope. The answer is the value of the last one.
    pub(super) fn block(&mut self, block: &'o Block, handling: Handling) -> Value {
        let placement = if block.braceless { Placement::Braceless } else { Placement::Block };
        self.scoped(super::scope::part_of(block), |lowerer| lowerer.statements(&block.statements, placement, handling))
    }

    /// Lowers statements in their order. `handling` is what is done with the last one's value.
    pub(super) fn statements(
        &mut self,
        statements: &'o [Statement],
        placement: Placement,
        handling: Handling,
    ) -> Value {
        let mut value = Value::Unknown;
        for (index, statement) in statements.iter().enumerate() {
            if let super::Form::Defer(deferred) = &statement.does.form {
                let rest = statements.get(index + 1..).unwrap_or_default();
                let mut last = Value::Unknown;
                self.with_finally(
                    statement.span,
                    |lowerer| last = lowerer.statements(rest, placement, handling),
                    |lowerer| {
                        lowerer.block(deferred, Handling::Discarded);
                    },
                );
                return last;
            }
            let is_last = index + 1 == statements.len();
            let handling = if is_last { handling } else { Handling::Discarded };
            if let super::Form::Part(inner) = &statement.does.form {
                value = self.expression(inner, handling).value;
                continue;
            }
            let part = super::scope::part_of(statement);
            value = self.in_statement(part, statement.span, placement, |lowerer| {
                lowerer.expression(&statement.does, handling).value
            });
        }
        value
    }
}
