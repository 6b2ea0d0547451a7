//! Where a step stands: the statement around it, and whether another statement can be put before that.
//! Owns the walk up the tree; what each node is says the language's table.

use tree_sitter::Node;

use super::grammar::{Grammar, Role};

/// Where a statement stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'t> {
    /// In a list of statements.
    Statement(Node<'t>),
    /// Alone behind a condition or a loop's head, without braces.
    Braceless(Node<'t>),
    /// It is what a case gives, without braces.
    CaseResult(Node<'t>),
    /// It is a function's expression.
    Expression(Node<'t>),
    /// It is what is evaluated where something is absent.
    Otherwise(Node<'t>),
}

impl<'t> Place<'t> {
    /// The statement or expression.
    pub(super) fn node(self) -> Node<'t> {
        match self {
            Place::Statement(node)
            | Place::Braceless(node)
            | Place::CaseResult(node)
            | Place::Expression(node)
            | Place::Otherwise(node) => node,
        }
    }
}

/// An expression inside the statement that makes the step happen only sometimes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sometimes<'t> {
    /// `a && b`, `a ? b : c`.
    pub(super) expression: Node<'t>,
    /// Whether the step stands in the last operand (of two or three), and not in the one before.
    pub(super) last: bool,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stand<'t> {
    /// The place of its statement.
    pub(super) place: Place<'t>,
    /// The outermost expression inside that statement that makes it happen only sometimes.
    pub(super) sometimes: Option<Sometimes<'t>>,
}

/// Where a step stands, or `None` where no statement can stand before it: a loop's head, a field, a
/// parameter's default value.
pub(super) fn stand_of<'t>(grammar: &Grammar, node: Node<'t>) -> Option<Stand<'t>> {
    let mut sometimes = None;
    let mut child = node;
    loop {
        let parent = child.parent()?;
        let place = match grammar.role(parent, child) {
            Some(Role::Statement | Role::CaseStatement) => Some(Place::Statement(child)),
            Some(Role::Braceless) => Some(Place::Braceless(child)),
            Some(Role::CaseResult) => Some(Place::CaseResult(child)),
            Some(Role::Expression) => Some(Place::Expression(child)),
            Some(Role::Otherwise) => Some(Place::Otherwise(child)),
            Some(Role::Sometimes(last)) => {
                sometimes = Some(Sometimes { expression: parent, last });
                None
            }
            Some(Role::Nowhere) => return None,
            None => None,
        };
        if let Some(place) = place {
            return Some(Stand { place, sometimes });
        }
        child = parent;
    }
}

/// The innermost function around a node, or `None` at the top level.
pub(super) fn function_around<'t>(grammar: &Grammar, node: Node<'t>) -> Option<Node<'t>> {
    let mut node = node.parent()?;
    loop {
        if grammar.is_function(node) {
            return Some(node);
        }
        node = node.parent()?;
    }
}

/// The expression inside parentheses.
pub(super) fn without_parentheses(node: Node<'_>) -> Node<'_> {
    let mut node = node;
    while matches!(node.kind(), "parenthesized_expression" | "tuple_expression") && node.named_child_count() == 1 {
        match node.named_child(0) {
            Some(inner) if inner.kind() != "tuple_expression_item" => node = inner,
            Some(inner) => match inner.named_child(0) {
                Some(inner) => node = inner,
                None => return node,
            },
            None => return node,
        }
    }
    node
}
