//! Names, types and modifiers. Owns how they are read; must not know what they stand at.

use std::sync::Arc;

use tree_sitter::Node;

use super::Reader;
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{TypeName, Variable};
use crate::lowering::tree::{child_of_kind, named_children, span, text};
use crate::source::Span;

/// What stands before a declaration.
#[derive(Default)]
pub(super) struct Modifiers {
    /// Annotations' names without `@` and package.
    pub(super) annotations: Vec<Name>,
    words: Vec<Name>,
}

impl Modifiers {
    /// Whether a word is among them: `private`, `override`.
    pub(super) fn has(&self, word: &str) -> bool {
        self.words.iter().any(|own| &**own == word)
    }

    /// Whether an annotation is among them.
    pub(super) fn is_annotated(&self, name: &str) -> bool {
        self.annotations.iter().any(|own| &**own == name)
    }

    /// Whether what they stand at is hidden from other classes.
    pub(super) fn is_private(&self) -> bool {
        self.has("private") || self.has("protected")
    }
}

impl Reader<'_> {
    /// A node's text.
    pub(super) fn text(&self, node: Node) -> &str {
        text(self.source, node)
    }

    /// An identifier's name, without the backticks around it.
    pub(super) fn identifier(&self, node: Node) -> Name {
        Arc::from(self.text(node).trim_matches('`'))
    }

    /// A node's bytes without the white space behind it.
    pub(super) fn trimmed(&self, node: Node) -> Span {
        let start = node.start_byte();
        let length = self.text(node).trim_end().len();
        // A brace that is put in for the parser stands in place of white space.
        if start + length < node.end_byte() && is_braced(node) {
            return span(node);
        }
        Span::from(start..start + length)
    }

    /// The modifiers among a declaration's children.
    pub(super) fn modifiers(&self, node: Node) -> Modifiers {
        let mut modifiers = Modifiers::default();
        let Some(list) = child_of_kind(node, "modifiers") else { return modifiers };
        for child in named_children(list) {
            match child.kind_name() {
                "annotation" => modifiers.annotations.extend(self.annotation(child)),
                _ => modifiers.words.push(Arc::from(self.text(child))),
            }
        }
        modifiers
    }

    fn annotation(&self, node: Node) -> Vec<Name> {
        let types = named_children(node).into_iter().filter_map(|child| match child.kind_name() {
            "constructor_invocation" => child_of_kind(child, "user_type"),
            "user_type" => Some(child),
            _ => None,
        });
        types.filter_map(|node| self.type_name(node)?.parts.pop()).collect()
    }

    /// A type's name, without its arguments; `None` for a function's type and what else has no name.
    pub(super) fn type_name(&self, node: Node) -> Option<TypeName> {
        let mut node = node;
        loop {
            match node.kind_name() {
                "user_type" => break,
                "nullable_type"
                | "parenthesized_type"
                | "receiver_type"
                | "not_nullable_type"
                | "parenthesized_user_type" => {
                    node = named_children(node).into_iter().find(|child| is_type(child.kind_name()))?;
                }
                _ => return None,
            }
        }
        let parts = named_children(node).into_iter().filter(|child| child.kind_name() == "type_identifier");
        let parts: Vec<Name> = parts.map(|part| self.identifier(part)).collect();
        (!parts.is_empty()).then(|| TypeName { parts, span: span(node) })
    }

    /// The type among a node's children, the last one that stands behind a `:`.
    pub(super) fn declared_type(&self, node: Node) -> Option<TypeName> {
        let mut cursor = node.walk();
        let children = node.children(&mut cursor).skip_while(|child| child.kind_name() != ":").skip(1);
        children
            .take_while(|child| child.kind_name() != "=")
            .find(|child| is_type(child.kind_name()))
            .and_then(|node| self.type_name(node))
    }

    /// The types written between `<` and `>` that have a name.
    pub(super) fn type_arguments(&self, node: Node) -> Vec<TypeName> {
        let projections = child_of_kind(node, "type_arguments").map(named_children).unwrap_or_default();
        let types = projections.into_iter().flat_map(named_children);
        types.filter_map(|node| self.type_name(node)).collect()
    }

    /// A `variable_declaration`, or a parameter: a name, and a type perhaps.
    pub(super) fn variable(&self, node: Node) -> Option<Variable> {
        let name = child_of_kind(node, "simple_identifier")?;
        Some(Variable { name: self.identifier(name), span: span(name), type_name: self.declared_type(node) })
    }

    /// The names of a `variable_declaration` or a `multi_variable_declaration`; `_` is none.
    pub(super) fn variables(&self, node: Node) -> Vec<Variable> {
        let single = match node.kind_name() {
            "multi_variable_declaration" => named_children(node),
            _ => vec![node],
        };
        single.into_iter().filter_map(|node| self.variable(node)).filter(|variable| &*variable.name != "_").collect()
    }

    /// Whether a line break stands between two places.
    pub(super) fn breaks_line(&self, from: usize, to: usize) -> bool {
        self.source.get(from..to).is_some_and(|between| between.contains('\n'))
    }
}

/// Whether a node of this kind is a type.
pub(super) fn is_type(kind: &str) -> bool {
    matches!(
        kind,
        "user_type"
            | "nullable_type"
            | "parenthesized_type"
            | "not_nullable_type"
            | "function_type"
            | "parenthesized_user_type"
    )
}

/// Whether what can break a body stands directly inside a node.
pub(super) fn has_broken_child(node: Node) -> bool {
    if !node.has_error() {
        return false;
    }
    let mut cursor = node.walk();
    node.children(&mut cursor).any(|child| child.is_error() || (child.is_missing() && !super::is_harmless(child)))
}

/// The bytes between a node's braces, which are its first and last token behind `from`.
pub(super) fn between_braces(node: Node, from: usize) -> Option<Span> {
    let mut cursor = node.walk();
    let open = node.children(&mut cursor).find(|child| child.kind_name() == "{" && child.start_byte() >= from)?;
    let mut cursor = node.walk();
    let close = node.children(&mut cursor).filter(|child| child.kind_name() == "}").last();
    let end = close.map_or(node.end_byte(), |close| close.start_byte());
    Some(Span::from(open.end_byte()..end.max(open.end_byte())))
}

/// Whether a node ends with a brace.
fn is_braced(node: Node) -> bool {
    let mut last = node;
    while let Some(child) = last.child_count().checked_sub(1).and_then(|index| last.child(index)) {
        last = child;
    }
    last.kind_name() == "}"
}
