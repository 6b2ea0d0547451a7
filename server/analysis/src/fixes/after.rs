//! Statements behind another statement, and at the end of a body. Owns where that end is; must not know
//! what the statements do.

use tree_sitter::Node;

use super::file::{FileText, named_children};
use super::piece::Piece;
use super::place::is_function;
use super::plan::Plan;
use crate::lowering::{Body, BodyKind};

/// Puts a piece as the last statement of a body: before its last `return`, if it ends in one.
pub(super) fn put_at_end<'a>(plan: &mut Plan<'a>, body: &Body, piece: Piece) -> Option<()> {
    let file = plan.file;
    if body.kind == BodyKind::TopLevel && file.is_markup() {
        let last = file.last_statement(body)?;
        return put_behind(plan, last, &piece);
    }
    let block = match body_node(&file, body)? {
        BodyNode::Block(block) => block,
        BodyNode::Expression(expression) => return plan.put_before(expression, piece),
    };
    let Some(last) = named_children(block).pop() else {
        return put_into_empty(plan, block, &piece);
    };
    match last.kind() {
        "return_statement" | "throw_statement" => plan.put_before(last, piece),
        _ => put_behind(plan, last, &piece),
    }
}

/// Puts a piece behind a statement of a list.
pub(super) fn put_behind(plan: &mut Plan<'_>, statement: Node<'_>, piece: &Piece) -> Option<()> {
    let file = plan.file;
    let parent = statement.parent()?;
    if !matches!(parent.kind(), "program" | "statement_block" | "switch_case" | "switch_default") {
        return None;
    }
    let end = file.behind_trailing_comment(file.end_of(statement));
    if !file.starts_line(statement.start_byte()) || !file.ends_line(end) {
        let text = file.between(statement.start_byte(), file.end_of(statement));
        let separator = if text.ends_with([';', '}']) { " " } else { "; " };
        let at = file.end_of(statement);
        plan.replace(at, at, format!("{separator}{}", piece.render_inline(&plan.style)?));
        return Some(());
    }
    let next = statement.next_named_sibling().map_or("", |next| file.of(next));
    let always = super::style::continues_the_line_above(next);
    let text = piece.render(&plan.style, file.indentation(statement.start_byte()), always);
    let at = file.next_line(end);
    let line_end = plan.style.line_end;
    let is_last_line = at == file.line_end(end);
    plan.replace(at, at, if is_last_line { format!("{line_end}{text}") } else { format!("{text}{line_end}") });
    Some(())
}

fn put_into_empty(plan: &mut Plan<'_>, block: Node<'_>, piece: &Piece) -> Option<()> {
    let file = plan.file;
    if block.kind() != "statement_block" {
        return None;
    }
    let outer = file.indentation(block.start_byte());
    let inner = format!("{outer}{}", plan.style.unit);
    let text = piece.render(&plan.style, &inner, false);
    let line_end = plan.style.line_end;
    let closing = block.end_byte() - 1;
    if file.starts_line(closing) && file.line_start(closing) > block.start_byte() {
        let at = file.line_start(closing);
        plan.replace(at, at, format!("{text}{line_end}"));
    } else if block.named_child_count() == 0 {
        plan.replace(block.start_byte() + 1, closing, format!("{line_end}{text}{line_end}{outer}"));
    } else {
        return None;
    }
    Some(())
}

enum BodyNode<'t> {
    Block(Node<'t>),
    Expression(Node<'t>),
}

fn body_node<'a>(file: &FileText<'a>, body: &Body) -> Option<BodyNode<'a>> {
    if body.kind == BodyKind::TopLevel {
        return Some(BodyNode::Block(file.tree.root_node()));
    }
    let mut node = file.node_at(body.inner)?;
    loop {
        let parent = node.parent()?;
        let covers = node.start_byte() <= body.inner.start as usize && body.inner.end as usize <= node.end_byte();
        if covers && (is_function(parent) || parent.kind() == "class_static_block") {
            let is_body = parent.child_by_field_name("body").is_some_and(|found| found.id() == node.id());
            return match node.kind() {
                _ if !is_body => None,
                "statement_block" => Some(BodyNode::Block(node)),
                _ => Some(BodyNode::Expression(node)),
            };
        }
        node = parent;
    }
}
