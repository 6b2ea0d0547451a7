//! What the reader makes of Objective-C, and that no text brings it down.

mod render;
mod robustness;
mod shapes;

use super::read;
use crate::lowering::outline::{Form, FunctionBody, MemberForm, Outline};
use crate::source::Language;

/// The outline of a file.
fn outline(source: &str) -> Outline {
    let tree = crate::syntax::parse(Language::ObjectiveC, source).expect("a tree").tree;
    read(source, &tree, None)
}

/// The file's items, one line for each.
fn items(source: &str) -> Vec<String> {
    render::statements(&outline(source).items)
}

/// The statements of a method's body with this text, one line for each.
fn body(statements: &str) -> Vec<String> {
    let source = format!("@implementation Settings\n- (void)run {{\n{statements}\n}}\n@end\n");
    let outline = outline(&source);
    assert_eq!(outline.broken, [], "{statements}");
    let item = outline.items.last().expect("a class");
    let Form::Class(class) = &item.does.form else { panic!("no class: {item:?}") };
    let Some(MemberForm::Function(method)) = class.members.last() else { panic!("no method: {class:?}") };
    let FunctionBody::Block(block) = &method.body else { panic!("no body: {method:?}") };
    render::statements(&block.statements)
}
