//! Removing a call. Owns what goes with it: its statement, its line, and what would stand empty; must
//! not know Fullstory.

use tree_sitter::Node;

use super::comments::start_with_comments;
use super::file::{FileText, named_children, span, walk};
use super::lines::{self, Comments};
use super::place::{is_function, without_parentheses};
use super::plan::Plan;
use super::unwrap::Unwrapped;
use crate::vocabulary::Runs;

/// Removes a call, with its statement where that leaves it empty. `None` where its value is used.
pub(super) fn call(plan: &mut Plan<'_>, call: Node<'_>) -> Option<()> {
    let file = plan.file;
    let mut node = call;
    loop {
        let parent = node.parent()?;
        let field = |name: &str| parent.child_by_field_name(name).is_some_and(|found| found.id() == node.id());
        match parent.kind() {
            "parenthesized_expression"
            | "await_expression"
            | "as_expression"
            | "non_null_expression"
            | "satisfies_expression" => node = parent,
            "unary_expression" if file.of(parent).starts_with("void") => node = parent,
            "member_expression" => node = caught_chain(&file, parent)?,
            "binary_expression" if field("right") => {
                let left = parent.child_by_field_name("left")?;
                if !is_pure(left) {
                    plan.replace(parent.start_byte(), parent.end_byte(), file.of(left));
                    return Some(());
                }
                node = parent;
            }
            "ternary_expression" if !field("condition") => {
                plan.replace(node.start_byte(), node.end_byte(), "undefined");
                return Some(());
            }
            "sequence_expression" | "array" => return element(plan, node),
            "expression_statement" => return statement(plan, parent, Comments::Own),
            "return_statement" => {
                let is_last = parent.next_named_sibling().is_none();
                let in_function = parent.parent().and_then(|block| block.parent()).is_some_and(is_function);
                if is_last && in_function {
                    return statement(plan, parent, Comments::Own);
                }
                let end = if file.between(parent.start_byte(), file.end_of(parent)).ends_with(';') {
                    "return;"
                } else {
                    "return"
                };
                plan.replace(parent.start_byte(), file.end_of(parent), end);
                return Some(());
            }
            "arrow_function" if field("body") => {
                match effect_statement(&file, parent) {
                    Some(effect) => return statement(plan, effect, Comments::Own),
                    None => plan.replace(node.start_byte(), node.end_byte(), "{}"),
                }
                return Some(());
            }
            _ => return None,
        }
    }
}

/// Removes a statement with its line, and what would stand empty without it.
pub(super) fn statement(plan: &mut Plan<'_>, statement: Node<'_>, comments: Comments) -> Option<()> {
    let file = plan.file;
    let parent = statement.parent()?;
    let field = |name: &str| parent.child_by_field_name(name).is_some_and(|found| found.id() == statement.id());
    match parent.kind() {
        "program" | "switch_case" | "switch_default" => remove_lines(plan, statement, comments),
        // The braces of a handler in markup are not in the text.
        "statement_block" if file.is_handlers_block(parent) => remove_lines(plan, statement, comments),
        "statement_block" if stands_alone(&file, parent, statement) => return emptied_block(plan, parent),
        "statement_block" => remove_lines(plan, statement, comments),
        "labeled_statement" => return self::statement(plan, parent, comments),
        "else_clause" => without_else(plan, parent)?,
        "if_statement" if field("consequence") => return emptied_if(plan, parent, statement),
        _ => plan.replace(statement.start_byte(), file.end_of(statement), "{}"),
    }
    Some(())
}

/// Removes a comment, with its line or its JSX braces where that leaves them empty.
pub(super) fn comment(plan: &mut Plan<'_>, start: usize, end: usize) {
    let file = plan.file;
    let (mut start, mut end) = (start, end);
    let node = file.tree.root_node().descendant_for_byte_range(start, end);
    let braces = node.and_then(|node| node.parent()).filter(|parent| parent.kind() == "jsx_expression");
    if let Some(braces) = braces.filter(|braces| braces.named_child_count() == 1) {
        (start, end) = (braces.start_byte(), braces.end_byte());
    }
    (start, end) = lines::of_comment(&file, start, end);
    plan.replace(start, end, "");
}

/// The whole of `x.catch(…)`, for its `x.catch`; `None` for any other member, whose value is used.
fn caught_chain<'t>(file: &FileText<'_>, member: Node<'t>) -> Option<Node<'t>> {
    let property = member.child_by_field_name("property")?;
    let call = member.parent()?;
    (file.of(property) == "catch" && call.kind() == "call_expression").then_some(call)
}

/// Removes an element of a list with its comma.
fn element(plan: &mut Plan<'_>, element: Node<'_>) -> Option<()> {
    let next = comma(element.next_sibling()).and_then(|comma| comma.next_sibling());
    if let Some(next) = next.filter(|next| next.kind() != "]") {
        plan.replace(element.start_byte(), next.start_byte(), "");
        return Some(());
    }
    let start = comma(element.prev_sibling()).map_or(element.start_byte(), |comma| comma.start_byte());
    plan.replace(start, element.end_byte(), "");
    Some(())
}

fn comma(node: Option<Node<'_>>) -> Option<Node<'_>> {
    node.filter(|node| node.kind() == ",")
}

/// Whether a block holds a statement and, besides the comments that go with it, nothing else.
fn stands_alone(file: &FileText<'_>, block: Node<'_>, statement: Node<'_>) -> bool {
    let first = start_with_comments(file, statement.start_byte());
    let last = file.behind_trailing_comment(file.end_of(statement));
    let mut cursor = block.walk();
    block.named_children(&mut cursor).all(|child| first <= child.start_byte() && child.end_byte() <= last)
}

fn emptied_block(plan: &mut Plan<'_>, block: Node<'_>) -> Option<()> {
    let parent = block.parent()?;
    let is_consequence = parent.child_by_field_name("consequence").is_some_and(|found| found.id() == block.id());
    match parent.kind() {
        "if_statement" if is_consequence => return emptied_if(plan, parent, block),
        "else_clause" => return without_else(plan, parent),
        "finally_clause" => {
            let whole = parent.parent()?;
            if let Some(handler) = whole.child_by_field_name("handler") {
                plan.replace(handler.end_byte(), parent.end_byte(), "");
                return Some(());
            }
            if let Some(unwrapped) = Unwrapped::of(&plan.file, whole) {
                plan.unwrap(unwrapped);
                return Some(());
            }
        }
        "statement_block" | "program" => return statement(plan, block, Comments::Own),
        _ if is_function(parent) => {
            if let Some(effect) = effect_statement(&plan.file, parent) {
                return statement(plan, effect, Comments::Own);
            }
        }
        _ => {}
    }
    plan.replace(block.start_byte(), block.end_byte(), "{}");
    Some(())
}

fn emptied_if(plan: &mut Plan<'_>, whole: Node<'_>, consequence: Node<'_>) -> Option<()> {
    let has_else = whole.child_by_field_name("alternative").is_some();
    let condition = whole.child_by_field_name("condition")?;
    if !has_else && is_pure(condition) {
        return statement(plan, whole, Comments::Own);
    }
    plan.replace(consequence.start_byte(), consequence.end_byte(), "{}");
    Some(())
}

fn without_else(plan: &mut Plan<'_>, clause: Node<'_>) -> Option<()> {
    let consequence = clause.parent()?.child_by_field_name("consequence")?;
    plan.replace(consequence.end_byte(), clause.end_byte(), "");
    Some(())
}

/// The statement of an effect or a timer, for its function: `useEffect(() => …, [])`, `setTimeout(() => …)`.
/// Without its function it does nothing.
fn effect_statement<'t>(file: &FileText<'_>, function: Node<'t>) -> Option<Node<'t>> {
    let arguments = function.parent().filter(|parent| parent.kind() == "arguments")?;
    let mut bodies = file.lowered.bodies.iter().filter(|body| body.span == span(function));
    let is_all_there_is =
        bodies.any(|body| matches!(file.vocabulary.runs(&file.view(), &body.used_as), Runs::OnMount | Runs::Later));
    if !is_all_there_is || !named_children(arguments).iter().all(|other| *other == function || is_pure(*other)) {
        return None;
    }
    arguments.parent()?.parent().filter(|statement| statement.kind() == "expression_statement")
}

/// Whether an expression does nothing that would be missed.
pub(super) fn is_pure(expression: Node<'_>) -> bool {
    let mut pure = true;
    walk(without_parentheses(expression), &mut |node| {
        pure &= node.kind() != "call_expression" && !acts(node);
        pure && !is_function(node)
    });
    pure
}

/// Whether a node itself, other than by a call, changes something or waits.
pub(super) fn acts(node: Node<'_>) -> bool {
    matches!(
        node.kind(),
        "new_expression"
            | "await_expression"
            | "yield_expression"
            | "assignment_expression"
            | "augmented_assignment_expression"
            | "update_expression"
    )
}

/// Removes a statement that others stand beside.
fn remove_lines(plan: &mut Plan<'_>, statement: Node<'_>, comments: Comments) {
    let file = plan.file;
    let (start, end) = lines::of_statement(&file, statement.start_byte(), file.end_of(statement), comments);
    plan.replace(start, end, "");
}
