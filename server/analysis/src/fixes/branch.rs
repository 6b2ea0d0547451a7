//! A call that names a fake user beside a real one, as a branch. Owns reading the two users; must not
//! know how a call is written.

use tree_sitter::Node;

use super::before::negated;
use super::calls::{self, Parts};
use super::file::{FileText, named_children, walk};
use super::piece::{Piece, braced};
use super::place::{Place, stand_of, without_parentheses};
use super::plan::Plan;
use super::replace::Existing;
use crate::lowering::{BodyId, NodeId};
use crate::vocabulary::{CallMeaning, platform_form};

/// Writes `if (user?.id) identify else anonymize` in the place of `identify(user?.id ?? 'guest')`.
pub(super) fn on_user(plan: &mut Plan<'_>, body: BodyId, node: NodeId) -> Option<()> {
    let file = plan.file;
    let form = platform_form(file.platform)?;
    let existing = Existing::of(&file, body, node)?;
    let (call, fallback) = (existing.call, fallback_in(&file, existing.call)?);
    let mut expression = call;
    while let Some(parent) = expression.parent().filter(|parent| matches!(parent.kind(), "await_expression")) {
        expression = parent;
    }
    let statement = expression.parent().filter(|parent| parent.kind() == "expression_statement")?;
    let stand = stand_of(call)?;
    let (Place::Block(_) | Place::Braceless(_)) = stand.place else {
        return None;
    };
    let callable = existing.callable(plan, form, body, CallMeaning::Anonymize)?;
    let anonymize = calls::render(&plan.style, form, &callable, CallMeaning::Anonymize, &Parts::new())?;
    let indentation = file.indentation(statement.start_byte());
    let taken = |start, end| Piece::taken_from(&file, start, end, indentation, false);
    let key = if fallback.shorthand { format!("{}: ", file.of(fallback.value)) } else { String::new() };
    let identify = taken(expression.start_byte(), fallback.value.start_byte())
        .joined(&format!("{key}{}", fallback.real), taken(fallback.value.end_byte(), expression.end_byte()));
    let text = format!(
        "if ({}) {} else {}",
        fallback.condition,
        braced(&[identify], &plan.style, indentation),
        braced(&[Piece::expression(anonymize)], &plan.style, indentation),
    );
    plan.replace(statement.start_byte(), file.end_of(statement), text);
    Some(())
}

struct Fallback<'t> {
    /// The expression in the call that gives one of the two users, or its shorthand property.
    value: Node<'t>,
    /// Whether it is a shorthand property.
    shorthand: bool,
    /// When the real user is there.
    condition: String,
    /// The real user, where it is there.
    real: String,
}

/// The argument or option of a call that is a real user or a fake one.
fn fallback_in<'t>(file: &FileText<'_>, call: Node<'t>) -> Option<Fallback<'t>> {
    let mut candidates: Vec<Node<'t>> = Vec::new();
    for argument in named_children(call.child_by_field_name("arguments")?) {
        if argument.kind() != "object" {
            candidates.push(argument);
            continue;
        }
        for property in named_children(argument) {
            match property.kind() {
                "pair" => candidates.extend(property.child_by_field_name("value")),
                "shorthand_property_identifier" => candidates.push(property),
                _ => {}
            }
        }
    }
    candidates.into_iter().find_map(|value| {
        let shorthand = value.kind() == "shorthand_property_identifier";
        let source = if shorthand || value.kind() == "identifier" { declared(file, value)? } else { value };
        let (condition, real) = either(file, without_parentheses(source))?;
        Some(Fallback { value, shorthand, condition, real })
    })
}

/// The condition under which the real one of two users is there, and its text.
fn either(file: &FileText<'_>, value: Node<'_>) -> Option<(String, String)> {
    if value.kind() == "binary_expression" {
        let operator = value.child_by_field_name("operator")?.kind();
        let left = without_parentheses(value.child_by_field_name("left")?);
        let right = without_parentheses(value.child_by_field_name("right")?);
        if !matches!(operator, "??" | "||") || !is_fake(right) || is_fake(left) {
            return None;
        }
        return Some((file.of(left).to_owned(), narrowed(file, left)));
    }
    if value.kind() != "ternary_expression" {
        return None;
    }
    let condition = without_parentheses(value.child_by_field_name("condition")?);
    let consequence = without_parentheses(value.child_by_field_name("consequence")?);
    let alternative = without_parentheses(value.child_by_field_name("alternative")?);
    match (is_fake(consequence), is_fake(alternative)) {
        (false, true) => Some((file.of(condition).to_owned(), file.of(consequence).to_owned())),
        (true, false) => Some((negated(file, condition), file.of(alternative).to_owned())),
        _ => None,
    }
}

/// Whether an expression is a constant, which no real user's id is.
fn is_fake(value: Node<'_>) -> bool {
    matches!(value.kind(), "string" | "template_string" | "number" | "null" | "undefined" | "false")
}

/// A chain of members without its `?.`: where it is truthy, each part of it is there.
fn narrowed(file: &FileText<'_>, value: Node<'_>) -> String {
    let mut plain = true;
    walk(value, &mut |node| {
        plain &= !node.is_named()
            || matches!(
                node.kind(),
                "identifier"
                    | "member_expression"
                    | "property_identifier"
                    | "this"
                    | "optional_chain"
                    | "non_null_expression"
            );
        plain
    });
    let text = file.of(value);
    if plain { text.replace("?.", ".") } else { text.to_owned() }
}

/// What the nearest constant of a name above its use is.
fn declared<'t>(file: &FileText<'_>, name: Node<'t>) -> Option<Node<'t>> {
    let mut root = name;
    while let Some(parent) = root.parent() {
        root = parent;
    }
    let mut found = None;
    walk(root, &mut |node| {
        if node.kind() == "variable_declarator" && node.end_byte() <= name.start_byte() {
            let is_same = node.child_by_field_name("name").is_some_and(|declared| file.of(declared) == file.of(name));
            let is_constant = node.parent().is_some_and(|declaration| file.of(declaration).starts_with("const"));
            if is_same {
                found = if is_constant { node.child_by_field_name("value") } else { None };
            }
        }
        node.start_byte() < name.start_byte()
    });
    found
}
