//! From a declared body to its graph. Owns parameters' default values, expression bodies and what runs
//! first; must not know single statements.

use tree_sitter::Node;

use super::lowerer::{Fate, Flow, Lowerer};
use super::markup::is_statement_of_markup;
use super::scope::BodyFacts;
use super::syntax::{named_children, span};
use crate::lowering::builder::GraphBuilder;
use crate::lowering::frames::{Jump, Unwinds};
use crate::lowering::grammar::Named;
use crate::lowering::{Body, BodyId, BodyKind, Handling, Placement};
use crate::source::Span;

impl<'t> Lowerer<'t> {
    /// Builds the graph of every body that was declared. Promise chains add bodies behind them.
    pub(super) fn build_graphs(&mut self) {
        for index in 0..self.declared.bodies.len() {
            if !self.keeps_graph(BodyId(index as u32)) {
                self.build_graph(BodyId(index as u32));
            }
        }
    }

    /// Whether a body's graph was taken over. Its promise chains get the numbers behind all others.
    fn keeps_graph(&mut self, id: BodyId) -> bool {
        let next = self.declared.bodies.len();
        let Some(chains) = self.again.as_mut().and_then(|again| again.keep(id, next)) else { return false };
        let Some(facts) = self.declared.body_facts.get(id.0 as usize) else { return false };
        let (node, scope, this_class) = (facts.node, facts.scope, facts.this_class);
        for _ in 0..chains {
            let body = Body::without_graph(BodyKind::Continuation, Span::at(0));
            self.declared.bodies.push(Body { parent: Some(id), ..body });
            self.declared.body_facts.push(BodyFacts { node, scope, this_class });
        }
        true
    }

    fn build_graph(&mut self, id: BodyId) {
        let Some(facts) = self.declared.body_facts.get(id.0 as usize) else { return };
        let Some(body) = self.declared.bodies.get(id.0 as usize) else { return };
        let (node, kind, class) = (facts.node, body.kind, body.class);
        let graph = GraphBuilder::new(body.inner);
        self.flow = Flow::new(graph, facts.scope, id, facts.this_class);
        match kind {
            BodyKind::TopLevel => self.statements(named_children(node)),
            _ if is_statement_of_markup(node) => self.markup_statement(node),
            _ if self.is_reference(id) => self.reference(id, node),
            BodyKind::Initialiser => self.initialise(node),
            _ => {
                if kind == BodyKind::Constructor {
                    let class = class.and_then(|class| self.declared.class_facts.get(class.0 as usize));
                    if let Some(class) = class.map(|class| class.node) {
                        self.instance_fields(class);
                    }
                }
                self.function_body(node);
            }
        }
        self.flow.graph.close();
        let flow = Flow::new(GraphBuilder::muted(), self.flow.scope, id, None);
        let done = std::mem::replace(&mut self.flow, flow);
        let (nodes, statements) = done.graph.finish();
        if let Some(body) = self.declared.bodies.get_mut(id.0 as usize) {
            let code = body.code_mut();
            (code.nodes, code.statements) = (nodes, statements);
        }
    }

    fn initialise(&mut self, node: Node<'t>) {
        if let Some(value) = node.field("value") {
            self.expression(value, Fate::USED);
        } else if let Some(block) = node.field("body") {
            self.statements(named_children(block));
        }
    }

    fn function_body(&mut self, node: Node<'t>) {
        for parameter in node.field("parameters").map(named_children).unwrap_or_default() {
            let Some(pattern) = parameter.field("pattern") else { continue };
            if let Some(value) = parameter.field("value") {
                self.default_value(pattern, value);
            }
            self.pattern_steps(pattern);
        }
        let Some(body) = node.field("body") else { return };
        if body.kind_name() == "statement_block" {
            self.statements(named_children(body));
            return;
        }
        self.in_statement(body, span(body), Placement::Expression, |lowerer| {
            let value = lowerer.expression(body, Fate::of(Handling::Returned));
            lowerer.give_back(body, value);
            lowerer.jump(Jump::Return);
        });
    }
}
