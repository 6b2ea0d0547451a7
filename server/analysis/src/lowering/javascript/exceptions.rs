//! `try`, `catch`, `finally` and `throw`. Owns handlers; must not know expressions.

use smallvec::smallvec;
use tree_sitter::Node;

use super::lowerer::{Fate, Lowerer};
use super::syntax::{first_named, span};
use crate::lowering::frames::Unwinds;
use crate::lowering::grammar::Named;
use crate::lowering::{NodeId, Step};

impl<'t> Lowerer<'t> {
    pub(super) fn throwing(&mut self, node: Node<'t>) {
        if let Some(inner) = first_named(node) {
            self.expression(inner, Fate::USED);
        }
        self.emit(Step::Throw, node);
        self.flow.graph.take();
    }

    pub(super) fn trying(&mut self, node: Node<'t>) {
        let block = node.field("finalizer").and_then(|finalizer| Some((finalizer, finalizer.field("body")?)));
        match block {
            Some((finalizer, block)) => {
                self.with_finally(span(finalizer), |lowerer| lowerer.handled(node), |lowerer| lowerer.branch(block))
            }
            None => self.handled(node),
        }
    }

    /// What is tried, and its handler.
    fn handled(&mut self, node: Node<'t>) {
        let outer = self.flow.graph.handler;
        let catch = node.field("handler").map(|catch| (catch, self.flow.graph.detached(Step::Nothing, span(catch))));
        self.flow.graph.handler = catch.map(|(_, entry)| entry).or(outer);
        if let Some(body) = node.field("body") {
            self.branch(body);
        }
        self.flow.graph.handler = outer;
        if let Some((catch, entry)) = catch {
            let behind_try = self.flow.graph.take();
            self.catching(catch, entry);
            self.flow.graph.join(behind_try);
        }
    }

    fn catching(&mut self, catch: Node<'t>, entry: NodeId) {
        let outer = std::mem::replace(&mut self.flow.graph.in_catch, true);
        self.flow.graph.resume(smallvec![entry]);
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
}
