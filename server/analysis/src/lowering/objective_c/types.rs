//! Types and declarators: which name is declared and of which class. Must not know statements.

use std::sync::Arc;

use tree_sitter::Node;

use super::Reader;
use super::tree::{DEPTH_LIMIT, named_children, span};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{TypeName, Variable};

impl Reader<'_> {
    /// The class that a list of type nodes names: the last one that is a type, as qualifiers and macros
    /// (`nullable`, `IBOutlet`) come before it. A block's, a function's or a number's type names none.
    pub(super) fn type_among(&self, nodes: &[Node]) -> Option<TypeName> {
        let is_callable = nodes.iter().any(|node| {
            matches!(node.kind_name(), "abstract_function_declarator" | "abstract_block_pointer_declarator")
        });
        if is_callable {
            return None;
        }
        nodes.iter().rev().find_map(|node| self.type_name(*node))
    }

    /// The class that a type names; `None` where it names none, or one that is not known.
    pub(super) fn type_name(&self, node: Node) -> Option<TypeName> {
        match node.kind_name() {
            "type_identifier" => self.class_name(node),
            "generic_specifier" => named_children(node).first().and_then(|name| self.class_name(*name)),
            "typedefed_specifier" => {
                let protocols =
                    named_children(node).into_iter().find(|it| it.kind_name() == "protocol_reference_list")?;
                named_children(protocols).first().and_then(|protocol| self.class_name(*protocol))
            }
            "type_name" | "method_type" | "type_descriptor" => self.type_among(&named_children(node)),
            _ => None,
        }
    }

    /// A class's name; `instancetype` is the class around it.
    fn class_name(&self, node: Node) -> Option<TypeName> {
        let name = if self.text(node) == "instancetype" { self.class.clone()? } else { self.name(node) };
        Some(TypeName { parts: vec![name], span: span(node) })
    }

    /// The type of a declaration or parameter: what stands before its declarators.
    pub(super) fn declared_type(&self, node: Node) -> Option<TypeName> {
        node.field("type").and_then(|written| self.type_name(written))
    }

    /// The variable that a declarator declares. A variable that holds a block or a function has no class.
    pub(super) fn variable(&self, declarator: Node, type_name: Option<TypeName>) -> Option<Variable> {
        let named = declared(declarator)?;
        let type_name = if is_callable(declarator) { None } else { type_name };
        Some(Variable { name: self.name(named), span: span(named), type_name })
    }

    /// The variable of a type with its name in one node: `NSException *e`.
    pub(super) fn typed_variable(&self, node: Node) -> Option<Variable> {
        let children = named_children(node);
        let declarator = children.iter().rev().find(|child| is_declarator(**child))?;
        self.variable(*declarator, self.type_among(&children))
    }

    /// A macro's or a selector's name without its colons: `logout:with:` is `logout`.
    pub(super) fn first_selector_part(&self, written: &str) -> Arc<str> {
        Arc::from(written.split(':').next().unwrap_or_default().trim())
    }
}

/// The identifier that a declarator declares: behind pointers, blocks, parameters and brackets.
pub(super) fn declared(declarator: Node) -> Option<Node> {
    let mut node = declarator;
    for _ in 0..DEPTH_LIMIT {
        if matches!(node.kind_name(), "identifier" | "field_identifier" | "type_identifier") {
            return Some(node);
        }
        node = inner_declarator(node)?;
    }
    None
}

/// Whether a declarator declares a variable that holds a block or a pointer to a function.
pub(super) fn is_callable(declarator: Node) -> bool {
    function_of(declarator).is_some_and(|function| {
        inner_declarator(function).is_some_and(|inner| inner.kind_name() == "parenthesized_declarator")
    })
}

/// The function's declarator inside a declarator: behind the pointers of what it returns.
pub(super) fn function_of(declarator: Node) -> Option<Node> {
    let mut node = declarator;
    for _ in 0..DEPTH_LIMIT {
        if node.kind_name() == "function_declarator" {
            return Some(node);
        }
        node = inner_declarator(node)?;
    }
    None
}

/// Whether a node declares something by a name.
pub(super) fn is_declarator(node: Node) -> bool {
    matches!(
        node.kind_name(),
        "identifier"
            | "pointer_declarator"
            | "function_declarator"
            | "array_declarator"
            | "parenthesized_declarator"
            | "block_pointer_declarator"
            | "attributed_declarator"
            | "init_declarator"
    )
}

fn inner_declarator(node: Node) -> Option<Node> {
    node.field("declarator").or_else(|| named_children(node).into_iter().find(|child| is_declarator(*child)))
}
