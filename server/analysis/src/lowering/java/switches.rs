//! `switch` in both forms, as a statement and as an expression. Owns its cases; must not know where control
//! goes.

use std::sync::Arc;

use tree_sitter::Node;

use super::expressions::alone;
use super::reader::{Exit, Reader, expression_at};
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Block, Case, Form, Pattern, Switch, Variable};
use crate::lowering::tree::{all_children, has_child, named_children, span};
use crate::source::Span;

/// The label that a `yield` inside a loop leaves its switch by. No label of a program is written so.
pub(super) fn label_of(place: usize) -> Name {
    Arc::from(format!("switch {place}"))
}

impl Reader<'_> {
    /// A switch. As an expression it is exhaustive, as the language demands of it; as a statement only
    /// where it has patterns.
    pub(super) fn switch(&mut self, node: Node, is_expression: bool) -> Form {
        let subject = self.field(node, "condition");
        let place = self.exits.len();
        self.exits.push(if is_expression { Exit::Switch(false) } else { Exit::Passed });
        let mut cases = Vec::new();
        let mut has_patterns = false;
        for child in node.field("body").into_iter().flat_map(named_children) {
            let labels: Vec<Node> =
                named_children(child).into_iter().filter(|it| it.kind_name() == "switch_label").collect();
            has_patterns |= labels.iter().any(|it| is_pattern_label(*it));
            cases.extend(self.case(child, &labels));
        }
        let is_labelled = matches!(self.exits.pop(), Some(Exit::Switch(true)));
        let exhaustive = is_expression || has_patterns;
        let form = Form::Switch(Box::new(Switch { subject, name: None, cases, exhaustive }));
        if is_labelled { Form::Labelled(label_of(place), Box::new(expression_at(span(node), form))) } else { form }
    }

    fn case(&mut self, node: Node, labels: &[Node]) -> Option<Case> {
        let body = match node.kind_name() {
            "switch_rule" => self.rule_body(node),
            "switch_block_statement_group" => self.group_body(node),
            "ERROR" => {
                let form = self.unreadable(node);
                alone(expression_at(span(node), form))
            }
            _ => return None,
        };
        let is_default = labels.iter().any(|it| is_default(self, *it));
        let mut patterns = Vec::new();
        let mut guard = None;
        for label in labels {
            for child in named_children(*label) {
                match child.kind_name() {
                    "guard" => guard = child.named_child(0).map(|it| self.expression(it)),
                    "pattern" => patterns.push(Pattern::Other(self.pattern_names(child))),
                    _ => patterns.push(Pattern::Equals(self.expression(child))),
                }
            }
        }
        if is_default {
            patterns.clear();
        } else if patterns.is_empty() {
            patterns.push(Pattern::Other(Vec::new()));
        }
        let falls_through = node.kind_name() == "switch_block_statement_group";
        Some(Case { patterns, guard, body, falls_through })
    }

    /// What stands behind an arrow.
    fn rule_body(&mut self, node: Node) -> Block {
        let body = named_children(node).into_iter().find(|it| it.kind_name() != "switch_label");
        self.branch(body)
    }

    /// What stands behind colons, up to the next case.
    fn group_body(&mut self, node: Node) -> Block {
        let children = all_children(node);
        let colon = children.iter().rposition(|it| it.kind_name() == ":");
        let (_, behind) = children.split_at(colon.map_or(0, |it| it + 1));
        let statements = behind.iter().filter(|it| it.is_named()).filter_map(|it| self.statement(*it)).collect();
        let end = span(node).end;
        let start = colon.and_then(|it| children.get(it)).map_or(end, |it| span(*it).end);
        Block { statements, inner: Span::new(start, end), braceless: false }
    }

    /// The names that a pattern binds, however deep.
    pub(super) fn pattern_names(&mut self, node: Node) -> Vec<Variable> {
        let read = self.deeper(1, |reader| {
            let children = named_children(node);
            match (node.kind_name(), children.as_slice()) {
                ("type_pattern" | "record_pattern_component", [type_node, name]) => {
                    vec![reader.variable(*name, Some(*type_node))]
                }
                ("pattern" | "record_pattern" | "record_pattern_body", _) => {
                    children.into_iter().flat_map(|it| reader.pattern_names(it)).collect()
                }
                _ => Vec::new(),
            }
        });
        read.unwrap_or_default()
    }
}

/// `default`, and `null, default`, whose last word the grammar takes for a name.
fn is_default(reader: &Reader, label: Node) -> bool {
    has_child(label, "default")
        || named_children(label).iter().any(|it| it.kind_name() == "identifier" && reader.text(*it) == "default")
}

/// Whether a label is one that only an exhaustive switch may have.
fn is_pattern_label(label: Node) -> bool {
    named_children(label).iter().any(|it| matches!(it.kind_name(), "pattern" | "null_literal"))
}
