//! What becomes of code that has nothing left: a branch, a `finally`, a closure, a function. Must not know what
//! was there. The grammars all start the kind of an `if` with `if_`, of its handlers with `catch` and `finally`.

use tree_sitter::Node;

use super::before::branch_of;
use super::block::List;
use super::effects::{effect_statement, modifier_around};
use super::expression::empty_block;
use super::grammar::Role;
use super::place::function_around;
use super::plan::Plan;
use super::pure::is_pure_until;
use super::remove::statement;
use crate::fixes::file::FileText;
use crate::fixes::lines::Comments;

/// What becomes of a function whose expression goes.
pub(super) fn emptied_expression(plan: &mut Plan<'_>, body: Node<'_>) -> Option<()> {
    if let Some(effect) = function_around(plan.grammar, body).and_then(|function| effect_statement(plan, function)) {
        return statement(plan, effect, Comments::Own);
    }
    empty_block(plan, body)
}

/// What becomes of a branch without braces whose statement goes.
pub(super) fn emptied_branch(plan: &mut Plan<'_>, statement: Node<'_>) -> Option<()> {
    let (branch, head_end) = branch_of(statement)?;
    let end = plan.file.end_of(statement);
    emptied(plan, branch, (branch.start_byte().max(head_end), end), head_end)
}

/// What becomes of braces whose only statement goes.
pub(super) fn emptied_list(plan: &mut Plan<'_>, list: &List<'_>) -> Option<()> {
    let (open, close) = list.braces?;
    let file = plan.file;
    let (grammar, owner) = (plan.grammar, list.owner);
    // The braces belong to the list itself, to a branch around it, or to an `if` with several lists.
    let own = list.node.start_byte() <= open;
    let branch = if own { list.node } else { owner };
    if grammar.closures.contains(&owner.kind()) || grammar.closures.contains(&owner.parent()?.kind()) {
        let closure = if grammar.closures.contains(&owner.kind()) { owner } else { owner.parent()? };
        if let Some(effect) = effect_statement(plan, closure) {
            return statement(plan, effect, Comments::Own);
        }
        if let Some((start, end)) = modifier_around(plan, closure) {
            plan.replace(start, end, "");
            return Some(());
        }
        let header = list.items.first().map_or("", |first| file.between(open + 1, first.start_byte()).trim());
        let header = header.split("//").next().unwrap_or_default().trim();
        plan.replace(open, close + 1, if header.is_empty() { "{}".to_owned() } else { format!("{{ {header} }}") });
        return Some(());
    }
    if own && grammar.role(owner, list.node) == Some(Role::Statement) {
        return statement(plan, list.node, Comments::Own);
    }
    emptied(plan, branch, (open, close + 1), file.text.get(..open)?.trim_end().len())
}

/// What becomes of a branch, a `finally` or a body that has nothing left: its braces' or statement's bytes,
/// and where what stands before them ends.
fn emptied(plan: &mut Plan<'_>, branch: Node<'_>, bytes: (usize, usize), head_end: usize) -> Option<()> {
    let file = plan.file;
    let head = if branch.kind().starts_with("if_") { branch } else { branch.parent()? };
    let word = last_word(file.text.get(..head_end)?);
    if word == "else" && (head.kind().starts_with("if_") || head.kind() == "else_clause") {
        let before = file.text.get(..head_end - word.len())?.trim_end().len();
        plan.replace(before, bytes.1, "");
        return Some(());
    }
    let finally = [branch, head].into_iter().find(|node| node.kind().starts_with("finally"));
    if let Some(finally) = finally {
        let whole = finally.parent()?;
        let mut cursor = whole.walk();
        let catches = whole.children(&mut cursor).any(|child| child.kind().starts_with("catch"));
        if catches {
            let before = file.text.get(..finally.start_byte())?.trim_end().len();
            plan.replace(before, finally.end_byte(), "");
            return Some(());
        }
    }
    if head.kind().starts_with("if_") && !has_else(&file, head, bytes.1) {
        let is_statement = head.parent().and_then(|parent| plan.grammar.role(parent, head));
        let is_plain = matches!(is_statement, Some(Role::Statement | Role::CaseStatement));
        let before = file.between(head.start_byte(), head_end);
        let conditions_only = !before.contains('{') && is_pure_until(plan.grammar, head, head_end);
        if is_plain && conditions_only {
            return statement(plan, head, Comments::Own);
        }
    }
    let gap = if file.text.get(..bytes.0)?.ends_with([' ', '\t', '\n', '\r']) || bytes.0 > head_end { "" } else { " " };
    plan.replace(bytes.0, bytes.1, format!("{gap}{{}}"));
    Some(())
}

fn has_else(file: &FileText<'_>, head: Node<'_>, end: usize) -> bool {
    file.between(end, head.end_byte()).trim_start().starts_with("else")
}

/// The word that a text ends with.
pub(super) fn last_word(text: &str) -> &str {
    let start = text.rfind(|character: char| !character.is_alphanumeric());
    start.map_or(text, |start| text[start..].trim_start_matches(|character: char| !character.is_alphanumeric()))
}
