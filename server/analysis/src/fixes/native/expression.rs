//! Expressions that become statements: a function's expression as its block, and an expression that
//! branches as an `if`. Must not know what is put before them.

use tree_sitter::Node;

use super::place::{Sometimes, function_around, without_parentheses};
use super::plan::Plan;
use super::results::{Gives, declared, is_async, of_expression};
use crate::fixes::file::FileText;
use crate::fixes::piece::{Piece, braced};

/// Makes a block of a function's expression, with pieces before it.
pub(super) fn as_block(plan: &mut Plan<'_>, body: Node<'_>, pieces: &[Piece]) -> Option<()> {
    let file = plan.file;
    let function = function_around(plan.grammar, body)?;
    let gives = of_expression(&file, plan.grammar, function, body);
    let inner = without_parentheses(body);
    let taken = Piece::taken(&file, inner.start_byte(), inner.end_byte(), false);
    let assigns = plan.grammar.assignments.contains(&inner.kind()) || inner.kind().starts_with("throw");
    let mut inside = pieces.to_vec();
    if gives == Gives::Inferred {
        inside.push(taken);
        let text = braced(&inside, &plan.style, file.indentation(body.start_byte()));
        plan.replace(body.start_byte(), body.end_byte(), format!("run {text}"));
        return Some(());
    }
    inside.push(if gives == Gives::Value && !assigns { taken.prefixed("return ") } else { taken });
    block_of(plan, body, inside)
}

/// Writes a block of pieces in the place of a function's expression.
pub(super) fn block_of(plan: &mut Plan<'_>, body: Node<'_>, mut pieces: Vec<Piece>) -> Option<()> {
    let file = plan.file;
    let token = token_before(body)?;
    let function = function_around(plan.grammar, body)?;
    let comments = file.between(token.end_byte(), body.start_byte()).lines().map(str::trim);
    let comments = comments.filter(|line| !line.is_empty()).map(|line| Piece::lines(vec![line.to_owned()]));
    pieces.splice(0..0, comments);
    let is_closure = plan.grammar.closures.contains(&function.kind());
    let base = if is_closure { token.start_byte() } else { function.start_byte() };
    let text = braced(&pieces, &plan.style, file.indentation(base));
    let (start, end, text) = around(&file, token, body, text);
    plan.replace(start, end, text);
    Some(())
}

/// An empty block in the place of a function's expression.
pub(super) fn empty_block(plan: &mut Plan<'_>, body: Node<'_>) -> Option<()> {
    let token = token_before(body)?;
    let function = function_around(plan.grammar, body)?;
    // What gives a future goes on giving one.
    let gives_future = declared(&plan.file, plan.grammar, function).is_some_and(|result| result.starts_with("Future"));
    let block = if gives_future && !is_async(function) { "async {}" } else { "{}" };
    let (start, end, text) = around(&plan.file, token, body, block.to_owned());
    plan.replace(start, end, text);
    Some(())
}

/// What a block in the place of a function's expression takes the place of: the token before it too, but for
/// a lambda's arrow, and the semicolon behind it.
fn around(file: &FileText<'_>, token: Node<'_>, body: Node<'_>, block: String) -> (usize, usize, String) {
    let end = body.next_sibling().filter(|next| next.kind() == ";").map_or(body.end_byte(), |next| next.end_byte());
    if token.kind() == "->" {
        return (token.end_byte(), end, format!(" {block}"));
    }
    let before = file.text.get(..token.start_byte()).unwrap_or_default().trim_end();
    (before.len(), end, format!(" {block}"))
}

fn token_before(body: Node<'_>) -> Option<Node<'_>> {
    let mut token = body.prev_sibling()?;
    while !matches!(token.kind(), "=" | "=>" | "->") {
        token = token.prev_sibling()?;
    }
    Some(token)
}

/// What an expression that branches is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    /// A statement of a list.
    Statement,
    /// A function's body whose value nobody uses.
    Body,
    /// A function's result.
    Result,
}

/// A statement that is an expression that branches, as an `if` statement with pieces in one of its branches.
pub(super) fn branched(
    plan: &Plan<'_>,
    statement: Node<'_>,
    sometimes: Sometimes<'_>,
    pieces: &[Piece],
    whole: Whole,
) -> Option<String> {
    let file = &plan.file;
    let is_returned = plan.grammar.leaving.contains(&statement.kind()) && file.of(statement).starts_with("return");
    let expression = if is_returned {
        without_parentheses(operands(statement).last().copied()?)
    } else {
        expression_of(plan, statement)?
    };
    let gives = is_returned || whole == Whole::Result;
    if expression != sometimes.expression {
        return None;
    }
    let taken = |node: Node<'_>| {
        let node = without_parentheses(node);
        let piece = Piece::taken(file, node.start_byte(), node.end_byte(), false);
        if gives { piece.prefixed("return ") } else { piece }
    };
    let operands = operands(expression);
    let (condition, then, otherwise) = match (operands.as_slice(), operator(expression)?) {
        ([condition, then, otherwise], "?") => {
            let (mut then, mut otherwise) = (vec![taken(*then)], vec![taken(*otherwise)]);
            let side = if sometimes.last { &mut otherwise } else { &mut then };
            side.splice(0..0, pieces.iter().cloned());
            (file.of(without_parentheses(*condition)).to_owned(), then, Some(otherwise))
        }
        _ if gives => return None,
        ([left, right], "&&") => {
            (file.of(without_parentheses(*left)).to_owned(), [pieces.to_vec(), vec![taken(*right)]].concat(), None)
        }
        ([left, right], "||") => (negated(file, *left), [pieces.to_vec(), vec![taken(*right)]].concat(), None),
        ([left, right], "??") => {
            let condition = format!("{} == {}", file.of(*left), plan.grammar.manner.absent);
            (condition, [pieces.to_vec(), vec![taken(*right)]].concat(), None)
        }
        _ => return None,
    };
    let indentation = if whole == Whole::Statement { file.indentation(statement.start_byte()) } else { "" };
    let mut text = format!("{} {}", if_head(plan, &condition), braced(&then, &plan.style, indentation));
    if let Some(otherwise) = otherwise {
        text.push_str(" else ");
        text.push_str(&braced(&otherwise, &plan.style, indentation));
    }
    Some(text)
}

/// `if` with a condition.
pub(super) fn if_head(plan: &Plan<'_>, condition: &str) -> String {
    if plan.grammar.manner.parentheses { format!("if ({condition})") } else { format!("if {condition}") }
}

/// The expression of a statement that is nothing else.
pub(super) fn expression_of<'t>(plan: &Plan<'_>, statement: Node<'t>) -> Option<Node<'t>> {
    let inner = match plan.grammar.expression_statement {
        Some(kind) if statement.kind() == kind => statement.named_child(0)?,
        _ => statement,
    };
    Some(without_parentheses(inner))
}

/// The operands of an expression that branches.
pub(super) fn operands(expression: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = expression.walk();
    expression.named_children(&mut cursor).filter(|child| !child.is_extra()).collect()
}

/// The operator of an expression that branches; an `if` that has a value is one with `?`.
pub(super) fn operator(expression: Node<'_>) -> Option<&'static str> {
    if expression.kind() == "if_expression" {
        return Some("?");
    }
    let mut cursor = expression.walk();
    let operators = ["?:", "??", "&&", "||", "?"];
    expression
        .children(&mut cursor)
        .find_map(|child| operators.into_iter().find(|operator| !child.is_named() && *operator == child.kind()))
}

/// A condition turned round.
pub(super) fn negated(file: &FileText<'_>, condition: Node<'_>) -> String {
    let condition = without_parentheses(condition);
    let text = file.of(condition);
    if let Some(positive) = text.strip_prefix('!') {
        let is_whole = positive.starts_with(|first: char| first.is_alphanumeric() || first == '(')
            && !condition.kind().contains("binary")
            && condition.kind() != "conjunction_expression"
            && condition.kind() != "disjunction_expression"
            && condition.kind() != "infix_expression"
            && condition.kind() != "equality_expression";
        if is_whole {
            return positive.to_owned();
        }
    }
    for (operator, opposite) in [(" != ", " == "), (" == ", " != ")] {
        let is_comparison = text.matches(operator).count() == 1 && !text.contains("&&") && !text.contains("||");
        if is_comparison && condition.named_child_count() >= 2 && !condition.kind().contains("call") {
            return text.replacen(operator, opposite, 1);
        }
    }
    let binds_tightly = text.chars().all(|character| character.is_alphanumeric() || "._()".contains(character));
    if binds_tightly { format!("!{text}") } else { format!("!({text})") }
}
