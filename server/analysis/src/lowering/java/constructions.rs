//! What is made in place: objects, anonymous classes, lambdas and references to methods. Must not know what
//! they are made for.

use tree_sitter::Node;

use super::reader::{Reader, broken_at, expression_at};
use crate::lowering::BodyKind;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{
    CallForm, ClassForm, ClassKind, Expression, Form, Function, FunctionBody, Member, TypeName,
};
use crate::lowering::tree::{child_of_kind, named_children, span};
use crate::source::Span;

impl Reader<'_> {
    /// `new Type(arguments)`; with a body, an anonymous class.
    pub(super) fn construction(&mut self, node: Node) -> Form {
        let type_node = node.field("type");
        let Some(name) = type_node.and_then(|it| self.type_name(it)) else { return Form::Broken };
        let outer = named_children(node).first().copied().filter(|it| Some(*it) != type_node && is_value(*it));
        let arguments = node.field("arguments");
        if let Some(body) = child_of_kind(node, "class_body") {
            let parent_arguments = self.arguments(arguments);
            return Form::Class(Box::new(ClassForm {
                kind: ClassKind::Anonymous,
                name: None,
                name_span: name.span,
                parents: vec![name],
                parent_arguments,
                parameters: Vec::new(),
                members: self.members(body, None),
                annotations: Vec::new(),
                span: span(node),
            }));
        }
        let object = outer.filter(|it| it.kind_name() != "this").map(|it| self.expression(it));
        let callee = path(object, &name).unwrap_or_else(|| broken_at(span(node)));
        let arguments = self.arguments(arguments);
        Form::Call(Box::new(CallForm { callee, arguments, construct: true, optional: false }))
    }

    /// `() -> value`, `name -> { … }`.
    pub(super) fn lambda(&mut self, node: Node) -> Form {
        let parameters = node.field("parameters").map(|it| self.parameters(it)).unwrap_or_default();
        let body = node.field("body");
        let (body, inner) = self.in_body(|reader| match body {
            Some(block) if block.kind_name() == "block" => {
                let block = reader.block(block);
                let inner = block.inner;
                (FunctionBody::Block(block), inner)
            }
            Some(value) => {
                let value = reader.expression(value);
                let inner = value.span;
                (FunctionBody::Expression(value), inner)
            }
            None => (FunctionBody::Expression(broken_at(span(node))), span(node)),
        });
        let name_span = node.child(0).map_or_else(|| span(node), span);
        Form::Closure(Box::new(Function {
            parameters,
            ..function(BodyKind::Closure, name_span, span(node), body, inner)
        }))
    }

    /// `this::logout`, `Session::end`, `LogoutTask::new`.
    pub(super) fn reference(&mut self, node: Node) -> Form {
        let children = named_children(node);
        let Some(first) = children.first().copied() else { return Form::Broken };
        let name = children.last().copied().filter(|it| *it != first && it.kind_name() == "identifier");
        let Some(name) = name else {
            return self.type_name(first).map_or_else(|| Form::All(Vec::new()), Form::Type);
        };
        let object = match self.type_name(first) {
            Some(type_name) => path(None, &type_name).unwrap_or_else(|| broken_at(span(first))),
            None => self.expression(first),
        };
        let member = Member { object: Some(object), name: self.name(name), optional: false };
        Form::Reference(Box::new(expression_at(span(node), Form::Member(Box::new(member)))))
    }
}

/// A function of which only this is known, as a closure is.
pub(super) fn function(kind: BodyKind, name_span: Span, span: Span, body: FunctionBody, inner: Span) -> Function {
    Function {
        kind,
        name: None,
        name_span,
        parameters: Vec::new(),
        body,
        span,
        inner,
        returns: None,
        extends: None,
        is_async: false,
        is_generator: false,
        is_static: false,
        is_private: false,
        returns_markup: false,
        last_is_result: false,
        annotations: Vec::new(),
    }
}

/// A type's name as the path that names it, behind an object where there is one.
fn path(object: Option<Expression>, name: &TypeName) -> Option<Expression> {
    let mut path = object;
    for part in &name.parts {
        let form = match path {
            None => Form::Name(part.clone()),
            Some(object) => {
                Form::Member(Box::new(Member { object: Some(object), name: part.clone(), optional: false }))
            }
        };
        path = Some(expression_at(name.span, form));
    }
    path
}

fn is_value(node: Node) -> bool {
    !matches!(
        node.kind_name(),
        "annotation" | "marker_annotation" | "type_arguments" | "argument_list" | "class_body" | "ERROR"
    )
}
