//! What the reader makes of Java.

mod control;
mod declarations;
mod expressions;
mod robustness;
mod show;

use crate::lowering::outline::Outline;
use crate::source::Language;

/// The outline of a text.
fn outline(text: &str) -> Outline {
    let tree = crate::syntax::parse(Language::Java, text).expect("the text parses").tree;
    super::read(text, &tree, None)
}

/// The outline of a file, written short, one item a line.
fn file(text: &str) -> String {
    let outline = outline(text);
    assert!(outline.broken.is_empty(), "the text does not parse: {text}");
    show::statements(&outline.items)
}

/// The outline of a method's statements, written short.
fn body(statements: &str) -> String {
    let written = file(&format!("class A {{ void f() {{ {statements} }} }}"));
    let inside = written.strip_prefix("class A { method f() { ").and_then(|it| it.strip_suffix(" } }"));
    inside.unwrap_or_else(|| panic!("no method: {written}")).to_owned()
}
