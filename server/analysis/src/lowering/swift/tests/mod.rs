//! The reader, by what it makes of small pieces of code.

mod control_flow;
mod declarations;
mod expressions;
mod robustness;

use crate::lowering::outline::{Outline, show};
use crate::source::Language;
use crate::syntax::grammar;

/// A file's outline.
fn outline(source: &str) -> Outline {
    // Without the bounds of a parse: the reader takes every tree, hostile ones too.
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&grammar(Language::Swift)).unwrap();
    let tree = parser.parse(source, None).unwrap();
    super::read(source, &tree, None)
}

/// What some statements of a function are, one line each.
fn statements(source: &str) -> Vec<String> {
    let outline = outline(&format!("func f() {{\n{source}\n}}"));
    show::body_of_first_function(&outline)
}

/// What one statement is.
fn one(source: &str) -> String {
    statements(source).join("; ")
}

/// What the top level is.
fn items(source: &str) -> String {
    show::statements(&outline(source).items).join("; ")
}
