//! What the shared parts have to ask a grammar: which nodes are texts that may go over several lines, and
//! which hold code that is indented. Owns these kinds of each language; must not know edits.

use tree_sitter::Node;

use super::file::FileText;
use crate::source::Language;

/// Whether a line starts inside a text, so that white space at its start is part of that text.
pub(super) fn starts_in_text(file: &FileText<'_>, line_start: usize) -> bool {
    let texts = texts(file.language);
    let mut node: Option<Node<'_>> = file.tree.root_node().descendant_for_byte_range(line_start, line_start);
    while let Some(found) = node {
        if texts.contains(&found.kind()) && found.start_byte() < line_start && line_start < found.end_byte() {
            return true;
        }
        node = found.parent();
    }
    false
}

/// The kinds of nodes that hold code between braces, one level further in.
pub(super) fn indented(language: Language) -> &'static [&'static str] {
    match language {
        Language::Swift => &["function_body", "class_body", "lambda_literal", "if_statement", "computed_property"],
        Language::ObjectiveC => &["compound_statement"],
        Language::Kotlin => &["function_body", "class_body", "lambda_literal", "control_structure_body"],
        Language::Java => &["block", "class_body", "constructor_body"],
        Language::Dart => &["block", "class_body"],
        _ => &["statement_block", "class_body", "object"],
    }
}

fn texts(language: Language) -> &'static [&'static str] {
    match language {
        Language::Swift => &["multi_line_string_literal", "raw_string_literal"],
        Language::ObjectiveC => &["string_literal"],
        Language::Kotlin => &["string_literal"],
        Language::Java => &["string_literal"],
        Language::Dart => &["string_literal"],
        _ => &["template_string"],
    }
}
