//! The file's own style: line ends, quotes, semicolons, indentation. Owns how it is read from the tree;
//! must not know what is written in it.

use std::cell::OnceCell;

use tree_sitter::Node;

use super::file::{FileText, walk};
use super::lexis::indented;

/// How a file is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// The line break.
    pub(super) line_end: &'static str,
    /// The quote of strings.
    pub(super) quote: char,
    /// Whether statements end with a semicolon.
    pub(super) semicolons: bool,
    /// One level of indentation.
    pub(super) unit: String,
}

/// A file's style, from the first fix on that is written in it: all of a long tree is looked at for it.
#[derive(Debug, Default)]
pub struct KnownStyle(OnceCell<Style>);

impl KnownStyle {
    pub(super) fn get_or_read(&self, read: impl FnOnce() -> Style) -> Style {
        self.0.get_or_init(read).clone()
    }
}

impl Style {
    /// Reads a file's style. Where the file is of two minds the answer is the more common one, and for
    /// a tie single quotes, semicolons and two spaces.
    pub(super) fn of(file: &FileText<'_>) -> Self {
        let (mut single, mut double) = (0_usize, 0_usize);
        let (mut ended, mut open) = (0_usize, 0_usize);
        let mut of_attribute = None;
        let mut visit = |node: Node<'_>| {
            match node.kind() {
                "jsx_attribute" => of_attribute = node.named_children(&mut node.walk()).last().map(|value| value.id()),
                "string" if of_attribute != Some(node.id()) => {
                    if file.of(node).starts_with('"') {
                        double += 1;
                    } else {
                        single += 1;
                    }
                }
                "expression_statement"
                | "lexical_declaration"
                | "variable_declaration"
                | "return_statement"
                | "import_statement"
                | "throw_statement" => {
                    let end = file.end_of(node);
                    if file.between(node.start_byte(), end).ends_with(';') {
                        ended += 1;
                    } else if file.ends_line(end) {
                        open += 1;
                    }
                }
                _ => {}
            }
            true
        };
        // How an attribute is written says nothing of the scripts.
        let root = file.tree.root_node();
        let mut cursor = root.walk();
        let statements = root.children(&mut cursor).filter(|statement| !file.is_of_markup(*statement));
        statements.for_each(|statement| walk(statement, &mut visit));
        Self {
            line_end: line_end(file.text),
            quote: if double > single { '"' } else { '\'' },
            semicolons: ended >= open,
            unit: unit(file).unwrap_or_else(|| "  ".to_owned()),
        }
    }

    /// What ends a statement.
    pub(super) fn terminator(&self) -> &'static str {
        if self.semicolons { ";" } else { "" }
    }

    /// A text as a string literal.
    pub(super) fn quoted(&self, text: &str) -> String {
        let mut literal = String::with_capacity(text.len() + 2);
        literal.push(self.quote);
        for character in text.chars() {
            match character {
                '\n' => literal.push_str("\\n"),
                '\r' => literal.push_str("\\r"),
                _ => {
                    if character == self.quote || character == '\\' {
                        literal.push('\\');
                    }
                    literal.push(character);
                }
            }
        }
        literal.push(self.quote);
        literal
    }
}

/// The line break of a text.
pub(super) fn line_end(text: &str) -> &'static str {
    let breaks = text.matches('\n').count();
    let long_breaks = text.matches("\r\n").count();
    if long_breaks * 2 > breaks { "\r\n" } else { "\n" }
}

/// One level of a file's indentation, where it has any: the most common one.
pub(super) fn unit(file: &FileText<'_>) -> Option<String> {
    let kinds = indented(file.language);
    let mut units: Vec<(String, usize)> = Vec::new();
    walk(file.tree.root_node(), &mut |node| {
        if kinds.contains(&node.kind()) {
            let first = node.named_child(0).filter(|first| file.starts_line(first.start_byte()));
            let outer = file.indentation(node.start_byte());
            let inner = first.map(|first| file.indentation(first.start_byte()));
            if let Some(unit) = inner.and_then(|inner| inner.strip_prefix(outer)).filter(|unit| !unit.is_empty()) {
                match units.iter_mut().find(|(known, _)| known == unit) {
                    Some((_, count)) => *count += 1,
                    None => units.push((unit.to_owned(), 1)),
                }
            }
        }
        true
    });
    // The first of the most common ones, so that the answer is the same at each run.
    units.into_iter().rev().max_by_key(|(_, count)| *count).map(|(unit, _)| unit)
}

/// Whether a statement that starts so would be taken for the rest of a line above it that has no semicolon.
pub(super) fn continues_the_line_above(statement: &str) -> bool {
    statement.starts_with(['(', '[', '`', '+', '-', '/'])
}
