//! The reader, by what it makes of small pieces of code.

mod control_flow;
mod declarations;
mod expressions;
mod robustness;

use crate::lowering::outline::{Outline, show};
use crate::source::Language;
use crate::syntax::parse;

/// A file's outline.
fn outline(source: &str) -> Outline {
    let tree = parse(Language::Swift, source, None, &|| false).expect("the text is parsed");
    super::read(source, &tree)
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
