//! The links of a chain, and what a dotted name and a call of the standard library stand for. Owns how they
//! are told apart; must not know what is read inside them.

use tree_sitter::Node;

use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{ArgumentForm, Expression, Form};
use crate::lowering::tree::{all_children, has_child};

/// One link behind a chain's base.
#[derive(Clone, Copy)]
pub(super) enum Link<'t> {
    /// `.name`, `?.name`.
    Member { name: Node<'t>, optional: bool },
    /// `::name`.
    Reference(Node<'t>),
    /// `::class`.
    Class,
    /// A call's suffix.
    Call(Node<'t>),
    /// `[index]`.
    Index(Node<'t>),
    /// `!!`.
    Unwrap,
    /// `a name b`.
    Infix { name: Node<'t>, right: Node<'t> },
    /// `.(expression)`, and what could not be read.
    Other(Node<'t>),
}

/// A link, and where it ends.
pub(super) type Placed<'t> = (Link<'t>, usize);

/// A chain's base and its links, in the order in which they run.
pub(super) fn links(node: Node<'_>) -> (Node<'_>, Vec<Placed<'_>>) {
    let (mut node, mut links) = (node, Vec::new());
    loop {
        let children = all_children(node);
        let [first, .., last] = &children[..] else { break };
        let link = match node.kind_name() {
            "infix_expression" => match &children[1..] {
                [name, right] => Link::Infix { name: *name, right: *right },
                _ => break,
            },
            "postfix_expression" if last.kind_name() == "!!" => Link::Unwrap,
            "call_expression" | "navigation_expression" | "indexing_expression" => link_of_suffix(*last),
            _ => break,
        };
        links.push((link, node.end_byte()));
        node = *first;
    }
    links.reverse();
    (node, links)
}

pub(super) fn link_of_suffix(suffix: Node<'_>) -> Link<'_> {
    match suffix.kind_name() {
        "call_suffix" => Link::Call(suffix),
        "indexing_suffix" => Link::Index(suffix),
        "!!" => Link::Unwrap,
        "navigation_suffix" => {
            let is_reference = has_child(suffix, "::");
            let last = all_children(suffix).last().copied();
            match last {
                Some(name) if name.kind_name() == "simple_identifier" && is_reference => Link::Reference(name),
                Some(name) if name.kind_name() == "simple_identifier" => {
                    Link::Member { name, optional: has_child(suffix, "?.") }
                }
                Some(word) if word.kind_name() == "class" && is_reference => Link::Class,
                Some(other) => Link::Other(other),
                None => Link::Other(suffix),
            }
        }
        _ => Link::Other(suffix),
    }
}

/// The last name of a callee: a lambda that is passed to it may be left by `return@name`.
pub(super) fn last_name(callee: &Expression) -> Option<Name> {
    match &callee.form {
        Form::Name(name) => Some(name.clone()),
        Form::Member(member) => Some(member.name.clone()),
        _ => None,
    }
}

/// The parts of a dotted name whose last part is a type's by its capital.
pub(super) fn type_of_path(expression: &Expression) -> Option<Vec<Name>> {
    let (mut parts, mut current) = (Vec::new(), expression);
    loop {
        match &current.form {
            Form::Name(name) => {
                parts.push(name.clone());
                break;
            }
            Form::Member(member) => {
                parts.push(member.name.clone());
                current = member.object.as_ref()?;
            }
            _ => return None,
        }
    }
    parts.first()?.chars().next()?.is_uppercase().then(|| parts.into_iter().rev().collect())
}

/// The standard library's calls that stand for a literal: `mapOf(key to value)`, `listOf(value)`.
pub(super) fn literal_call(name: Option<&str>, callee: &Expression, arguments: &mut Vec<ArgumentForm>) -> Option<Form> {
    let is_plain = matches!(callee.form, Form::Name(_)) && arguments.iter().all(|it| it.label.is_none() && !it.spread);
    match name? {
        "listOf" | "setOf" | "arrayOf" | "mutableListOf" | "mutableSetOf" | "listOfNotNull" if is_plain => {
            Some(Form::List(arguments.drain(..).map(|argument| argument.value).collect()))
        }
        "mapOf" | "mutableMapOf" | "hashMapOf" | "bundleOf" if is_plain && arguments.iter().all(is_pair) => {
            Some(Form::Map(arguments.drain(..).filter_map(pair).collect()))
        }
        _ => None,
    }
}

fn is_pair(argument: &ArgumentForm) -> bool {
    let Form::Call(call) = &argument.value.form else { return false };
    let Form::Member(member) = &call.callee.form else { return false };
    &*member.name == "to" && member.object.is_some() && call.arguments.len() == 1
}

fn pair(argument: ArgumentForm) -> Option<(Expression, Expression)> {
    let Form::Call(mut call) = argument.value.form else { return None };
    let Form::Member(member) = call.callee.form else { return None };
    Some((member.object?, call.arguments.pop()?.value))
}
