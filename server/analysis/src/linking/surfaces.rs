//! What a file declares to others. Owns what of a file's lowering another file may rest on, so that an edit
//! inside of a function stops at its own file; must not know what anything means.

use std::sync::Arc;

use crate::database::{Db, SourceFile, lowered};
use crate::lowering::{Binding, Body, BodyId, Class, Code, LoweredFile, Node, Property, Step, Value};
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
    Body {
        name: body.name.clone(),
        class: body.class,
        parent: body.parent,
        parameters: body.parameters.clone(),
        is_async: body.is_async,
        is_generator: body.is_generator,
        inside: Code {
            nodes: body.waits().then(|| Node { step: Step::Await, ..nowhere() }).into_iter().collect(),
            returns: body.code_anywhere().returns.iter().map(value).collect(),
            ..Code::default()
        }
        .into(),
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

/// Whether nobody who walks through a file's declarations from bodies that are the same in two lowerings of it comes to
/// another end: `is_same` says of a body, by its place, that it is the same. What is declared inside of others is out
/// of reach, unless they return it.
pub fn is_alike(old: &LoweredFile, now: &LoweredFile, is_same: &dyn Fn(usize) -> bool) -> bool {
    let lengths = |it: &LoweredFile| (it.bodies.len(), it.bindings.len(), it.classes.len());
    if lengths(old) != lengths(now) {
        return false;
    }
    let mut bodies = old.bodies.iter().zip(&now.bodies).enumerate();
    let mut bindings = old.bindings.iter().zip(&now.bindings);
    let mut classes = old.classes.iter().zip(&now.classes);
    let may_give = |body: BodyId| {
        let gives = |it: &LoweredFile| {
            it.bodies.get(body.0 as usize).is_some_and(|body| !body.code_anywhere().returns.is_empty())
        };
        body == BodyId(0) || gives(old) || gives(now)
    };
    bodies.all(|(place, (old, now))| is_same(place) || is_alike_body(old, now))
        && bindings.all(|(old, now)| {
            old.body == now.body && (is_same(now.body.0 as usize) || !may_give(now.body) || is_alike_binding(old, now))
        })
        && classes.all(|(old, now)| is_alike_class(old, now))
}

/// Whether two lowerings of a file export the same.
pub fn exports_alike(old: &LoweredFile, now: &LoweredFile) -> bool {
    let mut exports = old.exports.iter().zip(&now.exports);
    old.exports.len() == now.exports.len()
        && exports.all(|((was, old), (is, now))| was == is && is_alike_value(old, now))
}

fn is_alike_body(old: &Body, now: &Body) -> bool {
    (old.kind, old.class, old.parent, old.is_async, old.is_generator)
        == (now.kind, now.class, now.parent, now.is_async, now.is_generator)
        && old.parameters == now.parameters
        && old.waits() == now.waits()
        && are_alike(&old.code_anywhere().returns, &now.code_anywhere().returns)
}

/// Its name tells nothing: who names it is the same.
fn is_alike_binding(old: &Binding, now: &Binding) -> bool {
    (old.kind, old.class, &old.declared_type) == (now.kind, now.class, &now.declared_type)
        && is_alike_value(&old.value, &now.value)
}

fn is_alike_class(old: &Class, now: &Class) -> bool {
    let mut members = old.members.iter().zip(&now.members);
    (&old.name, old.kind, &old.parent, &old.interfaces) == (&now.name, now.kind, &now.parent, &now.interfaces)
        && old.members.len() == now.members.len()
        && members.all(|(old, now)| old.name == now.name && is_alike_value(&old.value, &now.value))
}

fn are_alike(old: &[Value], now: &[Value]) -> bool {
    old.len() == now.len() && old.iter().zip(now).all(|(old, now)| is_alike_value(old, now))
}

/// Whether values are the same but for their places.
fn is_alike_value(old: &Value, now: &Value) -> bool {
    match (old, now) {
        (Value::Object { properties: old, open: was_open }, Value::Object { properties: now, open: is_open }) => {
            let mut properties = old.iter().zip(now);
            (was_open, old.len()) == (is_open, now.len())
                && properties.all(|(old, now)| old.key == now.key && is_alike_value(&old.value, &now.value))
        }
        (Value::Array(old), Value::Array(now)) | (Value::Either(old), Value::Either(now)) => are_alike(old, now),
        (Value::Call { callee: was, arguments: old }, Value::Call { callee: is, arguments: now }) => {
            was == is && are_alike(old, now)
        }
        (old, now) => old == now,
    }
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
