//! Statements and blocks. Owns which reader takes which; must not know how control flows between them.

use tree_sitter::Node;

use super::broken::lacks_semicolon;
use super::classes::is_class;
use super::reader::{Exit, Reader, broken_at, expression_at};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Block, Declaration, Expression, Form, Statement};
use crate::lowering::tree::{named_children, span};
use crate::source::Span;

impl Reader<'_> {
    /// The statements between braces.
    pub(super) fn block(&mut self, node: Node) -> Block {
        let statements = named_children(node).into_iter().filter_map(|it| self.statement(it)).collect();
        Block { statements, inner: between_braces(node), braceless: false }
    }

    /// A branch's or a loop's body.
    pub(super) fn branch(&mut self, node: Option<Node>) -> Block {
        let Some(node) = node else { return Block::default() };
        if node.kind_name() == "block" {
            return self.deeper(1, |reader| reader.block(node)).unwrap_or_else(|| broken_block(node));
        }
        let statements = Vec::from_iter(self.statement(node));
        Block { statements, inner: span(node), braceless: true }
    }

    /// A statement; `None` for an empty one.
    pub(super) fn statement(&mut self, node: Node) -> Option<Statement> {
        let bytes = span(node);
        let does = match node.kind_name() {
            ";" => return None,
            "expression_statement" => match named_children(node).as_slice() {
                [only] => self.expression(*only),
                _ => expression_at(bytes, Form::All(self.readable_children(node))),
            },
            "ERROR" if lacks_semicolon(node) => match node.named_child(0) {
                Some(only) => self.expression(only),
                None => broken_at(bytes),
            },
            "explicit_constructor_invocation" => return Some(self.constructor_call(node)),
            _ => {
                let form = self.deeper(1, |reader| reader.statement_form(node));
                expression_at(bytes, form.unwrap_or(Form::Broken))
            }
        };
        Some(Statement { span: bytes, does })
    }

    fn statement_form(&mut self, node: Node) -> Form {
        match node.kind_name() {
            "block" => Form::Block(self.block(node)),
            "local_variable_declaration" => Form::Declare(self.locals(node)),
            "if_statement" => self.if_statement(node),
            "while_statement" | "do_statement" => self.while_loop(node),
            "for_statement" => self.for_loop(node),
            "enhanced_for_statement" => self.for_each(node),
            "switch_expression" => self.switch(node, false),
            "try_statement" | "try_with_resources_statement" => self.attempt(node),
            "labeled_statement" => self.labelled(node),
            "return_statement" => Form::Return(self.operand(node), None),
            "throw_statement" => Form::Throw(self.operand(node)),
            "break_statement" => Form::Break(label(self, node)),
            "continue_statement" => Form::Continue(label(self, node)),
            "yield_statement" => self.give(node),
            "synchronized_statement" => self.synchronized(node),
            "assert_statement" => Form::All(self.expressions(node)),
            "method_declaration" => match self.method(node) {
                Some(method) => Form::Function(Box::new(method)),
                None => Form::Broken,
            },
            "ERROR" => self.unreadable(node),
            _ if is_class(node) => match self.class(node) {
                Some(class) => Form::Class(Box::new(class)),
                None => Form::Broken,
            },
            _ if node.is_missing() => Form::Broken,
            _ => Form::All(self.readable_children(node)),
        }
    }

    /// The variables of a declaration.
    pub(super) fn locals(&mut self, node: Node) -> Vec<Declaration> {
        let type_node = node.field("type");
        let mut declared = Vec::new();
        for declarator in node.fields("declarator") {
            let Some(name) = declarator.field("name") else { continue };
            let variable = self.declared(name, type_node, declarator);
            declared.push(Declaration { names: vec![variable], value: self.field(declarator, "value"), lazy: false });
        }
        declared
    }

    /// What is returned or thrown.
    fn operand(&mut self, node: Node) -> Option<Box<Expression>> {
        named_children(node).first().map(|it| Box::new(self.expression(*it)))
    }

    /// `yield value`: leaves the switch around it, past loops and switches that are statements.
    fn give(&mut self, node: Node) -> Form {
        let value = self.operand(node).map_or_else(|| broken_at(span(node)), |it| *it);
        let passed = self.exits.iter().rev().take_while(|exit| **exit == Exit::Passed).count();
        let place = self.exits.len().saturating_sub(passed + 1);
        let label = match (passed, self.exits.get_mut(place)) {
            (1.., Some(Exit::Switch(is_labelled))) => {
                *is_labelled = true;
                Some(super::switches::label_of(place))
            }
            _ => None,
        };
        let leave = expression_at(Span::at(span(node).end), Form::Break(label));
        Form::All(vec![value, leave])
    }

    /// `synchronized (lock) { … }`.
    fn synchronized(&mut self, node: Node) -> Form {
        let lock = named_children(node).into_iter().find(|it| it.kind_name() == "parenthesized_expression");
        let mut parts = Vec::from_iter(lock.map(|it| self.expression(it)));
        if let Some(body) = node.field("body") {
            let block = self.block(body);
            parts.push(expression_at(span(body), Form::Block(block)));
        }
        Form::All(parts)
    }

    fn labelled(&mut self, node: Node) -> Form {
        let children = named_children(node);
        let (Some(label), Some(statement)) = (children.first(), children.get(1)) else {
            return Form::All(self.readable_children(node));
        };
        let label = self.name(*label);
        match self.statement(*statement) {
            Some(statement) => Form::Labelled(label, Box::new(statement.does)),
            None => Form::Nothing,
        }
    }
}

fn label(reader: &Reader, node: Node) -> Option<crate::lowering::Name> {
    named_children(node).first().map(|it| reader.name(*it))
}

fn broken_block(node: Node) -> Block {
    let span = span(node);
    Block { statements: vec![Statement { span, does: broken_at(span) }], inner: between_braces(node), braceless: false }
}

/// The bytes between a node's braces; up to its end where the closing one is not there.
pub(super) fn between_braces(node: Node) -> Span {
    let whole = span(node);
    let opens = node.child(0).filter(|it| it.kind_name() == "{").map_or(whole.start, |it| span(it).end);
    let last = node.child_count().checked_sub(1).and_then(|last| node.child(last));
    let closes = last.filter(|it| it.kind_name() == "}").map_or(whole.end, |it| span(it).start);
    Span::new(opens, closes.max(opens))
}
