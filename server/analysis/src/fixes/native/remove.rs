//! Removing a call. Owns what goes with it: its statement, its line, and what would stand empty; must
//! not know Fullstory.

use tree_sitter::Node;

use super::before::branch_of;
use super::block::{List, conditional_around};
use super::expression::{empty_block, operands, operator};
use super::grammar::{Grammar, Role};
use super::place::{function_around, without_parentheses};
use super::plan::Plan;
use super::results::is_async;
use crate::fixes::comments::start_with_comments;
use crate::fixes::file::{FileText, span, walk};
use crate::fixes::lines::{self, Comments};
use crate::vocabulary::Runs;

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
    let whole = conditional_around(&file, statement);
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

fn emptied_expression(plan: &mut Plan<'_>, body: Node<'_>) -> Option<()> {
    if let Some(effect) = function_around(plan.grammar, body).and_then(|function| effect_statement(plan, function)) {
        return statement(plan, effect, Comments::Own);
    }
    empty_block(plan, body)
}

/// What becomes of a branch without braces whose statement goes.
fn emptied_branch(plan: &mut Plan<'_>, statement: Node<'_>) -> Option<()> {
    let (branch, head_end) = branch_of(statement)?;
    let end = plan.file.end_of(statement);
    emptied(plan, branch, (branch.start_byte().max(head_end), end), head_end)
}

fn emptied_list(plan: &mut Plan<'_>, list: &List<'_>) -> Option<()> {
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

fn last_word(text: &str) -> &str {
    let start = text.rfind(|character: char| !character.is_alphanumeric());
    start.map_or(text, |start| text[start..].trim_start_matches(|character: char| !character.is_alphanumeric()))
}

/// The statement of an effect or a timer, for its function: without its function it does nothing.
fn effect_statement<'t>(plan: &Plan<'_>, function: Node<'t>) -> Option<Node<'t>> {
    let runs = runs(plan, function);
    let by_itself = file_starts_with(plan, function, "defer");
    if !matches!(runs, Runs::OnMount | Runs::Later) && !by_itself {
        return None;
    }
    let mut node = function;
    loop {
        let parent = node.parent()?;
        if plan.grammar.calls.contains(&parent.kind()) {
            let in_receiver = plan.file.between(function.end_byte(), parent.end_byte()).contains('.');
            let others_act = !arguments_are_pure(plan.grammar, parent, function);
            if in_receiver || others_act {
                return None;
            }
        }
        match plan.grammar.role(parent, node) {
            Some(Role::Statement) => return (!is_link(plan, function)).then_some(node),
            Some(_) => return None,
            None if plan.grammar.is_function(parent) => return None,
            None => node = parent,
        }
    }
}

/// Whether a closure's call is a link of a chain that makes something: `Text("a").onAppear { … }`.
fn is_link(plan: &Plan<'_>, closure: Node<'_>) -> bool {
    modifier_around(plan, closure).is_some()
}

/// The bytes of a link of a chain whose one closure is given, from its dot, where it hangs on another call.
fn modifier_around(plan: &Plan<'_>, closure: Node<'_>) -> Option<(usize, usize)> {
    let mut suffix = closure.parent()?;
    while suffix.byte_range() == closure.byte_range() && suffix.kind() != "call_suffix" {
        suffix = suffix.parent()?;
    }
    let is_only = suffix.kind() == "call_suffix" && suffix.named_child_count() == 1;
    let call = suffix.parent().filter(|call| is_only && plan.grammar.calls.contains(&call.kind()))?;
    let member = call.named_child(0).filter(|member| member.kind() == "navigation_expression")?;
    let target = member.named_child(0).filter(|target| plan.grammar.calls.contains(&target.kind()))?;
    let name =
        plan.file.between(target.end_byte(), member.end_byte()).trim_start_matches(['?', '.', ' ', '\n', '\r', '\t']);
    let passes = plan.grammar.passing.contains(&name);
    (passes || matches!(runs(plan, closure), Runs::OnMount | Runs::Later)).then(|| (target.end_byte(), call.end_byte()))
}

fn file_starts_with(plan: &Plan<'_>, closure: Node<'_>, word: &str) -> bool {
    let before = plan.file.text.get(..closure.start_byte()).unwrap_or_default().trim_end();
    last_word(before) == word && plan.grammar.manner.implicit_results
}

fn runs(plan: &Plan<'_>, function: Node<'_>) -> Runs {
    let file = &plan.file;
    let found = file.lowered.bodies.iter().find(|body| body.span == span(function));
    found.map_or(Runs::Unknown, |body| file.vocabulary.runs(&file.view(), &body.used_as))
}

fn arguments_are_pure(grammar: &Grammar, call: Node<'_>, besides: Node<'_>) -> bool {
    let mut pure = true;
    walk(call, &mut |node| {
        let is_besides = node.id() == besides.id();
        let is_around = node.start_byte() <= besides.start_byte() && besides.end_byte() <= node.end_byte();
        if is_besides {
            return false;
        }
        pure &= is_around || !grammar.acting.contains(&node.kind());
        pure && !grammar.is_function(node)
    });
    pure
}

/// Whether an expression does nothing that would be missed.
pub(super) fn is_pure(grammar: &Grammar, expression: Node<'_>) -> bool {
    is_pure_until(grammar, without_parentheses(expression), expression.end_byte())
}

fn is_pure_until(grammar: &Grammar, root: Node<'_>, end: usize) -> bool {
    let mut pure = true;
    walk(root, &mut |node| {
        if node.start_byte() >= end {
            return false;
        }
        let acts = grammar.calls.contains(&node.kind()) || grammar.acting.contains(&node.kind());
        pure &= !acts;
        pure && !grammar.is_function(node)
    });
    pure
}
