//! Class definitions: decorators, computed names, static fields and blocks, in order. Must not know how
//! members are called.

use tree_sitter::Node;

use super::lowerer::{Fate, Lowerer};
use super::syntax::{first_named, has_modifier, is_class, named_children, unwrap};
use crate::lowering::grammar::Named;
use crate::lowering::{Step, Timing};

impl<'t> Lowerer<'t> {
    /// What happens where a class is defined.
    pub(super) fn class_definition(&mut self, node: Node<'t>) {
        for child in named_children(node) {
            match child.kind_name() {
                "decorator" => self.decorator(child),
                "class_heritage" => self.heritage(child),
                "class_body" => self.members_of(node, child),
                _ => {}
            }
        }
    }

    /// What the members of a class do where it is defined. Of what was taken over it is known that it is nothing.
    fn members_of(&mut self, class: Node<'t>, body: Node<'t>) {
        let id = self.declared.class_of.get(&class.id()).copied();
        let facts = id.and_then(|id| self.declared.class_facts.get(id.0 as usize));
        if facts.is_some_and(|facts| facts.is_taken) {
            return;
        }
        let before = self.flow.graph.size();
        self.scoped(class, |lowerer| lowerer.class_body(body));
        if !self.is_muted() && self.flow.graph.size() == before {
            self.silent.extend(id);
        }
    }

    pub(super) fn decorator(&mut self, node: Node<'t>) {
        if let Some(inner) = first_named(node) {
            self.expression(inner, Fate::USED);
        }
    }

    fn heritage(&mut self, node: Node<'t>) {
        for clause in named_children(node) {
            if clause.kind_name() != "extends_clause" {
                continue;
            }
            if let Some(value) = clause.field("value") {
                self.expression(value, Fate::USED);
            }
        }
    }

    fn class_body(&mut self, body: Node<'t>) {
        let may_be_decorated = self.may_be_decorated(body);
        for member in named_children(body) {
            match member.kind_name() {
                "decorator" => self.decorator(member),
                "method_definition" => {
                    self.member_name(member);
                    if may_be_decorated {
                        self.parameter_decorators(member);
                    }
                }
                "public_field_definition" => {
                    if may_be_decorated {
                        self.field_decorators(member);
                    }
                    self.member_name(member);
                    if self.is_static(member) {
                        self.run_field(member);
                    }
                }
                "class_static_block" => self.run_field(member),
                "ERROR" => {
                    self.emit(Step::Broken, member);
                }
                _ => {}
            }
        }
    }

    fn field_decorators(&mut self, member: Node<'t>) {
        if !self.may_be_decorated(member) {
            return;
        }
        for child in named_children(member) {
            if child.kind_name() == "decorator" {
                self.decorator(child);
            }
        }
    }

    fn parameter_decorators(&mut self, method: Node<'t>) {
        let Some(parameters) = method.field("parameters").filter(|it| self.may_be_decorated(*it)) else { return };
        for parameter in named_children(parameters) {
            self.field_decorators(parameter);
        }
    }

    /// Whether a decorator may stand in a node: most have none, which the text tells.
    fn may_be_decorated(&self, node: Node<'t>) -> bool {
        self.text(node).contains('@')
    }

    fn member_name(&mut self, member: Node<'t>) {
        // Most names are no expressions, which the text in front of what follows them tells.
        let head = self.text(member).split(['(', '=', ';', '{']).next().unwrap_or_default();
        if !head.contains(['[', '@', '/']) {
            return;
        }
        let name = member.field("name").filter(|name| name.kind_name() == "computed_property_name");
        if let Some(name) = name {
            self.expression(name, Fate::USED);
        }
    }

    /// Runs a field's initialiser or a static block.
    fn run_field(&mut self, member: Node<'t>) {
        if let Some(body) = self.declared.body_of.get(&member.id()).copied() {
            self.emit(Step::Run { body, timing: Timing::Now }, member);
            return;
        }
        let value = member.field("value").map(unwrap).filter(|value| is_class(*value));
        if let Some(value) = value {
            self.expression(value, Fate::USED);
        }
    }

    /// Runs the initialisers of a class's own fields, where its constructor starts.
    pub(super) fn instance_fields(&mut self, class: Node<'t>) {
        for member in class.field("body").map(named_children).unwrap_or_default() {
            if member.kind_name() == "public_field_definition" && !self.is_static(member) {
                self.run_field(member);
            }
        }
    }

    fn is_static(&self, field: Node<'t>) -> bool {
        self.text(field).contains("static") && has_modifier(self.source, field, field.field("name"), "static")
    }
}
