//! Conditions as control flow. Owns taking `&&`, `||`, `!` and comparisons apart; must not know statements.

use smallvec::smallvec;
use tree_sitter::Node;

use super::lowerer::{Fate, Lowerer};
use super::names::copied;
use super::syntax::{first_named, is_wrapper, named_children, span, stripped, unwrap, wrapped};
use crate::lowering::builder::Frontier;
use crate::lowering::grammar::Named;
use crate::lowering::{Condition, Name, Path, Relation, Root, Segment, Value};

/// Where control stands after a condition.
#[derive(Debug, Default)]
pub(super) struct Branches {
    pub(super) holds: Frontier,
    pub(super) fails: Frontier,
    /// What was asked for its truth, where it was one operand alone.
    pub(super) asked: Option<Value>,
}

impl Branches {
    fn negated(self) -> Self {
        Self { holds: self.fails, fails: self.holds, asked: None }
    }
}

impl<'t> Lowerer<'t> {
    /// Lowers a condition. The frontier is empty afterwards: control stands at the branches.
    pub(super) fn condition(&mut self, node: Node<'t>) -> Branches {
        let read = self.descend(node, |lowerer| {
            if is_wrapper(node) {
                lowerer.errors_inside(node);
            }
            Some(lowerer.condition_inside(node))
        });
        read.unwrap_or_else(|| {
            let here = self.flow.graph.take();
            Branches { holds: here.clone(), fails: here, asked: None }
        })
    }

    fn condition_inside(&mut self, node: Node<'t>) -> Branches {
        let node = unwrap(node);
        match node.kind_name() {
            "true" => self.constant_condition(true),
            "false" | "null" | "undefined" => self.constant_condition(false),
            "number" => self.constant_condition(self.text(node) != "0"),
            "unary_expression" => self.unary_condition(node),
            "binary_expression" => self.binary_condition(node),
            "sequence_expression" => {
                let mut parts = named_children(node);
                let last = parts.pop();
                for part in parts {
                    self.expression(part, Fate::USED);
                }
                match last {
                    Some(last) => self.condition(last),
                    None => self.truthy(node),
                }
            }
            "ternary_expression" => self.ternary_condition(node),
            "call_expression" => match self.boolean_argument(node) {
                Some(argument) => self.condition(argument),
                None => self.truthy(node),
            },
            _ if is_wrapper(node) => match wrapped(node) {
                Some(inner) => self.condition(inner),
                None => self.truthy(node),
            },
            _ => self.truthy(node),
        }
    }

    fn constant_condition(&mut self, holds: bool) -> Branches {
        let branches = Branches { holds: self.flow.graph.take(), ..Branches::default() };
        if holds { branches } else { branches.negated() }
    }

    fn unary_condition(&mut self, node: Node<'t>) -> Branches {
        let operator = node.field("operator").map(|operator| operator.kind_name());
        match (operator, node.field("argument")) {
            (Some("!"), Some(argument)) => self.condition(argument).negated(),
            (Some("void"), Some(argument)) => {
                self.expression(argument, Fate::of(crate::lowering::Handling::Voided));
                self.constant_condition(false)
            }
            _ => self.truthy(node),
        }
    }

    /// The argument of `Boolean(x)`.
    fn boolean_argument(&self, node: Node<'t>) -> Option<Node<'t>> {
        let callee = node.field("function").filter(|callee| callee.kind_name() == "identifier")?;
        if self.text(callee) != "Boolean" || self.declared.resolve(self.flow.scope, "Boolean").is_some() {
            return None;
        }
        first_named(node.field("arguments")?)
    }

    fn ternary_condition(&mut self, node: Node<'t>) -> Branches {
        let parts = ["condition", "consequence", "alternative"].map(|field| node.field(field));
        let [Some(condition), Some(consequence), Some(alternative)] = parts else { return self.truthy(node) };
        let outer = self.condition(condition);
        self.flow.graph.resume(outer.holds);
        let mut branches = self.condition(consequence);
        self.flow.graph.resume(outer.fails);
        let other = self.condition(alternative);
        branches.holds.extend(other.holds);
        branches.fails.extend(other.fails);
        branches
    }

    fn binary_condition(&mut self, node: Node<'t>) -> Branches {
        let operator = node.field("operator").map(|operator| operator.kind_name()).unwrap_or_default();
        match operator {
            "&&" | "||" => self.junction(node, operator),
            "===" | "==" | "!==" | "!=" => self.comparison(node, operator),
            "in" => self.membership(node),
            "??" => self.truthy(node),
            _ => self.other_comparison(node, operator),
        }
    }

    /// `a && b && c` in a flat loop: chains of operators may be long.
    fn junction(&mut self, node: Node<'t>, operator: &str) -> Branches {
        let mut branches = Branches::default();
        let operands = operands(node, operator);
        let count = operands.len();
        for (index, operand) in operands.into_iter().enumerate() {
            let part = self.condition(operand);
            let goes_on = if operator == "&&" {
                branches.fails.extend(part.fails);
                branches.holds = part.holds;
                &mut branches.holds
            } else {
                branches.holds.extend(part.holds);
                branches.fails = part.fails;
                &mut branches.fails
            };
            if index + 1 < count {
                let goes_on = std::mem::take(goes_on);
                self.flow.graph.resume(goes_on);
            }
        }
        branches
    }

    fn comparison(&mut self, node: Node<'t>, operator: &str) -> Branches {
        let (Some(left), Some(right)) = (node.field("left"), node.field("right")) else {
            return self.truthy(node);
        };
        let positive = operator.replace('!', "=");
        let text = format!("{}{positive}{}", stripped(self.source, left), stripped(self.source, right));
        let branches = match (type_asked(left), type_asked(right)) {
            (Some(subject), _) => self.type_comparison(node, subject, right, text),
            (None, Some(subject)) => self.type_comparison(node, subject, left, text),
            (None, None) => self.equality(node, left, right, text),
        };
        if operator.starts_with('!') { branches.negated() } else { branches }
    }

    fn equality(&mut self, node: Node<'t>, left: Node<'t>, right: Node<'t>, text: String) -> Branches {
        let left_value = self.expression(left, Fate::USED);
        let right_value = self.expression(right, Fate::USED);
        let (subject, value, asked) = if is_literal(left) && !is_literal(right) {
            (right_value, left_value, right)
        } else {
            (left_value, right_value, left)
        };
        let written = self.written(asked);
        let subject = self.subject_of(asked, subject);
        self.ask(Condition { subject, written, relation: Relation::Equals(value), span: span(node), text: text.into() })
    }

    fn type_comparison(&mut self, node: Node<'t>, subject: Node<'t>, other: Node<'t>, text: String) -> Branches {
        let value = self.expression(subject, Fate::USED);
        let written = self.written(subject);
        let relation = match self.expression(other, Fate::USED) {
            Value::Text(name) => Relation::TypeOf(name),
            _ => Relation::Other,
        };
        let subject = self.subject_of(subject, value);
        self.ask(Condition { subject, written, relation, span: span(node), text: text.into() })
    }

    /// `'FS' in window` asks whether a member is there.
    fn membership(&mut self, node: Node<'t>) -> Branches {
        let (Some(left), Some(right)) = (node.field("left"), node.field("right")) else {
            return self.truthy(node);
        };
        let is_named = unwrap(left).kind_name() == "string";
        let key = self.expression(left, Fate::USED);
        let object = self.expression(right, Fate::USED);
        let mut written = self.written(right);
        let text = stripped(self.source, node).into();
        let Some(name) = key.as_text().filter(|_| is_named) else {
            return self.ask(Condition { subject: object, written, relation: Relation::Other, span: span(node), text });
        };
        written.push(name.into());
        let place = object.path().unwrap_or_else(|| Path::root(Root::Unknown));
        let subject = Value::Path(place.then(Segment::Member(name.into())));
        self.ask(Condition { subject, written, relation: Relation::Present, span: span(node), text })
    }

    /// `a < b`, `x instanceof Y`; arithmetic is asked for its truth.
    fn other_comparison(&mut self, node: Node<'t>, operator: &str) -> Branches {
        let compares = matches!(operator, "<" | ">" | "<=" | ">=" | "instanceof");
        let (Some(left), Some(right)) = (node.field("left"), node.field("right")) else {
            return self.truthy(node);
        };
        if !compares {
            return self.truthy(node);
        }
        let value = self.expression(left, Fate::USED);
        self.expression(right, Fate::USED);
        let (subject, written) = (self.subject_of(left, value), self.written(left));
        let text: Name = stripped(self.source, node).into();
        self.ask(Condition { subject, written, relation: Relation::Other, span: span(node), text })
    }

    /// Asks whether an expression is truthy. What a `?.` in it skipped is not.
    fn truthy(&mut self, node: Node<'t>) -> Branches {
        let is_chain = matches!(node.kind_name(), "call_expression" | "member_expression" | "subscript_expression");
        let (value, skipped) = if is_chain {
            let chain = self.open_chain(node, Fate::USED);
            (chain.operand.value, chain.skipped)
        } else {
            (self.expression(node, Fate::USED), Frontier::new())
        };
        let asked = copied(&value);
        let subject = self.subject_of(node, value);
        let written = self.written(node);
        let text = stripped(self.source, node).into();
        let mut branches = self.ask(Condition { subject, written, relation: Relation::Truthy, span: span(node), text });
        branches.fails.extend(skipped);
        branches.asked = Some(asked);
        branches
    }

    /// What a condition asks about: a name keeps its own path where its value is a mere constant, for a
    /// switch that is off today is a switch all the same, and where it may be one of several.
    fn subject_of(&mut self, node: Node<'t>, value: Value) -> Value {
        let node = unwrap(node);
        let is_constant = !matches!(value, Value::Path(_) | Value::Call { .. } | Value::Unknown);
        if is_constant && node.kind_name() == "identifier" { Value::Path(self.target_of_name(node)) } else { value }
    }

    /// Adds both outcomes of a condition.
    pub(super) fn ask(&mut self, condition: Condition) -> Branches {
        let (holds, fails) = self.assume_both(condition);
        Branches { holds: smallvec![holds], fails: smallvec![fails], asked: None }
    }

    /// Asks whether a value is there, as `??` does.
    pub(super) fn present(&mut self, node: Node<'t>, value: &Value) -> Branches {
        let condition = Condition {
            subject: self.subject_of(node, value.clone()),
            written: self.written(node),
            relation: Relation::Present,
            span: span(node),
            text: format!("{}!=null", stripped(self.source, node)).into(),
        };
        self.ask(condition)
    }
}

/// The operands of a chain of one operator, the first one first.
pub(super) fn operands<'t>(node: Node<'t>, operator: &str) -> Vec<Node<'t>> {
    let mut found = Vec::new();
    let mut node = node;
    loop {
        let is_same = node.kind_name() == "binary_expression"
            && node.field("operator").is_some_and(|it| it.kind_name() == operator);
        let parts = is_same.then(|| node.field("left").zip(node.field("right"))).flatten();
        let Some((left, right)) = parts else { break };
        found.push(right);
        node = left;
    }
    found.push(node);
    found.reverse();
    found
}

/// What a `typeof` asks about.
fn type_asked(node: Node<'_>) -> Option<Node<'_>> {
    let node = unwrap(node);
    let is_typeof = node.kind_name() == "unary_expression"
        && node.field("operator").is_some_and(|operator| operator.kind_name() == "typeof");
    is_typeof.then(|| node.field("argument")).flatten()
}

fn is_literal(node: Node) -> bool {
    let node = unwrap(node);
    matches!(
        node.kind_name(),
        "string" | "number" | "true" | "false" | "null" | "undefined" | "template_string" | "unary_expression"
    )
}
