//! `try`, `catch`, `finally` and `throw`. Owns handlers and the copies of `finally` blocks; must not know
//! expressions.

use tree_sitter::Node;

use super::jumps::{Frame, Jump};
use super::lowerer::{Fate, Lowerer};
use super::syntax::{first_named, span};
use super::tables::Named;
use crate::lowering::builder::Frontier;
use crate::lowering::{NodeId, Step};

/// How deep `finally` blocks inside `finally` blocks are copied; further in, all ways share one copy.
const COPY_DEPTH: u32 = 3;

impl<'t> Lowerer<'t> {
    pub(super) fn throwing(&mut self, node: Node<'t>) {
        if let Some(inner) = first_named(node) {
            self.expression(inner, Fate::USED);
        }
        self.emit(Step::Throw, node);
        self.flow.graph.take();
    }

    pub(super) fn trying(&mut self, node: Node<'t>) {
        let catch = node.field("handler");
        let finalizer = node.field("finalizer");
        let outer = self.flow.graph.handler;
        let unwinding = finalizer.map(|finalizer| self.flow.graph.detached(Step::Nothing, span(finalizer)));
        let behind_catch = unwinding.or(outer);
        let caught = catch.map(|catch| {
            self.flow.graph.handler = behind_catch;
            self.flow.graph.detached(Step::Nothing, span(catch))
        });
        if finalizer.is_some() {
            self.flow.frames.push(Frame::Finally(Vec::new()));
        }
        self.flow.graph.handler = caught.or(behind_catch);
        if let Some(body) = node.field("body") {
            self.branch(body);
        }
        if let (Some(catch), Some(entry)) = (catch, caught) {
            let behind_try = self.flow.graph.take();
            self.flow.graph.handler = behind_catch;
            self.catching(catch, entry);
            self.flow.graph.join(behind_try);
        }
        self.flow.graph.handler = outer;
        if let (Some(finalizer), Some(unwinding)) = (finalizer, unwinding) {
            let jumps = match self.flow.frames.pop() {
                Some(Frame::Finally(jumps)) => jumps,
                _ => Vec::new(),
            };
            self.finally(finalizer, unwinding, jumps);
        }
    }

    fn catching(&mut self, catch: Node<'t>, entry: NodeId) {
        let outer = std::mem::replace(&mut self.flow.graph.in_catch, true);
        self.flow.graph.resume(vec![entry]);
        self.scoped(catch, |lowerer| {
            if let Some(parameter) = catch.field("parameter") {
                lowerer.pattern_steps(parameter);
            }
            if let Some(body) = catch.field("body") {
                lowerer.branch(body);
            }
        });
        self.flow.graph.in_catch = outer;
    }

    /// Lowers a `finally` once for each way through it: the normal one, the exception's, each jump's.
    fn finally(&mut self, finalizer: Node<'t>, unwinding: NodeId, jumps: Vec<(Jump, Frontier)>) {
        let Some(block) = finalizer.field("body") else { return };
        if self.flow.finally_depth >= COPY_DEPTH {
            self.shared_finally(finalizer, block, unwinding, jumps);
            return;
        }
        self.flow.finally_depth += 1;
        let behind_try = self.flow.graph.take();
        let mut behind = Frontier::new();
        if !behind_try.is_empty() {
            self.flow.graph.resume(behind_try);
            self.branch(block);
            behind = self.flow.graph.take();
        }
        self.flow.graph.resume(vec![unwinding]);
        self.branch(block);
        self.emit(Step::Throw, finalizer);
        self.flow.graph.take();
        for (jump, from) in jumps {
            self.flow.graph.resume(from);
            self.branch(block);
            self.jump(jump);
        }
        self.flow.finally_depth -= 1;
        self.flow.graph.resume(behind);
    }

    /// One copy of a `finally` for every way through it.
    fn shared_finally(
        &mut self,
        finalizer: Node<'t>,
        block: Node<'t>,
        unwinding: NodeId,
        jumps: Vec<(Jump, Frontier)>,
    ) {
        self.flow.graph.join(vec![unwinding]);
        for (_, from) in &jumps {
            self.flow.graph.join(from.clone());
        }
        self.branch(block);
        let behind = self.flow.graph.frontier();
        self.emit(Step::Throw, finalizer);
        for (jump, _) in jumps {
            self.flow.graph.resume(behind.clone());
            self.jump(jump);
        }
        self.flow.graph.resume(behind);
    }
}
