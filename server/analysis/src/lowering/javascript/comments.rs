//! Comments. Owns stripping their markers; must not know what a comment says.

use std::sync::Arc;

use tree_sitter::Node;

use super::syntax::{span, text};
use crate::lowering::Comment;

/// Reads a comment node.
pub(super) fn read(source: &str, node: Node) -> Comment {
    let raw = text(source, node);
    let inner = if let Some(line) = raw.strip_prefix("//") {
        line.trim().to_owned()
    } else if let Some(block) = raw.strip_prefix("/*") {
        let block = block.strip_suffix("*/").unwrap_or(block);
        let lines: Vec<&str> = block.lines().map(|line| line.trim().trim_start_matches('*').trim()).collect();
        lines.join("\n").trim().to_owned()
    } else {
        raw.trim_start_matches("<!--").trim_end_matches("-->").trim().to_owned()
    };
    Comment { span: span(node), text: Arc::from(inner) }
}
