//! Removing a call. Owns what goes with it: its statement, its line, and what would stand empty; must
//! not know Fullstory.

use tree_sitter::Node;

use super::block::{List, conditional_around};
use super::emptied::{emptied_branch, emptied_expression, emptied_list};
use super::expression::{operands, operator};
use super::grammar::{Grammar, Role};
use super::place::function_around;
use super::plan::Plan;
use super::pure::is_pure;
use super::results::is_async;
use crate::fixes::comments::start_with_comments;
use crate::fixes::file::FileText;
use crate::fixes::lines::{self, Comments};

/// Removes a call, with its statement where that leaves it empty. `None` where its value is used.
pub(super) fn call(plan: &mut Plan<'_>, call: Node<'_>) -> Option<()> {
    let file = plan.file;
    let grammar = plan.grammar;
    let mut node = call;
    loop {
        let parent = node.parent()?;
        match grammar.role(parent, node) {
            Some(Role::Statement | Role::CaseStatement | Role::Braceless | Role::CaseResult) => {
                return statement(plan, node, Comments::Own);
            }
            Some(Role::Expression) => return emptied_expression(plan, node),
            Some(Role::Otherwise | Role::Sometimes(true)) => {
                let left = operands(parent).first().copied()?;
                if operator(parent)? == "?" || left.id() == node.id() {
                    return None;
                }
                if !is_statement(grammar, parent) {
                    return None;
                }
                if !is_pure(grammar, left) {
                    plan.replace(parent.start_byte(), parent.end_byte(), file.of(left));
                    return Some(());
                }
                node = parent;
                continue;
            }
            Some(Role::Sometimes(false) | Role::Nowhere) => return None,
            None => {}
        }
        let kind = parent.kind();
        if grammar.collections.contains(&kind) {
            element(plan, node);
            return Some(());
        }
        if grammar.waiting.contains(&kind) || grammar.expression_statement == Some(kind) || is_same(parent, node) {
            node = parent;
        } else if grammar.leaving.contains(&kind) && file.of(parent).starts_with("return") {
            return returned(plan, parent);
        } else {
            node = waiting_call(&file, grammar, node)?;
        }
    }
}

/// Whether an expression is a statement of its own.
fn is_statement(grammar: &Grammar, expression: Node<'_>) -> bool {
    expression.parent().is_some_and(|parent| {
        let role = grammar.role(parent, expression);
        grammar.expression_statement == Some(parent.kind())
            || matches!(role, Some(Role::Statement | Role::CaseStatement | Role::Braceless))
    })
}

/// Removes an element of a collection with its comma.
fn element(plan: &mut Plan<'_>, element: Node<'_>) {
    let file = plan.file;
    let is_comma = |node: &Node<'_>| node.kind() == ",";
    let behind = element.next_sibling().filter(is_comma);
    let next = behind.and_then(|comma| comma.next_sibling()).filter(|next| next.kind() != "]");
    match (next, element.prev_sibling().filter(is_comma)) {
        (Some(next), _) => plan.replace(element.start_byte(), next.start_byte(), ""),
        (None, Some(before)) => plan.replace(before.start_byte(), element.end_byte(), ""),
        (None, None) => {
            let end = behind.map_or(element.end_byte(), |comma| comma.end_byte());
            let blank = file.between(end, file.line_end(end));
            plan.replace(element.start_byte(), end + (blank.len() - blank.trim_start().len()), "");
        }
    }
}

/// Removes a statement with its line, and what would stand empty without it.
pub(super) fn statement(plan: &mut Plan<'_>, statement: Node<'_>, comments: Comments) -> Option<()> {
    let parent = statement.parent()?;
    match plan.grammar.role(parent, statement)? {
        Role::Braceless | Role::CaseResult => return emptied_branch(plan, statement),
        Role::Statement | Role::CaseStatement => {}
        _ => return None,
    }
    let list = List::around(plan.grammar, statement)?;
    if list.is_case(plan.grammar) {
        if list.items.len() == 1 && needs_a_statement(plan, &list) {
            let nothing = plan.grammar.manner.nothing;
            plan.replace(statement.start_byte(), plan.file.end_of(statement), nothing);
            return Some(());
        }
    } else if list.braces.is_some() && stands_alone(plan, &list, statement) {
        return emptied_list(plan, &list);
    }
    remove_from(plan, &list, statement, comments);
    Some(())
}

/// Whether a case may not stand without a statement: its language forbids it, or has it fall through.
fn needs_a_statement(plan: &Plan<'_>, list: &List<'_>) -> bool {
    let is_break = plan.grammar.manner.nothing.starts_with("break");
    is_break && (!plan.grammar.manner.semicolons || list.owner.kind() != "switch_block")
}

fn remove_from(plan: &mut Plan<'_>, list: &List<'_>, statement: Node<'_>, comments: Comments) {
    let file = plan.file;
    let whole = conditional_around(plan, statement);
    let (start, end) = whole.unwrap_or((statement.start_byte(), file.end_of(statement)));
    let on_own_line = file.starts_line(start) && file.ends_line(file.behind_trailing_comment(end));
    if !on_own_line && !plan.style.semicolons {
        // The separator goes with it: the one behind it, or before the last one.
        let index = list.position(statement).unwrap_or_default();
        if let Some(next) =
            list.items.get(index + 1).filter(|next| next.start_position().row == statement.end_position().row)
        {
            plan.replace(start, next.start_byte(), "");
            return;
        }
        if let Some(last) = index.checked_sub(1).and_then(|index| list.items.get(index)) {
            plan.replace(last.end_byte(), end, "");
            return;
        }
    }
    let (start, end) = lines::of_statement(&file, start, end, comments);
    plan.replace(start, end, "");
}

/// Whether a list holds a statement and, besides the comments that go with it, nothing else.
fn stands_alone(plan: &Plan<'_>, list: &List<'_>, statement: Node<'_>) -> bool {
    let Some((open, close)) = list.braces else {
        return false;
    };
    let file = &plan.file;
    let first = start_with_comments(file, statement.start_byte());
    let last = file.behind_trailing_comment(file.end_of(statement));
    let stays = |at: usize| open < at && at < close && !(first <= at && at < last);
    list.items.len() == 1 && !file.lowered.comments.iter().any(|comment| stays(comment.span.start as usize))
}

/// What becomes of a `return` whose value is the call that goes.
fn returned(plan: &mut Plan<'_>, leaving: Node<'_>) -> Option<()> {
    let file = plan.file;
    let grammar = plan.grammar;
    let function = function_around(grammar, leaving)?;
    if plan.style.semicolons && !is_async(function) {
        // What is returned is a future, which somebody waits for.
        return None;
    }
    let list = List::around(grammar, leaving)?;
    let is_last = list.items.last().is_some_and(|last| last.id() == leaving.id());
    let is_body =
        list.owner.id() == function.id() || list.owner.parent().is_some_and(|parent| parent.id() == function.id());
    if is_last && is_body {
        return statement(plan, leaving, Comments::Own);
    }
    let text = file.of(leaving);
    let keyword = text.split(|next: char| next.is_whitespace() || next == '(').next().unwrap_or("return");
    plan.replace(leaving.start_byte(), file.end_of(leaving), format!("{keyword}{}", plan.style.terminator()));
    Some(())
}

/// The call around an argument, or around the receiver of a handler of errors, that only waits for it.
pub(super) fn waiting_call<'t>(file: &FileText<'_>, grammar: &Grammar, node: Node<'t>) -> Option<Node<'t>> {
    let parent = node.parent()?;
    let outer = parent.parent()?;
    if !grammar.calls.contains(&outer.kind()) {
        return None;
    }
    let callee = file.between(outer.start_byte(), outer.end_byte());
    let wraps =
        grammar.waiting_calls.iter().any(|name| callee.strip_prefix(name).is_some_and(|rest| rest.starts_with('(')));
    let member = file.between(node.end_byte(), parent.end_byte()).trim_start_matches(['?', '.']).trim();
    let swallows = grammar.swallowing.contains(&member) && parent.start_byte() == node.start_byte();
    (wraps || swallows).then_some(outer)
}

/// Whether a node is nothing but another one.
fn is_same(outer: Node<'_>, inner: Node<'_>) -> bool {
    outer.byte_range() == inner.byte_range()
}
