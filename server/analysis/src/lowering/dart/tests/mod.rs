//! Holds the reader to the shapes that it makes of code, and to making one of any text.

mod classes;
mod control;
mod expressions;
mod robustness;
mod shape;

use crate::lowering::outline::Outline;
use crate::source::Language;
use crate::syntax::parse;

/// Reads a text.
fn read(text: &str) -> Outline {
    super::read(text, &parse(Language::Dart, text).unwrap().tree, None)
}

/// The shape of a file's declarations, one a line.
fn file(text: &str) -> String {
    shape::items(&read(text))
}

/// The shape of the statements of a function's body.
fn body(text: &str) -> String {
    let outline = read(&format!("void f() async {{ {text} }}"));
    assert!(outline.broken.is_empty(), "{text} does not parse");
    shape::first_body(&outline)
}
