//! Builds a control-flow graph node by node. Owns how steps are linked, where exceptions go and what each
//! node is stamped with; must not know any grammar.

use super::{Body, Node, NodeId, Placement, Statement, StatementId, Step, Successors, Timing};
use crate::source::Span;

/// The nodes from which control goes on to whatever comes next. Empty where nothing is reached.
pub(super) type Frontier = Successors;

/// How many nodes behind one are looked at to find that nothing happens there.
const LOOK_AHEAD: usize = 32;

/// A graph while it is built. Each node that is added is linked behind the frontier and becomes it.
#[derive(Debug)]
pub(super) struct GraphBuilder {
    nodes: Vec<Node>,
    statements: Vec<Statement>,
    frontier: Frontier,
    /// Nodes that run something when the body has run to its end or waits.
    put_off: Vec<NodeId>,
    muted: bool,
    /// Where control goes when a node added from now on throws.
    pub(super) handler: Option<NodeId>,
    /// Whether nodes added from now on stand in a `catch` clause.
    pub(super) in_catch: bool,
    /// The loop around the nodes added from now on.
    pub(super) in_loop: Option<Span>,
    /// The statement around the nodes added from now on.
    pub(super) statement: Option<StatementId>,
}

impl GraphBuilder {
    /// A graph of an entry and an exit, with control at the entry. `span` is the body's bytes.
    pub(super) fn new(span: Span) -> Self {
        let mut builder = Self::empty();
        builder.detached(Step::Nothing, Span::at(span.start));
        builder.detached(Step::Nothing, Span::at(span.end));
        builder.frontier.push(Body::ENTRY);
        builder
    }

    /// A graph that takes no nodes: for reading an expression's value without its steps.
    pub(super) fn muted() -> Self {
        Self { muted: true, ..Self::empty() }
    }

    fn empty() -> Self {
        Self {
            nodes: Vec::new(),
            statements: Vec::new(),
            frontier: Frontier::new(),
            put_off: Vec::new(),
            muted: false,
            handler: None,
            in_catch: false,
            in_loop: None,
            statement: None,
        }
    }

    /// Whether the graph takes no nodes.
    pub(super) fn is_muted(&self) -> bool {
        self.muted
    }

    /// How many nodes and statements there are.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.nodes.len(), self.statements.len())
    }

    /// Adds a step behind the frontier.
    pub(super) fn emit(&mut self, step: Step, span: Span) -> NodeId {
        if self.muted {
            return Body::ENTRY;
        }
        let node = self.detached(step, span);
        self.link_to(node);
        self.frontier.push(node);
        node
    }

    /// Adds a node that nothing leads to yet: a handler's entry.
    pub(super) fn detached(&mut self, step: Step, span: Span) -> NodeId {
        if self.muted {
            return Body::ENTRY;
        }
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node {
            step,
            span,
            statement: self.statement,
            next: Successors::new(),
            handler: self.handler,
            in_catch: self.in_catch,
            in_loop: self.in_loop,
        });
        id
    }

    /// Sends control from the frontier to a node that is there already, so that nothing comes next.
    pub(super) fn link_to(&mut self, target: NodeId) {
        for from in std::mem::take(&mut self.frontier) {
            if let Some(node) = self.nodes.get_mut(from.0 as usize)
                && !node.next.contains(&target)
            {
                node.next.push(target);
            }
        }
    }

    /// Takes the frontier away: whatever is added next is reached by nothing, until [`Self::resume`].
    pub(super) fn take(&mut self) -> Frontier {
        std::mem::take(&mut self.frontier)
    }

    /// A copy of the frontier.
    pub(super) fn frontier(&self) -> Frontier {
        self.frontier.clone()
    }

    /// Lets control go on from these nodes alone.
    pub(super) fn resume(&mut self, frontier: Frontier) {
        self.frontier = frontier;
    }

    /// Lets control go on from these nodes too.
    pub(super) fn join(&mut self, frontier: Frontier) {
        self.frontier.extend(frontier);
    }

    /// Adds a statement to the list.
    pub(super) fn add_statement(&mut self, span: Span, placement: Placement) -> StatementId {
        let id = StatementId(self.statements.len() as u32);
        if !self.muted {
            self.statements.push(Statement { span, placement });
        }
        id
    }

    /// A node, to change it.
    pub(super) fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id.0 as usize)
    }

    /// The statement around the nodes added from now on.
    pub(super) fn current_statement(&self) -> Option<Statement> {
        self.statements.get(self.statement?.0 as usize).copied()
    }

    /// Whether nothing but the exit comes behind a node. To be asked when the graph is complete.
    fn is_last(&self, id: NodeId) -> bool {
        let mut pending = vec![id];
        let mut seen = Vec::new();
        while let Some(id) = pending.pop() {
            if id == Body::EXIT || seen.contains(&id) {
                continue;
            }
            let Some(node) = self.nodes.get(id.0 as usize) else { return false };
            let is_idle = matches!(node.step, Step::Nothing | Step::Return(_)) || seen.is_empty();
            if !is_idle || seen.len() >= LOOK_AHEAD {
                return false;
            }
            seen.push(id);
            pending.extend(node.next.iter().copied());
        }
        true
    }

    /// Takes note of a node that runs something afterwards: a chain of promises that nobody awaits.
    pub(super) fn put_off(&mut self, node: NodeId) {
        self.put_off.push(node);
    }

    /// Sends what is left of control to the exit. What was put off runs now if nothing comes behind it.
    pub(super) fn close(&mut self) {
        self.link_to(Body::EXIT);
        for id in std::mem::take(&mut self.put_off) {
            if !self.is_last(id) {
                continue;
            }
            if let Some(node) = self.node_mut(id)
                && let Step::Run { timing, .. } = &mut node.step
            {
                *timing = Timing::Now;
            }
        }
    }

    /// Ends the graph: control that is left goes to the exit.
    pub(super) fn finish(mut self) -> (Vec<Node>, Vec<Statement>) {
        self.link_to(Body::EXIT);
        self.nodes.shrink_to_fit();
        self.statements.shrink_to_fit();
        (self.nodes, self.statements)
    }
}
