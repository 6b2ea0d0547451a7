//! Variables and constants that a statement or the file declares. Must not know classes.

use tree_sitter::Node;

use super::Reader;
use super::types::{function_of, is_callable};
use crate::lowering::grammar::Named;
use crate::lowering::outline::Declaration;

impl Reader<'_> {
    /// The variables of a declaration. One that only says that a function exists declares none.
    pub(super) fn declared(&mut self, node: Node, depth: u32) -> Vec<Declaration> {
        let type_name = self.declared_type(node);
        let mut declarations = Vec::new();
        for declarator in node.fields("declarator") {
            let value = declarator.field("value");
            let declares = if value.is_some() { declarator.field("declarator") } else { Some(declarator) };
            let Some(declares) = declares else { continue };
            if value.is_none() && function_of(declares).is_some() && !is_callable(declares) {
                continue;
            }
            let Some(variable) = self.variable(declares, type_name.clone()) else { continue };
            let value = value.map(|value| self.expression(value, depth + 1));
            declarations.push(Declaration { names: vec![variable], value, lazy: false });
        }
        declarations
    }
}
