//! Conditions of `if`, `guard` and `while`: several clauses, each an expression, a binding, a pattern or a
//! question to the system. Owns telling them apart; must not know what depends on them.

use tree_sitter::Node;

use super::fold::{asks_type, balanced};
use super::patterns::Fits;
use super::reader::{Child, Reader, across, broken, expression, is_empty, kind};
use crate::lowering::outline::{
    Bind, Compare, Comparison, Declaration, Expression, Form, Statement, TypeName, Variable,
};
use crate::lowering::tree::span;
use crate::source::Span;

/// What stands between a keyword and its block.
#[derive(Debug, Default)]
pub(super) struct Clauses {
    /// What is asked. Nothing is where it always holds.
    pub(super) asked: Vec<Expression>,
    /// Other names for `self`, which are bound whatever is asked.
    pub(super) aliases: Vec<Statement>,
}

impl Clauses {
    /// The clauses as one condition; `None` where nothing is asked.
    pub(super) fn into_condition(self) -> Option<Expression> {
        let whole = self.asked.first()?.span;
        Some(balanced(self.asked, whole, Form::And))
    }
}

impl<'t> Reader<'t> {
    /// Reads clauses. Whether the object of a closure still lives is not asked: `guard let self`.
    pub(super) fn clauses(&mut self, parts: &[Child<'t>]) -> Clauses {
        let mut clauses = Clauses::default();
        for clause in parts.split(|(part, field)| field.is_none() && kind(*part) == ",") {
            let parts: Vec<Node<'t>> = clause.iter().map(|(part, _)| *part).filter(|part| !is_empty(*part)).collect();
            self.clause(&parts, &mut clauses);
        }
        clauses
    }

    fn clause(&mut self, parts: &[Node<'t>], clauses: &mut Clauses) {
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
        let bytes = across(span(*first), span(*last));
        let equals = parts.iter().position(|part| kind(*part) == "=").unwrap_or(parts.len());
        let (pattern, value) = parts.split_at(equals);
        let value = value.get(1..).unwrap_or_default();
        match kind(*first) {
            "availability_condition" => {
                if self.text(*first).contains("unavailable") {
                    clauses.asked.push(expression(bytes, Form::Boolean(false)));
                }
            }
            "case" => {
                let fits = self.fits(pattern.get(1..).unwrap_or_default());
                let (value, _) = self.clause_value(value, bytes);
                clauses.asked.push(expression(bytes, question(fits, value)));
            }
            "value_binding_pattern" => self.binding(pattern, value, bytes, clauses),
            _ => {
                let mut values: Vec<Expression> = parts.iter().map(|part| self.clause_part(*part)).collect();
                clauses.asked.push(match values.len() {
                    1 => values.remove(0),
                    _ => expression(bytes, Form::All(values)),
                });
            }
        }
    }

    fn binding(&mut self, pattern: &[Node<'t>], value: &[Node<'t>], bytes: Span, clauses: &mut Clauses) {
        let mut names: Vec<Variable> = Vec::new();
        let mut asks_presence = false;
        if let [_, name, rest @ ..] = pattern
            && kind(*name) == "simple_identifier"
        {
            let type_name: Option<TypeName> = rest.first().and_then(|annotation| self.type_name(*annotation));
            names.push(Variable { name: self.name(*name), span: span(*name), type_name });
            asks_presence = true;
        } else {
            names.extend(self.bound_names(pattern, false));
        }
        let (value, is_cast) = match (value.is_empty(), names.first()) {
            (false, _) => self.clause_value(value, bytes),
            // `if let user` asks for what has the same name.
            (true, Some(name)) if &*name.name == "self" => (expression(name.span, Form::This), false),
            (true, Some(name)) => (expression(name.span, Form::Name(name.name.clone())), false),
            (true, None) => (expression(bytes, Form::Nothing), false),
        };
        names.retain(|name| &*name.name != "self");
        if matches!(value.form, Form::This) {
            if !names.is_empty() {
                let declaration = Declaration { names, value: Some(value), lazy: false };
                let does = expression(bytes, Form::Declare(vec![declaration]));
                clauses.aliases.push(Statement { span: bytes, does });
            }
            return;
        }
        let bind = Bind { names, value, asks_presence: asks_presence && !is_cast };
        clauses.asked.push(expression(bytes, Form::Bind(Box::new(bind))));
    }

    /// A clause's value, and whether it is there only where a cast succeeds.
    fn clause_value(&mut self, parts: &[Node<'t>], bytes: Span) -> (Expression, bool) {
        let is_cast = parts.first().is_some_and(|part| asks_type(&self.sequence(*part)));
        let mut values: Vec<Expression> = parts.iter().map(|part| self.clause_part(*part)).collect();
        let value = match values.len() {
            1 => values.remove(0),
            _ => expression(bytes, Form::All(values)),
        };
        (value, is_cast)
    }

    fn clause_part(&mut self, part: Node<'t>) -> Expression {
        match kind(part) {
            "ERROR" => broken(span(part)),
            _ if part.is_named() => self.expression(part),
            _ => expression(span(part), Form::Nothing),
        }
    }
}

fn question(fits: Fits, value: Expression) -> Form {
    match fits {
        Fits::Value(right) => Form::Compare(Box::new(Compare { left: value, right, relation: Comparison::Equal })),
        Fits::Presence(names) => Form::Bind(Box::new(Bind { names, value, asks_presence: true })),
        Fits::Everything(names) | Fits::Other(names) => {
            Form::Bind(Box::new(Bind { names, value, asks_presence: false }))
        }
    }
}
