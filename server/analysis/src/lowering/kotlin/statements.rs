//! Statements and blocks. Owns where a statement begins and ends; must not know expressions.

use tree_sitter::Node;

use super::Reader;
use super::members::is_declaration;
use super::names::{between_braces, has_broken_child};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Block, Expression, Form, Statement};
use crate::lowering::tree::{all_children, has_child, named_children, span};
use crate::source::Span;

impl Reader<'_> {
    /// The declarations and statements of a file.
    pub(super) fn items(&mut self, root: Node) -> Vec<Statement> {
        let is_head = |kind: &str| {
            matches!(kind, "package_header" | "import_list" | "file_annotation" | "shebang_line" | "import_header")
        };
        let nodes: Vec<Node> = named_children(root).into_iter().filter(|child| !is_head(child.kind_name())).collect();
        self.sequence(nodes)
    }

    /// The block between a node's braces, the first that stand behind `from`.
    pub(super) fn block(&mut self, node: Node, from: usize) -> Block {
        let inner = between_braces(node, from).unwrap_or_else(|| Span::at(node.end_byte() as u32));
        self.block_within(node, inner)
    }

    /// The block of those of a node's statements that stand within these bytes.
    pub(super) fn block_within(&mut self, node: Node, inner: Span) -> Block {
        let mut statements = Vec::new();
        for child in named_children(node) {
            let is_inside = child.start_byte() >= inner.start as usize && child.end_byte() <= inner.end as usize;
            match child.kind_name() {
                "statements" if is_inside => statements.extend(self.sequence(named_children(child))),
                _ if child.is_error() && is_inside => statements.extend(self.sequence(vec![child])),
                _ => {}
            }
        }
        Block { statements, inner, braceless: false }
    }

    /// A `control_structure_body`: a block, or one statement without braces.
    pub(super) fn branch(&mut self, node: Node) -> Block {
        if has_child(node, "{") {
            return self.block(node, node.start_byte());
        }
        let statements = self.sequence(named_children(node));
        Block { statements, inner: self.trimmed(node), braceless: true }
    }

    /// Statements in their order. A label or an annotation before a statement is a node beside it.
    fn sequence(&mut self, nodes: Vec<Node>) -> Vec<Statement> {
        let mut statements: Vec<Statement> = Vec::new();
        let (mut start, mut labels) = (None, Vec::new());
        for node in nodes {
            match node.kind_name() {
                "annotation" => _ = start.get_or_insert(node.start_byte()),
                "label" => {
                    start.get_or_insert(node.start_byte());
                    labels.push(self.text(node).trim_end_matches('@').into());
                }
                "getter" | "setter" => statements.extend(self.loose_accessor(node)),
                _ if node.is_error() => statements.extend(self.unreadable(node)),
                _ => {
                    let start = start.take().unwrap_or(node.start_byte());
                    let mut does = self.statement(node);
                    while let Some(label) = labels.pop() {
                        let span = Span { start: start as u32, ..does.span };
                        does = Expression { span, form: Form::Labelled(label, Box::new(does)) };
                    }
                    statements.push(Statement { span: self.terminated(start, node), does });
                    statements.extend(self.top_level_accessors(node));
                }
            }
        }
        statements
    }

    fn statement(&mut self, node: Node) -> Expression {
        if node.kind_name() == "when_expression" {
            return self.descend(node, |reader| reader.when_statement(node));
        }
        self.expression(node)
    }

    /// What could not be read, with the declarations inside it that could be.
    fn unreadable(&mut self, node: Node) -> Vec<Statement> {
        let whole = named_children(node).into_iter().filter(|child| is_declaration(child.kind_name())).collect();
        let mut statements = self.sequence(whole);
        if !super::is_harmless(node) {
            statements.push(Statement { span: span(node), does: self.broken(node) });
        }
        statements
    }

    /// A statement's bytes, with the semicolon behind it.
    fn terminated(&self, start: usize, node: Node) -> Span {
        let whole = self.trimmed(node);
        let behind = self.source.get(whole.end as usize..).unwrap_or_default();
        let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        let has_semicolon = behind.get(blanks..).is_some_and(|rest| rest.starts_with(';'));
        let end = if has_semicolon { whole.end + blanks as u32 + 1 } else { whole.end };
        Span { start: start as u32, end }
    }

    /// Reads a node one level further down; too deep it is unreadable.
    pub(super) fn descend(&mut self, node: Node, read: impl FnOnce(&mut Self) -> Form) -> Expression {
        if self.depth >= crate::lowering::tree::DEPTH_LIMIT {
            return self.broken(node);
        }
        self.depth += 1;
        let form = read(self);
        self.depth -= 1;
        let expression = Expression { span: self.trimmed(node), form };
        if !has_broken_child(node) || is_declaration(node.kind_name()) {
            return expression;
        }
        let broken = all_children(node).into_iter().filter(|child| child.is_error() || child.is_missing());
        let broken: Vec<Expression> = broken.map(|child| self.broken(child)).collect();
        let span = expression.span;
        Expression { span, form: Form::All(std::iter::once(expression).chain(broken).collect()) }
    }

    /// An expression that stands where something could not be read.
    pub(super) fn broken(&self, node: Node) -> Expression {
        Expression { span: span(node), form: Form::Broken }
    }
}
