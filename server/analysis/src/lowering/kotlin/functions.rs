//! Functions, constructors and accessors. Owns their heads and bodies; must not know expressions.

use tree_sitter::Node;

use super::Reader;
use super::frames::Frame;
use super::lambdas::{body_span, nameless};
use super::names::Modifiers;
use crate::lowering::BodyKind;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{
    CallForm, Expression, Form, Function, FunctionBody, Parameter, Statement, TypeName, Variable,
};
use crate::lowering::tree::{all_children, child_of_kind, has_child, named_children, span};
use crate::source::Span;

impl Reader<'_> {
    /// A function that is declared among statements or at the top level.
    pub(super) fn local_function(&mut self, node: Node) -> Form {
        Form::Function(Box::new(self.function(node, BodyKind::Function)))
    }

    /// A `function_declaration`.
    pub(super) fn function(&mut self, node: Node, kind: BodyKind) -> Function {
        if let Some(kept) = self.taking.and_then(|taking| taking.function(node, self.trimmed(node), kind)) {
            return kept;
        }
        let modifiers = self.modifiers(node);
        let name_node = child_of_kind(node, "simple_identifier");
        let name = name_node.map(|name| self.identifier(name));
        let frame = Frame::Function(name.clone().unwrap_or_else(|| "fun".into()));
        let read = |reader: &mut Self| (reader.parameters(node).0, reader.function_body(node));
        let ((parameters, body), _) = self.inside(frame, read);
        Function {
            kind,
            name,
            name_span: name_node.map_or(span(node), span),
            parameters,
            inner: body_span(&body, node),
            body,
            span: self.trimmed(node),
            returns: self.declared_type(node),
            extends: self.receiver_type(node),
            is_private: modifiers.is_private(),
            returns_markup: modifiers.is_annotated("Composable"),
            annotations: modifiers.annotations,
            ..nameless(node)
        }
    }

    /// The type before the dot of an extension's name.
    pub(super) fn receiver_type(&self, node: Node) -> Option<TypeName> {
        child_of_kind(node, "receiver_type").and_then(|receiver| self.type_name(receiver))
    }

    /// The parameters of a function, and whether it has a list of them.
    pub(super) fn parameters(&mut self, node: Node) -> (Vec<Parameter>, bool) {
        let Some(list) = child_of_kind(node, "function_value_parameters") else { return (Vec::new(), false) };
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut is_default = false;
        for child in all_children(list) {
            match child.kind_name() {
                "parameter" => {
                    let variable = self.variable(child);
                    parameters.extend(variable.map(|variable| Parameter { variable, default: None, member: None }));
                }
                "=" => is_default = true,
                "," => is_default = false,
                _ if is_default && child.is_named() => {
                    let default = self.expression(child);
                    if let Some(parameter) = parameters.last_mut() {
                        parameter.default = Some(default);
                    }
                }
                _ => {}
            }
        }
        (parameters, true)
    }

    /// What a function runs: the block or the expression of its `function_body`.
    pub(super) fn function_body(&mut self, node: Node) -> FunctionBody {
        let Some(body) = child_of_kind(node, "function_body") else { return FunctionBody::None };
        if has_child(body, "{") && !has_child(body, "=") {
            return FunctionBody::Block(self.block(body, body.start_byte()));
        }
        match named_children(body).into_iter().next() {
            Some(value) => FunctionBody::Expression(self.expression(value)),
            None => FunctionBody::None,
        }
    }

    /// `constructor(…) : this(…) { … }`.
    pub(super) fn secondary_constructor(&mut self, node: Node) -> Function {
        let modifiers = self.modifiers(node);
        let ((parameters, body), _) = self.inside(Frame::Function("constructor".into()), |reader| {
            let (parameters, _) = reader.parameters(node);
            let mut block = reader.block(node, node.start_byte());
            if let Some(call) = child_of_kind(node, "constructor_delegation_call") {
                block.statements.insert(0, reader.delegation_call(call));
            }
            (parameters, block)
        });
        let name_span = child_of_kind(node, "constructor").map_or(span(node), span);
        let inner = body.inner;
        Function {
            kind: BodyKind::Constructor,
            name_span,
            parameters,
            body: FunctionBody::Block(body),
            inner,
            is_private: modifiers.is_private(),
            annotations: modifiers.annotations,
            ..nameless(node)
        }
    }

    fn delegation_call(&mut self, node: Node) -> Statement {
        let callee = node.child(0).map_or(span(node), span);
        let form = if has_child(node, "super") { Form::Super } else { Form::This };
        let arguments = child_of_kind(node, "value_arguments").map(|values| self.value_arguments(values, None));
        let call = CallForm {
            callee: Expression { span: callee, form },
            arguments: arguments.unwrap_or_default(),
            construct: false,
            optional: false,
        };
        let does = Expression { span: span(node), form: Form::Call(Box::new(call)) };
        Statement { span: span(node), does }
    }

    /// A getter or setter of a property; `None` where it has no body of its own.
    pub(super) fn accessor(&mut self, node: Node, property: &Variable, head: &Modifiers) -> Option<Function> {
        child_of_kind(node, "function_body")?;
        let kind = if node.kind_name() == "setter" { BodyKind::Setter } else { BodyKind::Getter };
        let body = match self.taking.and_then(|taking| taking.body(node, self.trimmed(node))) {
            Some(kept) => FunctionBody::Kept(kept),
            None => self.inside(Frame::Function(property.name.clone()), |reader| reader.function_body(node)).0,
        };
        let parameter = child_of_kind(node, "parameter_with_optional_type").and_then(|node| self.variable(node));
        let parameters = parameter.map(|variable| Parameter { variable, default: None, member: None });
        let own = self.modifiers(node);
        Some(Function {
            kind,
            name: Some(property.name.clone()),
            name_span: property.span,
            parameters: parameters.into_iter().collect(),
            inner: body_span(&body, node),
            body,
            span: self.trimmed(node),
            returns: self
                .declared_type(node)
                .or_else(|| property.type_name.clone().filter(|_| kind == BodyKind::Getter)),
            is_private: head.is_private() || own.is_private(),
            returns_markup: own.is_annotated("Composable"),
            annotations: own.annotations,
            ..nameless(node)
        })
    }
}

/// The bytes from a node's start to the end of what belongs to it.
pub(super) fn extended(whole: Span, with: Option<Span>) -> Span {
    with.map_or(whole, |with| Span::new(whole.start, whole.end.max(with.end)))
}
