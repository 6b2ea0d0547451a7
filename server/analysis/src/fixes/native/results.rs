//! What becomes of a function's last expression. Owns whether its value is somebody's, so that `return` has to
//! stand before it once it is not alone; must not know edits.

use tree_sitter::Node;

use super::block::List;
use super::grammar::{Grammar, ResultAt, token_of};
use crate::fixes::file::FileText;
use crate::lowering::{Handling, Step};

/// What a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gives {
    /// Nothing that anybody uses.
    Nothing,
    /// A value of a type that is written, or that its user infers.
    Value,
    /// A value whose type is known by the expression alone, so that this has to stay one.
    Inferred,
}

/// What a function gives whose body is an expression.
pub(super) fn of_expression(file: &FileText<'_>, grammar: &Grammar, function: Node<'_>, body: Node<'_>) -> Gives {
    if grammar.closures.contains(&function.kind()) {
        return if closure_gives(file, grammar, function) { Gives::Value } else { Gives::Nothing };
    }
    match declared(file, grammar, function) {
        Some(result) if is_void(grammar, result) => {
            // A future that an `async` function does not wait for by itself has to be handed on.
            let hands_on = result != "void" && result.contains('<') && !file.of(body).starts_with("await ");
            if hands_on { Gives::Value } else { Gives::Nothing }
        }
        Some(_) => Gives::Value,
        None if grammar.getters.contains(&function.kind()) => {
            let property = function.parent().map_or("", |property| file.of(property));
            let head = property.split("get").next().unwrap_or_default();
            if head.contains(':') { Gives::Value } else { Gives::Inferred }
        }
        None if matches!(grammar.result, ResultAt::Behind(_)) => {
            if is_used(file, function) {
                Gives::Inferred
            } else {
                Gives::Nothing
            }
        }
        None if is_setter(function) => Gives::Nothing,
        None => Gives::Value,
    }
}

/// Whether the only statement of a list is what its function gives without saying `return`. `None` where no
/// other statement can stand beside it: it makes a piece of user interface.
pub(super) fn is_implicit_result(file: &FileText<'_>, grammar: &Grammar, list: &List<'_>) -> Option<bool> {
    let ([only], true) = (list.items.as_slice(), grammar.manner.implicit_results) else {
        return Some(false);
    };
    let owner = list.owner;
    if grammar.closures.contains(&owner.kind()) {
        return Some(closure_gives(file, grammar, owner) && is_expression(grammar, *only));
    }
    let declared = if grammar.getters.contains(&owner.kind()) {
        let annotation = token_of(property_around(owner)?, "type_annotation");
        annotation.map(|annotation| file.of(annotation).trim_start_matches([':', ' ']))
    } else {
        owner.parent().filter(|function| grammar.is_function(*function)).and_then(|it| declared(file, grammar, it))
    };
    match declared {
        Some(result) if result.starts_with("some ") => None,
        Some(result) => Some(!is_void(grammar, result) && is_expression(grammar, *only)),
        None => Some(false),
    }
}

fn property_around(accessor: Node<'_>) -> Option<Node<'_>> {
    let mut node = accessor.parent()?;
    while node.kind() != "property_declaration" {
        node = node.parent()?;
    }
    Some(node)
}

/// Whether what a closure gives is used by what it is handed to.
pub(super) fn closure_gives(file: &FileText<'_>, grammar: &Grammar, closure: Node<'_>) -> bool {
    let head = file.of(closure).split('{').nth(1).and_then(|inside| inside.split_once(" in")).map(|(head, _)| head);
    if let Some((_, result)) = head.and_then(|head| head.split_once("->")).filter(|_| grammar.manner.implicit_results) {
        return !is_void(grammar, result.trim());
    }
    let Some(parent) = closure.parent() else {
        return false;
    };
    if let Some(label) = label_of(file, closure, parent) {
        return grammar.value_labels.iter().any(|ending| label.ends_with(ending));
    }
    if matches!(parent.kind(), "variable_declarator" | "assignment_expression") {
        let declaration = parent.parent().map_or("", |declaration| file.of(declaration));
        return grammar.value_types.iter().any(|name| declaration.contains(&format!("{name}<")));
    }
    if parent.kind() == "return_statement" || parent.kind() == "function_body" {
        return true;
    }
    let mut node = parent;
    for _ in 0..4 {
        if grammar.calls.contains(&node.kind()) {
            let callee = file.between(node.start_byte(), closure.start_byte());
            return grammar.value_calls.iter().any(|name| *name == called_name(callee));
        }
        match node.parent() {
            Some(parent) => node = parent,
            None => return false,
        }
    }
    false
}

/// The label of an argument, written before it: `onPressed: …`, `onClick = …`.
fn label_of<'a>(file: &FileText<'a>, argument: Node<'_>, parent: Node<'_>) -> Option<&'a str> {
    if !matches!(parent.kind(), "named_argument" | "value_argument") {
        return None;
    }
    let before = file.between(parent.start_byte(), argument.start_byte()).trim();
    before.strip_suffix([':', '=']).map(str::trim)
}

/// The name that a text before a call's arguments ends with.
fn called_name(callee: &str) -> &str {
    let callee = match callee.rfind('(') {
        Some(open) if !callee[open..].contains(')') => &callee[..open],
        _ => callee,
    };
    let callee = callee.trim_end();
    let start = callee.rfind(|character: char| !character.is_alphanumeric() && character != '_');
    start.map_or(callee, |start| &callee[start..]).trim_start_matches(|character: char| !character.is_alphanumeric())
}

fn is_expression(grammar: &Grammar, statement: Node<'_>) -> bool {
    let kind = statement.kind();
    let acts_only = kind.ends_with("_statement") || kind.ends_with("_declaration") || grammar.directive == Some(kind);
    !acts_only && !grammar.assignments.contains(&kind)
}

/// A function's declared result.
pub(super) fn declared<'a>(file: &FileText<'a>, grammar: &Grammar, function: Node<'_>) -> Option<&'a str> {
    match grammar.result {
        ResultAt::Nowhere => None,
        ResultAt::Behind(token) => {
            let token = token_of(function, token)?;
            let mut end = token.end_byte();
            let mut next = token.next_sibling();
            while let Some(part) = next.filter(|part| !matches!(part.kind(), "function_body" | "type_constraints")) {
                end = part.end_byte();
                next = part.next_sibling();
            }
            Some(file.between(token.end_byte(), end).trim())
        }
        ResultAt::Field(field) => {
            let mut signature = function.child_by_field_name("signature").or_else(|| function.named_child(0))?;
            loop {
                if let Some(result) = signature.child_by_field_name(field) {
                    return Some(file.of(result));
                }
                signature = signature.named_child(0).filter(|inner| inner.kind().ends_with("_signature"))?;
            }
        }
    }
}

fn is_void(grammar: &Grammar, result: &str) -> bool {
    let plain: String = result.split_whitespace().collect();
    grammar.void.contains(&plain.as_str())
}

fn is_setter(function: Node<'_>) -> bool {
    let mut node = function;
    for _ in 0..3 {
        match node.named_child(0) {
            Some(inner) if inner.kind() == "setter_signature" => return true,
            Some(inner) => node = inner,
            None => return false,
        }
    }
    false
}

/// Whether a call in this file uses what a function gives.
fn is_used(file: &FileText<'_>, function: Node<'_>) -> bool {
    let span = crate::fixes::file::span(function);
    let mut bodies = file.lowered.bodies.iter().filter(|body| body.span == span);
    let Some(name) = bodies.next().and_then(|body| body.name.clone()) else {
        return false;
    };
    let uses = |step: &Step| match step {
        Step::Call(call) => call.written.last() == Some(&name) && call.handling == Handling::Used,
        _ => false,
    };
    file.lowered.bodies.iter().any(|body| body.code().nodes.iter().any(|node| uses(&node.step)))
}

/// Whether something can be awaited right in a function.
pub(super) fn is_async(function: Node<'_>) -> bool {
    let mut cursor = function.walk();
    let has_token = |node: Node<'_>| {
        let mut cursor = node.walk();
        node.children(&mut cursor).any(|child| matches!(child.kind(), "async" | "async*"))
    };
    has_token(function) || function.children(&mut cursor).any(has_token)
}
