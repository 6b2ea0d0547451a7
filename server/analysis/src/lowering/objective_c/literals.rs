//! Literals: texts, numbers, boxed values, dictionaries and arrays, and the names that stand for constants.
//! Must not know calls.

use std::sync::Arc;

use tree_sitter::Node;

use super::tree::{named_children, unescaped};
use super::{Reader, expression_at};
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Expression, Form};

impl Reader<'_> {
    /// An identifier, or the constant that it stands for.
    pub(super) fn identifier(&self, node: Node) -> Form {
        match self.text(node) {
            "self" => Form::This,
            "super" => Form::Super,
            "nil" | "Nil" | "NULL" | "nullptr" => Form::Null,
            "YES" | "TRUE" | "true" => Form::Boolean(true),
            "NO" | "FALSE" | "false" => Form::Boolean(false),
            name => Form::Name(Arc::from(name)),
        }
    }

    /// `@"text"`, `"text"`.
    pub(super) fn text_literal(&self, node: Node) -> Form {
        Form::Text(self.content(node))
    }

    /// `@"a" @"b"`; with a macro among them the text before it is known alone.
    pub(super) fn joined_texts(&self, node: Node) -> Form {
        let mut joined = String::new();
        for part in named_children(node) {
            if part.kind_name() != "string_literal" {
                return Form::Template(Arc::from(joined), Vec::new());
            }
            joined.push_str(&self.content(part));
        }
        Form::Text(Arc::from(joined))
    }

    fn content(&self, node: Node) -> Name {
        let raw = self.text(node);
        let raw = raw.split_once('"').map_or(raw, |(_, content)| content);
        unescaped(raw.strip_suffix('"').unwrap_or(raw))
    }

    /// `@{ key : value }`.
    pub(super) fn dictionary(&mut self, node: Node, depth: u32) -> Form {
        let pairs = named_children(node).into_iter().filter_map(|pair| {
            let sides = named_children(pair);
            let (Some(key), Some(value)) = (sides.first(), sides.get(1)) else { return None };
            Some((self.expression(*key, depth + 1), self.expression(*value, depth + 1)))
        });
        Form::Map(pairs.collect())
    }

    /// `@[ a, b ]`.
    pub(super) fn array(&mut self, node: Node, depth: u32) -> Form {
        Form::List(self.all(node, depth))
    }

    /// `@YES`, `@42`, `@(value)`: the value that is boxed.
    pub(super) fn boxed(&mut self, node: Node, depth: u32) -> Form {
        match named_children(node).first() {
            Some(inner) => self.expression(*inner, depth + 1).form,
            None => Form::Broken,
        }
    }

    /// `{ 1, .size = two }`: what is inside, the designators left out.
    pub(super) fn initialiser_list(&mut self, node: Node, depth: u32) -> Form {
        let values = named_children(node).into_iter().map(|part| match part.field("value") {
            Some(value) if part.kind_name() == "initializer_pair" => self.expression(value, depth + 1),
            _ => self.expression(part, depth + 1),
        });
        Form::All(values.collect())
    }

    /// Every expression directly inside a node.
    pub(super) fn all(&mut self, node: Node, depth: u32) -> Vec<Expression> {
        named_children(node).into_iter().map(|child| self.expression(child, depth + 1)).collect()
    }

    /// A number, or the truth that it is where a condition asks for one.
    pub(super) fn number(&self, node: Node) -> Expression {
        expression_at(node, Form::Number(self.name(node)))
    }
}
