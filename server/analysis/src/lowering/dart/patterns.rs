//! Patterns: what fits them, and which names they bind. A pattern's parts stand flat among the tokens of
//! the statement around it.

use tree_sitter::Node;

use super::reader::{Reader, at};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Expression, Form, Member, Pattern, Variable};
use crate::lowering::tree::{all_children, has_child, named_children, span};

impl<'t> Reader<'_> {
    /// The parts of the pattern behind `case` in an `if`, or at the start of a switch's case.
    pub(super) fn pattern_parts(&self, node: Node<'t>) -> Vec<Node<'t>> {
        let is_end = |node: &Node| matches!(node.kind_name(), "when" | ":" | "=>" | ")");
        let children = all_children(node);
        let start = children.iter().position(|child| child.kind_name() == "case").map_or(0, |place| place + 1);
        let (mut depth, mut parts) = (0, Vec::new());
        for child in children.into_iter().skip(start) {
            if depth == 0 && is_end(&child) {
                break;
            }
            match child.kind_name() {
                "(" => depth += 1,
                ")" => depth -= 1,
                _ => {}
            }
            parts.push(child);
        }
        parts
    }

    /// What fits, any of them; none where everything does.
    pub(super) fn patterns(&mut self, parts: &[Node<'t>]) -> Vec<Pattern> {
        let parts = bare(parts);
        let mut found = Vec::new();
        for alternative in split(parts, "||") {
            match self.pattern(bare(alternative)) {
                Some(pattern) => found.push(pattern),
                None => return Vec::new(),
            }
        }
        found
    }

    fn pattern(&mut self, parts: &[Node<'t>]) -> Option<Pattern> {
        match parts {
            [only] if only.kind_name() == "constant_pattern" => match self.text(*only) {
                "_" => None,
                _ => Some(Pattern::Equals(self.constant(*only))),
            },
            [only] if only.kind_name() == "variable_pattern" && !has_child(*only, "type") => None,
            [operator, value] if self.text(*operator) == "==" => Some(Pattern::Equals(self.expression(*value))),
            _ => Some(Pattern::Other(self.bound_names(parts))),
        }
    }

    /// A constant that a value is compared with.
    fn constant(&mut self, node: Node<'t>) -> Expression {
        let children = named_children(node);
        let mut names = children.iter().filter(|child| matches!(child.kind_name(), "identifier" | "type_identifier"));
        if has_child(node, "-") {
            return at(node, Form::Number(self.name(node)));
        }
        if has_child(node, "const") {
            let form = self.parts(node);
            return at(node, form);
        }
        let (first, object) = match children.first() {
            Some(first) if first.kind_name() == "qualified_name" => return self.constant(*first),
            Some(first) if first.kind_name() == "identifier" || first.kind_name() == "type_identifier" => {
                names.next();
                (*first, at(*first, Form::Name(self.name(*first))))
            }
            Some(first) => (*first, self.expression(*first)),
            None => return at(node, Form::Broken),
        };
        let mut value = object;
        for name in names {
            let span = super::reader::between(span(first), span(*name));
            let member = Member { object: Some(value), name: self.name(*name), optional: false };
            value = Expression { span, form: Form::Member(Box::new(member)) };
        }
        value
    }

    /// The names that a pattern binds.
    pub(super) fn bound_names(&self, parts: &[Node<'t>]) -> Vec<Variable> {
        let mut open: Vec<Node> = parts.iter().rev().copied().collect();
        let mut names = Vec::new();
        while let Some(node) = open.pop() {
            if node.kind_name() == "variable_pattern" {
                let Some(name) = node.field("name").filter(|name| self.text(*name) != "_") else {
                    continue;
                };
                let type_name = self.declared_type(node);
                names.push(Variable { name: self.name(name), span: span(name), type_name });
            } else if node.kind_name().ends_with("_pattern") && node.kind_name() != "constant_pattern" {
                open.extend(named_children(node).into_iter().rev());
            }
        }
        names
    }

    /// `(a, b) = value`: every name gets another value, of which nothing is known.
    pub(super) fn pattern_assignment(&mut self, node: Node<'t>) -> Form {
        let children = named_children(node);
        let Some((value, pattern)) = children.split_last() else { return Form::Broken };
        let mut parts = vec![self.expression(*value)];
        let mut open: Vec<Node> = pattern.iter().rev().copied().collect();
        while let Some(inner) = open.pop() {
            match inner.kind_name() {
                "constant_pattern" => {
                    let target = self.constant(inner);
                    let assignment = Form::Assign(Box::new(target), Box::new(at(inner, Form::All(Vec::new()))), false);
                    parts.push(at(inner, assignment));
                }
                kind if kind.ends_with("_pattern") => open.extend(named_children(inner).into_iter().rev()),
                _ => {}
            }
        }
        Form::All(parts)
    }
}

/// Parts without the parentheses around all of them.
fn bare<'s, 't>(parts: &'s [Node<'t>]) -> &'s [Node<'t>] {
    let mut parts = parts;
    while let [first, inner @ .., last] = parts {
        let is_around = first.kind_name() == "(" && last.kind_name() == ")" && {
            let mut depth = 0;
            inner.iter().all(|node| {
                depth += i32::from(node.kind_name() == "(") - i32::from(node.kind_name() == ")");
                depth >= 0
            })
        };
        if !is_around {
            return parts;
        }
        parts = inner;
    }
    parts
}

/// Parts between the operators that stand in no parentheses.
fn split<'s, 't>(parts: &'s [Node<'t>], operator: &str) -> Vec<&'s [Node<'t>]> {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (place, node) in parts.iter().enumerate() {
        match node.kind_name() {
            "(" => depth += 1,
            ")" => depth -= 1,
            kind if kind == operator && depth == 0 => {
                found.extend(parts.get(start..place));
                start = place + 1;
            }
            _ => {}
        }
    }
    found.extend(parts.get(start..));
    found
}
