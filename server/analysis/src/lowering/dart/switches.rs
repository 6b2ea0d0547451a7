//! Switches, as a statement and as an expression. A case with statements never goes on into the next one;
//! one without shares the next one's.

use tree_sitter::Node;

use super::reader::{Reader, at, valued};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Block, Case, Expression, Form, Pattern, Switch};
use crate::lowering::tree::{all_children, named_children, span};
use crate::source::Span;

impl<'t> Reader<'_> {
    /// `switch (value) { case … }`.
    pub(super) fn switch_statement(&mut self, node: Node<'t>) -> Form {
        let subject = Some(self.field(node, "condition"));
        let body = node.field("body").map(named_children).unwrap_or_default();
        let mut cases = Vec::new();
        for child in body {
            match child.kind_name() {
                "switch_statement_case" => {
                    let patterns = self.guarded_patterns(child);
                    cases.push(self.case(child, patterns));
                }
                "switch_statement_default" => cases.push(self.case(child, Vec::new())),
                _ => {
                    let does = self.expression(child);
                    cases.push(Case {
                        patterns: vec![Pattern::Other(Vec::new())],
                        guard: None,
                        body: valued(does),
                        falls_through: false,
                    });
                }
            }
        }
        let exhaustive = is_exhaustive(&cases);
        Form::Switch(Box::new(Switch { subject, name: None, cases, exhaustive }))
    }

    fn case(&mut self, node: Node<'t>, patterns: Vec<Pattern>) -> Case {
        let guard = node.field("guard").map(|guard| self.expression(guard));
        let children = all_children(node);
        let colon = children.iter().position(|child| child.kind_name() == ":").unwrap_or(children.len());
        let start = children.get(colon).map_or(span(node).end, |colon| span(*colon).end);
        let inside: Vec<Node> = children.into_iter().skip(colon + 1).collect();
        let statements = self.statements(&inside);
        let falls_through = inside.is_empty();
        let inner = Span::new(start, span(node).end.max(start));
        let body = Block { statements, inner, braceless: false };
        Case { patterns, guard, body, falls_through }
    }

    /// What fits a case. One that everything fits is no default where it asks something else besides.
    fn guarded_patterns(&mut self, node: Node<'t>) -> Vec<Pattern> {
        let parts = self.pattern_parts(node);
        let patterns = self.patterns(&parts);
        match patterns.is_empty() && node.field("guard").is_some() {
            true => vec![Pattern::Other(self.bound_names(&parts))],
            false => patterns,
        }
    }

    /// `switch (value) { pattern => value, … }`: one of its cases always fits.
    pub(super) fn switch_expression(&mut self, node: Node<'t>) -> Form {
        let subject = Some(self.field(node, "condition"));
        let mut cases = Vec::new();
        for child in node.fields("body").into_iter().filter(|child| child.kind_name() == "switch_expression_case") {
            let patterns = self.guarded_patterns(child);
            let guard = child.field("guard").map(|guard| self.expression(guard));
            let value: Expression = match named_children(child).into_iter().next_back() {
                Some(value) => self.expression(value),
                None => at(child, Form::Broken),
            };
            cases.push(Case { patterns, guard, body: valued(value), falls_through: false });
        }
        Form::Switch(Box::new(Switch { subject, name: None, cases, exhaustive: true }))
    }
}

/// Whether one of the cases always fits: a default does; and the language wants every case of an
/// enumeration and every class of a sealed one.
fn is_exhaustive(cases: &[Case]) -> bool {
    let is_default = |case: &Case| case.patterns.is_empty() && case.guard.is_none();
    let is_listed = |pattern: &Pattern| match pattern {
        Pattern::Equals(value) => matches!(value.form, Form::Member(_)),
        Pattern::Holds(_) => false,
        Pattern::Other(_) => true,
    };
    let all_listed =
        cases.len() > 1 && cases.iter().all(|case| case.guard.is_none() && case.patterns.iter().all(is_listed));
    cases.iter().any(is_default) || all_listed
}
