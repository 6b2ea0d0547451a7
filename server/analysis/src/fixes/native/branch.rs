//! A call that names a fake user beside a real one, as a branch. Owns reading the two users; must not
//! know how a call is written.

use tree_sitter::Node;

use super::callable;
use super::expression::{if_head, negated, operands, operator};
use super::place::{Place, stand_of, without_parentheses};
use super::plan::Plan;
use super::replace::existing;
use crate::fixes::calls::{self, Parts};
use crate::fixes::file::{FileText, walk};
use crate::fixes::piece::{Piece, braced};
use crate::lowering::{BodyId, NodeId};
use crate::source::Span;
use crate::vocabulary::{CallMeaning, platform_form};

/// Writes `if let id = user?.id { identify } else { anonymize }` in the place of
/// `identify(user?.id ?? "guest")`.
pub(super) fn on_user(plan: &mut Plan<'_>, body: BodyId, node: NodeId) -> Option<()> {
    let file = plan.file;
    let form = platform_form(file.platform)?;
    let (span, call) = existing(&file, body, node)?;
    let fallback = call.arguments.iter().find_map(|argument| fallback_in(plan, argument.span, span))?;
    let Place::Statement(statement) = stand_of(plan.grammar, file.node_at(span)?)?.place else {
        return None;
    };
    let expression = super::expression::expression_of(plan, statement)?;
    let only_waits = file.between(expression.start_byte(), span.start as usize).trim();
    if expression.end_byte() != span.end as usize || !matches!(only_waits, "" | "await") {
        return None;
    }
    let callable = callable::choose(plan, form)?;
    let anonymize = calls::render(&plan.style, form, &callable, CallMeaning::Anonymize, &Parts::new())?;
    let anonymize = if only_waits.is_empty() { anonymize } else { format!("{only_waits} {anonymize}") };
    let indentation = file.indentation(statement.start_byte());
    let taken = |start, end| Piece::taken_from(&file, start, end, indentation, false);
    let identify = taken(expression.start_byte(), fallback.value.start as usize)
        .joined(&fallback.real, taken(fallback.value.end as usize, expression.end_byte()));
    let mut text = String::new();
    if let Some(constant) = &fallback.constant {
        text.push_str(constant);
        text.push_str(plan.style.terminator());
        text.push_str(plan.style.line_end);
        text.push_str(indentation);
    }
    text.push_str(&format!(
        "{} {} else {}",
        if_head(plan, &fallback.condition),
        braced(&[identify], &plan.style, indentation),
        braced(&[Piece::expression(anonymize)], &plan.style, indentation),
    ));
    if fallback.constant.is_some() && !file.starts_line(statement.start_byte()) {
        return None;
    }
    plan.replace(statement.start_byte(), file.end_of(statement), text);
    Some(())
}

struct Fallback {
    /// The bytes in the call that give one of the two users.
    value: Span,
    /// A constant that has to be declared first, without its end.
    constant: Option<String>,
    /// When the real user is there.
    condition: String,
    /// The real user, where it is there.
    real: String,
}

/// The argument of a call that is a real user or a fake one.
fn fallback_in(plan: &Plan<'_>, argument: Span, call: Span) -> Option<Fallback> {
    let file = &plan.file;
    let node = file.node_at(argument)?;
    let mut value = None;
    walk(node, &mut |inner| {
        if value.is_none() && matches!(operator(inner), Some("?:" | "??" | "?")) && inner.is_named() {
            value = Some(inner);
        }
        value.is_none() && call.contains(crate::fixes::file::span(inner))
    });
    if let Some(value) = value.filter(|value| call.contains(crate::fixes::file::span(*value))) {
        return either(plan, value, value);
    }
    let name = without_parentheses(node);
    let declared = declared(file, name)?;
    either(plan, without_parentheses(declared), name)
}

/// The condition under which the real one of two users is there, and its text.
fn either(plan: &Plan<'_>, source: Node<'_>, value: Node<'_>) -> Option<Fallback> {
    let file = &plan.file;
    let manner = &plan.grammar.manner;
    let operands = operands(source);
    let span = crate::fixes::file::span(value);
    // An operand may bring a token of its own: `user?` in front of `.id`.
    match (operands.as_slice(), operator(source)?) {
        ([left, right], "??" | "?:" | "?") => {
            if !is_fake(file, *right) || is_fake(file, *left) {
                return None;
            }
            let left = file.of(without_parentheses(*left));
            if manner.binds_in_conditions {
                let name = constant_name(left);
                return Some(Fallback {
                    value: span,
                    constant: None,
                    condition: format!("let {name} = {left}"),
                    real: name,
                });
            }
            if manner.constant.is_empty() {
                return Some(Fallback {
                    value: span,
                    constant: None,
                    condition: left.to_owned(),
                    real: left.to_owned(),
                });
            }
            let name = constant_name(left);
            let (constant, real) =
                if name == left { (None, name) } else { (Some(format!("{} {name} = {left}", manner.constant)), name) };
            Some(Fallback { value: span, constant, condition: format!("{real} != {}", manner.absent), real })
        }
        ([condition, consequence, alternative], "?") => {
            let text = |node: &Node<'_>| file.of(without_parentheses(*node)).to_owned();
            let (condition, real) = match (is_fake(file, *consequence), is_fake(file, *alternative)) {
                (false, true) => (text(condition), text(consequence)),
                (true, false) => (negated(file, *condition), text(alternative)),
                _ => return None,
            };
            Some(Fallback { value: span, constant: None, condition, real })
        }
        _ => None,
    }
}

/// A name for the value of an expression: that of its last member.
fn constant_name(expression: &str) -> String {
    let name = expression.rsplit(['.', '?', '!', '>']).find(|part| !part.is_empty()).unwrap_or(expression);
    let name = name.trim_end_matches("()");
    let is_name = name.chars().all(|character| character.is_alphanumeric() || character == '_');
    if is_name && name.starts_with(|first: char| first.is_alphabetic()) { name.to_owned() } else { "uid".to_owned() }
}

/// Whether an expression is a constant, which no real user's id is.
fn is_fake(file: &FileText<'_>, value: Node<'_>) -> bool {
    let text = file.of(without_parentheses(value));
    let is_text = text.trim_start_matches('@').starts_with(['"', '\'']);
    is_text || matches!(text, "nil" | "null") || text.starts_with(|first: char| first.is_ascii_digit())
}

/// What the nearest constant of a name above its use is.
fn declared<'t>(file: &FileText<'_>, name: Node<'t>) -> Option<Node<'t>> {
    let wanted = file.of(name);
    let mut root = name;
    while let Some(parent) = root.parent() {
        root = parent;
    }
    let mut found = None;
    walk(root, &mut |node| {
        let text = file.of(node);
        let is_declaration = node.kind().ends_with("declaration") && node.end_byte() <= name.start_byte();
        if is_declaration && let Some((head, _)) = text.split_once('=') {
            let declares = head.split(|next: char| !next.is_alphanumeric() && next != '_').any(|part| part == wanted);
            if declares && !head.contains("var ") && !head.contains('{') {
                found = last_expression(node);
            }
        }
        node.start_byte() < name.start_byte()
    });
    found
}

fn last_expression(declaration: Node<'_>) -> Option<Node<'_>> {
    let mut node = declaration;
    loop {
        let count = node.named_child_count();
        let last = node.named_child(u32::try_from(count.checked_sub(1)?).ok()?)?;
        let is_holder = last.kind().contains("declarat");
        if !is_holder {
            return Some(last);
        }
        node = last;
    }
}
