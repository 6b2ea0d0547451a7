//! Loops: `for in`, C's `for`, `while` and `do`. Must not know what is inside.

use tree_sitter::Node;

use super::Reader;
use super::tree::{all_children, has_child};
use super::types::is_declarator;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Block, Form, Loop};

impl Reader<'_> {
    /// Reads any loop.
    pub(super) fn a_loop(&mut self, node: Node, depth: u32) -> Form {
        if node.kind_name() == "for_statement" && has_child(node, "in") {
            return self.for_in(node, depth);
        }
        let start = node.field("initializer").map(|part| self.statement(part, depth + 1));
        let asked = node.field("condition").map(|part| self.condition(part, depth + 1));
        let update = node.field("update").map(|part| self.expression(part, depth + 1));
        let Some(body) = node.field("body") else { return Form::Broken };
        Form::Loop(Box::new(Loop {
            start: start.into_iter().collect(),
            condition: asked,
            asks_behind: node.kind_name() == "do_statement",
            update: update.into_iter().collect(),
            body: self.body(body, depth + 1),
            ..empty()
        }))
    }

    /// `for (Type *name in elements) …`.
    fn for_in(&mut self, node: Node, depth: u32) -> Form {
        let children = all_children(node);
        let Some(at) = children.iter().position(|child| child.kind_name() == "in") else { return Form::Broken };
        let (before, behind) = children.split_at(at);
        let mut behind = behind.iter().filter(|child| child.is_named());
        let (Some(elements), Some(body)) = (behind.next(), behind.next()) else { return Form::Broken };
        let declarator = before.iter().rev().find(|child| is_declarator(**child));
        let name = declarator.and_then(|declarator| self.variable(*declarator, self.declared_type(node)));
        Form::Loop(Box::new(Loop {
            names: name.into_iter().collect(),
            elements: Some(self.expression(*elements, depth + 1)),
            body: self.body(*body, depth + 1),
            ..empty()
        }))
    }
}

fn empty() -> Loop {
    Loop {
        start: Vec::new(),
        names: Vec::new(),
        elements: None,
        condition: None,
        asks_behind: false,
        update: Vec::new(),
        body: Block::default(),
        awaits: false,
    }
}
