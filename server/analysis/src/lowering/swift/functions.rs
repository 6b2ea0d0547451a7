//! Functions, initialisers, subscripts and closures. Owns their heads and their bodies' bounds; must not
//! know types' members.

use tree_sitter::Node;

use super::modifiers::Modifiers;
use super::reader::{Child, Reader, across, between, children, expression, kind};
use crate::lowering::BodyKind;
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{
    Block, Declaration, Expression, Form, Function, FunctionBody, Parameter, Statement, TypeName, Variable,
};
use crate::lowering::tree::{child_of_kind, named_children, span};
use crate::source::Span;

/// How many of `$0`, `$1`, … are told apart.
const SHORTHAND_LIMIT: usize = 16;

/// What a function's head says.
#[derive(Debug, Default)]
pub(super) struct Head<'t> {
    pub(super) modifiers: Modifiers,
    pub(super) name: Option<Node<'t>>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) returns: Option<Node<'t>>,
    pub(super) is_async: bool,
    pub(super) body: Option<Node<'t>>,
}

impl<'t> Reader<'t> {
    /// Reads a function's, an initialiser's or a subscript's head.
    pub(super) fn function_head(&mut self, node: Node<'t>) -> Head<'t> {
        let mut head = Head::default();
        let mut is_behind_arrow = false;
        for (child, field) in children(node) {
            match (kind(child), field) {
                ("->", _) => is_behind_arrow = true,
                ("async", _) => head.is_async = true,
                ("parameter", _) => {
                    let parameter = self.parameter(child);
                    head.parameters.extend(parameter);
                }
                (_, Some("default_value")) if child.is_named() => {
                    let value = self.expression(child);
                    if let Some(parameter) = head.parameters.last_mut() {
                        parameter.default = Some(value);
                    }
                }
                ("function_body" | "computed_property", _) => head.body = Some(child),
                (_, Some("name" | "return_type")) if is_behind_arrow => head.returns = head.returns.or(Some(child)),
                (_, Some("name")) => head.name = head.name.or(Some(child)),
                _ => self.read_modifier(child, &mut head.modifiers),
            }
        }
        head
    }

    /// Reads a function that has a name, or an initialiser.
    pub(super) fn function(&mut self, node: Node<'t>, function_kind: BodyKind) -> Function {
        if let Some(kept) = self.taking.and_then(|taking| taking.function(node, span(node), function_kind)) {
            return kept;
        }
        let (mut head, facts) = self.inside_function(|reader| reader.function_head(node));
        self.facts.awaits |= facts.awaits;
        let (name, name_span) = match (head.name, kind(node)) {
            (Some(name), _) => (Some(self.name(name)), span(name)),
            (None, "deinit_declaration") => (Some(Name::from("deinit")), Span::at(span(node).start)),
            (None, _) => (None, Span::at(span(node).start)),
        };
        let parameters = std::mem::take(&mut head.parameters);
        let body = self.body(head.body);
        self.made(node, function_kind, (name, name_span), parameters, &head, body)
    }

    /// A function of its parts.
    pub(super) fn made(
        &self,
        node: Node<'t>,
        function_kind: BodyKind,
        (name, name_span): (Option<Name>, Span),
        parameters: Vec<Parameter>,
        head: &Head<'t>,
        body: FunctionBody,
    ) -> Function {
        let returns = head.returns.and_then(|returns| self.type_name(returns));
        let returns_value = head.returns.is_some() && !is_nothing(returns.as_ref());
        let (inner, last_is_result) = match &body {
            FunctionBody::Block(body) => (body.inner, returns_value && body.statements.len() == 1),
            FunctionBody::Kept(kept) => (kept.inner, false),
            FunctionBody::None | FunctionBody::Expression(_) => (Span::at(span(node).end), false),
        };
        Function {
            kind: function_kind,
            name,
            name_span,
            parameters,
            span: span(node),
            inner,
            last_is_result,
            body,
            returns,
            extends: None,
            is_async: head.is_async,
            is_generator: false,
            is_static: head.modifiers.is_static,
            is_private: head.modifiers.is_private,
            returns_markup: head.modifiers.build_markup()
                || head.returns.is_some_and(|returns| self.is_markup(returns)),
            annotations: head.modifiers.annotations.clone(),
        }
    }

    /// Reads a parameter: its name inside, which is the second one where it has two, and its type.
    fn parameter(&self, node: Node<'t>) -> Option<Parameter> {
        let mut name = None;
        let mut type_name = None;
        let mut is_behind_colon = false;
        for (child, field) in children(node) {
            match (kind(child), field) {
                (":", _) => is_behind_colon = true,
                (_, Some("name" | "type")) if is_behind_colon => {
                    type_name = type_name.or_else(|| self.type_name(child));
                }
                (_, Some("name")) => name = Some(child),
                ("self_expression", _) => name = Some(child),
                _ => {}
            }
        }
        let name = name?;
        let variable = Variable { name: self.name(name), span: span(name), type_name };
        Some(Parameter { variable, default: None, member: None })
    }

    /// Reads a closure.
    pub(super) fn closure(&mut self, node: Node<'t>) -> Function {
        let parts = children(node);
        let mut head = Head::default();
        let mut captures = Vec::new();
        for (part, _) in &parts {
            match kind(*part) {
                "capture_list" => captures = self.captures(*part),
                "lambda_function_type" => self.closure_head(*part, &mut head),
                _ => self.read_modifier(*part, &mut head.modifiers),
            }
        }
        let has_parameters = !head.parameters.is_empty();
        let mut parameters = std::mem::take(&mut head.parameters);
        let (mut body, facts) = self.inside_function(|reader| reader.closure_body(node, &parts));
        head.is_async |= facts.awaits;
        if !has_parameters {
            parameters = facts.shorthand.iter().enumerate().map(|(number, span)| shorthand(number, *span)).collect();
        }
        let is_result = body.statements.len() == 1;
        body.statements.splice(0..0, captures);
        let mut function =
            self.made(node, BodyKind::Closure, (None, first_byte(node)), parameters, &head, FunctionBody::Block(body));
        function.last_is_result = is_result;
        function
    }

    /// `[weak view = self.view]` binds a name for the closure's statements; `[weak self]` none.
    fn captures(&mut self, node: Node<'t>) -> Vec<Statement> {
        let mut captures = Vec::new();
        for item in named_children(node).into_iter().filter(|item| kind(*item) == "capture_list_item") {
            let (Some(name), Some(value)) = (item.field("name"), item.field("value")) else {
                continue;
            };
            let variable = Variable { name: self.name(name), span: span(name), type_name: None };
            let value = self.expression(value);
            let declaration = Declaration { names: vec![variable], value: Some(value), lazy: false };
            let does = expression(span(item), Form::Declare(vec![declaration]));
            captures.push(Statement { span: span(item), does });
        }
        captures
    }

    fn closure_head(&mut self, node: Node<'t>, head: &mut Head<'t>) {
        let mut is_behind_arrow = false;
        for (child, field) in children(node) {
            match (kind(child), field) {
                ("lambda_function_type_parameters", _) => {
                    for parameter in named_children(child) {
                        head.parameters.extend(self.parameter(parameter));
                    }
                }
                ("async", _) => head.is_async = true,
                ("->", _) => is_behind_arrow = true,
                (_, Some("name" | "return_type")) if is_behind_arrow => head.returns = Some(child),
                _ => {}
            }
        }
    }

    fn closure_body(&mut self, node: Node<'t>, parts: &[Child<'t>]) -> Block {
        let inner_start = parts.iter().rev().find(|(part, _)| matches!(kind(*part), "in" | "{")).map(|(part, _)| *part);
        let closing = parts.iter().rev().find(|(part, _)| kind(*part) == "}").map(|(part, _)| *part);
        let inner = inner_start.map_or(span(node), |opening| between(opening, closing, node));
        let content: Vec<Node<'t>> = parts
            .iter()
            .map(|(part, _)| *part)
            .filter(|part| part.start_byte() >= inner.start as usize)
            .filter(|part| kind(*part) == "statements" || part.is_error())
            .collect();
        self.block(content, inner)
    }

    /// Takes note of `$0` and its kin, and of every number below it.
    pub(super) fn note_shorthand(&mut self, name: &str, bytes: Span) {
        let Some(number) = name.strip_prefix('$').and_then(|digits| digits.parse::<usize>().ok()) else { return };
        while self.facts.shorthand.len() <= number.min(SHORTHAND_LIMIT) {
            self.facts.shorthand.push(bytes);
        }
    }

    /// What a function runs that has these braces.
    fn body(&mut self, braces: Option<Node<'t>>) -> FunctionBody {
        let body = braces.map(|braces| self.inside_function(|reader| reader.braced(braces)).0);
        body.map_or(FunctionBody::None, FunctionBody::Block)
    }

    /// The block between a node's braces.
    pub(super) fn braced(&mut self, node: Node<'t>) -> Block {
        let parts = children(node);
        let mut parts = parts.as_slice();
        self.next_block(node, &mut parts)
    }

    /// The block between the next braces among some children of a node; what is behind them is left.
    pub(super) fn next_block(&mut self, node: Node<'t>, parts: &mut &[Child<'t>]) -> Block {
        let start = parts.iter().position(|(part, _)| kind(*part) == "{").unwrap_or(parts.len());
        let (_, behind) = parts.split_at(start);
        let Some(((opening, _), behind)) = behind.split_first() else {
            *parts = &[];
            return Block { statements: Vec::new(), inner: Span::at(span(node).end), braceless: false };
        };
        let end = behind.iter().position(|(part, _)| kind(*part) == "}").unwrap_or(behind.len());
        let (content, rest) = behind.split_at(end);
        let closing = rest.first().map(|(closing, _)| *closing);
        *parts = rest.get(1..).unwrap_or_default();
        let last = content.last().map_or(*opening, |(last, _)| *last);
        let inner = between(*opening, closing, last);
        self.block(content.iter().map(|(part, _)| *part).collect(), inner)
    }

    /// A property's accessor, or the whole of a computed property.
    pub(super) fn accessor(
        &mut self,
        node: Node<'t>,
        function_kind: BodyKind,
        name: &Variable,
        owner: &Head<'t>,
    ) -> Function {
        let mut head = Head { returns: owner.returns, ..Head::default() };
        head.modifiers.is_static = owner.modifiers.is_static;
        head.modifiers.is_private = owner.modifiers.is_private;
        head.modifiers.annotations = owner.modifiers.annotations.clone();
        head.is_async = child_of_kind(node, "getter_specifier").is_some_and(|it| child_of_kind(it, "async").is_some());
        let mut parameters = owner.parameters.clone();
        if function_kind == BodyKind::Setter {
            head.returns = None;
            parameters.push(self.new_value(node));
        }
        // What a property is says what its last value is.
        let before = Span::new(name.span.start.min(span(node).start), span(node).start);
        let kept = self.taking.filter(|taking| taking.spares(before) && owner.parameters.is_empty());
        let body = match kept.and_then(|taking| taking.body(node, span(node))) {
            Some(kept) => FunctionBody::Kept(kept),
            None => self.body(Some(node)),
        };
        let mut function =
            self.made(node, function_kind, (Some(name.name.clone()), name.span), parameters, &head, body);
        function.returns = name.type_name.clone().filter(|_| function_kind == BodyKind::Getter);
        function
    }

    /// The name that a setter or an observer has for the value.
    fn new_value(&self, node: Node<'t>) -> Parameter {
        let given = named_children(node).into_iter().find(|child| kind(*child) == "simple_identifier");
        let variable = match given {
            Some(name) => Variable { name: self.name(name), span: span(name), type_name: None },
            None => {
                let name = if kind(node) == "didset_clause" { "oldValue" } else { "newValue" };
                Variable { name: Name::from(name), span: Span::at(span(node).start), type_name: None }
            }
        };
        Parameter { variable, default: None, member: None }
    }

    /// A function as an expression of its own.
    pub(super) fn function_form(&mut self, node: Node<'t>) -> Expression {
        let function = self.function(node, BodyKind::Function);
        expression(function.span, Form::Function(Box::new(function)))
    }
}

fn shorthand(number: usize, span: Span) -> Parameter {
    let variable = Variable { name: Name::from(format!("${number}")), span, type_name: None };
    Parameter { variable, default: None, member: None }
}

fn first_byte(node: Node) -> Span {
    let bytes = span(node);
    across(bytes, Span::new(bytes.start, (bytes.start + 1).min(bytes.end)))
}

fn is_nothing(name: Option<&TypeName>) -> bool {
    name.is_some_and(|name| name.parts.last().is_some_and(|last| matches!(&**last, "Void" | "Never")))
}
