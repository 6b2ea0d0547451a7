//! Loops, jumps and assignments. Owns their parts; must not know where control goes.

use tree_sitter::Node;

use super::Reader;
use super::branches::empty_block;
use super::frames::Target;
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Form, Loop};
use crate::lowering::tree::{all_children, child_of_kind, named_children};

impl Reader<'_> {
    /// `for (x in elements) …`.
    pub(super) fn for_loop(&mut self, node: Node) -> Form {
        let mut elements = None;
        let mut names = Vec::new();
        let mut is_behind_in = false;
        for child in all_children(node) {
            match child.kind_name() {
                "variable_declaration" | "multi_variable_declaration" => names = self.variables(child),
                "in" => is_behind_in = true,
                ")" => break,
                _ if is_behind_in && elements.is_none() => elements = Some(self.expression(child)),
                _ => {}
            }
        }
        Form::Loop(Box::new(Loop { names, elements, ..self.bare_loop(node) }))
    }

    /// `while (condition) …`, `do … while (condition)`.
    pub(super) fn while_loop(&mut self, node: Node) -> Form {
        let asks_behind = node.kind_name() == "do_while_statement";
        let condition = named_children(node).into_iter().find(|child| child.kind_name() != "control_structure_body");
        if asks_behind {
            let body = self.bare_loop(node);
            let condition = condition.map(|node| self.expression(node));
            return Form::Loop(Box::new(Loop { condition, asks_behind, ..body }));
        }
        let condition = condition.map(|node| self.expression(node));
        Form::Loop(Box::new(Loop { condition, ..self.bare_loop(node) }))
    }

    fn bare_loop(&mut self, node: Node) -> Loop {
        let body = child_of_kind(node, "control_structure_body");
        Loop {
            start: Vec::new(),
            names: Vec::new(),
            elements: None,
            condition: None,
            asks_behind: false,
            update: Vec::new(),
            body: body.map_or_else(|| empty_block(node), |body| self.branch(body)),
            awaits: false,
        }
    }

    /// `return`, `throw`, `break`, `continue`.
    pub(super) fn jump(&mut self, node: Node) -> Form {
        let children = all_children(node);
        let Some(word) = children.first() else { return Form::Broken };
        let label: Option<Name> = child_of_kind(node, "label").map(|label| self.identifier(label));
        let value = children.iter().skip(1).find(|child| child.is_named() && child.kind_name() != "label");
        match word.kind_name() {
            "throw" => Form::Throw(value.map(|value| Box::new(self.expression(*value)))),
            "break" | "break@" => Form::Break(label),
            "continue" | "continue@" => Form::Continue(label),
            _ => {
                let value = value.map(|value| Box::new(self.expression(*value)));
                let target = label.map(|label| self.return_target(label));
                Form::Return(
                    value,
                    match target {
                        Some(Target::Scope(label)) => Some(label),
                        Some(Target::Body) | None => None,
                    },
                )
            }
        }
    }

    /// `target = value`, `target += value`.
    pub(super) fn assignment(&mut self, node: Node) -> Form {
        let children = all_children(node);
        let [target, operator, value] = &children[..] else {
            return Form::All(self.all_of(&named_children(node)));
        };
        let target = match target.kind_name() {
            "directly_assignable_expression" => self.target(*target),
            _ => self.expression(*target),
        };
        let value = self.expression(*value);
        Form::Assign(Box::new(target), Box::new(value), operator.kind_name() != "=")
    }
}
