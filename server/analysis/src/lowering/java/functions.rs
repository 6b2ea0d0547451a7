//! Methods, constructors and parameters. Must not know what a body runs.

use tree_sitter::Node;

use super::constructions::function;
use super::reader::Reader;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Block, CallForm, Expression, Form, Function, FunctionBody, Parameter, Statement};
use crate::lowering::tree::{all_children, child_of_kind, named_children, span};
use crate::lowering::{BodyKind, Name};

/// What stands in front of a declaration.
#[derive(Default)]
pub(super) struct Modifiers {
    /// Whether it belongs to the type.
    pub(super) is_static: bool,
    /// Whether it is private or protected.
    pub(super) is_private: bool,
    /// Whether it cannot be assigned again.
    pub(super) is_final: bool,
    /// The annotations' names.
    pub(super) annotations: Vec<Name>,
}

impl Reader<'_> {
    /// The modifiers of a declaration.
    pub(super) fn modifiers(&self, node: Node) -> Modifiers {
        let mut modifiers = Modifiers::default();
        for modifier in child_of_kind(node, "modifiers").map(all_children).unwrap_or_default() {
            match modifier.kind_name() {
                "static" => modifiers.is_static = true,
                "private" | "protected" => modifiers.is_private = true,
                "final" => modifiers.is_final = true,
                _ => modifiers.annotations.extend(modifier.field("name").map(|it| self.name(it))),
            }
        }
        modifiers
    }

    /// A method; without a body it is only declared.
    pub(super) fn method(&mut self, node: Node) -> Option<Function> {
        if let Some(kept) = self.taking.and_then(|taking| taking.function(node, span(node), BodyKind::Method)) {
            return Some(kept);
        }
        let name = node.field("name")?;
        let mut method = self.member_function(node, BodyKind::Method, name);
        method.name = Some(self.name(name));
        method.returns = node.field("type").and_then(|it| self.type_name(it));
        Some(method)
    }

    /// A constructor. It has no name of its own: it runs where its class is named.
    pub(super) fn constructor(&mut self, node: Node) -> Option<Function> {
        let name = node.field("name")?;
        Some(self.member_function(node, BodyKind::Constructor, name))
    }

    fn member_function(&mut self, node: Node, kind: BodyKind, name: Node) -> Function {
        let modifiers = self.modifiers(node);
        let parameters = node.field("parameters").map(|it| self.parameters(it)).unwrap_or_default();
        let (body, inner) = match node.field("body") {
            Some(body) => {
                let block = self.in_body(|reader| reader.block(body));
                let inner = block.inner;
                (FunctionBody::Block(block), inner)
            }
            None => (FunctionBody::None, span(name)),
        };
        Function {
            parameters,
            is_static: modifiers.is_static,
            is_private: modifiers.is_private,
            annotations: modifiers.annotations,
            ..function(kind, span(name), span(node), body, inner)
        }
    }

    /// The parameters of a method, constructor, record or lambda.
    pub(super) fn parameters(&self, node: Node) -> Vec<Parameter> {
        if node.kind_name() == "identifier" {
            return vec![parameter(self, node, None)];
        }
        let mut parameters = Vec::new();
        for child in named_children(node) {
            let (name, type_node) = match child.kind_name() {
                "identifier" => (Some(child), None),
                "formal_parameter" => (child.field("name"), child.field("type")),
                "spread_parameter" => {
                    let declared = child_of_kind(child, "variable_declarator");
                    (declared.and_then(|it| it.field("name")), None)
                }
                _ => (None, None),
            };
            parameters.extend(name.map(|name| parameter(self, name, type_node)));
        }
        parameters
    }

    /// `this(…)`, `super(…)` at a constructor's start.
    pub(super) fn constructor_call(&mut self, node: Node) -> Statement {
        let form = self.deeper(1, |reader| {
            let Some(callee) = node.field("constructor") else { return Form::Broken };
            let callee = reader.expression(callee);
            let arguments = reader.arguments(node.field("arguments"));
            Form::Call(Box::new(CallForm { callee, arguments, construct: false, optional: false }))
        });
        let does = Expression { span: span(node), form: form.unwrap_or(Form::Broken) };
        Statement { span: span(node), does }
    }

    /// A record's constructor that only checks: its parameters are the record's.
    pub(super) fn compact_constructor(&mut self, node: Node, parameters: &[Parameter]) -> Option<Function> {
        let mut constructor = self.constructor(node)?;
        constructor.parameters = parameters.iter().map(|it| Parameter { member: None, ..it.clone() }).collect();
        Some(constructor)
    }

    /// An initialiser's block.
    pub(super) fn initialiser(&mut self, node: Node) -> Option<Block> {
        let block = if node.kind_name() == "block" { Some(node) } else { child_of_kind(node, "block") };
        block.map(|block| self.in_body(|reader| reader.block(block)))
    }
}

fn parameter(reader: &Reader, name: Node, type_node: Option<Node>) -> Parameter {
    Parameter { variable: reader.variable(name, type_node), default: None, member: None }
}
