//! Statements and blocks. Owns their order and their bytes; must not know expressions.

use tree_sitter::Node;

use super::directives::{Branch, Part, paired};
use super::reader::{Reader, across, broken, expression, is_empty, kind};
use crate::lowering::Name;
use crate::lowering::outline::{Block, Expression, Form, If, Statement};
use crate::lowering::tree::{all_children, child_of_kind, named_children, span};
use crate::source::Span;

/// How many branches of conditional compilation are read as one choice.
const BRANCH_LIMIT: usize = 24;

impl<'t> Reader<'t> {
    /// The block of these nodes, which are statements or lists of them.
    pub(super) fn block(&mut self, nodes: Vec<Node<'t>>, inner: Span) -> Block {
        let mut flat = Vec::new();
        for node in nodes {
            match kind(node) {
                "statements" => flat.extend(all_children(node)),
                _ => flat.push(node),
            }
        }
        let statements = self
            .descend(|reader| {
                let parts = paired(reader.source, flat);
                reader.statements(parts)
            })
            .unwrap_or_else(|| vec![Statement { span: inner, does: broken(inner) }]);
        Block { statements, inner, braceless: false }
    }

    /// Statements in their order.
    pub(super) fn statements(&mut self, parts: Vec<Part<'t>>) -> Vec<Statement> {
        let mut statements = Vec::new();
        let mut labels: Vec<Node<'t>> = Vec::new();
        for part in parts {
            match part {
                Part::Node(node) if kind(node) == "statement_label" => labels.push(node),
                Part::Node(node) => {
                    let before = statements.len();
                    self.statement(node, &mut statements);
                    if let (Some(label), true) = (labels.pop(), statements.len() > before) {
                        labels.clear();
                        if let Some(statement) = statements.pop() {
                            statements.push(self.labelled(label, statement));
                        }
                    }
                }
                Part::Choice(branches, bytes) => {
                    let does = self.choice(branches, bytes);
                    statements.push(Statement { span: bytes, does });
                }
            }
        }
        statements
    }

    fn labelled(&self, label: Node<'t>, statement: Statement) -> Statement {
        let name = Name::from(self.text(label).trim().trim_end_matches(':').trim());
        let bytes = across(span(label), statement.span);
        let does = expression(across(span(label), statement.does.span), Form::Labelled(name, Box::new(statement.does)));
        Statement { span: bytes, does }
    }

    /// What is compiled on a condition is run on that condition.
    fn choice(&mut self, branches: Vec<Branch<'t>>, bytes: Span) -> Expression {
        let mut otherwise: Option<Block> = None;
        for branch in branches.into_iter().take(BRANCH_LIMIT).rev() {
            let statements = self
                .descend(|reader| reader.statements(branch.parts))
                .unwrap_or_else(|| vec![Statement { span: branch.inner, does: broken(branch.inner) }]);
            let then = Block { statements, inner: branch.inner, braceless: false };
            otherwise = Some(match branch.condition.form {
                Form::Boolean(true) => then,
                _ => {
                    let inner = Span::new(branch.inner.start, bytes.end.max(branch.inner.start));
                    let choice = If { condition: branch.condition, then, otherwise, binds_behind: false };
                    let does = expression(inner, Form::If(Box::new(choice)));
                    Block { statements: vec![Statement { span: inner, does }], inner, braceless: true }
                }
            });
        }
        match otherwise.map(|block| block.statements) {
            Some(mut statements) if statements.len() == 1 => statements.remove(0).does,
            Some(statements) => expression(bytes, Form::Block(Block { statements, inner: bytes, braceless: false })),
            None => expression(bytes, Form::Nothing),
        }
    }

    /// Reads a statement; one may be several, or none.
    fn statement(&mut self, node: Node<'t>, statements: &mut Vec<Statement>) {
        if is_empty(node) {
            return;
        }
        let bytes = self.with_semicolon(span(node));
        match kind(node) {
            "import_declaration" => self.import(node),
            "typealias_declaration"
            | "operator_declaration"
            | "precedence_group_declaration"
            | "macro_declaration"
            | "associatedtype_declaration"
            | "directive"
            | "diagnostic"
            | "shebang_line" => {}
            "ERROR" if super::is_harmless(node) => {}
            "ERROR" => self.salvage(node, statements),
            "if_statement" | "guard_statement" => {
                let (aliases, does) = if kind(node) == "if_statement" { self.if_form(node) } else { self.guard(node) };
                statements.extend(aliases);
                statements.push(Statement { span: bytes, does });
            }
            _ => {
                let mut does = self.statement_form(node);
                certain(&mut does);
                statements.push(Statement { span: bytes, does });
            }
        }
    }

    /// What a statement or a declaration is, as an expression.
    pub(super) fn statement_form(&mut self, node: Node<'t>) -> Expression {
        let bytes = span(node);
        let form = match kind(node) {
            "property_declaration" => return self.local_property(node),
            "function_declaration" => return self.function_form(node),
            "class_declaration" | "protocol_declaration" => return self.class_form(node),
            "if_statement" => return self.if_form(node).1,
            "guard_statement" => return self.guard(node).1,
            "switch_statement" => self.switch(node),
            "do_statement" => self.attempt(node),
            "for_statement" => self.for_loop(node),
            "while_statement" => self.while_loop(node),
            "repeat_while_statement" => self.repeat_loop(node),
            "control_transfer_statement" => self.jump(node),
            "discard_statement" => Form::Nothing,
            "simple_identifier" if self.text(node) == "fallthrough" => Form::FallThrough,
            "call_expression" => match self.deferred(node) {
                Some(body) => Form::Defer(self.braced(body)),
                None => return self.expression(node),
            },
            _ => return self.expression(node),
        };
        expression(bytes, form)
    }

    /// The block of `defer { … }`, which the grammar takes for a call.
    fn deferred(&self, node: Node<'t>) -> Option<Node<'t>> {
        let parts = named_children(node);
        let [callee, suffix] = parts.as_slice() else { return None };
        (self.text(*callee) == "defer").then_some(())?;
        child_of_kind(*suffix, "lambda_literal")
    }

    fn jump(&mut self, node: Node<'t>) -> Form {
        let parts = all_children(node);
        let word = parts.first().map(|word| self.text(*word)).unwrap_or_default();
        let operand = parts.iter().skip(1).find(|part| part.is_named() && !is_empty(**part)).copied();
        let label = |reader: &Self| operand.map(|label| reader.name(label));
        match word {
            "break" => Form::Break(label(self)),
            "continue" => Form::Continue(label(self)),
            _ => {
                let value = operand.map(|operand| Box::new(self.expression(operand)));
                match word {
                    "throw" => Form::Throw(value),
                    "yield" => Form::Yield(value),
                    _ => Form::Return(value, None),
                }
            }
        }
    }

    /// The parser gave up here. What it still found whole inside is read, so that it is not lost too.
    fn salvage(&mut self, node: Node<'t>, statements: &mut Vec<Statement>) {
        statements.push(Statement { span: span(node), does: broken(span(node)) });
        let mut whole = Vec::new();
        for child in all_children(node) {
            let is_whole = matches!(
                kind(child),
                "function_declaration" | "class_declaration" | "protocol_declaration" | "property_declaration"
            );
            if is_whole || kind(child) == "import_declaration" {
                whole.push(Part::Node(child));
            }
        }
        let read = self.descend(|reader| reader.statements(whole));
        statements.extend(read.unwrap_or_default());
    }

    /// A statement's bytes with the semicolon behind it, where one is written.
    fn with_semicolon(&self, bytes: Span) -> Span {
        let rest = self.source.get(bytes.end as usize..).unwrap_or_default();
        let spaces = rest.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        match rest.as_bytes().get(spaces) {
            Some(b';') => Span::new(bytes.start, bytes.end + spaces as u32 + 1),
            _ => bytes,
        }
    }
}

/// `a?.b()` as a statement does nothing where `a` is absent, and code is written as though it never were:
/// `navigationController?.popToRootViewController(animated: true)`. So the call counts as made.
fn certain(statement: &mut Expression) {
    let mut here = statement;
    loop {
        here = match &mut here.form {
            Form::Await(inner) | Form::Try(inner) | Form::TryOptional(inner) | Form::Unwrap(inner) => inner,
            Form::Assign(target, _, _) => target,
            Form::Index(object, _) => object,
            Form::Call(call) => {
                call.optional = false;
                &mut call.callee
            }
            Form::Member(member) => {
                member.optional = false;
                match &mut member.object {
                    Some(object) => object,
                    None => return,
                }
            }
            _ => return,
        };
    }
}
