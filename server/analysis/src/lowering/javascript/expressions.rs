//! Expressions. Owns the steps that evaluating one takes, in order, and what its value is known to be;
//! must not know statements.

use tree_sitter::Node;

use super::conditions::operands;
use super::literals::{LONGEST_TEXT, joined};
use super::lowerer::{Fate, Lowerer};
use super::names::{copied, extended};
use super::syntax::{first_named, is_inert, is_wrapper, named_children, string_text, wrapped};
use crate::lowering::builder::Frontier;
use crate::lowering::grammar::Named;
use crate::lowering::{Handling, Path, Root, Segment, Step, Value};

impl<'t> Lowerer<'t> {
    /// Lowers an expression. `fate` says what is done with its value.
    pub(super) fn expression(&mut self, node: Node<'t>, fate: Fate) -> Value {
        if node.is_missing() {
            return Value::Unknown;
        }
        self.descend(node, |lowerer| {
            lowerer.errors_inside(node);
            Some(lowerer.expression_inside(node, fate))
        })
        .unwrap_or(Value::Unknown)
    }

    fn expression_inside(&mut self, node: Node<'t>, fate: Fate) -> Value {
        match node.kind_name() {
            "identifier" | "shorthand_property_identifier" => self.identifier(node).value,
            "string" if node.byte_range().len() > LONGEST_TEXT => Value::Unknown,
            "string" => Value::Text(string_text(self.source, node)),
            "number" => Value::Number(self.text(node).into()),
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            "null" => Value::Null,
            "undefined" => Value::Undefined,
            "member_expression" | "subscript_expression" | "call_expression" | "this" | "super" | "meta_property" => {
                self.chain(node, fate)
            }
            "arrow_function" | "function_expression" | "generator_function" => self.closure(node),
            "object" => self.object(node),
            "array" => self.array(node, Fate::USED),
            "template_string" => self.template(node),
            "new_expression" => self.construction(node, fate),
            "await_expression" => self.awaiting(node),
            "yield_expression" => self.yielding(node),
            "unary_expression" => self.unary(node),
            "update_expression" => self.update(node),
            "assignment_expression" => self.assignment(node),
            "augmented_assignment_expression" => self.augmented_assignment(node),
            "binary_expression" => self.binary(node, fate),
            "ternary_expression" => self.ternary(node, fate),
            "sequence_expression" => self.sequence(node, fate),
            "jsx_element" | "jsx_self_closing_element" => self.element(node),
            "jsx_expression" | "spread_element" | "template_substitution" | "computed_property_name" => {
                first_named(node).map_or(Value::Unknown, |inner| self.expression(inner, fate))
            }
            "class" => {
                self.class_definition(node);
                Value::Unknown
            }
            "internal_module" => {
                self.statement_inside(node);
                Value::Unknown
            }
            "ERROR" => {
                self.unreadable(node);
                Value::Unknown
            }
            _ if is_wrapper(node) => wrapped(node).map_or(Value::Unknown, |inner| self.expression(inner, fate)),
            _ => Value::Unknown,
        }
    }

    fn closure(&mut self, node: Node<'t>) -> Value {
        match self.declared.body_of.get(&node.id()) {
            Some(id) => Value::Closure(*id),
            // It stands too deep to have become a body.
            None => {
                self.emit(Step::Broken, node);
                Value::Unknown
            }
        }
    }

    fn awaiting(&mut self, node: Node<'t>) -> Value {
        let value = first_named(node).map(|inner| self.expression(inner, Fate::of(Handling::Awaited)));
        self.emit(Step::Await, node);
        match value {
            Some(Value::Path(path)) => match path.root {
                // A module's promise is the module.
                Root::Import { name: crate::lowering::ImportName::Namespace, .. } if path.segments.is_empty() => {
                    Value::Path(path)
                }
                _ => Value::Path(settled(path)),
            },
            Some(Value::Call { callee, .. }) => Value::Path(settled(extended(callee, Segment::Call))),
            Some(value) => value,
            None => Value::Unknown,
        }
    }

    fn yielding(&mut self, node: Node<'t>) -> Value {
        // What drives the generator waits for what it is given: `yield call(api.logout)`.
        if let Some(inner) = first_named(node) {
            self.expression(inner, Fate::of(Handling::Awaited));
        }
        self.emit(Step::Yield, node);
        Value::Unknown
    }

    fn unary(&mut self, node: Node<'t>) -> Value {
        let Some(argument) = node.field("argument") else { return Value::Unknown };
        let operator = node.field("operator").map(|operator| operator.kind_name()).unwrap_or_default();
        match operator {
            "void" => {
                self.expression(argument, Fate::of(Handling::Voided));
                Value::Undefined
            }
            "delete" => {
                let target = self.target(argument);
                self.assign(node, argument, target, Value::Undefined);
                Value::Unknown
            }
            "!" => match self.expression(argument, Fate::USED) {
                Value::Boolean(value) => Value::Boolean(!value),
                // Minifiers write `!0` and `!1`.
                Value::Number(number) if matches!(&*number, "0" | "1") => Value::Boolean(&*number == "0"),
                _ => Value::Unknown,
            },
            "-" => match self.expression(argument, Fate::USED) {
                Value::Number(number) => Value::Number(format!("-{number}").into()),
                _ => Value::Unknown,
            },
            _ => {
                self.expression(argument, Fate::USED);
                Value::Unknown
            }
        }
    }

    fn binary(&mut self, node: Node<'t>, fate: Fate) -> Value {
        let operator = node.field("operator").map(|operator| operator.kind_name()).unwrap_or_default();
        match operator {
            "&&" | "||" | "??" => self.junction_value(node, operator, fate),
            "+" => self.sum(node),
            _ => {
                for operand in operands(node, operator) {
                    self.expression(operand, Fate::USED);
                }
                Value::Unknown
            }
        }
    }

    /// `a && b`, `a || b`, `a ?? b` for their value.
    fn junction_value(&mut self, node: Node<'t>, operator: &str, fate: Fate) -> Value {
        let operands = operands(node, operator);
        let Some((last, before)) = operands.split_last() else { return Value::Unknown };
        if operands.iter().all(|operand| is_inert(*operand)) || self.is_muted() {
            let values = operands.iter().map(|operand| self.expression(*operand, fate)).collect();
            return either(operator, values);
        }
        let mut values = Vec::new();
        let mut leaving = Frontier::new();
        for operand in before {
            let mut branches = if operator == "??" {
                let value = self.expression(*operand, fate);
                let branches = self.present(*operand, &value);
                values.push(value);
                branches
            } else {
                self.condition(*operand)
            };
            if operator != "??" {
                values.push(branches.asked.take().unwrap_or(Value::Unknown));
            }
            let (goes_on, leaves) = match operator {
                "&&" => (branches.holds, branches.fails),
                "||" => (branches.fails, branches.holds),
                _ => (branches.fails, branches.holds),
            };
            leaving.extend(leaves);
            self.flow.graph.resume(goes_on);
        }
        values.push(self.expression(*last, fate));
        self.flow.graph.join(leaving);
        either(operator, values)
    }

    fn sum(&mut self, node: Node<'t>) -> Value {
        let mut text = String::new();
        let mut is_whole = true;
        for (index, operand) in operands(node, "+").into_iter().enumerate() {
            let value = self.expression(operand, Fate::USED);
            match value {
                Value::Text(part) if is_whole => is_whole = joined(&mut text, &part),
                Value::Number(part) if is_whole && index > 0 && !text.is_empty() => is_whole = joined(&mut text, &part),
                _ => is_whole = false,
            }
        }
        match (is_whole, text.is_empty()) {
            (true, _) => Value::Text(text.into()),
            (false, false) => Value::Template(text.into()),
            (false, true) => Value::Unknown,
        }
    }

    fn ternary(&mut self, node: Node<'t>, fate: Fate) -> Value {
        let parts = ["condition", "consequence", "alternative"].map(|field| node.field(field));
        let [Some(condition), Some(consequence), Some(alternative)] = parts else { return Value::Unknown };
        let branches = self.condition(condition);
        self.flow.graph.resume(branches.holds);
        let first = self.expression(consequence, fate);
        let behind = self.flow.graph.take();
        self.flow.graph.resume(branches.fails);
        let second = self.expression(alternative, fate);
        self.flow.graph.join(behind);
        Value::Either(vec![copied(&first), copied(&second)])
    }

    fn sequence(&mut self, node: Node<'t>, fate: Fate) -> Value {
        let parts = named_children(node);
        let Some((last, before)) = parts.split_last() else { return Value::Unknown };
        for part in before {
            self.expression(*part, Fate::of(Handling::Discarded));
        }
        self.expression(*last, fate)
    }

    /// Lowers what is unreadable directly inside a node whose parts are picked out one by one.
    pub(super) fn errors_inside(&mut self, node: Node<'t>) {
        let lowers_all_children = matches!(
            node.kind_name(),
            "ERROR"
                | "array"
                | "object"
                | "jsx_element"
                | "lexical_declaration"
                | "sequence_expression"
                | "statement_block"
                | "template_string"
                | "variable_declaration"
        );
        if lowers_all_children || !node.has_error() {
            return;
        }
        for child in named_children(node) {
            if child.is_error() {
                self.unreadable(child);
            }
        }
    }

    /// Lowers what can be read inside something that cannot.
    pub(super) fn unreadable(&mut self, node: Node<'t>) {
        self.emit(Step::Broken, node);
        for child in named_children(node) {
            self.statement_or_expression(child);
        }
    }
}

fn settled(path: Path) -> Path {
    extended(path, Segment::Awaited)
}

/// The value of operands of which one is taken. In `a && b` what is taken of the others is falsy.
fn either(operator: &str, mut values: Vec<Value>) -> Value {
    if operator == "&&" {
        let last = values.pop().unwrap_or(Value::Unknown);
        return Value::Either(vec![Value::Unknown, copied(&last)]);
    }
    Value::Either(values.iter().map(copied).collect())
}
