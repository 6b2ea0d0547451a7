//! Statements behind another statement, and at the end of a body. Owns where that end is; must not know
//! what the statements do.

use tree_sitter::Node;

use super::before::put_on_lines;
use super::block::List;
use super::grammar::Role;
use super::plan::Plan;
use super::results::{closure_gives, is_implicit_result};
use crate::fixes::piece::{Piece, braced};
use crate::lowering::{Body, BodyKind};

/// Puts a piece as the last statement of a body: before its last `return`, if it ends in one, and before what
/// it gives without saying so.
pub(super) fn put_at_end<'a>(plan: &mut Plan<'a>, body: &Body, piece: &Piece) -> Option<()> {
    let file = plan.file;
    let (start, end) = (body.inner.start as usize, body.inner.end as usize);
    let code = file.between(start, end);
    if code.trim().is_empty() {
        return put_into_empty(plan, start, end, piece);
    }
    let first = start + (code.len() - code.trim_start().len());
    let last = start + code.trim_end().len();
    let list = match list_within(plan, first, last, body.kind == BodyKind::TopLevel)? {
        Found::Expression(expression) => return plan.put_before(expression, piece.clone()),
        Found::List(list) => list,
    };
    let Some(last) = list.items.last().copied() else {
        return put_before_brace(plan, &list, piece);
    };
    let gives = plan.grammar.closures.contains(&list.owner.kind()) && closure_gives(&file, plan.grammar, list.owner);
    let is_throw = last.named_child(0).is_some_and(|inner| inner.kind().starts_with("throw"));
    let leaves = plan.grammar.leaving.contains(&last.kind()) || is_throw;
    if leaves || gives || is_implicit_result(&file, plan.grammar, &list)? {
        return plan.put_before(last, piece.clone());
    }
    put_behind(plan, last, piece)
}

/// Puts a piece behind a statement of a list.
pub(super) fn put_behind(plan: &mut Plan<'_>, statement: Node<'_>, piece: &Piece) -> Option<()> {
    let file = plan.file;
    let list = List::around(plan.grammar, statement)?;
    let index = list.position(statement)?;
    let end = file.behind_trailing_comment(file.end_of(statement));
    if !file.starts_line(statement.start_byte()) || !file.ends_line(end) {
        if put_on_lines(plan, &list, index + 1, std::slice::from_ref(piece), "") {
            return Some(());
        }
        let separator = if plan.style.semicolons { " " } else { "; " };
        let at = file.end_of(statement);
        let text = piece.render_inline(&plan.style)?;
        let text = if plan.style.semicolons { text.as_str() } else { text.trim_end_matches(';') };
        plan.replace(at, at, format!("{separator}{text}"));
        return Some(());
    }
    let text = piece.render(&plan.style, file.indentation(statement.start_byte()), false);
    let at = file.next_line(end);
    let line_end = plan.style.line_end;
    let is_last_line = at == file.line_end(end);
    plan.replace(at, at, if is_last_line { format!("{line_end}{text}") } else { format!("{text}{line_end}") });
    Some(())
}

enum Found<'t> {
    List(List<'t>),
    Expression(Node<'t>),
}

/// The list of statements whose first starts and whose last ends at given offsets, or the expression in its place.
fn list_within<'a>(plan: &Plan<'a>, first: usize, last: usize, is_top: bool) -> Option<Found<'a>> {
    let file = plan.file;
    let mut node = file.tree.root_node().descendant_for_byte_range(first, last)?;
    loop {
        let mut cursor = node.walk();
        // Where a comment stands first, the list is a part of what holds the braces.
        for candidate in std::iter::once(node).chain(node.named_children(&mut cursor)) {
            let Some(list) = List::of(plan.grammar, candidate) else { continue };
            let encloses = list.braces.is_some_and(|(open, close)| open < first && last <= close);
            let is_tight = list.braces.is_some_and(|(open, close)| {
                file.between(open + 1, first).trim().is_empty() && file.between(last, close).trim().is_empty()
            });
            let is_root = is_top && candidate.parent().is_none() && !list.items.is_empty();
            if (encloses && is_tight) || is_root {
                return Some(Found::List(list));
            }
        }
        let parent = node.parent()?;
        let covers = node.start_byte() <= first && last <= node.end_byte();
        if covers && plan.grammar.role(parent, node) == Some(Role::Expression) {
            return Some(Found::Expression(node));
        }
        node = parent;
    }
}

fn put_before_brace(plan: &mut Plan<'_>, list: &List<'_>, piece: &Piece) -> Option<()> {
    let file = plan.file;
    let (open, close) = list.braces?;
    if !file.starts_line(close) {
        return None;
    }
    let inner = format!("{}{}", file.indentation(open), plan.style.unit);
    let at = file.line_start(close);
    let text = piece.render(&plan.style, &inner, false);
    plan.replace(at, at, format!("{text}{}", plan.style.line_end));
    Some(())
}

/// Puts a piece between braces with nothing but white space between them.
fn put_into_empty(plan: &mut Plan<'_>, start: usize, end: usize, piece: &Piece) -> Option<()> {
    let file = plan.file;
    let open = file.text.get(..start)?.trim_end().len().checked_sub(1)?;
    let rest = file.text.get(end..)?;
    let close = end + (rest.len() - rest.trim_start().len());
    if file.text.as_bytes().get(open) != Some(&b'{') || file.text.as_bytes().get(close) != Some(&b'}') {
        return None;
    }
    let text = braced(std::slice::from_ref(piece), &plan.style, file.indentation(open));
    plan.replace(open, close + 1, text);
    Some(())
}
