//! Patterns: of `case`, `catch`, `for` and declarations. Owns the names that they bind and whether they
//! are a plain value; must not know statements.

use tree_sitter::Node;

use super::reader::{Reader, across, expression, kind};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Expression, Form, Member, Pattern, Variable};
use crate::lowering::tree::{all_children, named_children, span};

/// What a pattern fits.
#[derive(Debug)]
pub(super) enum Fits {
    /// What equals this value.
    Value(Expression),
    /// Whatever is there: `let user?`, `.some(let user)`.
    Presence(Vec<Variable>),
    /// Everything.
    Everything(Vec<Variable>),
    /// Something else.
    Other(Vec<Variable>),
}

impl Fits {
    /// The pattern of a case; `None` for one that fits everything.
    pub(super) fn into_pattern(self) -> Option<Pattern> {
        match self {
            Self::Value(value) => Some(Pattern::Equals(value)),
            Self::Everything(names) if names.is_empty() => None,
            Self::Presence(names) | Self::Other(names) | Self::Everything(names) => Some(Pattern::Other(names)),
        }
    }
}

impl<'t> Reader<'t> {
    /// The names that some nodes of a pattern bind. `binds` says that a `let` stands before them.
    pub(super) fn bound_names(&self, nodes: &[Node<'t>], binds: bool) -> Vec<Variable> {
        let mut names = Vec::new();
        let mut binds = binds;
        let mut pending: Vec<(Node<'t>, bool, bool)> = nodes.iter().rev().map(|node| (*node, false, false)).collect();
        while let Some((node, is_bound, is_let)) = pending.pop() {
            match kind(node) {
                "value_binding_pattern" if !is_let => binds = true,
                "simple_identifier" if is_bound => {
                    let name = self.name(node);
                    if !matches!(&*name, "_" | "self" | "nil") {
                        names.push(Variable { name, span: span(node), type_name: None });
                    }
                }
                "pattern" => {
                    let parts = all_children(node);
                    let has_let = parts.iter().any(|part| kind(*part) == "value_binding_pattern");
                    // Inside a pattern a `let` holds for that pattern alone.
                    let is_let = is_let || has_let || binds;
                    let is_name = matches!(parts.as_slice(), [only] if kind(*only) == "simple_identifier");
                    for part in parts.into_iter().rev() {
                        let is_field = node.field("bound_identifier") == Some(part);
                        pending.push((part, is_field || (is_name && is_let), is_let));
                    }
                }
                _ => {}
            }
        }
        names
    }

    /// What the nodes of a pattern fit.
    pub(super) fn fits(&mut self, nodes: &[Node<'t>]) -> Fits {
        let nodes = match nodes {
            [only] if kind(*only) == "pattern" => all_children(*only),
            _ => nodes.to_vec(),
        };
        let names = self.bound_names(&nodes, false);
        let kinds: Vec<&str> = nodes.iter().map(|node| kind(*node)).collect();
        match (kinds.as_slice(), names.is_empty()) {
            (["wildcard_pattern"] | ["value_binding_pattern", "wildcard_pattern"], _) => Fits::Everything(names),
            (["value_binding_pattern", "simple_identifier"], _) => Fits::Everything(self.let_name(&nodes)),
            (["value_binding_pattern", "simple_identifier", "?"], _) => Fits::Presence(self.let_name(&nodes)),
            (["(", "pattern", ")"], _) => self.fits(nodes.get(1..2).unwrap_or_default()),
            (
                [".", "simple_identifier", "(", "pattern", ")"]
                | ["value_binding_pattern", ".", "simple_identifier", "(", "pattern", ")"],
                false,
            ) if nodes.iter().any(|node| kind(*node) == "simple_identifier" && self.text(*node) == "some") => {
                Fits::Presence(names)
            }
            (["." | "user_type", ..], true) if !kinds.contains(&"(") => self.case_value(&nodes),
            (["simple_identifier"], _) if nodes.first().is_some_and(|node| self.text(*node) == "nil") => {
                nodes.first().map_or(Fits::Other(Vec::new()), |node| Fits::Value(expression(span(*node), Form::Null)))
            }
            ([only], true) if !matches!(*only, "pattern" | "range_expression" | "ERROR") => match nodes.first() {
                Some(node) => Fits::Value(self.expression(*node)),
                None => Fits::Other(names),
            },
            _ => Fits::Other(names),
        }
    }

    /// `let name`: the one identifier is the name.
    fn let_name(&self, nodes: &[Node<'t>]) -> Vec<Variable> {
        let names = nodes.iter().filter(|node| kind(**node) == "simple_identifier" && self.text(**node) != "_");
        names.map(|node| Variable { name: self.name(*node), span: span(*node), type_name: None }).collect()
    }

    /// `.signedOut`, `State.signedOut`.
    fn case_value(&mut self, nodes: &[Node<'t>]) -> Fits {
        let (Some(first), Some(name)) = (nodes.first(), nodes.iter().find(|node| kind(**node) == "simple_identifier"))
        else {
            return Fits::Other(Vec::new());
        };
        let object = self.type_name(*first).map(|object| self.path(object));
        let bytes = across(span(*first), span(*name));
        let member = Member { object, name: self.name(*name), optional: false };
        Fits::Value(expression(bytes, Form::Member(Box::new(member))))
    }

    /// What a `catch` clause takes: its names, and whether it takes everything.
    pub(super) fn caught(&mut self, node: Node<'t>) -> (Vec<Variable>, bool) {
        let has_where = named_children(node).iter().any(|child| kind(*child) == "where_clause");
        match node.field("error").map(|pattern| self.fits(&[pattern])) {
            None => {
                let word = named_children(node).first().map_or(span(node), |word| span(*word));
                (vec![Variable { name: "error".into(), span: word, type_name: None }], !has_where)
            }
            Some(Fits::Everything(names)) => (names, !has_where),
            Some(Fits::Presence(names) | Fits::Other(names)) => (names, false),
            Some(Fits::Value(_)) => (Vec::new(), false),
        }
    }
}
