//! Literals. Owns how a string's text is read, text blocks too; must not know what a text is for.

use std::sync::Arc;

use tree_sitter::Node;

use super::reader::Reader;
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Expression, Form};
use crate::lowering::tree::{has_child, named_children, unescaped};

/// One part of a string or of a concatenation.
pub(super) enum Piece {
    /// Known text.
    Text(Name),
    /// A part that is only known when it runs.
    Hole(Expression),
}

/// The form of pieces that follow one another.
pub(super) fn joined(pieces: Vec<Piece>) -> Form {
    let mut text = String::new();
    let mut holes = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(part) if holes.is_empty() => text.push_str(&part),
            Piece::Text(_) => {}
            Piece::Hole(hole) => holes.push(hole),
        }
    }
    let text = Arc::from(text);
    if holes.is_empty() { Form::Text(text) } else { Form::Template(text, holes) }
}

impl Reader<'_> {
    /// A string literal, a text block, or one with `\{holes}`.
    pub(super) fn string(&mut self, node: Node) -> Vec<Piece> {
        let raw = self.text(node);
        if !has_child(node, "string_interpolation") {
            let text = match raw.strip_prefix("\"\"\"") {
                Some(block) => unescaped(&text_block(block.strip_suffix("\"\"\"").unwrap_or(block))),
                None => unescaped(raw.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or_default()),
            };
            return vec![Piece::Text(text)];
        }
        let mut pieces = Vec::new();
        for child in named_children(node) {
            match (child.kind_name(), child.named_child(0)) {
                ("string_interpolation", Some(hole)) => pieces.push(Piece::Hole(self.expression(hole))),
                ("string_interpolation", None) => {}
                _ => pieces.push(Piece::Text(unescaped(self.text(child)))),
            }
        }
        pieces
    }

    /// A character, as a text of one.
    pub(super) fn character(&self, node: Node) -> Form {
        Form::Text(unescaped(self.text(node).trim_matches('\'')))
    }
}

/// A text block's content without the first line break and the indentation that all its lines share.
fn text_block(raw: &str) -> String {
    let body = raw.split_once('\n').map_or("", |(_, body)| body);
    let lines: Vec<&str> = body.split('\n').collect();
    let last = lines.len().saturating_sub(1);
    let counts = lines.iter().enumerate().filter(|(index, line)| *index == last || !line.trim().is_empty());
    let shared = counts.map(|(_, line)| line.len() - line.trim_start().len()).min().unwrap_or_default();
    let stripped: Vec<&str> = lines.iter().map(|line| line.get(shared..).unwrap_or_default().trim_end()).collect();
    stripped.join("\n")
}

#[cfg(test)]
mod tests {
    use super::text_block;

    #[test]
    fn a_text_block_loses_the_shared_indentation() {
        assert_eq!(text_block("\n    one\n      two\n    "), "one\n  two\n");
        assert_eq!(text_block("\n  one\n\n  two"), "one\n\ntwo");
        assert_eq!(text_block(""), "");
    }
}
