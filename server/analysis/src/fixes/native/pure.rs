//! Whether code does nothing that would be missed. Must not know what it is for.

use tree_sitter::Node;

use super::grammar::Grammar;
use super::place::without_parentheses;
use crate::fixes::file::walk;

/// Whether a call does nothing that would be missed besides what one of its arguments does.
pub(super) fn arguments_are_pure(grammar: &Grammar, call: Node<'_>, besides: Node<'_>) -> bool {
    let mut pure = true;
    walk(call, &mut |node| {
        let is_besides = node.id() == besides.id();
        let is_around = node.start_byte() <= besides.start_byte() && besides.end_byte() <= node.end_byte();
        if is_besides {
            return false;
        }
        pure &= is_around || !grammar.acting.contains(&node.kind());
        pure && !grammar.is_function(node)
    });
    pure
}

/// Whether an expression does nothing that would be missed.
pub(super) fn is_pure(grammar: &Grammar, expression: Node<'_>) -> bool {
    is_pure_until(grammar, without_parentheses(expression), expression.end_byte())
}

/// The same for what stands before a byte offset.
pub(super) fn is_pure_until(grammar: &Grammar, root: Node<'_>, end: usize) -> bool {
    let mut pure = true;
    walk(root, &mut |node| {
        if node.start_byte() >= end {
            return false;
        }
        let acts = grammar.calls.contains(&node.kind()) || grammar.acting.contains(&node.kind());
        pure &= !acts;
        pure && !grammar.is_function(node)
    });
    pure
}
