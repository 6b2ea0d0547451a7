//! Statements and blocks. Must not know declarations outside a function.

use tree_sitter::Node;

use super::reader::{Reader, at};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Block, Expression, Form, Statement};
use crate::lowering::tree::{all_children, child_of_kind, named_children, span};
use crate::source::Span;

impl<'t> Reader<'_> {
    /// The statements among some nodes, in order.
    pub(super) fn statements(&mut self, nodes: &[Node<'t>]) -> Vec<Statement> {
        let nodes = nodes.iter().filter(|node| node.is_named() && node.kind_name() != "empty_statement");
        nodes.map(|node| Statement { span: span(*node), does: self.statement(*node) }).collect()
    }

    /// A block, or a branch's single statement; an empty one where there is none.
    pub(super) fn branch(&mut self, node: Option<Node<'t>>, around: Node<'t>) -> Block {
        let Some(node) = node else {
            return Block { statements: Vec::new(), inner: Span::at(span(around).end), braceless: true };
        };
        if node.kind_name() != "block" {
            return Block { statements: self.statements(&[node]), inner: span(node), braceless: true };
        }
        let read = self.deeper(2, |reader| reader.block(node));
        read.unwrap_or_else(|| {
            let does = at(node, Form::Broken);
            Block { statements: vec![Statement { span: span(node), does }], inner: span(node), braceless: true }
        })
    }

    fn block(&mut self, node: Node<'t>) -> Block {
        let children = all_children(node);
        let start = child_of_kind(node, "{").map_or(span(node).start, |brace| span(brace).end);
        let end =
            children.last().filter(|last| last.kind_name() == "}").map_or(span(node).end, |brace| span(*brace).start);
        let inner = Span::new(start, end.max(start));
        Block { statements: self.statements(&children), inner, braceless: false }
    }

    fn statement(&mut self, node: Node<'t>) -> Expression {
        if node.kind_name() == "expression_statement" {
            let read = self.deeper(1, |reader| reader.expression_statement(node));
            return read.unwrap_or_else(|| at(node, Form::Broken));
        }
        let form = self.deeper(1, |reader| reader.statement_form(node)).unwrap_or(Form::Broken);
        at(node, form)
    }

    fn statement_form(&mut self, node: Node<'t>) -> Form {
        match node.kind_name() {
            "block" => Form::Block(self.branch(Some(node), node)),
            "local_variable_declaration" => self.local_variables(node),
            "local_function_declaration" => self.local_function(node),
            "if_statement" => self.if_statement(node),
            "for_statement" => self.for_statement(node),
            "while_statement" => self.while_statement(node, false),
            "do_statement" => self.while_statement(node, true),
            "switch_statement" => self.switch_statement(node),
            "try_statement" => self.try_statement(node),
            "labeled_statement" => self.labelled(node),
            "break_statement" => Form::Break(child_of_kind(node, "identifier").map(|label| self.name(label))),
            "continue_statement" => Form::Continue(child_of_kind(node, "identifier").map(|label| self.name(label))),
            "rethrow_statement" => Form::Throw(None),
            "return_statement" => Form::Return(self.first_value(node), None),
            "yield_statement" | "yield_each_statement" => Form::Yield(self.first_value(node)),
            "assert_statement" => match child_of_kind(node, "assertion") {
                Some(assertion) => self.parts(assertion),
                None => Form::Nothing,
            },
            "empty_statement" => Form::Nothing,
            "ERROR" => Form::Broken,
            _ => self.expression(node).form,
        }
    }

    fn first_value(&mut self, node: Node<'t>) -> Option<Box<Expression>> {
        let has_value = all_children(node).into_iter().any(super::reader::is_operand);
        has_value.then(|| Box::new(self.operand(node, 0)))
    }

    /// An expression that stands for itself. A choice between two values is none between two statements:
    /// nothing can be put before one of them.
    fn expression_statement(&mut self, node: Node<'t>) -> Expression {
        let value = self.operand(node, 0);
        match value.form {
            Form::If(_) | Form::Switch(_) => at(node, Form::All(vec![value])),
            _ => value,
        }
    }

    fn labelled(&mut self, node: Node<'t>) -> Form {
        let children = named_children(node);
        match children.as_slice() {
            [label, inner] => Form::Labelled(self.name(*label), Box::new(self.statement(*inner))),
            _ => Form::Broken,
        }
    }
}
