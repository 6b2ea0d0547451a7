//! What a file declares to others. Owns what of a file's lowering another file may rest on, so that an edit
//! inside of a function stops at its own file; must not know what anything means.

use std::sync::Arc;

use crate::database::{Db, SourceFile, lowered};
use crate::lowering::{Binding, Body, Class, LoweredFile, Node, Property, Step, Value};
use crate::source::Span;

/// A file's declarations: its bodies without their graphs, and nothing that says where anything stands. A
/// body that waits for something has one node, which waits.
#[salsa::tracked(returns(ref))]
pub fn surface(db: &dyn Db, file: SourceFile) -> Arc<LoweredFile> {
    let whole = lowered(db, file);
    if file.settled(db) {
        return Arc::clone(whole);
    }
    Arc::new(LoweredFile {
        bodies: whole.bodies().map(|(_, it)| Arc::new(body(it))).collect(),
        imports: Vec::new(),
        bindings: whole.bindings.iter().map(binding).collect(),
        classes: whole.classes.iter().map(class).collect(),
        comments: Vec::new(),
        exports: whole.exports.iter().map(|(name, exported)| (name.clone(), value(exported))).collect(),
        broken: Vec::new(),
        directives: whole.directives.clone(),
    })
}

fn body(body: &Body) -> Body {
    let waits = body.nodes.iter().find(|node| matches!(node.step, Step::Await));
    Body {
        name: body.name.clone(),
        class: body.class,
        parent: body.parent,
        parameters: body.parameters.clone(),
        is_async: body.is_async,
        is_generator: body.is_generator,
        returns: body.returns.iter().map(value).collect(),
        nodes: waits.map(|_| Node { step: Step::Await, ..nowhere() }).into_iter().collect(),
        ..Body::without_graph(body.kind, Span::default())
    }
}

fn nowhere() -> Node {
    Node {
        step: Step::Nothing,
        span: Span::default(),
        statement: None,
        next: Default::default(),
        handler: None,
        in_catch: false,
        in_loop: None,
    }
}

fn binding(binding: &Binding) -> Binding {
    Binding { value: value(&binding.value), span: Span::default(), ..binding.clone() }
}

fn class(class: &Class) -> Class {
    let mut class = Class { span: Span::default(), ..class.clone() };
    for member in &mut class.members {
        member.value = value(&member.value);
    }
    class
}

/// A value without places.
fn value(known: &Value) -> Value {
    let all = |values: &[Value]| values.iter().map(value).collect();
    match known {
        Value::Object { properties, open } => {
            let property = |it: &Property| Property {
                key: it.key.clone(),
                value: value(&it.value),
                key_span: Span::default(),
                span: Span::default(),
            };
            Value::Object { properties: properties.iter().map(property).collect(), open: *open }
        }
        Value::Array(values) => Value::Array(all(values)),
        Value::Either(values) => Value::Either(all(values)),
        Value::Call { callee, arguments } => Value::Call { callee: callee.clone(), arguments: all(arguments) },
        other => other.clone(),
    }
}
