//! Expressions, each by its kind. Must not know statements.

use tree_sitter::Node;

use super::reader::{Reader, at, is_operand};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Compare, Comparison, Expression, Form};
use crate::lowering::tree::{all_children, child_of_kind, has_child, named_children, span};

impl Reader<'_> {
    /// An expression. Parentheses around it are no part of it.
    pub(super) fn expression(&mut self, node: Node) -> Expression {
        self.expression_deeper(node, 2)
    }

    /// An expression that is this many halves of a level further down.
    pub(super) fn expression_deeper(&mut self, node: Node, halves: u32) -> Expression {
        let node = without_parentheses(node);
        self.deeper(halves, |reader| reader.expression_here(node)).unwrap_or_else(|| at(node, Form::Broken))
    }

    /// The expression that stands among a node's operands at this place; broken where there is none.
    pub(super) fn operand(&mut self, node: Node, place: usize) -> Expression {
        match all_children(node).into_iter().filter(|child| is_operand(*child)).nth(place) {
            Some(operand) => self.expression(operand),
            None => at(node, Form::Broken),
        }
    }

    /// The expression under a field; broken where there is none.
    pub(super) fn field(&mut self, node: Node, field: &'static str) -> Expression {
        match node.field(field) {
            Some(child) => self.expression(child),
            None => at(node, Form::Broken),
        }
    }

    /// Every named part of a node, in order; nothing is known of the whole.
    pub(super) fn parts(&mut self, node: Node) -> Form {
        Form::All(named_children(node).into_iter().map(|child| self.expression(child)).collect())
    }

    fn expression_here(&mut self, node: Node) -> Expression {
        if node.is_error() || node.is_missing() {
            return at(node, Form::Broken);
        }
        match node.kind_name() {
            "call_expression"
            | "instantiation_expression"
            | "member_expression"
            | "index_expression"
            | "null_aware_member_expression"
            | "null_aware_index_expression"
            | "null_assertion_expression"
            | "assignable_expression" => self.chain(node),
            "logical_and_expression" => self.balanced(node, Form::And),
            "logical_or_expression" => self.balanced(node, Form::Or),
            "if_null_expression" => self.balanced(node, Form::Fallback),
            "bitwise_or_expression"
            | "bitwise_xor_expression"
            | "bitwise_and_expression"
            | "shift_expression"
            | "additive_expression"
            | "multiplicative_expression" => self.arithmetic(node),
            "conditional_expression" => self.conditional(node),
            // The value is the same value, whatever it is taken for.
            "type_cast_expression" => Expression { span: span(node), ..self.operand(node, 0) },
            kind => {
                let form = self.form(kind, node);
                at(node, form)
            }
        }
    }

    fn form(&mut self, kind: &str, node: Node) -> Form {
        match kind {
            "identifier" | "identifier_dollar_escaped" => Form::Name(self.name(node)),
            "this" => Form::This,
            "super" => Form::Super,
            "null_literal" => Form::Null,
            "true" => Form::Boolean(true),
            "false" => Form::Boolean(false),
            "decimal_integer_literal" | "hex_integer_literal" | "decimal_floating_point_literal" => {
                Form::Number(self.name(node))
            }
            "string_literal" => self.string(node),
            "list_literal" | "set_or_map_literal" => self.collection(node),
            "record_literal" => self.record(node),
            "cascade" => self.cascade(node),
            "assignment_expression" => self.assignment(node),
            "pattern_assignment" => self.pattern_assignment(node),
            "postfix_expression" | "unary_expression" => self.unary(node),
            "await_expression" => Form::Await(Box::new(self.operand(node, 0))),
            "throw_expression" => Form::Throw(Some(Box::new(self.field(node, "value")))),
            "equality_expression" | "relational_expression" => self.comparison(node),
            "type_test_expression" => self.type_test(node),
            "function_expression" => Form::Closure(Box::new(self.closure(node))),
            "switch_expression" => self.switch_expression(node),
            "new_expression" | "const_object_expression" | "constructor_invocation" => self.construction(node),
            "constructor_tearoff" => self.constructor_tear_off(node),
            "static_member_shorthand" => self.shorthand(node),
            "symbol_literal" => Form::All(Vec::new()),
            // An empty `parenthesized_expression` and what else has no form of its own.
            _ => self.parts(node),
        }
    }

    fn comparison(&mut self, node: Node) -> Form {
        let relation = match node.field("operator").map(|operator| self.text(operator)) {
            Some("==") => Comparison::Equal,
            Some("!=") => Comparison::Different,
            _ => Comparison::Other,
        };
        let (left, right) = (self.operand(node, 0), self.operand(node, 1));
        Form::Compare(Box::new(Compare { left, right, relation }))
    }

    fn type_test(&mut self, node: Node) -> Form {
        let left = self.operand(node, 0);
        let Some(test) = child_of_kind(node, "type_test") else { return Form::All(vec![left]) };
        let right = match child_of_kind(test, "type").and_then(|node| self.type_name(node)) {
            Some(name) => Expression { span: name.span, form: Form::Type(name) },
            None => at(test, Form::All(Vec::new())),
        };
        let asked = Form::Compare(Box::new(Compare { left, right, relation: Comparison::Other }));
        let is_turned = child_of_kind(test, "is_operator").is_some_and(|operator| has_child(operator, "!"));
        if is_turned { Form::Not(Box::new(at(node, asked))) } else { asked }
    }
}

/// The expression inside any number of parentheses.
pub(super) fn without_parentheses(node: Node) -> Node {
    let mut node = node;
    while node.kind_name() == "parenthesized_expression" {
        match all_children(node).into_iter().find(|child| is_operand(*child)) {
            Some(inner) => node = inner,
            None => return node,
        }
    }
    node
}
