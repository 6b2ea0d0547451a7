//! The reader, by what it makes of small pieces of code.

mod control;
mod declarations;
mod expressions;
mod robustness;
mod scopes;

use crate::lowering::outline::{Outline, show};
use crate::source::Language;
use crate::syntax::parse;

/// A file's outline.
fn outline(source: &str) -> Outline {
    let tree = parse(Language::Kotlin, source).expect("the text is parsed").tree;
    super::read(source, &tree, None)
}

/// What some statements of a function are.
fn one(source: &str) -> String {
    let outline = outline(&format!("fun f() {{\n{source}\n}}"));
    assert!(outline.broken.is_empty(), "does not parse: {source}");
    show::body_of_first_function(&outline).join("; ")
}

/// What the top level is.
fn items(source: &str) -> String {
    show::statements(&outline(source).items).join("; ")
}
