//! Waiting for the anonymize call without letting it stop the logout. Owns the form of that wait; must
//! not know why it is wanted.

use super::calls;
use super::file::FileText;
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
    let lines = [
        "try {".to_owned(),
        format!("{unit}await Promise.race(["),
        format!("{unit}{unit}{call},"),
        format!("{unit}{unit}new Promise((resolve) => setTimeout(resolve, {TIMEOUT})),"),
        format!("{unit}]){end}"),
        "} catch {".to_owned(),
        format!("{unit}// Leaving matters more than the analytics call."),
        "}".to_owned(),
    ];
    let separator = format!("{}{}", plan.style.line_end, file.indentation(statement.start_byte()));
    plan.replace(statement.start_byte(), file.end_of(statement), lines.join(&separator));
    Some(())
}

fn is_in_async(file: &FileText<'_>, call: tree_sitter::Node<'_>) -> bool {
    function_around(call).is_some_and(|function| {
        let mut cursor = function.walk();
        function.children(&mut cursor).any(|child| file.of(child) == "async" && !child.is_named())
    })
}
