//! `switch` and `goto`. Must not know what is inside the statements.

use tree_sitter::Node;

use super::items::is_conditional;
use super::tree::{DEPTH_LIMIT, child_of_kind, named_children, span};
use super::{Reader, span_of_all};
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Block, Case, Expression, Form, Pattern, Statement, Switch};
use crate::source::Span;

/// How many labels of a block are asked whether a `goto` leads to them.
const LABEL_LIMIT: usize = 4;

impl Reader<'_> {
    /// `switch`. Every case goes on into the next one, unless it jumps.
    pub(super) fn switch(&mut self, node: Node, depth: u32) -> Form {
        let (Some(subject), Some(body)) = (node.field("condition"), node.field("body")) else {
            return Form::Broken;
        };
        let subject = self.expression(subject, depth + 1);
        let mut parts = Vec::new();
        case_parts(body, 0, &mut parts);
        let mut cases: Vec<Case> = Vec::new();
        let mut at = 0;
        while let Some(part) = parts.get(at) {
            // What an `#if` or a label cuts off from its case stands beside it.
            let behind = parts.iter().skip(at + 1).take_while(|part| part.kind_name() != "case_statement").count();
            let further = parts.get(at + 1..at + 1 + behind).unwrap_or_default();
            at += 1 + behind;
            if part.kind_name() == "case_statement" {
                cases.push(self.case(*part, further, depth + 1));
            }
        }
        let exhaustive = cases.iter().any(|case| case.patterns.is_empty());
        Form::Switch(Box::new(Switch { subject: Some(subject), name: None, cases, exhaustive }))
    }

    fn case(&mut self, node: Node, further: &[Node], depth: u32) -> Case {
        let value = node.field("value");
        let patterns = value.map(|value| Pattern::Equals(self.expression(value, depth))).into_iter().collect();
        let mut nodes: Vec<Node> = named_children(node).into_iter().filter(|child| Some(*child) != value).collect();
        nodes.extend(further);
        let inner = span_of_all(&nodes).unwrap_or(Span::at(span(node).end));
        let body = Block { statements: self.statements(&nodes, depth), inner, braceless: false };
        Case { patterns, guard: None, body, falls_through: true }
    }

    /// `goto`: where its label stands behind the statements around it, it leaves those. Where any other
    /// one leads is not followed.
    pub(super) fn goto(&mut self, node: Node) -> Form {
        match self.label(node) {
            Some(label) if self.open_labels.contains(&label) => Form::Break(Some(label)),
            _ => Form::Broken,
        }
    }

    /// The place of the last labelled statement among these that a `goto` before it leads to.
    pub(super) fn goto_target(&self, nodes: &[Node]) -> Option<usize> {
        if !self.has_goto {
            return None;
        }
        let labelled =
            (1..nodes.len()).rev().filter(|at| nodes.get(*at).is_some_and(|it| it.kind_name() == "labeled_statement"));
        labelled.take(LABEL_LIMIT).find(|at| {
            let Some(label) = nodes.get(*at) else { return false };
            let before = nodes.get(..*at).and_then(span_of_all).map_or("", |span| span.text(self.source));
            let is_open = self.label(*label).is_some_and(|label| self.open_labels.contains(&label));
            !is_open && self.label(*label).is_some_and(|label| jumps_to(before, &label))
        })
    }

    /// Statements with a label among them: those before it are what a `goto` leaves.
    pub(super) fn behind_label(&mut self, nodes: &[Node], at: usize, depth: u32) -> Vec<Statement> {
        let (before, behind) = nodes.split_at(at);
        let (Some(inner), Some(label)) = (span_of_all(before), behind.first().and_then(|node| self.label(*node)))
        else {
            return Vec::new();
        };
        self.open_labels.push(label.clone());
        let block = Block { statements: self.statements(before, depth + 1), inner, braceless: false };
        self.open_labels.pop();
        let block = Expression { span: inner, form: Form::Block(block) };
        let form = Form::Labelled(label, Box::new(block));
        let mut statements = vec![Statement { span: inner, does: Expression { span: inner, form } }];
        for node in behind {
            let does = self.statement(*node, depth);
            statements.push(Statement { span: span(*node), does });
        }
        statements
    }

    fn label(&self, node: Node) -> Option<Name> {
        node.field("label").map(|label| self.name(label))
    }
}

/// The cases of a `switch`, those inside an `#if` too, and what stands between them.
fn case_parts<'t>(node: Node<'t>, depth: u32, parts: &mut Vec<Node<'t>>) {
    for child in named_children(node) {
        let has_cases = child_of_kind(child, "case_statement").is_some();
        if is_conditional(child.kind_name()) && has_cases && depth < DEPTH_LIMIT {
            case_parts(child, depth + 1, parts);
        } else {
            parts.push(child);
        }
    }
}

/// Whether a text has a `goto` to a label.
fn jumps_to(text: &str, label: &str) -> bool {
    text.match_indices("goto").any(|(at, word)| {
        let rest = text.get(at + word.len()..).unwrap_or_default().trim_start();
        rest.strip_prefix(label).is_some_and(|rest| rest.trim_start().starts_with(';'))
    })
}
