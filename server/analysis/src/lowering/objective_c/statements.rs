//! Statements and blocks. Owns what each of the grammar's statements does; must not know classes.

use tree_sitter::Node;

use super::items::is_conditional;
use super::tree::{DEPTH_LIMIT, child_of_kind, named_children, span};
use super::{Reader, expression_at, span_of_all};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Attempt, Block, Catch, Expression, Form, If, Statement};
use crate::source::Span;

/// How many rungs of an else-if ladder count as one level of depth.
const RUNGS_PER_LEVEL: usize = 4;

impl Reader<'_> {
    /// Reads `{ … }`, with `@autoreleasepool` before it or without.
    pub(super) fn block(&mut self, node: Node, depth: u32) -> Block {
        let bytes = span(node);
        let open = child_of_kind(node, "{").map_or(bytes.start, |brace| span(brace).end);
        let close = child_of_kind(node, "}").map_or(bytes.end, |brace| span(brace).start);
        let children = named_children(node);
        let inner = Span::new(open, close.max(open));
        Block { statements: self.statements(&children, depth + 1), inner, braceless: false }
    }

    /// Reads a branch's or a loop's body, which may be a single statement.
    pub(super) fn body(&mut self, node: Node, depth: u32) -> Block {
        if node.kind_name() == "compound_statement" {
            return self.block(node, depth);
        }
        let statements = self.statements(&[node], depth + 1);
        Block { statements, inner: span(node), braceless: true }
    }

    /// Reads statements that stand one behind the other.
    pub(super) fn statements(&mut self, nodes: &[Node], depth: u32) -> Vec<Statement> {
        if depth > DEPTH_LIMIT {
            let broken =
                span_of_all(nodes).map(|span| Statement { span, does: Expression { span, form: Form::Broken } });
            return broken.into_iter().collect();
        }
        if let Some(split) = self.goto_target(nodes) {
            return self.behind_label(nodes, split, depth);
        }
        let mut statements = Vec::new();
        for node in nodes {
            let does = self.statement(*node, depth);
            match does.form {
                Form::Nothing => {}
                // The one branch of an `#if` that is compiled opens no scope.
                Form::Block(block) if is_conditional(node.kind_name()) => statements.extend(block.statements),
                _ => statements.push(Statement { span: span(*node), does }),
            }
        }
        statements
    }

    /// Reads one statement.
    pub(super) fn statement(&mut self, node: Node, depth: u32) -> Expression {
        let node = behind_labels(node);
        let form = match node.kind_name() {
            "expression_statement" => match named_children(node).first() {
                Some(inner) => return self.expression(*inner, depth),
                None => Form::Nothing,
            },
            "compound_statement" => Form::Block(self.block(node, depth + 1)),
            "declaration" => self.declaration(node, depth),
            "if_statement" => self.ladder(node, depth),
            "switch_statement" => self.switch(node, depth),
            "for_statement" | "while_statement" | "do_statement" => self.a_loop(node, depth),
            "return_statement" => Form::Return(self.given(node, depth), None),
            "throw_statement" => Form::Throw(self.given(node, depth)),
            "break_statement" => Form::Break(None),
            "continue_statement" => Form::Continue(None),
            "goto_statement" => self.goto(node),
            "try_statement" => self.attempt(node, depth),
            "synchronized_statement" => self.synchronized(node, depth),
            "function_definition" => match self.c_function(node, depth) {
                Some(function) => Form::Function(Box::new(function)),
                None => Form::Broken,
            },
            "ERROR" => Form::Broken,
            "case_statement" => Form::All(Vec::new()),
            kind if is_conditional(kind) => self.conditional_part(node, depth),
            kind if kind.starts_with("preproc_") => Form::Nothing,
            "type_definition" | "class_declaration" | "struct_specifier" | "enum_specifier" | "union_specifier" => {
                Form::Nothing
            }
            kind if kind.ends_with("_expression") || kind.ends_with("_literal") || kind == "identifier" => {
                return self.expression(node, depth);
            }
            _ => Form::Nothing,
        };
        expression_at(node, form)
    }

    /// What a `return` or `@throw` gives away.
    fn given(&mut self, node: Node, depth: u32) -> Option<Box<Expression>> {
        let value = named_children(node).into_iter().next()?;
        Some(Box::new(self.expression(value, depth + 1)))
    }

    /// `if … else if … else`, read in a loop.
    fn ladder(&mut self, node: Node, depth: u32) -> Form {
        if let Some(asked) = self.asks_for_an_error(node) {
            return self.asked_error(node, asked, depth);
        }
        self.rungs(node, None, depth)
    }

    /// The rungs of a ladder; the first one's condition may be read already.
    pub(super) fn rungs(&mut self, node: Node, mut first: Option<Expression>, depth: u32) -> Form {
        let mut rungs = Vec::new();
        let mut rung = Some(node);
        let mut last = None;
        while let Some(current) = rung.take() {
            let level = depth + 1 + (rungs.len() / RUNGS_PER_LEVEL) as u32;
            if level > DEPTH_LIMIT {
                last = Some(broken_block(current));
                break;
            }
            let (Some(condition), Some(then)) = (current.field("condition"), current.field("consequence")) else {
                last = Some(broken_block(current));
                break;
            };
            let condition = first.take().unwrap_or_else(|| self.condition(condition, level));
            rungs.push((current, condition, self.body(then, level)));
            let otherwise = current.field("alternative").and_then(|it| named_children(it).into_iter().last());
            match otherwise {
                Some(next) if next.kind_name() == "if_statement" => rung = Some(next),
                Some(next) => last = Some(self.body(next, level)),
                None => {}
            }
        }
        while let Some((at, condition, then)) = rungs.pop() {
            let form = Form::If(Box::new(If { condition, then, otherwise: last.take(), binds_behind: false }));
            if rungs.is_empty() {
                return form;
            }
            let statement = Statement { span: span(at), does: expression_at(at, form) };
            last = Some(Block { statements: vec![statement], inner: span(at), braceless: true });
        }
        Form::Broken
    }

    /// `@try`, `@catch`, `@finally`.
    fn attempt(&mut self, node: Node, depth: u32) -> Form {
        let mut attempt = Attempt { resources: Vec::new(), body: Block::default(), catches: Vec::new(), finally: None };
        for child in named_children(node) {
            let block = child_of_kind(child, "compound_statement");
            match (child.kind_name(), block) {
                ("compound_statement", _) => attempt.body = self.block(child, depth + 1),
                ("catch_clause", Some(block)) => attempt.catches.push(self.catch(child, block, depth)),
                ("finally_clause", Some(block)) => attempt.finally = Some(self.block(block, depth + 1)),
                _ => return Form::Broken,
            }
        }
        Form::Attempt(Box::new(attempt))
    }

    /// A handler. Whatever is thrown is an `NSException`, but for code that is no framework's.
    fn catch(&mut self, node: Node, block: Node, depth: u32) -> Catch {
        let caught = child_of_kind(node, "type_name").and_then(|written| self.typed_variable(written));
        let class = caught.as_ref().and_then(|variable| variable.type_name.as_ref()).and_then(|it| it.parts.first());
        let takes_all = class.is_none_or(|class| &**class == "NSException");
        Catch { names: caught.into_iter().collect(), takes_all, body: self.block(block, depth + 1) }
    }

    /// `@synchronized (lock) { … }`: the lock, then the block.
    fn synchronized(&mut self, node: Node, depth: u32) -> Form {
        let parts = named_children(node).into_iter().map(|part| match part.kind_name() {
            "compound_statement" => expression_at(part, Form::Block(self.block(part, depth + 1))),
            _ => self.expression(part, depth + 1),
        });
        Form::All(parts.collect())
    }

    /// Variables that are declared; the declaration of a function or type alone is nothing.
    pub(super) fn declaration(&mut self, node: Node, depth: u32) -> Form {
        let declared = self.declared(node, depth);
        if declared.is_empty() { Form::Nothing } else { Form::Declare(declared) }
    }
}

/// A statement without the labels and attributes before it.
fn behind_labels(node: Node) -> Node {
    let mut node = node;
    while matches!(node.kind_name(), "labeled_statement" | "attributed_statement") {
        let Some(inner) = named_children(node).into_iter().next_back() else { break };
        node = inner;
    }
    node
}

fn broken_block(node: Node) -> Block {
    let bytes = span(node);
    let does = Expression { span: bytes, form: Form::Broken };
    Block { statements: vec![Statement { span: bytes, does }], inner: bytes, braceless: true }
}
