//! Statements. Owns which one does what, and where each stands for an edit; must not know expressions.

use tree_sitter::Node;

use super::lowerer::{Fate, Lowerer};
use super::markup::is_statement_of_markup;
use super::syntax::{first_named, named_children, span};
use crate::lowering::builder::Frontier;
use crate::lowering::frames::{Jump, Unwinds};
use crate::lowering::grammar::Named;
use crate::lowering::{Handling, Placement, Step, Value};

impl<'t> Lowerer<'t> {
    /// Lowers statements one behind the other.
    pub(super) fn statements(&mut self, statements: Vec<Node<'t>>) {
        for statement in statements {
            self.statement(statement, Placement::Block);
        }
    }

    /// Lowers a block's statements in its scope.
    pub(super) fn block(&mut self, node: Node<'t>) {
        self.scoped(node, |lowerer| lowerer.statements(named_children(node)));
    }

    /// Lowers a branch: a block, or one statement without braces.
    pub(super) fn branch(&mut self, node: Node<'t>) {
        if node.kind_name() == "statement_block" {
            self.descend(node, |lowerer| lowerer.block(node));
        } else {
            self.statement(node, Placement::Braceless);
        }
    }

    pub(super) fn statement(&mut self, node: Node<'t>, placement: Placement) {
        // A statement that is a body of its own runs when that does.
        if is_statement_of_markup(node) && self.declared.body_of.contains_key(&node.id()) {
            return;
        }
        if node.kind_name() == "statement_block" {
            self.branch(node);
            return;
        }
        self.descend(node, |lowerer| {
            lowerer.in_statement(node, span(node), placement, |lowerer| lowerer.statement_inside(node));
        });
    }

    /// Lowers a node that may be either, inside something unreadable.
    pub(super) fn statement_or_expression(&mut self, node: Node<'t>) {
        if is_statement(node) {
            self.statement(node, Placement::Block);
        } else {
            self.expression(node, Fate::USED);
        }
    }

    /// Lowers a statement's own steps, its place being noted already.
    pub(super) fn statement_inside(&mut self, node: Node<'t>) {
        self.errors_inside(node);
        match node.kind_name() {
            "expression_statement" => {
                if let Some(inner) = first_named(node) {
                    self.expression(inner, Fate::of(Handling::Discarded));
                }
            }
            "lexical_declaration" | "variable_declaration" => self.declaration(node),
            "return_statement" => self.returning(node),
            "if_statement" => self.if_statement(node),
            "while_statement" => self.while_loop(node),
            "do_statement" => self.do_loop(node),
            "for_statement" => self.scoped(node, |lowerer| lowerer.for_loop(node)),
            "for_in_statement" => self.scoped(node, |lowerer| lowerer.for_in_loop(node)),
            "switch_statement" => self.switch(node),
            "labeled_statement" => self.labelled(node),
            "break_statement" | "continue_statement" => self.break_or_continue(node),
            "throw_statement" => self.throwing(node),
            "try_statement" => self.trying(node),
            "statement_block" => self.block(node),
            "class_declaration" | "abstract_class_declaration" => self.class_definition(node),
            "export_statement" => self.exporting(node),
            "enum_declaration" => self.enumerating(node),
            "internal_module" | "module" => {
                if let Some(body) = node.field("body") {
                    self.block(body);
                }
            }
            "with_statement" => {
                if let Some(object) = node.field("object") {
                    self.expression(object, Fate::USED);
                }
                if let Some(body) = node.field("body") {
                    self.branch(body);
                }
            }
            "ERROR" => self.unreadable(node),
            kind if is_silent(kind) => {}
            _ => {
                self.expression(node, Fate::of(Handling::Discarded));
            }
        }
    }

    /// The steps of a variable declaration: its initialisers'.
    pub(super) fn declaration(&mut self, node: Node<'t>) {
        for declarator in named_children(node) {
            if let Some(value) = declarator.field("value") {
                self.expression(value, Fate::USED);
            }
            if let Some(name) = declarator.field("name") {
                self.pattern_steps(name);
            }
            if declarator.is_error() {
                self.unreadable(declarator);
            }
        }
    }

    fn returning(&mut self, node: Node<'t>) {
        let value = match first_named(node) {
            Some(inner) => self.expression(inner, Fate::of(Handling::Returned)),
            None => Value::Undefined,
        };
        self.give_back(node, value);
        self.jump(Jump::Return);
    }

    /// Adds a return's step, and its value to what the body returns.
    pub(super) fn give_back(&mut self, node: Node<'t>, value: Value) {
        if self.is_muted() {
            return;
        }
        self.emit(Step::Return(Box::new(value.clone())), node);
        let is_copy = !self.flow.returned.insert(node.id());
        let Some(body) = self.declared.bodies.get_mut(self.flow.body.0 as usize) else { return };
        body.returns_markup |= Self::is_markup(&value);
        if !is_copy {
            body.code_mut().returns.push(value);
        }
    }

    /// `if`, `else if` and `else` in a flat loop: chains of them may be long.
    fn if_statement(&mut self, node: Node<'t>) {
        let mut behind = Frontier::new();
        let mut current = node;
        loop {
            let next = self.in_statement(current, span(current), Placement::Braceless, |lowerer| {
                let condition = current.field("condition");
                let branches = condition.map(|condition| lowerer.condition(condition)).unwrap_or_default();
                lowerer.flow.graph.resume(branches.holds);
                if let Some(consequence) = current.field("consequence") {
                    lowerer.branch(consequence);
                }
                behind.extend(lowerer.flow.graph.take());
                lowerer.flow.graph.resume(branches.fails);
                let alternative = current.field("alternative").and_then(first_named)?;
                if alternative.kind_name() == "if_statement" {
                    return Some(alternative);
                }
                lowerer.branch(alternative);
                None
            });
            match next {
                Some(next) => current = next,
                None => break,
            }
        }
        self.flow.graph.join(behind);
    }

    fn exporting(&mut self, node: Node<'t>) {
        for child in named_children(node) {
            if child.kind_name() == "decorator" {
                self.decorator(child);
            }
        }
        if let Some(declaration) = node.field("declaration") {
            self.descend(declaration, |lowerer| lowerer.statement_inside(declaration));
        } else if let Some(value) = exported_value(node) {
            self.expression(value, Fate::USED);
        }
    }

    fn enumerating(&mut self, node: Node<'t>) {
        for member in node.field("body").map(named_children).unwrap_or_default() {
            if let Some(value) = member.field("value") {
                self.expression(value, Fate::USED);
            }
        }
    }
}

/// The expression of `export default …` and `export = …`.
pub(super) fn exported_value(node: Node<'_>) -> Option<Node<'_>> {
    node.field("value").or_else(|| {
        let is_listed = node.field("source").is_some() || node.field("declaration").is_some();
        let only = first_named(node).filter(|_| !is_listed)?;
        (!matches!(only.kind_name(), "export_clause" | "namespace_export" | "decorator")).then_some(only)
    })
}

fn is_statement(node: Node) -> bool {
    node.kind_name().ends_with("_statement")
        || node.kind_name().ends_with("_declaration")
        || node.kind_name() == "statement_block"
}

/// Declarations without steps, and nothing at all.
fn is_silent(kind: &str) -> bool {
    matches!(
        kind,
        "function_declaration"
            | "generator_function_declaration"
            | "function_signature"
            | "import_statement"
            | "import_alias"
            | "interface_declaration"
            | "type_alias_declaration"
            | "ambient_declaration"
            | "empty_statement"
            | "debugger_statement"
            | "comment"
            | "hash_bang_line"
    )
}
