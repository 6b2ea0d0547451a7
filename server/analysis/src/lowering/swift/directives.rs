//! Conditional compilation. The grammar gives `#if`, `#else` and `#endif` as siblings of what stands
//! between them. Owns pairing them and what their conditions say of an iOS app; must not know statements.

use tree_sitter::Node;

use super::reader::{across, expression, kind};
use crate::lowering::Name;
use crate::lowering::outline::{Expression, Form};
use crate::lowering::tree::{span, text};
use crate::source::Span;

/// How deep conditional compilation is paired, and how deep a condition's parentheses are read.
const NESTING_LIMIT: usize = 32;

/// A sibling, or a choice among some.
#[derive(Debug)]
pub(super) enum Part<'t> {
    Node(Node<'t>),
    /// What is compiled depends on what is not known here. The bytes are those from `#if` to `#endif`.
    Choice(Vec<Branch<'t>>, Span),
}

/// One branch of a choice.
#[derive(Debug)]
pub(super) struct Branch<'t> {
    /// Its condition; `true` for the last one that always holds.
    pub(super) condition: Expression,
    pub(super) parts: Vec<Part<'t>>,
    /// The bytes between its directive and the next one.
    pub(super) inner: Span,
}

/// Pairs directives, and takes away what is not compiled for an iOS app.
pub(super) fn paired<'t>(source: &str, nodes: impl IntoIterator<Item = Node<'t>>) -> Vec<Part<'t>> {
    let mut parts = Vec::new();
    let mut open: Vec<Choosing<'t>> = Vec::new();
    for node in nodes {
        let directive = (kind(node) == "directive").then(|| text(source, node).trim());
        let word = directive.map(|text| text.split_whitespace().next().unwrap_or_default());
        match word {
            Some(word) if word.starts_with("#if") && open.len() < NESTING_LIMIT => {
                open.push(Choosing::new(source, node))
            }
            Some(word) if word.starts_with("#else") => {
                if let Some(choosing) = open.last_mut() {
                    choosing.next_branch(source, node);
                }
            }
            Some(word) if word.starts_with("#endif") => {
                if let Some(choosing) = open.pop() {
                    let settled = choosing.settle(span(node));
                    list(&mut open, &mut parts).extend(settled);
                }
            }
            Some(_) => {}
            None => list(&mut open, &mut parts).push(Part::Node(node)),
        }
    }
    // What was never closed is half-typed: everything in it stays.
    for choosing in open {
        parts.extend(choosing.branches.into_iter().flat_map(|branch| branch.parts));
    }
    parts
}

/// Every node among these, whatever is compiled.
pub(super) fn all_nodes<'t>(parts: Vec<Part<'t>>) -> Vec<Node<'t>> {
    let mut nodes = Vec::new();
    let mut pending: Vec<Part<'t>> = parts.into_iter().rev().collect();
    while let Some(part) = pending.pop() {
        match part {
            Part::Node(node) => nodes.push(node),
            Part::Choice(branches, _) => {
                pending.extend(branches.into_iter().flat_map(|branch| branch.parts).rev().collect::<Vec<_>>());
            }
        }
    }
    nodes
}

fn list<'a, 't>(open: &'a mut [Choosing<'t>], parts: &'a mut Vec<Part<'t>>) -> &'a mut Vec<Part<'t>> {
    match open.last_mut().and_then(|choosing| choosing.branches.last_mut()) {
        Some(branch) => &mut branch.parts,
        None => parts,
    }
}

/// An `#if` whose `#endif` has not come yet.
struct Choosing<'t> {
    start: Span,
    branches: Vec<Branch<'t>>,
}

impl<'t> Choosing<'t> {
    fn new(source: &str, node: Node<'t>) -> Self {
        let mut choosing = Self { start: span(node), branches: Vec::new() };
        choosing.next_branch(source, node);
        choosing
    }

    fn next_branch(&mut self, source: &str, node: Node<'t>) {
        self.end_branch(span(node));
        let inner = Span::at(span(node).end);
        self.branches.push(Branch { condition: condition(source, span(node)), parts: Vec::new(), inner });
    }

    fn end_branch(&mut self, next: Span) {
        if let Some(branch) = self.branches.last_mut() {
            branch.inner = Span::new(branch.inner.start, next.start.max(branch.inner.start));
        }
    }

    fn settle(mut self, end: Span) -> Vec<Part<'t>> {
        self.end_branch(end);
        let mut kept = Vec::new();
        for branch in self.branches {
            match branch.condition.form {
                Form::Boolean(false) => {}
                Form::Boolean(true) if kept.is_empty() => return branch.parts,
                Form::Boolean(true) => {
                    kept.push(branch);
                    break;
                }
                _ => kept.push(branch),
            }
        }
        if kept.is_empty() { Vec::new() } else { vec![Part::Choice(kept, across(self.start, end))] }
    }
}

/// What a directive asks: `true` and `false` where that is known of an iOS app.
fn condition(source: &str, directive: Span) -> Expression {
    let raw = directive.text(source);
    let word = raw.split(|it: char| it.is_whitespace() || it == '(' || it == '!').next().unwrap_or_default();
    let rest = raw.get(word.len()..).unwrap_or_default();
    if word == "#else" {
        return expression(directive, Form::Boolean(true));
    }
    let mut reading = Reading { rest, span: directive };
    reading.any(0)
}

struct Reading<'t> {
    rest: &'t str,
    span: Span,
}

impl Reading<'_> {
    fn takes(&mut self, token: &str) -> bool {
        self.rest = self.rest.trim_start();
        let Some(rest) = self.rest.strip_prefix(token) else { return false };
        self.rest = rest;
        true
    }

    fn any(&mut self, depth: usize) -> Expression {
        let mut left = self.every(depth);
        let mut count = 0;
        while self.takes("||") {
            let right = self.every(depth);
            count += 1;
            left = match (&left.form, &right.form) {
                (Form::Boolean(true), _) | (_, Form::Boolean(false)) => left,
                (_, Form::Boolean(true)) | (Form::Boolean(false), _) => right,
                _ if count > NESTING_LIMIT => left,
                _ => expression(self.span, Form::Or(Box::new(left), Box::new(right))),
            };
        }
        left
    }

    fn every(&mut self, depth: usize) -> Expression {
        let mut left = self.one(depth);
        let mut count = 0;
        while self.takes("&&") {
            let right = self.one(depth);
            count += 1;
            left = match (&left.form, &right.form) {
                (Form::Boolean(false), _) | (_, Form::Boolean(true)) => left,
                (_, Form::Boolean(false)) | (Form::Boolean(true), _) => right,
                _ if count > NESTING_LIMIT => left,
                _ => expression(self.span, Form::And(Box::new(left), Box::new(right))),
            };
        }
        left
    }

    fn one(&mut self, depth: usize) -> Expression {
        if depth > NESTING_LIMIT {
            return expression(self.span, Form::All(Vec::new()));
        }
        if self.takes("!") {
            let inner = self.one(depth + 1);
            let form = match inner.form {
                Form::Boolean(holds) => Form::Boolean(!holds),
                _ => Form::Not(Box::new(inner)),
            };
            return expression(self.span, form);
        }
        if self.takes("(") {
            let inner = self.any(depth + 1);
            self.takes(")");
            return inner;
        }
        self.rest = self.rest.trim_start();
        let length = self.rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(length);
        self.rest = rest;
        let mut argument = "";
        if self.takes("(") {
            let (inside, rest) = self.rest.split_once(')').unwrap_or((self.rest, ""));
            (argument, self.rest) = (inside.trim(), rest);
        }
        let form = match (word, argument) {
            ("true" | "canImport", _) | ("swift" | "compiler", _) | ("os", "iOS") => Form::Boolean(true),
            ("false" | "os", _) | ("targetEnvironment", "macCatalyst") => Form::Boolean(false),
            (_, "") => Form::Name(Name::from(word)),
            _ => Form::Name(Name::from(argument)),
        };
        expression(self.span, form)
    }
}
