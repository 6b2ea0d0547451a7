//! Waiting for the anonymize call without letting it stop the logout. Owns the form of that wait; must
//! not know why it is wanted.

use tree_sitter::Node;

use super::calls;
use super::file::FileText;
use super::piece::{Piece, braced};
use super::place::{Place, function_around, stand_of};
use super::plan::Plan;
use super::replace::Existing;
use crate::lowering::{BodyId, NodeId};
use crate::vocabulary::{CallMeaning, platform_form};

/// How long the wait may take, in milliseconds.
const TIMEOUT: u32 = 1000;

/// Puts a call of an asynchronous anonymize into `try` with a time-out, and awaits it. `None` where nothing
/// can be awaited, or where the call is more than a statement.
pub(super) fn await_with_timeout(plan: &mut Plan<'_>, body: BodyId, node: NodeId) -> Option<()> {
    let file = plan.file;
    let form = platform_form(file.platform)?;
    let existing = Existing::of(&file, body, node)?;
    if !is_in_async(&file, existing.call) {
        return None;
    }
    if let Some(raced) = raced_statement(existing.call) {
        return guard(plan, raced);
    }
    let callable = existing.callable(plan, form, body, CallMeaning::Anonymize)?;
    let call = calls::render_asynchronous(&plan.style, form, &callable)?;
    let mut expression = existing.call;
    while let Some(parent) = expression.parent() {
        let only_waits = parent.kind() == "await_expression"
            || (parent.kind() == "unary_expression" && file.of(parent).starts_with("void"));
        if !only_waits {
            break;
        }
        expression = parent;
    }
    let statement = expression.parent().filter(|parent| parent.kind() == "expression_statement")?;
    let (Place::Block(_) | Place::Braceless(_)) = stand_of(existing.call)?.place else {
        return None;
    };
    let (end, unit) = (plan.style.terminator(), plan.style.unit.as_str());
    let wait = Piece::lines(vec![
        "await Promise.race([".to_owned(),
        format!("{unit}{call},"),
        format!("{unit}new Promise((resolve) => setTimeout(resolve, {TIMEOUT})),"),
        format!("]){end}"),
    ]);
    put_guarded(plan, statement, wait);
    Some(())
}

/// Writes a piece in `try`, whose `catch` lets it fail, in the place of a statement.
fn put_guarded(plan: &mut Plan<'_>, statement: Node<'_>, piece: Piece) {
    let indentation = plan.file.indentation(statement.start_byte());
    let reason = Piece::lines(vec!["// Leaving matters more than the analytics call.".to_owned()]);
    let text = format!(
        "try {} catch {}",
        braced(&[piece], &plan.style, indentation),
        braced(&[reason], &plan.style, indentation)
    );
    plan.replace(statement.start_byte(), plan.file.end_of(statement), text);
}

/// Puts the statement of a call whose wait is bounded already into `try`.
fn guard(plan: &mut Plan<'_>, statement: Node<'_>) -> Option<()> {
    let file = plan.file;
    let (Place::Block(_) | Place::Braceless(_)) = stand_of(statement.named_child(0)?)?.place else {
        return None;
    };
    let piece = Piece::taken(&file, statement.start_byte(), file.end_of(statement), true);
    put_guarded(plan, statement, piece);
    Some(())
}

/// The statement `await Promise.race([call, …])`, for its call.
fn raced_statement(call: Node<'_>) -> Option<Node<'_>> {
    let list = call.parent().filter(|parent| parent.kind() == "array" && parent.named_child_count() > 1)?;
    let race = list.parent().filter(|parent| parent.kind() == "arguments")?.parent()?;
    let awaited = race.parent().filter(|parent| parent.kind() == "await_expression")?;
    awaited.parent().filter(|parent| parent.kind() == "expression_statement")
}

fn is_in_async(file: &FileText<'_>, call: Node<'_>) -> bool {
    function_around(call).is_some_and(|function| {
        let mut cursor = function.walk();
        function.children(&mut cursor).any(|child| file.of(child) == "async" && !child.is_named())
    })
}
