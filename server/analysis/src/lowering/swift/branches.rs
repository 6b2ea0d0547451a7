//! `if`, `guard`, `switch` and `do`. Owns their parts; must not know conditions and patterns.

use tree_sitter::Node;

use super::conditions::Clauses;
use super::patterns::Fits;
use super::reader::{Child, Reader, across, children, expression, is_empty, kind};
use crate::lowering::outline::{Attempt, Block, Case, Catch, Expression, Form, If, Pattern, Statement, Switch};
use crate::lowering::tree::{named_children, span};
use crate::source::Span;

/// How long a ladder of `else if` may be to be nested; a longer one is a list of conditions.
const LADDER_LIMIT: usize = 24;

/// One arm of a ladder.
struct Arm {
    bytes: Span,
    clauses: Clauses,
    then: Block,
}

impl<'t> Reader<'t> {
    /// Reads an `if` with all that is behind its `else`. The statements are to stand before it.
    pub(super) fn if_form(&mut self, node: Node<'t>) -> (Vec<Statement>, Expression) {
        let mut arms = Vec::new();
        let mut otherwise = None;
        let mut next = Some(node);
        while let Some(node) = next.take() {
            let parts = children(node);
            let start = parts.iter().position(|(part, _)| kind(*part) == "{").unwrap_or(parts.len());
            let (head, mut rest) = parts.split_at(start);
            let clauses = self.clauses(head.get(1..).unwrap_or_default());
            let then = self.next_block(node, &mut rest);
            arms.push(Arm { bytes: span(node), clauses, then });
            for (part, _) in rest {
                match kind(*part) {
                    "if_statement" => next = Some(*part),
                    "{" => {
                        let mut parts = rest;
                        otherwise = Some(self.next_block(node, &mut parts));
                    }
                    _ => {}
                }
            }
        }
        if arms.len() > LADDER_LIMIT {
            return (Vec::new(), expression(span(node), ladder(arms, otherwise)));
        }
        nested(arms, otherwise, span(node))
    }

    /// Reads a `guard`: its block runs where the condition does not hold.
    pub(super) fn guard(&mut self, node: Node<'t>) -> (Vec<Statement>, Expression) {
        let parts = children(node);
        let end = parts.iter().position(|(part, _)| kind(*part) == "else").unwrap_or(parts.len());
        let (head, mut rest) = parts.split_at(end);
        let mut clauses = self.clauses(head.get(1..).unwrap_or_default());
        let then = self.next_block(node, &mut rest);
        let aliases = std::mem::take(&mut clauses.aliases);
        let form = match clauses.into_condition() {
            None => Form::Nothing,
            Some(condition) => {
                let condition = expression(condition.span, Form::Not(Box::new(condition)));
                Form::If(Box::new(If { condition, then, otherwise: None, binds_behind: true }))
            }
        };
        (aliases, expression(span(node), form))
    }

    pub(super) fn switch(&mut self, node: Node<'t>) -> Form {
        let mut subject = None;
        let mut cases = Vec::new();
        for (child, field) in children(node) {
            match (kind(child), field) {
                (_, Some("expr")) if child.is_named() => subject = Some(self.expression(child)),
                ("switch_entry", _) => cases.push(self.case(child)),
                ("ERROR", _) if !is_empty(child) => cases.push(broken_case(child)),
                _ => {}
            }
        }
        Form::Switch(Box::new(Switch { subject, name: None, cases, exhaustive: true }))
    }

    fn case(&mut self, node: Node<'t>) -> Case {
        let mut patterns: Vec<Pattern> = Vec::new();
        let mut fits_all = false;
        let mut guard = None;
        let mut content = Vec::new();
        let mut start = None;
        let mut falls_through = false;
        for (child, _) in children(node) {
            match kind(child) {
                "fallthrough" => falls_through = true,
                "switch_pattern" => {
                    let nodes = named_children(child);
                    match self.fits(&nodes).into_pattern() {
                        Some(pattern) => patterns.push(pattern),
                        None => fits_all = true,
                    }
                }
                ":" => start = Some(child.end_byte() as u32),
                "statements" => content.push(child),
                "ERROR" if start.is_some() => content.push(child),
                _ if start.is_some() || !child.is_named() => {}
                "modifiers" | "default_keyword" | "where_keyword" | "ERROR" => {}
                _ => guard = Some(self.expression(child)),
            }
        }
        if fits_all {
            patterns.clear();
        }
        let start = start.unwrap_or(span(node).end);
        let inner = Span::new(start, span(node).end.max(start));
        Case { patterns, guard, body: self.block(content, inner), falls_through }
    }

    /// `do`, with its handlers where it has some.
    pub(super) fn attempt(&mut self, node: Node<'t>) -> Form {
        let parts = children(node);
        let mut rest = parts.as_slice();
        let body = self.next_block(node, &mut rest);
        let handlers: Vec<Child<'t>> = rest.iter().filter(|(part, _)| kind(*part) == "catch_block").copied().collect();
        if handlers.is_empty() {
            return Form::Block(body);
        }
        let catches = handlers.into_iter().map(|(handler, _)| self.handler(handler)).collect();
        Form::Attempt(Box::new(Attempt { resources: Vec::new(), body, catches, finally: None }))
    }

    fn handler(&mut self, node: Node<'t>) -> Catch {
        let (names, takes_all) = self.caught(node);
        Catch { names, takes_all, body: self.braced(node) }
    }

    /// Whether a loop's pattern fits every element, and its names.
    pub(super) fn element(&mut self, pattern: Node<'t>) -> Fits {
        let takes_some = self.text(pattern).starts_with("case");
        let names = self.bound_names(&[pattern], !takes_some);
        if takes_some { Fits::Other(names) } else { Fits::Everything(names) }
    }
}

/// Nests the arms from the last one on.
fn nested(arms: Vec<Arm>, otherwise: Option<Block>, whole: Span) -> (Vec<Statement>, Expression) {
    let mut otherwise = otherwise;
    let mut result = (Vec::new(), expression(whole, Form::Nothing));
    for (index, mut arm) in arms.into_iter().enumerate().rev() {
        let aliases = std::mem::take(&mut arm.clauses.aliases);
        let form = match arm.clauses.into_condition() {
            None => Form::Block(arm.then),
            Some(condition) => {
                Form::If(Box::new(If { condition, then: arm.then, otherwise: otherwise.take(), binds_behind: false }))
            }
        };
        let does = expression(arm.bytes, form);
        if index == 0 {
            result = (aliases, does);
            continue;
        }
        let mut statements = aliases;
        statements.push(Statement { span: arm.bytes, does });
        otherwise = Some(Block { statements, inner: arm.bytes, braceless: true });
    }
    result
}

/// A long ladder as a switch without a subject.
fn ladder(arms: Vec<Arm>, otherwise: Option<Block>) -> Form {
    let mut cases: Vec<Case> = Vec::new();
    for mut arm in arms {
        arm.then.statements.splice(0..0, std::mem::take(&mut arm.clauses.aliases));
        let patterns = arm.clauses.into_condition().map(Pattern::Holds).into_iter().collect();
        cases.push(Case { patterns, guard: None, body: arm.then, falls_through: false });
    }
    let exhaustive = otherwise.is_some();
    cases.extend(otherwise.map(|body| Case { patterns: Vec::new(), guard: None, body, falls_through: false }));
    Form::Switch(Box::new(Switch { subject: None, name: None, cases, exhaustive }))
}

fn broken_case(node: Node) -> Case {
    let bytes = span(node);
    let body = Block {
        statements: vec![Statement { span: bytes, does: super::reader::broken(bytes) }],
        inner: across(bytes, bytes),
        braceless: false,
    };
    Case { patterns: vec![Pattern::Other(Vec::new())], guard: None, body, falls_through: false }
}
