//! Moving a call's statement. Owns what moves with it (its comments, a guard around it alone) and what
//! forbids the move; must not know Fullstory.

use rustc_hash::FxHashSet;
use tree_sitter::Node;

use super::after::put_behind;
use super::block::{List, conditional_around};
use super::grammar::{Grammar, Role};
use super::place::{Place, function_around, stand_of};
use super::plan::Plan;
use super::pure::is_pure;
use super::remove;
use super::results::is_async;
use crate::fixes::comments::start_with_comments;
use crate::fixes::file::{FileText, span, walk};
use crate::fixes::lines::Comments;
use crate::fixes::piece::Piece;

/// Moves the statement of a call before the statement of another step; of several, before the statement
/// that holds them all.
pub(super) fn move_before<'a>(plan: &mut Plan<'a>, call: Node<'a>, befores: &[Node<'a>]) -> Option<()> {
    let before = first_common(plan.grammar, befores)?;
    let unit = Unit::of(plan, call, before)?;
    let target = stand_of(plan.grammar, before)?.place.node();
    // Into itself, or towards the end, is no move that a fix asks for.
    if unit.whole.start_byte() <= target.start_byte() {
        return None;
    }
    if declares_between(&plan.file, unit.whole, target.start_byte(), unit.whole.start_byte()) {
        return move_other_behind(plan, before, unit.whole);
    }
    plan.put_before(before, unit.piece)?;
    remove::statement(plan, unit.whole, Comments::All)
}

/// Moves the statement of a call behind another statement of its list, for one that cannot come before it: what
/// that one needs is made between them.
fn move_other_behind<'a>(plan: &mut Plan<'a>, call: Node<'a>, behind: Node<'a>) -> Option<()> {
    let unit = Unit::of(plan, call, behind)?;
    let is_beside = unit.whole.parent()?.id() == behind.parent()?.id();
    if !is_beside || declares_between(&plan.file, unit.whole, unit.whole.start_byte(), behind.end_byte()) {
        return None;
    }
    put_behind(plan, behind, &unit.piece)?;
    remove::statement(plan, unit.whole, Comments::All)
}

/// The innermost node around all of several; where that is a list of statements, the first of them in it.
fn first_common<'a>(grammar: &Grammar, nodes: &[Node<'a>]) -> Option<Node<'a>> {
    let start = nodes.iter().map(Node::start_byte).min()?;
    let end = nodes.iter().map(Node::end_byte).max()?;
    let first = nodes.iter().min_by_key(|node| node.start_byte())?;
    let mut common = *first;
    let mut inside = common;
    while common.start_byte() > start || common.end_byte() < end {
        inside = common;
        common = common.parent()?;
    }
    Some(if List::of(grammar, common).is_some() { inside } else { common })
}

/// Moves the statement of a call behind a loop.
pub(super) fn move_behind<'a>(plan: &mut Plan<'a>, call: Node<'a>, looping: Node<'a>) -> Option<()> {
    let unit = Unit::of(plan, call, looping)?;
    let Place::Statement(statement) = stand_of(plan.grammar, looping)?.place else {
        return None;
    };
    if declares_between(&plan.file, unit.whole, statement.start_byte(), statement.end_byte()) {
        return None;
    }
    put_behind(plan, statement, &unit.piece)?;
    remove::statement(plan, unit.whole, Comments::All)
}

/// What moves.
struct Unit<'t> {
    whole: Node<'t>,
    piece: Piece,
}

impl<'t> Unit<'t> {
    fn of(plan: &Plan<'_>, call: Node<'t>, target: Node<'_>) -> Option<Self> {
        let file = &plan.file;
        let (statement, returned) = statement_of(plan, call)?;
        if let Some(value) = returned {
            let is_future = plan.grammar.waiting_calls.contains(&"unawaited");
            let waits = is_future && function_around(plan.grammar, value).is_some_and(is_async);
            let piece = Piece::taken(file, value.start_byte(), value.end_byte(), false);
            let piece = if waits { piece.prefixed("await ") } else { piece };
            return Some(Self { whole: statement, piece });
        }
        let mut whole = statement;
        while let Some(wider) = guard_around(plan, whole) {
            let holds_target = wider.start_byte() <= target.start_byte() && target.end_byte() <= wider.end_byte();
            if holds_target {
                break;
            }
            whole = wider;
        }
        let conditional = conditional_around(plan, whole);
        let (start, end) = conditional.unwrap_or((whole.start_byte(), file.end_of(whole)));
        let end = if file.starts_line(start) { file.behind_trailing_comment(end) } else { end };
        let start = start_with_comments(file, start);
        let is_plain = whole == statement && !plan.style.semicolons && conditional.is_none();
        let indentation = file.indentation(whole.start_byte());
        Some(Self { whole, piece: Piece::taken_from(file, start, end, indentation, !is_plain) })
    }
}

/// The statement that does nothing but a call, and the call's expression where it is returned.
fn statement_of<'t>(plan: &Plan<'_>, call: Node<'t>) -> Option<(Node<'t>, Option<Node<'t>>)> {
    let grammar = plan.grammar;
    let mut node = call;
    loop {
        let parent = node.parent()?;
        match grammar.role(parent, node) {
            Some(Role::Statement | Role::CaseStatement | Role::Braceless) => return Some((node, None)),
            Some(_) => return None,
            None => {}
        }
        let kind = parent.kind();
        let is_same = parent.byte_range() == node.byte_range();
        let in_statement = grammar.expression_statement == Some(kind);
        if in_statement || grammar.waiting.contains(&kind) || is_same {
            node = parent;
        } else if grammar.leaving.contains(&kind) && plan.file.of(parent).starts_with("return") {
            return Some((parent, Some(node)));
        } else {
            node = remove::waiting_call(&plan.file, grammar, node)?;
        }
    }
}

/// The statement around another one that holds nothing else and only guards it: an `if` that only asks, or
/// a `try` with an empty handler.
fn guard_around<'t>(plan: &Plan<'_>, statement: Node<'t>) -> Option<Node<'t>> {
    let grammar = plan.grammar;
    let list = List::around(grammar, statement).filter(|list| list.items.len() == 1)?;
    let (open, close) = list.braces?;
    let mut guard = list.owner;
    while grammar.role(guard.parent()?, guard) != Some(Role::Statement) {
        if grammar.is_function(guard) || grammar.calls.contains(&guard.kind()) {
            return None;
        }
        guard = guard.parent()?;
    }
    let before = plan.file.between(guard.start_byte(), open);
    let behind = plan.file.between(close + 1, guard.end_byte()).trim();
    let asks_only = guard.kind().starts_with("if_") && behind.is_empty() && !before.contains('{');
    if asks_only && condition_is_pure(grammar, guard, open) {
        return Some(guard);
    }
    let tries = matches!(before.trim(), "try" | "@try" | "do");
    let (head, body) = behind.split_once('{')?;
    let handles_nothing = head.trim_start_matches('@').starts_with("catch") && body.trim() == "}";
    (tries && handles_nothing).then_some(guard)
}

fn condition_is_pure(grammar: &Grammar, guard: Node<'_>, open: usize) -> bool {
    let mut cursor = guard.walk();
    let mut parts = guard.named_children(&mut cursor).filter(|part| part.end_byte() <= open);
    parts.all(|part| is_pure(grammar, part))
}

/// Whether a subtree uses a name that is declared between two byte offsets, so that it cannot leave.
fn declares_between(file: &FileText<'_>, used_by: Node<'_>, start: usize, end: usize) -> bool {
    let mut used = FxHashSet::default();
    walk(used_by, &mut |node| {
        if node.child_count() == 0 && node.is_named() {
            used.insert(file.of(node));
        }
        true
    });
    let holds = span(used_by);
    file.lowered.bindings.iter().any(|binding| {
        let at = binding.span.start as usize;
        start <= at && at < end && !holds.contains(binding.span) && used.contains(&*binding.name)
    })
}
