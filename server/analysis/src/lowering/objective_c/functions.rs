//! Functions, methods and blocks. Must not know what is inside their statements.

use tree_sitter::Node;

use super::Reader;
use super::tree::{child_of_kind, has_child, named_children, span};
use super::types::{declared, function_of};
use crate::lowering::BodyKind;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Function, FunctionBody, Parameter, Variable};
use crate::source::Span;

/// How many levels of depth a block within a message counts as: it takes as much stack.
const BLOCK_LEVELS: u32 = 3;

impl Reader<'_> {
    /// A C function with its body. Nothing but this file reaches one that is `static`.
    pub(super) fn c_function(&mut self, node: Node, depth: u32) -> Option<Function> {
        if let Some(kept) = self.taking.and_then(|taking| taking.function(node, span(node), BodyKind::Function)) {
            return Some(kept);
        }
        let declarator = function_of(node.field("declarator")?)?;
        let name = declared(declarator)?;
        let body = node.field("body")?;
        let parameters = declarator.field("parameters").map(|list| self.parameters(list));
        let mut function = self.function(BodyKind::Function, node, body, depth);
        function.name = Some(self.name(name));
        function.name_span = span(name);
        function.parameters = parameters.unwrap_or_default();
        function.returns = self.declared_type(node);
        function.is_private = named_children(node)
            .iter()
            .any(|it| it.kind_name() == "storage_class_specifier" && self.text(*it) == "static");
        Some(function)
    }

    /// A method, with its body or only declared. Its name is the first part of its selector.
    pub(super) fn method(&mut self, node: Node, depth: u32) -> Option<Function> {
        let name = child_of_kind(node, "identifier")?;
        let is_static = has_child(node, "+");
        let kind = if !is_static && is_initialiser(self.text(name)) { BodyKind::Constructor } else { BodyKind::Method };
        if let Some(kept) = self.taking.and_then(|taking| taking.function(node, span(node), kind)) {
            return Some(kept);
        }
        let children = named_children(node);
        let returned = children.iter().find(|child| child.kind_name() == "method_type").copied();
        let mut function = match child_of_kind(node, "compound_statement") {
            Some(body) => self.function(kind, node, body, depth),
            None => empty(kind, span(node)),
        };
        function.name = Some(self.name(name));
        function.name_span = span(name);
        let parameters = children.iter().filter(|child| child.kind_name() == "method_parameter");
        function.parameters = parameters.filter_map(|parameter| self.method_parameter(*parameter)).collect();
        function.returns = returned.and_then(|written| self.type_name(written));
        function.is_static = is_static;
        let is_action = returned.is_some_and(|written| self.text(written).contains("IBAction"));
        function.annotations = if is_action { vec!["IBAction".into()] } else { Vec::new() };
        Some(function)
    }

    /// `^(NSError *error) { … }`, with or without its parameters and the type that it returns.
    pub(super) fn block_literal(&mut self, node: Node, depth: u32) -> Function {
        let list = child_of_kind(node, "parameter_list").or_else(|| {
            let returned = child_of_kind(node, "type_name")?;
            named_children(returned).into_iter().rev().find_map(|part| part.field("parameters"))
        });
        let parameters = list.map(|list| self.parameters(list)).unwrap_or_default();
        let open_labels = std::mem::take(&mut self.open_labels);
        let mut function = match child_of_kind(node, "compound_statement") {
            Some(body) => self.function(BodyKind::Closure, node, body, depth + BLOCK_LEVELS),
            None => empty(BodyKind::Closure, span(node)),
        };
        self.open_labels = open_labels;
        function.parameters = parameters;
        function
    }

    fn function(&mut self, kind: BodyKind, node: Node, body: Node, depth: u32) -> Function {
        let bytes = span(node);
        if let Some(kept) = self.taking.and_then(|taking| taking.body(node, bytes)) {
            return Function { inner: kept.inner, body: FunctionBody::Kept(kept), ..empty(kind, bytes) };
        }
        let block = self.block(body, depth + 1);
        let inner = block.inner;
        Function { inner, body: FunctionBody::Block(block), ..empty(kind, bytes) }
    }

    fn parameters(&self, list: Node) -> Vec<Parameter> {
        let declared = named_children(list).into_iter().filter(|child| child.kind_name() == "parameter_declaration");
        declared
            .filter_map(|child| {
                let declarator = child.field("declarator")?;
                self.variable(declarator, self.declared_type(child)).map(parameter)
            })
            .collect()
    }

    fn method_parameter(&self, node: Node) -> Option<Parameter> {
        let children = named_children(node);
        if let Some(name) = children.iter().find(|child| child.kind_name() == "identifier") {
            let written = children.iter().find(|child| child.kind_name() == "method_type");
            let type_name = written.and_then(|written| self.type_name(*written));
            return Some(parameter(Variable { name: self.name(*name), span: span(*name), type_name }));
        }
        let declarator = node.field("declarator")?;
        self.variable(declarator, self.declared_type(node)).map(parameter)
    }
}

fn parameter(variable: Variable) -> Parameter {
    Parameter { variable, default: None, member: None }
}

/// Whether a method's name says that it makes an instance ready: `init`, `initWithUser`, not `initialize`.
fn is_initialiser(name: &str) -> bool {
    name.strip_prefix("init").is_some_and(|rest| !rest.starts_with(char::is_lowercase))
}

/// A function that is only declared.
fn empty(kind: BodyKind, bytes: Span) -> Function {
    Function {
        kind,
        name: None,
        name_span: Span::new(bytes.start, bytes.start + u32::from(bytes.end > bytes.start)),
        parameters: Vec::new(),
        body: FunctionBody::None,
        span: bytes,
        inner: Span::at(bytes.end),
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
