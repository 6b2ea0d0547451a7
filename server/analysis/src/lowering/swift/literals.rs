//! Strings. Owns their text and their holes; must not know what a text is for.

use tree_sitter::Node;

use super::reader::{Reader, kind};
use crate::lowering::Name;
use crate::lowering::outline::{Expression, Form};
use crate::lowering::tree::{named_children, unescaped};

impl<'t> Reader<'t> {
    /// A string's form.
    pub(super) fn string(&mut self, node: Node<'t>) -> Form {
        let raw = self.text(node);
        let is_raw = raw.starts_with('#');
        let unhashed = raw.trim_matches('#');
        let is_long = unhashed.starts_with("\"\"\"");
        let quotes = if is_long { 3 } else { 1 };
        let inside = unhashed.get(quotes..).unwrap_or_default();
        let holes = self.holes(node);
        if holes.is_empty() && !named_children(node).iter().any(|part| is_hole(*part)) {
            let ended = inside.strip_suffix(if is_long { "\"\"\"" } else { "\"" }).unwrap_or(inside);
            return Form::Text(content(ended, is_raw, is_long));
        }
        let hashes = "#".repeat(raw.len() - raw.trim_start_matches('#').len());
        let before = inside.split(&format!("\\{hashes}(")).next().unwrap_or_default();
        Form::Template(content(before, is_raw, is_long), holes)
    }

    fn holes(&mut self, node: Node<'t>) -> Vec<Expression> {
        let mut holes = Vec::new();
        for part in named_children(node) {
            match kind(part) {
                "interpolated_expression" => holes.extend(self.hole(part)),
                "raw_str_interpolation" => {
                    for part in named_children(part).into_iter().filter(|part| kind(*part) == "interpolated_expression")
                    {
                        holes.extend(self.hole(part));
                    }
                }
                _ => {}
            }
        }
        holes
    }

    fn hole(&mut self, node: Node<'t>) -> Vec<Expression> {
        let values = named_children(node)
            .into_iter()
            .filter(|part| !matches!(kind(*part), "value_argument_label" | "type_modifiers"));
        values.collect::<Vec<_>>().into_iter().map(|value| self.expression(value)).collect()
    }
}

fn is_hole(node: Node) -> bool {
    matches!(kind(node), "interpolated_expression" | "raw_str_interpolation")
}

/// The text between a string's quotes. In a long string the line break behind the quotes and the
/// indentation are no part of it.
fn content(raw: &str, is_raw: bool, is_long: bool) -> Name {
    if is_long {
        let lines: Vec<&str> = raw.lines().map(str::trim).collect();
        let joined = lines.join("\n");
        return if is_raw { joined.trim().into() } else { unescaped(joined.trim()) };
    }
    if is_raw { raw.into() } else { unescaped(raw) }
}
