//! Strings. Owns what a string's parts are; must not know what it is for.

use std::sync::Arc;

use tree_sitter::Node;

use super::Reader;
use crate::lowering::grammar::Named;
use crate::lowering::outline::Form;
use crate::lowering::tree::{named_children, unescaped};

impl Reader<'_> {
    /// A string: its text, or the text before its first hole and the holes.
    pub(super) fn string(&mut self, node: Node) -> Form {
        let is_raw = self.text(node).starts_with("\"\"\"");
        let (mut head, mut holes) = (String::new(), Vec::new());
        for part in named_children(node) {
            match part.kind_name() {
                "string_content" if holes.is_empty() => head.push_str(self.text(part)),
                "interpolated_identifier" | "interpolated_expression" => holes.push(self.expression(part)),
                _ if part.is_error() => return Form::Broken,
                _ => {}
            }
        }
        let text = if is_raw { Arc::from(head) } else { unescaped(&head) };
        if holes.is_empty() { Form::Text(text) } else { Form::Template(text, holes) }
    }
}
