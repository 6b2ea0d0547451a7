//! Loops, `switch` and labels. Must not know expressions.

use tree_sitter::Node;

use super::lowerer::{Fate, Lowerer};
use super::syntax::{first_named, has_token, named_children, span, stripped, unwrap};
use crate::lowering::builder::Frontier;
use crate::lowering::frames::{Jump, Target, Unwinds};
use crate::lowering::grammar::Named;
use crate::lowering::{Condition, NodeId, Relation, Step, Value};

impl<'t> Lowerer<'t> {
    /// Opens a frame that jumps may aim at, with the labels that stand before it.
    fn open_target(&mut self, takes_break: bool, takes_continue: bool) {
        let labels = std::mem::take(&mut self.flow.labels).into_iter().map(str::to_owned).collect();
        self.flow.frames.open(labels, takes_break, takes_continue);
    }

    /// Lowers what is repeated. `repeat` gets the loop's head, to which control comes back.
    fn repeated(&mut self, node: Node<'t>, repeat: impl FnOnce(&mut Self, NodeId)) {
        let outer = self.flow.graph.in_loop.replace(span(node));
        self.open_target(true, true);
        let head = self.emit(Step::Nothing, node);
        repeat(self, head);
        let Target { breaks, .. } = self.flow.frames.close();
        self.flow.graph.in_loop = outer;
        self.flow.graph.join(breaks);
    }

    pub(super) fn while_loop(&mut self, node: Node<'t>) {
        let (condition, body) = (node.field("condition"), node.field("body"));
        self.repeated(node, |lowerer, head| {
            let branches = condition.map(|condition| lowerer.condition(condition)).unwrap_or_default();
            lowerer.flow.graph.resume(branches.holds);
            lowerer.loop_body(body);
            lowerer.flow.graph.link_to(head);
            lowerer.flow.graph.resume(branches.fails);
        });
    }

    /// Lowers a loop's body; control stands where the next round is decided.
    fn loop_body(&mut self, body: Option<Node<'t>>) {
        if let Some(body) = body {
            self.branch(body);
        }
        let continues = self.flow.frames.take_continues();
        self.flow.graph.join(continues);
    }

    pub(super) fn do_loop(&mut self, node: Node<'t>) {
        let (condition, body) = (node.field("condition"), node.field("body"));
        self.repeated(node, |lowerer, head| {
            lowerer.loop_body(body);
            let branches = condition.map(|condition| lowerer.condition(condition)).unwrap_or_default();
            lowerer.flow.graph.resume(branches.holds);
            lowerer.flow.graph.link_to(head);
            lowerer.flow.graph.resume(branches.fails);
        });
    }

    pub(super) fn for_loop(&mut self, node: Node<'t>) {
        if let Some(initializer) = node.field("initializer") {
            match initializer.kind_name() {
                "lexical_declaration" | "variable_declaration" => self.declaration(initializer),
                "empty_statement" => {}
                _ => {
                    self.expression(initializer, Fate::USED);
                }
            }
        }
        let condition = node.field("condition").filter(|it| it.kind_name() != "empty_statement" && it.is_named());
        self.repeated(node, |lowerer, head| {
            let mut left = Frontier::new();
            if let Some(condition) = condition {
                let branches = lowerer.condition(condition);
                lowerer.flow.graph.resume(branches.holds);
                left = branches.fails;
            }
            lowerer.loop_body(node.field("body"));
            if let Some(increment) = node.field("increment") {
                lowerer.expression(increment, Fate::USED);
            }
            lowerer.flow.graph.link_to(head);
            lowerer.flow.graph.resume(left);
        });
    }

    pub(super) fn for_in_loop(&mut self, node: Node<'t>) {
        let right = node.field("right");
        let subject = right.map_or(Value::Unknown, |right| self.expression(right, Fate::USED));
        let left = node.field("left");
        let is_declared = node.field("kind").is_some();
        self.repeated(node, |lowerer, head| {
            if has_token(node, "await") {
                lowerer.emit(Step::Await, node);
            }
            let condition = Condition {
                subject,
                written: right.map(|right| lowerer.written(right)).unwrap_or_default(),
                relation: Relation::Other,
                span: right.map_or(span(node), span),
                text: right.map(|right| stripped(lowerer.source, right)).unwrap_or_default().into(),
            };
            let branches = lowerer.ask(condition);
            lowerer.flow.graph.resume(branches.holds);
            match left {
                Some(left) if is_declared => lowerer.pattern_steps(left),
                Some(left) => lowerer.assign_loop_variable(left),
                None => {}
            }
            lowerer.loop_body(node.field("body"));
            lowerer.flow.graph.link_to(head);
            lowerer.flow.graph.resume(branches.fails);
        });
    }

    fn assign_loop_variable(&mut self, left: Node<'t>) {
        let left = unwrap(left);
        if matches!(left.kind_name(), "object_pattern" | "array_pattern") {
            self.pattern_steps(left);
            return;
        }
        let target = self.target(left);
        self.assign(left, left, target, Value::Unknown);
    }

    pub(super) fn switch(&mut self, node: Node<'t>) {
        let asked = node.field("value").map(unwrap);
        let decides_by_truth = asked.is_some_and(|asked| asked.kind_name() == "true");
        let subject = asked.map_or(Value::Unknown, |asked| self.expression(asked, Fate::USED));
        let Some(body) = node.field("body") else { return };
        self.open_target(true, false);
        self.scoped(body, |lowerer| {
            let cases: Vec<Node> =
                named_children(body).into_iter().filter(|case| case.kind_name().starts_with("switch_")).collect();
            let mut entries: Vec<Frontier> = Vec::new();
            for case in &cases {
                let entry = match case.field("value") {
                    Some(value) if decides_by_truth => lowerer.condition(value),
                    Some(value) => lowerer.case(asked, &subject, value),
                    None => {
                        entries.push(Frontier::new());
                        continue;
                    }
                };
                lowerer.flow.graph.resume(entry.fails);
                entries.push(entry.holds);
            }
            let mut unmatched = lowerer.flow.graph.take();
            for (case, entry) in cases.iter().zip(entries) {
                lowerer.flow.graph.join(entry);
                if case.kind_name() == "switch_default" {
                    let unmatched = std::mem::take(&mut unmatched);
                    lowerer.flow.graph.join(unmatched);
                }
                let mut cursor = case.walk();
                let statements: Vec<Node> = case.children_by_field_name("body", &mut cursor).collect();
                lowerer.statements(statements);
            }
            lowerer.flow.graph.join(unmatched);
        });
        let Target { breaks, .. } = self.flow.frames.close();
        self.flow.graph.join(breaks);
    }

    fn case(&mut self, asked: Option<Node<'t>>, subject: &Value, value: Node<'t>) -> super::conditions::Branches {
        let case = self.expression(value, Fate::USED);
        let asked_text = asked.map(|asked| stripped(self.source, asked)).unwrap_or_default();
        let condition = Condition {
            subject: crate::lowering::operand::copied(subject),
            written: asked.map(|asked| self.written(asked)).unwrap_or_default(),
            relation: Relation::Equals(case),
            span: span(value),
            text: format!("{asked_text}==={}", stripped(self.source, value)).into(),
        };
        self.ask(condition)
    }

    pub(super) fn labelled(&mut self, node: Node<'t>) {
        let (label, body) = (node.field("label"), node.field("body"));
        let Some(body) = body else { return };
        self.flow.labels.extend(label.map(|label| self.text(label)));
        let is_target = matches!(
            body.kind_name(),
            "while_statement" | "do_statement" | "for_statement" | "for_in_statement" | "labeled_statement"
        );
        if is_target {
            self.descend(body, |lowerer| lowerer.statement_inside(body));
            return;
        }
        self.open_target(false, false);
        self.branch(body);
        let Target { breaks, .. } = self.flow.frames.close();
        self.flow.graph.join(breaks);
    }

    pub(super) fn break_or_continue(&mut self, node: Node<'t>) {
        let label = node.field("label").or_else(|| first_named(node)).map(|label| self.text(label));
        let jump = if node.kind_name() == "break_statement" {
            self.flow.frames.break_target(label).map(Jump::Break)
        } else {
            self.flow.frames.continue_target(label).map(Jump::Continue)
        };
        // A jump to nowhere is half-typed code: control goes on.
        if let Some(jump) = jump {
            self.jump(jump);
        }
    }
}
