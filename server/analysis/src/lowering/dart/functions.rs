//! Functions: what they are called, what they take and what they run. Must not know classes.

use tree_sitter::Node;

use super::reader::{Reader, is_operand};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Function, FunctionBody, Parameter, Variable};
use crate::lowering::tree::{all_children, child_of_kind, has_child, named_children, span};
use crate::lowering::{BodyKind, Name};
use crate::source::Span;

impl<'t> Reader<'_> {
    /// A function of a signature, which may stand in a declaration with its body.
    pub(super) fn function(&mut self, kind: BodyKind, around: Node<'t>, signature: Node<'t>) -> Function {
        if let Some(kept) = self.taking.and_then(|taking| taking.function(around, span(around), kind)) {
            return kept;
        }
        let name = signature.field("name");
        let returns = signature.field("return_type");
        let parameters = self.parameters(signature);
        let body_node = child_of_kind(around, "function_body");
        let is_build = name.is_some_and(|name| self.text(name) == "build")
            && parameters.first().is_some_and(|first| is_context(&first.variable));
        let (body, inner) = self.function_body(body_node, around);
        Function {
            kind,
            name: name.map(|name| self.name(name)),
            name_span: name.map_or_else(|| Span::at(span(signature).start), span),
            parameters,
            body,
            span: span(around),
            inner,
            returns: returns.and_then(|node| self.type_name(node)),
            extends: None,
            is_async: body_node.is_some_and(is_async),
            is_generator: body_node.is_some_and(is_generator),
            is_static: has_child(around, "static"),
            is_private: name.is_some_and(|name| self.text(name).starts_with('_')),
            returns_markup: is_build || returns.is_some_and(|node| self.is_widget(node)),
            last_is_result: false,
            annotations: self.annotations(around),
        }
    }

    /// A function without a name.
    pub(super) fn closure(&mut self, node: Node<'t>) -> Function {
        let parameters = self.parameters(node);
        let body_node = node.field("body");
        let (body, inner) = self.function_body(body_node, node);
        Function {
            kind: BodyKind::Closure,
            name: None,
            name_span: Span::at(span(node).start),
            parameters,
            body,
            span: span(node),
            inner,
            returns: None,
            extends: None,
            is_async: body_node.is_some_and(is_async),
            is_generator: body_node.is_some_and(is_generator),
            is_static: false,
            is_private: false,
            returns_markup: false,
            last_is_result: false,
            annotations: Vec::new(),
        }
    }

    /// What a function runs, and the bytes of it.
    pub(super) fn function_body(&mut self, body: Option<Node<'t>>, around: Node<'t>) -> (FunctionBody, Span) {
        let nothing = (FunctionBody::None, Span::at(span(around).end));
        let Some(body) = body else { return nothing };
        if let Some(block) = child_of_kind(body, "block") {
            let block = self.branch(Some(block), body);
            let inner = block.inner;
            return (FunctionBody::Block(block), inner);
        }
        let value =
            all_children(body).into_iter().skip_while(|child| child.kind_name() != "=>").find(|it| is_operand(*it));
        let Some(value) = value else { return nothing };
        let value = self.expression(value);
        let inner = value.span;
        (FunctionBody::Expression(value), inner)
    }

    /// The parameters of a signature or a closure, in order.
    pub(super) fn parameters(&mut self, node: Node<'t>) -> Vec<Parameter> {
        let mut made: Vec<Parameter> = Vec::new();
        let Some(list) = child_of_kind(node, "formal_parameter_list") else { return made };
        let mut open: Vec<(Node, bool)> = children_and_defaults(list);
        open.reverse();
        while let Some((child, is_default)) = open.pop() {
            match child.kind_name() {
                _ if is_default => {
                    let value = self.expression(child);
                    if let Some(last) = made.last_mut() {
                        last.default = Some(value);
                    }
                }
                "formal_parameter" => made.extend(self.parameter(child)),
                "optional_formal_parameters" => open.extend(children_and_defaults(child).into_iter().rev()),
                _ => {}
            }
        }
        made
    }

    fn parameter(&mut self, node: Node<'t>) -> Option<Parameter> {
        let of_field = child_of_kind(node, "field_formal_parameter");
        let inner = of_field.or_else(|| child_of_kind(node, "super_formal_parameter")).unwrap_or(node);
        let name = inner.field("name").or_else(|| child_of_kind(inner, "identifier"))?;
        let is_function = has_child(inner, "formal_parameter_list");
        let type_name = if is_function { None } else { self.declared_type(inner) };
        let variable = Variable { name: self.name(name), span: span(name), type_name };
        Some(Parameter { variable, default: None, member: of_field.map(|_| self.name(name)) })
    }

    /// The names of a declaration's annotations.
    pub(super) fn annotations(&self, node: Node<'t>) -> Vec<Name> {
        let annotations = named_children(node).into_iter().filter(|child| child.kind_name() == "annotation");
        annotations.filter_map(|child| child.field("name")).map(|name| self.name(name)).collect()
    }
}

/// A list's children, each with whether it is the default value of the parameter before it.
fn children_and_defaults(list: Node) -> Vec<(Node, bool)> {
    let mut cursor = list.walk();
    let mut found = Vec::new();
    if cursor.goto_first_child() {
        loop {
            let node = cursor.node();
            if node.is_named() || node.kind_name() == "this" {
                found.push((node, cursor.field_name() == Some("default_value")));
            }
            if !cursor.goto_next_sibling() {
                break;
            }
        }
    }
    found
}

/// Whether a parameter is what every widget is built with.
fn is_context(variable: &Variable) -> bool {
    let type_name = variable.type_name.as_ref().and_then(|name| name.parts.last());
    type_name.map_or(&*variable.name == "context", |last| &**last == "BuildContext")
}

fn is_async(body: Node) -> bool {
    has_child(body, "async") || has_child(body, "async*")
}

fn is_generator(body: Node) -> bool {
    has_child(body, "sync*") || has_child(body, "async*")
}
