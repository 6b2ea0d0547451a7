//! Where a step stands: the statement around it, and whether another statement can be put before that.
//! Owns the grammar's answer to that question; must not know what is put there.

use tree_sitter::Node;

/// Where a statement stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'t> {
    /// In a list of statements: a block, a `case`, the top level.
    Block(Node<'t>),
    /// Alone behind a condition or a loop's head, without braces.
    Braceless(Node<'t>),
    /// It is the expression of an arrow function.
    Expression {
        /// The arrow function.
        arrow: Node<'t>,
        /// Its expression.
        body: Node<'t>,
    },
}

impl<'t> Place<'t> {
    /// The statement, or the arrow's expression.
    pub(super) fn node(self) -> Node<'t> {
        match self {
            Place::Block(statement) | Place::Braceless(statement) => statement,
            Place::Expression { body, .. } => body,
        }
    }
}

/// An expression inside the statement that makes the step happen only sometimes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Branch<'t> {
    /// `a && b`, `a || b`, `a ? b : c`.
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
    pub(super) branch: Option<Branch<'t>>,
}

/// Where a step stands, or `None` where no statement can stand before it: a loop's head, a class's
/// field, a parameter's default value.
pub(super) fn stand_of(node: Node<'_>) -> Option<Stand<'_>> {
    let mut branch = None;
    let mut child = node;
    loop {
        let parent = child.parent()?;
        let field = |name: &str| parent.child_by_field_name(name).is_some_and(|found| found.id() == child.id());
        let place = match parent.kind() {
            "program" | "statement_block" => Some(Place::Block(child)),
            "switch_case" | "switch_default" if !field("value") => Some(Place::Block(child)),
            "if_statement" if field("consequence") => Some(Place::Braceless(child)),
            "else_clause" => Some(Place::Braceless(child)),
            "while_statement" | "do_statement" | "for_statement" | "for_in_statement" | "with_statement" => {
                if field("body") {
                    Some(Place::Braceless(child))
                } else if field("right") || field("object") {
                    None
                } else {
                    return None;
                }
            }
            "arrow_function" if field("body") && child.kind() != "statement_block" => {
                Some(Place::Expression { arrow: parent, body: child })
            }
            "formal_parameters" | "class_body" | "class_heritage" | "decorator" => return None,
            _ if is_function(parent) => return None,
            "binary_expression" if is_short_circuit(parent) && field("right") => {
                branch = Some(Branch { expression: parent, last: true });
                None
            }
            "augmented_assignment_expression" if is_short_circuit(parent) => {
                branch = Some(Branch { expression: parent, last: true });
                None
            }
            "ternary_expression" if !field("condition") => {
                branch = Some(Branch { expression: parent, last: field("alternative") });
                None
            }
            _ => None,
        };
        if let Some(place) = place {
            return Some(Stand { place, branch });
        }
        child = parent;
    }
}

fn is_short_circuit(expression: Node<'_>) -> bool {
    let operator = expression.child_by_field_name("operator").map(|operator| operator.kind());
    matches!(operator, Some("&&" | "||" | "??" | "&&=" | "||=" | "??="))
}

/// The expression inside parentheses.
pub(super) fn without_parentheses(node: Node<'_>) -> Node<'_> {
    let mut node = node;
    while node.kind() == "parenthesized_expression" {
        let mut cursor = node.walk();
        let inner = node.named_children(&mut cursor).find(|child| child.kind() != "comment");
        match inner {
            Some(inner) => node = inner,
            None => return node,
        }
    }
    node
}

/// The innermost function around a node, or `None` at the top level.
pub(super) fn function_around(node: Node<'_>) -> Option<Node<'_>> {
    let mut node = node.parent()?;
    loop {
        if is_function(node) {
            return Some(node);
        }
        node = node.parent()?;
    }
}

/// Whether a node is a function of any sort.
pub(super) fn is_function(node: Node<'_>) -> bool {
    matches!(
        node.kind(),
        "arrow_function"
            | "function_expression"
            | "function_declaration"
            | "generator_function"
            | "generator_function_declaration"
            | "method_definition"
    )
}

/// Whether what an arrow function gives back is thrown away for certain: it is an event handler of an element.
pub(super) fn gives_nothing_back(arrow: Node<'_>) -> bool {
    let attribute =
        arrow.parent().filter(|parent| parent.kind() == "jsx_expression").and_then(|parent| parent.parent());
    attribute.is_some_and(|attribute| attribute.kind() == "jsx_attribute")
}
