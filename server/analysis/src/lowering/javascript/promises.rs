//! Promise chains. Owns `.then`, `.catch` and `.finally` as control flow; must not know statements.

use smallvec::smallvec;
use tree_sitter::Node;

use super::chains::Chain;
use super::lowerer::{Fate, Lowerer};
use super::names::{copied, extended};
use super::scope::BodyFacts;
use super::syntax::{first_named, is_function_value, named_children, span, text, unwrap};
use crate::lowering::builder::GraphBuilder;
use crate::lowering::grammar::Named;
use crate::lowering::{
    Body, BodyId, BodyKind, BodyUse, Call, Code, Handling, Name, NodeId, Path, Root, Segment, Step, Timing, Value,
};
use crate::source::Span;

/// What a link of a promise chain does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    Then,
    Catch,
    Finally,
}

/// A link and its call.
#[derive(Clone, Copy, Debug)]
pub(super) struct PromiseLink<'t> {
    pub(super) kind: Link,
    pub(super) call: Node<'t>,
    /// The member's place in its chain.
    pub(super) index: usize,
}

impl PromiseLink<'_> {
    /// Whether a rejection of what stands before it is handled.
    pub(super) fn catches(&self) -> bool {
        match self.kind {
            Link::Then => self.call.field("arguments").is_some_and(|it| it.named_child_count() > 1),
            Link::Catch => true,
            Link::Finally => false,
        }
    }

    /// Whether a rejection of what stands before it passes through it.
    fn sees_rejections(&self) -> bool {
        self.kind == Link::Finally || self.catches()
    }
}

/// The methods of promises that are links, and jQuery's of the same sort.
const LINK_NAMES: [&str; 6] = ["then", "catch", "finally", "done", "fail", "always"];

/// The link that a call is, by its method's name and its arguments.
pub(super) fn link_of(source: &str, call: Node) -> Option<Link> {
    link_behind(source, call.field("function").filter(|callee| callee.kind_name() == "member_expression")?, call)
}

/// The link that the call of a member is.
pub(super) fn link_behind(source: &str, callee: Node, call: Node) -> Option<Link> {
    // The text is asked before the tree: it costs less.
    let written = text(source, callee);
    if !LINK_NAMES.iter().any(|name| written.ends_with(name)) {
        return None;
    }
    let name = text(source, callee.field("property")?);
    if !LINK_NAMES.contains(&name) {
        return None;
    }
    let arguments = call.field("arguments").filter(|arguments| arguments.kind_name() == "arguments")?;
    let first = unwrap(first_named(arguments)?);
    let is_closure = is_function_value(first);
    let is_callback = is_closure || matches!(first.kind_name(), "identifier" | "member_expression" | "call_expression");
    let is_nothing = matches!(first.kind_name(), "undefined" | "null");
    let follows_call = callee.field("object").is_some_and(|object| unwrap(object).kind_name() == "call_expression");
    match name {
        "then" if is_callback || is_nothing => Some(Link::Then),
        "catch" if is_callback => Some(Link::Catch),
        "finally" if is_callback => Some(Link::Finally),
        // The same by jQuery's names.
        "done" if is_closure && follows_call => Some(Link::Then),
        "fail" if is_closure && follows_call => Some(Link::Catch),
        "always" if is_closure && follows_call => Some(Link::Finally),
        _ => None,
    }
}

/// A callback of a chain, once its own expression was evaluated.
struct Callback {
    value: Value,
    written: Vec<Name>,
    span: Span,
}

impl<'t> Lowerer<'t> {
    /// Lowers the links of a chain into a body of their own, which this body runs.
    pub(super) fn promise_chain(&mut self, node: Node<'t>, run: &[PromiseLink<'t>], fate: Fate, chain: &mut Chain) {
        let callbacks: Vec<Vec<Callback>> = run.iter().map(|link| self.callbacks(link.call)).collect();
        let Some(last) = run.last() else { return };
        if !self.is_muted() {
            let whole = Span::new(span(node).start, span(last.call).end);
            let started = chain.started.take();
            let body = self.continuation(run, &callbacks, whole, last.call, started);
            self.run_chain(body, whole, fate, started.is_some());
        }
        for (link, callbacks) in run.iter().zip(callbacks) {
            let name = link.call.field("function").and_then(|it| it.field("property"));
            let name = name.map(|name| self.text(name)).unwrap_or_default();
            let callee = extended(chain.operand.place.clone(), Segment::Member(name.into()));
            chain.operand.place = extended(callee.clone(), Segment::Call);
            let arguments = callbacks.iter().map(|callback| copied(&callback.value)).collect();
            chain.operand.value = Value::Call { callee, arguments };
        }
    }

    fn callbacks(&mut self, call: Node<'t>) -> Vec<Callback> {
        let arguments = call.field("arguments").map(named_children).unwrap_or_default();
        arguments
            .into_iter()
            .map(|argument| {
                let value = self.expression(argument, Fate::USED);
                Callback { value, written: self.written(argument), span: span(argument) }
            })
            .collect()
    }

    /// `starts_here` says that the chain's head is a function called in place, which starts at once.
    fn run_chain(&mut self, body: BodyId, bytes: Span, fate: Fate, starts_here: bool) {
        let is_awaited = fate.handling == Handling::Awaited;
        let timing = match fate.handling {
            Handling::Awaited | Handling::Returned | Handling::Chained => Timing::Now,
            _ if starts_here => Timing::Started,
            _ => Timing::Afterwards,
        };
        let node = self.flow.graph.emit(Step::Run { body, timing }, bytes);
        // Nobody here waits for it, so no handler here sees its rejection.
        if !is_awaited && let Some(node) = self.flow.graph.node_mut(node) {
            node.handler = None;
        }
        if timing == Timing::Afterwards {
            self.flow.graph.put_off(node);
        }
    }

    fn continuation(
        &mut self,
        run: &[PromiseLink<'t>],
        callbacks: &[Vec<Callback>],
        whole: Span,
        call: Node<'t>,
        started: Option<BodyId>,
    ) -> BodyId {
        let statement = self.flow.graph.current_statement();
        let outer = std::mem::replace(&mut self.flow.graph, GraphBuilder::new(whole));
        let id = statement.map(|statement| self.flow.graph.add_statement(statement.span, statement.placement));
        self.flow.graph.statement = id;
        let entries: Vec<Option<NodeId>> = run
            .iter()
            .map(|link| link.sees_rejections().then(|| self.flow.graph.detached(Step::Nothing, span(link.call))))
            .collect();
        // A rejection at a place goes to the next link behind it that sees rejections.
        let mut behind = vec![(None, false)];
        for (link, entry) in run.iter().zip(&entries).rev() {
            let (next, is_caught) = behind.last().copied().unwrap_or_default();
            behind.push((entry.or(next), is_caught || link.catches()));
        }
        self.flow.graph.handler = behind.pop().and_then(|(handler, _)| handler);
        if let Some(body) = started {
            self.flow.graph.emit(Step::Run { body, timing: Timing::Started }, whole);
        }
        self.flow.graph.emit(Step::Await, Span::at(whole.start));
        for ((link, callbacks), entry) in run.iter().zip(callbacks).zip(entries) {
            let (handler, is_caught) = behind.pop().unwrap_or_default();
            self.flow.graph.handler = handler;
            self.link(*link, callbacks, entry, is_caught);
        }
        let graph = std::mem::replace(&mut self.flow.graph, outer);
        self.add_continuation(graph, whole, call)
    }

    fn link(&mut self, link: PromiseLink<'t>, callbacks: &[Callback], entry: Option<NodeId>, is_caught: bool) {
        let first = callbacks.first();
        match (link.kind, entry) {
            (Link::Then, None) => self.callback(first, is_caught),
            (Link::Then, Some(entry)) => {
                self.callback(first, is_caught);
                let settled = self.flow.graph.take();
                self.rejected(entry, callbacks.get(1), is_caught);
                self.flow.graph.join(settled);
            }
            (Link::Catch, entry) => {
                let settled = self.flow.graph.take();
                if let Some(entry) = entry {
                    self.rejected(entry, first, is_caught);
                }
                self.flow.graph.join(settled);
            }
            (Link::Finally, entry) => {
                self.callback(first, is_caught);
                let settled = self.flow.graph.take();
                if let Some(entry) = entry {
                    self.flow.graph.resume(smallvec![entry]);
                    self.callback(first, is_caught);
                    self.flow.graph.emit(Step::Throw, span(link.call));
                    self.flow.graph.take();
                }
                self.flow.graph.resume(settled);
            }
        }
    }

    fn rejected(&mut self, entry: NodeId, callback: Option<&Callback>, is_caught: bool) {
        self.flow.graph.resume(smallvec![entry]);
        self.flow.graph.in_catch = true;
        self.callback(callback, is_caught);
        self.flow.graph.in_catch = false;
    }

    /// A callback runs: a closure as a body, a reference as a call.
    fn callback(&mut self, callback: Option<&Callback>, is_caught: bool) {
        let Some(callback) = callback else { return };
        let callee = match &callback.value {
            Value::Closure(body) => {
                self.flow.graph.emit(Step::Run { body: *body, timing: Timing::Now }, callback.span);
                return;
            }
            Value::Path(path) => path.clone(),
            Value::Call { callee, .. } => callee.clone().then(Segment::Call),
            Value::Null | Value::Undefined => return,
            _ => Path::root(Root::Unknown),
        };
        let call = Call {
            callee,
            written: callback.written.clone(),
            callee_span: callback.span,
            arguments: Vec::new(),
            handling: Handling::Chained,
            optional: false,
            construct: false,
            caught: is_caught,
            raced: false,
            types: Vec::new(),
        };
        self.flow.graph.emit(Step::Call(Box::new(call)), callback.span);
    }

    fn add_continuation(&mut self, graph: GraphBuilder, whole: Span, call: Node<'t>) -> BodyId {
        let id = BodyId(self.declared.bodies.len() as u32);
        let (nodes, statements) = graph.finish();
        self.declared.bodies.push(Body {
            parent: Some(self.flow.body),
            used_as: BodyUse::InPlace { on_error: false },
            inside: Code { nodes, statements, ..Code::default() }.into(),
            ..Body::without_graph(BodyKind::Continuation, whole)
        });
        let facts = BodyFacts { node: call, scope: self.flow.scope, this_class: self.flow.this_class };
        self.declared.body_facts.push(facts);
        id
    }
}
