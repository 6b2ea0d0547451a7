//! Statements before another statement. Owns what has to be written around them: a line of their own,
//! braces, a block in the place of an expression, an `if` in the place of `&&`; must not know what the
//! statements do.

use tree_sitter::Node;

use super::block::{self, List, is_enclosed};
use super::expression::{self, Whole, as_block};
use super::place::{Place, Sometimes};
use super::plan::Plan;
use super::results::{Gives, is_implicit_result, of_expression};
use crate::fixes::comments::start_with_comments;
use crate::fixes::file::FileText;
use crate::fixes::piece::{Piece, braced};

/// Pieces that go before one statement.
pub(super) struct Group<'a> {
    /// The statement's place.
    pub(super) place: Place<'a>,
    /// For each step that a piece was asked for, what makes that step happen only sometimes.
    pub(super) sometimes: Vec<Option<Sometimes<'a>>>,
    /// The pieces, in order.
    pub(super) pieces: Vec<Piece>,
}

/// Puts a group's pieces before its statement.
pub(super) fn write(plan: &mut Plan<'_>, group: &Group<'_>) -> Option<()> {
    match (group.place, only_sometimes(&group.sometimes)?) {
        (Place::Statement(statement), None) => before_statement(plan, statement, &group.pieces),
        (Place::Statement(statement), Some(sometimes)) => {
            let text = expression::branched(plan, statement, sometimes, &group.pieces, Whole::Statement)?;
            plan.replace(statement.start_byte(), plan.file.end_of(statement), text);
            Some(())
        }
        (Place::Braceless(statement), None) => in_braces(plan, statement, &group.pieces, ""),
        (Place::CaseResult(statement), None) => {
            let result = if is_value_of_switch(statement) { "yield " } else { "" };
            in_braces(plan, statement, &group.pieces, result)
        }
        (Place::Expression(body), None) => as_block(plan, body, &group.pieces),
        (Place::Otherwise(operand), None) => run(plan, operand, &group.pieces),
        (Place::Expression(body), Some(sometimes)) => {
            let function = super::place::function_around(plan.grammar, body)?;
            let gives = match of_expression(&plan.file, plan.grammar, function, body) {
                Gives::Nothing => Whole::Body,
                Gives::Value => Whole::Result,
                Gives::Inferred => return None,
            };
            let text = expression::branched(plan, body, sometimes, &group.pieces, gives)?;
            let lines = text.lines().map(str::to_owned).collect();
            expression::block_of(plan, body, vec![Piece::lines(lines)])
        }
        _ => None,
    }
}

/// `Some(None)` where the pieces may stand before the whole statement, `Some(Some(_))` where they have
/// to go into one branch of it, `None` where neither is right.
fn only_sometimes<'a>(all: &[Option<Sometimes<'a>>]) -> Option<Option<Sometimes<'a>>> {
    let mut found: Option<Sometimes<'a>> = None;
    for sometimes in all {
        let Some(sometimes) = sometimes else {
            return Some(None);
        };
        match found {
            None => found = Some(*sometimes),
            Some(known) if known == *sometimes => {}
            // Both sides of `a ? b : c`: one of them happens in any case.
            Some(known) if known.expression == sometimes.expression => return Some(None),
            Some(_) => return None,
        }
    }
    Some(found)
}

fn before_statement(plan: &mut Plan<'_>, statement: Node<'_>, pieces: &[Piece]) -> Option<()> {
    let file = plan.file;
    let list = List::around(plan.grammar, statement)?;
    let result = if is_implicit_result(&file, plan.grammar, &list)? { "return " } else { "" };
    let start = with_labels(plan, statement);
    if file.starts_line(start) {
        let indentation = file.indentation(start);
        let mut text = String::new();
        for piece in pieces {
            text.push_str(&piece.render(&plan.style, indentation, false));
            text.push_str(plan.style.line_end);
        }
        let at = file.line_start(start_with_comments(&file, start));
        plan.replace(at, at, text);
        if !result.is_empty() {
            plan.replace(statement.start_byte(), statement.start_byte(), result);
        }
        return Some(());
    }
    let index = list.position(statement)?;
    if put_on_lines(plan, &list, index, pieces, result) {
        return Some(());
    }
    let text: Option<String> =
        pieces.iter().map(|piece| piece.render_inline(&plan.style).map(|text| text + " ")).collect();
    plan.replace(start, start, text? + result);
    Some(())
}

/// Puts a block that stands on one line, or a case's statements behind its label, on lines of its own with
/// pieces before one of the statements. False where that cannot be done.
pub(super) fn put_on_lines(plan: &mut Plan<'_>, list: &List<'_>, index: usize, pieces: &[Piece], result: &str) -> bool {
    let expanded = if list.braces.is_some() {
        block::expanded(plan, list, index, pieces, result)
    } else if list.is_case(plan.grammar) && !plan.grammar.manner.semicolons {
        block::expanded_case(plan, list, index, pieces)
    } else {
        None
    };
    let Some((start, end, text)) = expanded.filter(|(start, end, _)| !plan.touches(*start, *end)) else {
        return false;
    };
    plan.replace(start, end, text);
    true
}

/// Where a statement starts with its labels: `retry@ while (…)`.
fn with_labels(plan: &Plan<'_>, statement: Node<'_>) -> usize {
    let mut start = statement;
    while let Some(label) = start.prev_named_sibling().filter(|label| plan.grammar.labels.contains(&label.kind())) {
        start = label;
    }
    start.start_byte()
}

/// The outermost node that is nothing but a branch without braces, and where what stands before it ends.
pub(super) fn branch_of<'t>(statement: Node<'t>) -> Option<(Node<'t>, usize)> {
    let mut branch = statement;
    while let Some(parent) = branch.parent().filter(|parent| parent.byte_range() == branch.byte_range()) {
        branch = parent;
    }
    let mut before = branch.prev_sibling()?;
    while before.is_extra() || before.kind().contains("comment") {
        before = before.prev_sibling()?;
    }
    Some((branch, before.end_byte()))
}

/// Puts pieces and the statement of a branch in braces. `result` stands before the statement.
fn in_braces(plan: &mut Plan<'_>, statement: Node<'_>, pieces: &[Piece], result: &str) -> Option<()> {
    let file = plan.file;
    let (branch, head_end) = branch_of(statement)?;
    let head = branch.parent()?;
    let end = file.end_of(statement);
    let mut inside = pieces.to_vec();
    if file.line_start(head_end) == file.line_start(end) && is_enclosed(&file, end.saturating_sub(1)) {
        if !file.between(head_end, statement.start_byte()).trim().is_empty() {
            return None;
        }
        inside.push(Piece::taken(&file, statement.start_byte(), end, true).prefixed(result));
        plan.replace(head_end, end, format!(" {}", braced_inline(plan, &inside)?));
        return Some(());
    }
    let comments = file.between(head_end, statement.start_byte());
    let (same_line, own_lines) = comments.split_once('\n').unwrap_or((comments, ""));
    let own_lines: Vec<Piece> = own_lines
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| Piece::lines(vec![line.to_owned()]))
        .collect();
    inside.splice(0..0, own_lines);
    let mut end = file.behind_trailing_comment(end);
    inside.push(Piece::taken(&file, statement.start_byte(), end, true).prefixed(result));
    let indentation = file.indentation(head_line(&file, head, head_end));
    let mut block = braced(&inside, &plan.style, indentation);
    if !same_line.trim().is_empty() {
        block.insert_str(1, &format!(" {}", same_line.trim()));
    }
    let mut text = format!(" {block}");
    // `}` and what follows it belong on one line: `} else`, `} while`.
    let rest = file.text.get(end..).unwrap_or_default();
    let follows = rest.trim_start();
    let goes_on = |word: &str| {
        follows.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric()))
    };
    let is_do = head.kind().starts_with("do");
    if (goes_on("else") && head.kind().starts_with("if")) || (goes_on("while") && is_do) {
        end += rest.len() - follows.len();
        text.push(' ');
    }
    plan.replace(head_end, end, text);
    Some(())
}

/// A place on the line to whose indentation a branch's closing brace belongs: that of its `if`, or of the
/// `else` that starts a line.
fn head_line(file: &FileText<'_>, head: Node<'_>, head_end: usize) -> usize {
    if file.line_start(head.start_byte()) == file.line_start(head_end) { head.start_byte() } else { head_end }
}

/// Pieces in braces on one line, without a separator at the end where the language needs none.
fn braced_inline(plan: &Plan<'_>, pieces: &[Piece]) -> Option<String> {
    let inner: Option<Vec<String>> = pieces.iter().map(|piece| piece.render_inline(&plan.style)).collect();
    let inner = inner?.join(" ");
    let inner = if plan.style.semicolons { inner.as_str() } else { inner.trim_end_matches(';') };
    Some(format!("{{ {inner} }}"))
}

/// Puts pieces and an operand into a block that gives the operand's value: `?: run { … }`.
fn run(plan: &mut Plan<'_>, operand: Node<'_>, pieces: &[Piece]) -> Option<()> {
    let file = plan.file;
    let mut inside = pieces.to_vec();
    inside.push(Piece::taken(&file, operand.start_byte(), operand.end_byte(), true));
    let text = braced(&inside, &plan.style, file.indentation(operand.start_byte()));
    plan.replace(operand.start_byte(), operand.end_byte(), format!("run {text}"));
    Some(())
}

/// Whether what a case gives is the value of a `switch` that somebody uses.
fn is_value_of_switch(statement: Node<'_>) -> bool {
    if statement.kind() == "throw_statement" {
        return false;
    }
    let mut node = statement;
    while node.kind() != "switch_expression" {
        match node.parent() {
            Some(parent) => node = parent,
            None => return false,
        }
    }
    node.parent().is_some_and(|parent| {
        !matches!(parent.kind(), "block" | "expression_statement" | "constructor_body" | "switch_block_statement_group")
    })
}
