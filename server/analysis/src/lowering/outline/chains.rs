//! Chains of futures: `.then`, `.catchError` and `.whenComplete` as control flow. Must not know statements.

use super::lowerer::Lowerer;
use super::scope::{BodyFacts, Source};
use super::{Chain, ChainLink, Expression, LinkKind};
use crate::lowering::builder::GraphBuilder;
use crate::lowering::operand::{Operand, copied, extended};
use crate::lowering::{
    Body, BodyId, BodyKind, BodyUse, Call, Code, Handling, Name, NodeId, Path, Root, Segment, Step, Timing, Value,
};
use crate::source::Span;
use smallvec::smallvec;

/// A callback, once its own expression was evaluated.
struct Callback {
    value: Value,
    written: Vec<Name>,
    span: Span,
}

impl<'o> Lowerer<'o> {
    /// Lowers the links of a chain into a body of their own, which this body runs.
    pub(super) fn future_chain(&mut self, span: Span, chain: &'o Chain, handling: Handling) -> Operand {
        let head = self.expression(&chain.head, Handling::Chained);
        let callbacks: Vec<[Option<Callback>; 2]> = chain
            .links
            .iter()
            .map(|link| {
                let first = self.callback_of(&link.callback);
                [Some(first), link.on_error.as_ref().map(|on_error| self.callback_of(on_error))]
            })
            .collect();
        if !self.is_muted() {
            let body = self.continuation(span, &chain.links, &callbacks);
            self.run_chain(body, span, handling);
        }
        let values = callbacks.iter().flatten().flatten().map(|callback| copied(&callback.value)).collect();
        let callee = extended(head.place, Segment::Computed);
        Operand { place: extended(callee.clone(), Segment::Call), value: Value::Call { callee, arguments: values } }
    }

    fn callback_of(&mut self, expression: &'o Expression) -> Callback {
        let value = self.value(expression);
        Callback { value, written: self.written(expression), span: expression.span }
    }

    fn run_chain(&mut self, body: BodyId, span: Span, handling: Handling) {
        let timing = match handling {
            Handling::Awaited | Handling::Returned | Handling::Chained => Timing::Now,
            _ => Timing::Afterwards,
        };
        let node = self.emit(Step::Run { body, timing }, span);
        // Nobody here waits for it, so no handler here sees its error.
        if handling != Handling::Awaited
            && let Some(node) = self.flow.graph.node_mut(node)
        {
            node.handler = None;
        }
        if timing == Timing::Afterwards {
            self.flow.graph.put_off(node);
        }
    }

    fn continuation(&mut self, span: Span, links: &[ChainLink], callbacks: &[[Option<Callback>; 2]]) -> BodyId {
        let statement = self.flow.graph.current_statement();
        let outer = std::mem::replace(&mut self.flow.graph, GraphBuilder::new(span));
        let id = statement.map(|statement| self.flow.graph.add_statement(statement.span, statement.placement));
        self.flow.graph.statement = id;
        let entries: Vec<Option<NodeId>> = links
            .iter()
            .map(|link| sees_errors(link).then(|| self.flow.graph.detached(Step::Nothing, link.span)))
            .collect();
        // An error at a place goes to the next link behind it that sees errors.
        let mut behind = vec![None];
        for entry in entries.iter().rev() {
            let next = behind.last().copied().flatten();
            behind.push(entry.or(next));
        }
        self.flow.graph.handler = behind.pop().flatten();
        self.flow.graph.emit(Step::Await, Span::at(span.start));
        for ((link, [first, second]), entry) in links.iter().zip(callbacks).zip(entries) {
            self.flow.graph.handler = behind.pop().flatten();
            self.link(link, first.as_ref(), second.as_ref(), entry);
        }
        let graph = std::mem::replace(&mut self.flow.graph, outer);
        self.add_continuation(graph, span)
    }

    fn link(&mut self, link: &ChainLink, first: Option<&Callback>, second: Option<&Callback>, entry: Option<NodeId>) {
        if link.kind != LinkKind::Catch {
            self.callback(first);
        }
        let settled = self.flow.graph.take();
        if let Some(entry) = entry {
            self.flow.graph.resume(smallvec![entry]);
            self.flow.graph.in_catch = link.kind != LinkKind::Finally;
            self.callback(if link.kind == LinkKind::Then { second } else { first });
            self.flow.graph.in_catch = false;
            if link.kind == LinkKind::Finally {
                self.emit_throw(link.span);
            }
        }
        self.flow.graph.join(settled);
    }

    /// A callback runs: a closure as a body, a reference as a call.
    fn callback(&mut self, callback: Option<&Callback>) {
        let Some(callback) = callback else { return };
        let callee = match &callback.value {
            Value::Closure(body) => {
                self.flow.graph.emit(Step::Run { body: *body, timing: Timing::Now }, callback.span);
                return;
            }
            Value::Path(path) => path.clone(),
            Value::Null => return,
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
            caught: false,
            raced: false,
            types: Vec::new(),
        };
        self.flow.graph.emit(Step::Call(Box::new(call)), callback.span);
    }

    fn add_continuation(&mut self, graph: GraphBuilder, span: Span) -> BodyId {
        let id = BodyId(self.declared.bodies.len() as u32);
        let (nodes, statements) = graph.finish();
        self.declared.bodies.push(Body {
            parent: Some(self.flow.body),
            used_as: BodyUse::InPlace { on_error: false },
            inside: Code { nodes, statements, ..Code::default() }.into(),
            ..Body::without_graph(BodyKind::Continuation, span)
        });
        self.declared.body_facts.push(BodyFacts {
            source: Source::Done,
            scope: self.flow.scope,
            this_class: self.flow.this_class,
            constructs: None,
        });
        id
    }
}

/// Whether an error of what stands before a link passes through it.
fn sees_errors(link: &ChainLink) -> bool {
    link.kind != LinkKind::Then || link.on_error.is_some()
}
