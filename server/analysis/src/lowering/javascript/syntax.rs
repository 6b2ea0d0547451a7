//! Reading the tree. Owns small questions to nodes (text, children, what is transparent) and the
//! unescaping of literals; must not know scopes or graphs.

use crate::lowering::grammar::Named;
use std::sync::Arc;

use tree_sitter::Node;

use crate::lowering::Name;
pub(super) use crate::lowering::tree::{child_of_kind, named_children, span, text};

/// How many levels of the tree one body's lowering goes down before the rest counts as unreadable.
/// Each level takes some kilobytes of stack, and a thread may have two megabytes in all.
pub(super) const DEPTH_LIMIT: u32 = 120;

/// How deep patterns are read.
pub(super) const PATTERN_DEPTH_LIMIT: u32 = 24;

/// How many transparent wrappers (`((x as any)!)`) are looked through.
const WRAPPER_LIMIT: usize = 32;

/// Whether a token stands among a node's children before its name: `async`, `static`, `get`. Most have none, which the
/// text in front of the name tells.
pub(super) fn has_modifier(source: &str, node: Node, name: Option<Node>, kind: &str) -> bool {
    let end = name.map_or(node.end_byte(), |name| name.start_byte());
    source.get(node.start_byte()..end).is_none_or(|before| before.contains(kind)) && has_token(node, kind)
}

/// Up to how many children are asked one by one: a cursor costs an allocation.
const FEW_CHILDREN: u32 = 6;

/// Every child, tokens included.
pub(super) fn all_children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.children(&mut cursor).collect()
}

/// The first named child that is no comment.
pub(super) fn first_named(node: Node<'_>) -> Option<Node<'_>> {
    // Most often it is the very first: no cursor is needed for that one.
    let first = node.named_child(0)?;
    if !first.is_extra() {
        return Some(first);
    }
    let mut cursor = node.walk();
    node.named_children(&mut cursor).find(|child| !child.is_extra())
}

/// Whether the node has a token of this kind among its children: `async`, `static`, `?.`.
pub(super) fn has_token(node: Node, kind: &str) -> bool {
    let count = node.child_count();
    if count <= FEW_CHILDREN {
        return (0..count).filter_map(|index| node.child(index)).any(|child| child.kind_name() == kind);
    }
    let mut cursor = node.walk();
    node.children(&mut cursor).any(|child| child.kind_name() == kind)
}

/// Whether something unreadable inside a JSX element is a bare `&` in its text, which does no harm.
pub(super) fn is_loose_ampersand(source: &str, node: Node) -> bool {
    node.is_error() && text(source, node).starts_with('&')
}

/// Whether the node is a function of any sort.
pub(super) fn is_function(node: Node) -> bool {
    matches!(
        node.kind_name(),
        "arrow_function"
            | "function_declaration"
            | "function_expression"
            | "generator_function"
            | "generator_function_declaration"
            | "method_definition"
    )
}

/// Whether the node is a function that is a value where it stands.
pub(super) fn is_function_value(node: Node) -> bool {
    matches!(node.kind_name(), "arrow_function" | "function_expression" | "generator_function")
}

/// Whether the node is a class of any sort.
pub(super) fn is_class(node: Node) -> bool {
    matches!(node.kind_name(), "class_declaration" | "abstract_class_declaration" | "class")
}

/// Whether the node changes nothing about the expression inside it: parentheses and type syntax.
pub(super) fn is_wrapper(node: Node) -> bool {
    matches!(
        node.kind_name(),
        "parenthesized_expression"
            | "as_expression"
            | "satisfies_expression"
            | "non_null_expression"
            | "type_assertion"
            | "instantiation_expression"
    )
}

/// The expression inside parentheses and type syntax.
pub(super) fn unwrap(mut node: Node<'_>) -> Node<'_> {
    for _ in 0..WRAPPER_LIMIT {
        if !is_wrapper(node) {
            return node;
        }
        let Some(inner) = wrapped(node) else { return node };
        node = inner;
    }
    node
}

/// The expression directly inside a wrapper.
pub(super) fn wrapped(node: Node<'_>) -> Option<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).find(|child| !child.is_extra() && child.kind_name() != "type_arguments")
}

/// Whether evaluating the node takes no step, as far as its first levels tell.
pub(super) fn is_inert(node: Node) -> bool {
    let mut node = unwrap(node);
    for _ in 0..WRAPPER_LIMIT {
        match node.kind_name() {
            "identifier" | "this" | "super" | "string" | "number" | "true" | "false" | "null" | "undefined"
            | "regex" | "meta_property" => return true,
            "template_string" => {
                return !named_children(node).iter().any(|part| part.kind_name() == "template_substitution");
            }
            "arrow_function" | "function_expression" | "generator_function" => return true,
            "object" | "array" => return node.named_child_count() == 0,
            "unary_expression" if !has_token(node, "delete") => match node.field("argument") {
                Some(argument) => node = unwrap(argument),
                None => return false,
            },
            "member_expression" => match node.field("object") {
                Some(object) => node = unwrap(object),
                None => return false,
            },
            _ => return false,
        }
    }
    false
}

/// The name that a property key or member name has, or `None` for a computed one.
pub(super) fn key_name(source: &str, node: Node) -> Option<Name> {
    match node.kind_name() {
        "string" => Some(string_text(source, node)),
        "computed_property_name" => {
            let inner = unwrap(first_named(node)?);
            (inner.kind_name() == "string").then(|| string_text(source, inner))
        }
        _ => Some(Arc::from(text(source, node))),
    }
}

/// The content of a string literal or of a template without holes, unescaped.
pub(super) fn string_text(source: &str, node: Node) -> Name {
    let raw = text(source, node);
    let mut characters = raw.chars();
    let quote = characters.next();
    let inner = characters.as_str();
    let inner = match quote {
        Some(quote) => inner.strip_suffix(quote).unwrap_or(inner),
        None => inner,
    };
    if inner.contains('\\') { Arc::from(unescape(inner)) } else { Arc::from(inner) }
}

/// Resolves JavaScript's escapes; an unreadable one is kept as it is.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match rest.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{c}'),
            Some('v') => out.push('\u{b}'),
            Some('0') => out.push('\0'),
            Some('\n') => {}
            Some('\r') => {
                if let Some(after) = rest.as_str().strip_prefix('\n') {
                    rest = after.chars();
                }
            }
            Some('x') => push_code(&mut out, &mut rest, 2),
            Some('u') => match rest.as_str().strip_prefix('{').and_then(|open| open.split_once('}')) {
                Some((digits, after)) => {
                    out.extend(u32::from_str_radix(digits, 16).ok().and_then(char::from_u32));
                    rest = after.chars();
                }
                None => push_code(&mut out, &mut rest, 4),
            },
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

fn push_code(out: &mut String, rest: &mut std::str::Chars<'_>, digits: usize) {
    let Some(code) = rest.as_str().get(..digits) else { return };
    if let Some(character) = u32::from_str_radix(code, 16).ok().and_then(char::from_u32) {
        out.push(character);
        *rest = rest.as_str().get(digits..).unwrap_or_default().chars();
    }
}

/// How long a condition's text may be before it is told from others by its place instead.
const CONDITION_TEXT_LIMIT: usize = 400;

/// The node's text without white space.
pub(super) fn stripped(source: &str, node: Node) -> String {
    let raw = text(source, node);
    if raw.len() > CONDITION_TEXT_LIMIT {
        return format!("@{}", node.start_byte());
    }
    raw.chars().filter(|character| !character.is_whitespace()).collect()
}
