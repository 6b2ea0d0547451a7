//! Assignments. Owns targets, patterns and the branches of `||=` and its kin; must not know statements.

use tree_sitter::Node;

use super::conditions::Branches;
use super::lowerer::{Fate, Lowerer};
use super::names::{Operand, copied, extended};
use super::syntax::{first_named, is_inert, key_name, named_children, span, stripped, unwrap};
use crate::lowering::grammar::Named;
use crate::lowering::{Assign, Condition, Name, Path, Relation, Root, Segment, Step, Value};

impl<'t> Lowerer<'t> {
    pub(super) fn assignment(&mut self, node: Node<'t>) -> Value {
        let (Some(left), Some(right)) = (node.field("left"), node.field("right")) else {
            return Value::Unknown;
        };
        let left = unwrap(left);
        if matches!(left.kind_name(), "object_pattern" | "array_pattern") {
            let value = self.expression(right, Fate::USED);
            self.assign_pattern(node, left, &value);
            return copied(&value);
        }
        let target = self.target(left);
        let value = self.expression(right, Fate::USED);
        self.assign(node, left, target, value.clone());
        copied(&value)
    }

    pub(super) fn augmented_assignment(&mut self, node: Node<'t>) -> Value {
        let (Some(left), Some(right)) = (node.field("left"), node.field("right")) else {
            return Value::Unknown;
        };
        let operator = node.field("operator").map(|operator| operator.kind_name()).unwrap_or_default();
        let left = unwrap(left);
        let target = self.target(left);
        let relation = match operator {
            "&&=" | "||=" => Relation::Truthy,
            "??=" => Relation::Present,
            _ => {
                self.expression(right, Fate::USED);
                self.assign(node, left, target, Value::Unknown);
                return Value::Unknown;
            }
        };
        let condition = Condition {
            subject: Value::Path(target.clone()),
            written: self.written(left),
            relation,
            span: span(left),
            text: stripped(self.source, left).into(),
        };
        let Branches { holds, fails, .. } = self.ask(condition);
        let (goes_on, leaves) = if operator == "&&=" { (holds, fails) } else { (fails, holds) };
        self.flow.graph.resume(goes_on);
        let value = self.expression(right, Fate::USED);
        self.assign(node, left, target, value);
        self.flow.graph.join(leaves);
        Value::Unknown
    }

    pub(super) fn update(&mut self, node: Node<'t>) -> Value {
        if let Some(argument) = node.field("argument") {
            let target = self.target(argument);
            self.assign(node, argument, target, Value::Unknown);
        }
        Value::Unknown
    }

    /// Adds an assignment's step.
    pub(super) fn assign(&mut self, node: Node<'t>, left: Node<'t>, target: Path, value: Value) {
        if !self.is_muted() {
            let written = self.written(left);
            self.emit(Step::Assign(Box::new(Assign { target, written, value })), node);
        }
    }

    /// The path that is assigned to. What is evaluated to get there is lowered.
    pub(super) fn target(&mut self, node: Node<'t>) -> Path {
        let node = unwrap(node);
        if node.kind_name() == "identifier" {
            return self.target_of_name(node);
        }
        let Some(object) = node.field("object") else {
            self.expression(node, Fate::USED);
            return Path::root(Root::Unknown);
        };
        let chain = self.open_chain(object, Fate::USED);
        self.flow.graph.join(chain.skipped);
        // The member is the target itself: no constant is followed for it.
        let place = chain.operand.place;
        let name: Option<Name> = match node.field("property") {
            Some(property) => Some(self.text(property).into()),
            None => {
                let index = node.field("index").map(|index| self.expression(index, Fate::USED));
                index.and_then(|value| value.as_text().map(Into::into))
            }
        };
        let Some(name) = name else { return extended(place, Segment::Computed) };
        match place.segments.as_slice() {
            [] if matches!(place.root, Root::Import { .. }) => {
                self.member(&Operand::of_path(place.clone()), &name).place
            }
            _ => extended(place, Segment::Member(name)),
        }
    }

    /// Assigns to each target of a pattern.
    fn assign_pattern(&mut self, node: Node<'t>, pattern: Node<'t>, value: &Value) {
        if !self.may_descend() {
            return;
        }
        for child in named_children(pattern) {
            let (target, value) = match child.kind_name() {
                "pair_pattern" => {
                    let key = child.field("key").and_then(|key| key_name(self.source, key));
                    let value = key.map_or(Value::Unknown, |key| self.taken(value, &key));
                    (child.field("value"), value)
                }
                "shorthand_property_identifier_pattern" => {
                    let value = self.taken(value, self.text(child));
                    (Some(child), value)
                }
                _ => (Some(child), Value::Unknown),
            };
            if let Some(target) = target {
                self.descend(target, |lowerer| lowerer.assign_part(node, target, value));
            }
        }
    }

    fn taken(&mut self, value: &Value, key: &str) -> Value {
        let operand = Operand::of_value(copied(value));
        self.member(&operand, key).value
    }

    fn assign_part(&mut self, node: Node<'t>, target: Node<'t>, value: Value) {
        match target.kind_name() {
            "object_pattern" | "array_pattern" => self.assign_pattern(node, target, &value),
            "rest_pattern" => {
                if let Some(inner) = first_named(target) {
                    self.assign_part(node, inner, Value::Unknown);
                }
            }
            "assignment_pattern" | "object_assignment_pattern" => {
                self.fallback(target);
                if let Some(left) = target.field("left") {
                    self.assign_part(node, left, Value::Unknown);
                }
            }
            "shorthand_property_identifier_pattern" => {
                let path = self.target_of_name(target);
                let written = vec![self.text(target).into()];
                self.emit(Step::Assign(Box::new(Assign { target: path, written, value })), node);
            }
            _ => {
                let path = self.target(target);
                self.assign(node, target, path, value);
            }
        }
    }

    /// The steps of a pattern in a declaration or parameter: computed keys and default values.
    pub(super) fn pattern_steps(&mut self, pattern: Node<'t>) {
        self.descend(pattern, |lowerer| lowerer.pattern_steps_inside(pattern));
    }

    fn pattern_steps_inside(&mut self, pattern: Node<'t>) {
        match pattern.kind_name() {
            "assignment_pattern" | "object_assignment_pattern" => {
                self.fallback(pattern);
                if let Some(left) = pattern.field("left") {
                    self.pattern_steps(left);
                }
            }
            "pair_pattern" => {
                if let Some(key) = pattern.field("key").filter(|key| key.kind_name() == "computed_property_name") {
                    self.expression(key, Fate::USED);
                }
                if let Some(value) = pattern.field("value") {
                    self.pattern_steps(value);
                }
            }
            "object_pattern" | "array_pattern" | "rest_pattern" => {
                for child in named_children(pattern) {
                    self.pattern_steps(child);
                }
            }
            _ => {}
        }
    }

    /// A default value is evaluated if the value is undefined.
    fn fallback(&mut self, pattern: Node<'t>) {
        let (Some(left), Some(right)) = (pattern.field("left"), pattern.field("right")) else {
            return;
        };
        self.default_value(left, right);
    }

    /// Lowers `name = value` where the value is evaluated only if there is none.
    pub(super) fn default_value(&mut self, name: Node<'t>, value: Node<'t>) {
        if is_inert(value) {
            return;
        }
        let is_name = matches!(name.kind_name(), "identifier" | "shorthand_property_identifier_pattern");
        let subject = if is_name { Value::Path(self.target_of_name(name)) } else { Value::Unknown };
        let condition = Condition {
            subject,
            written: if is_name { vec![self.text(name).into()] } else { Vec::new() },
            relation: Relation::Equals(Value::Undefined),
            span: span(name),
            text: format!("{}===undefined", stripped(self.source, name)).into(),
        };
        let branches = self.ask(condition);
        self.flow.graph.resume(branches.holds);
        self.expression(value, Fate::USED);
        self.flow.graph.join(branches.fails);
    }
}
