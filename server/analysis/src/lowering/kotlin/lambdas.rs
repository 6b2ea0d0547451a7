//! Lambdas, anonymous functions and objects made where they stand. Owns their parameters and bodies; must
//! not know when they run.

use tree_sitter::Node;

use super::Reader;
use super::frames::Frame;
use super::names::between_braces;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{
    Block, ClassForm, ClassKind, Declaration, Expression, Form, Function, FunctionBody, Parameter, Statement, Variable,
};
use crate::lowering::tree::{child_of_kind, has_child, named_children, span};
use crate::lowering::{BodyKind, Name};
use crate::source::Span;

/// The coroutine builders and scopes of kotlinx.coroutines and the standard library's functions whose
/// lambda has a receiver and no parameter: `it` inside is one further out.
const WITHOUT_IT: [&str; 12] = [
    "launch",
    "async",
    "withContext",
    "runBlocking",
    "coroutineScope",
    "supervisorScope",
    "flow",
    "buildList",
    "buildString",
    "buildMap",
    "lazy",
    "remember",
];

impl Reader<'_> {
    /// A lambda that is no argument.
    pub(super) fn plain_lambda(&mut self, node: Node) -> Form {
        self.lambda(node, None, None).form
    }

    /// A lambda as a body of its own; `return@label` leaves it. `callee` is what it is passed to.
    pub(super) fn lambda(&mut self, node: Node, label: Option<Name>, callee: Option<&Name>) -> Expression {
        self.descend(node, |reader| {
            let mut parameters = reader.lambda_parameters(node);
            let inner = lambda_inner(node);
            let has_receiver = callee.is_some_and(|callee| WITHOUT_IT.contains(&&**callee));
            let takes_it = !has_child(node, "->") && !has_receiver;
            let frame = Frame::Lambda { label, takes_it, uses_it: false };
            let (block, frame) = reader.inside(frame, |reader| reader.block_within(node, inner));
            if matches!(frame, Some(Frame::Lambda { uses_it: true, .. })) {
                parameters.push(parameter(it_at(node)));
            }
            Form::Closure(Box::new(Function {
                kind: BodyKind::Closure,
                parameters,
                body: FunctionBody::Block(block),
                inner,
                last_is_result: true,
                ..nameless(node)
            }))
        })
    }

    fn lambda_parameters(&self, node: Node) -> Vec<Parameter> {
        let Some(list) = child_of_kind(node, "lambda_parameters") else { return Vec::new() };
        let names = named_children(list).into_iter().flat_map(|child| match child.kind_name() {
            "variable_declaration" => self.variable(child).into_iter().collect(),
            "multi_variable_declaration" => self.variables(child),
            _ => Vec::new(),
        });
        names.map(parameter).collect()
    }

    /// A lambda that runs where it stands: the name that it gives its value, and what it runs. Names that
    /// take the value apart are declared first.
    pub(super) fn scope_lambda(&mut self, node: Node, frame: Frame) -> (Option<Variable>, Block) {
        if self.depth >= crate::lowering::tree::DEPTH_LIMIT {
            let inner = lambda_inner(node);
            let statement = Statement { span: span(node), does: self.broken(node) };
            return (None, Block { statements: vec![statement], inner, braceless: false });
        }
        let takes_it = matches!(frame, Frame::Scope { takes_it: true, .. });
        let mut names: Vec<Variable> = self.lambda_parameters(node).into_iter().map(|it| it.variable).collect();
        let inner = lambda_inner(node);
        self.depth += 1;
        let (mut block, _) = self.inside(frame, |reader| reader.block_within(node, inner));
        self.depth -= 1;
        if names.len() > 1
            && let Some(list) = child_of_kind(node, "lambda_parameters")
        {
            let declaration = Declaration { names: std::mem::take(&mut names), value: None, lazy: false };
            let does = Expression { span: span(list), form: Form::Declare(vec![declaration]) };
            block.statements.insert(0, Statement { span: span(list), does });
        }
        (names.pop().or_else(|| takes_it.then(|| it_at(node))), block)
    }

    /// `fun(x: Int) { … }`.
    pub(super) fn anonymous_function(&mut self, node: Node) -> Form {
        let (parameters, _) = self.parameters(node);
        let label = Some(Name::from("fun"));
        let frame = Frame::Lambda { label, takes_it: false, uses_it: false };
        let (body, _) = self.inside(frame, |reader| reader.function_body(node));
        let inner = body_span(&body, node);
        Form::Closure(Box::new(Function {
            kind: BodyKind::Function,
            parameters,
            returns: self.declared_type(node),
            body,
            inner,
            ..nameless(node)
        }))
    }

    /// `object : Listener { … }`. Where the grammar took its body for a lambda, that lambda and the parent
    /// that it took for the lambda's callee.
    pub(super) fn object_literal(&mut self, node: Node, body: Option<(Node, Option<Node>)>) -> Form {
        let (mut parents, parent_arguments) = self.parents(node);
        let (lambda, parent) = body.unzip();
        if let Some(parent) = parent.flatten() {
            let name = self.identifier(parent);
            parents.push(crate::lowering::outline::TypeName { parts: vec![name], span: span(parent) });
        }
        let end = lambda.map_or(node.end_byte(), |lambda| lambda.end_byte());
        let (members, _) = self.inside(Frame::Class, |reader| match lambda {
            Some(lambda) => child_of_kind(lambda, "statements").map(|it| reader.members(it)).unwrap_or_default(),
            None => child_of_kind(node, "class_body").map(|it| reader.members(it)).unwrap_or_default(),
        });
        Form::Class(Box::new(ClassForm {
            kind: ClassKind::Anonymous,
            name: None,
            name_span: Span::from(node.start_byte()..node.start_byte() + "object".len()),
            parents,
            parent_arguments,
            parameters: Vec::new(),
            members,
            annotations: Vec::new(),
            span: Span::from(node.start_byte()..end),
        }))
    }
}

/// A function of which nothing but its place is known.
pub(super) fn nameless(node: Node) -> Function {
    let first = node.child(0).map_or(Span::at(node.start_byte() as u32), span);
    Function {
        kind: BodyKind::Function,
        name: None,
        name_span: first,
        parameters: Vec::new(),
        body: FunctionBody::None,
        span: span(node),
        inner: Span::at(node.end_byte() as u32),
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

/// The bytes that a body may be changed in.
pub(super) fn body_span(body: &FunctionBody, node: Node) -> Span {
    match body {
        FunctionBody::Block(block) => block.inner,
        FunctionBody::Expression(value) => value.span,
        FunctionBody::None => Span::at(node.end_byte() as u32),
        FunctionBody::Kept(kept) => kept.inner,
    }
}

fn parameter(variable: Variable) -> Parameter {
    Parameter { variable, default: None, member: None }
}

/// The parameter that a lambda has without naming it; it stands at the brace.
fn it_at(lambda: Node) -> Variable {
    Variable { name: Name::from("it"), span: Span::from(lambda.start_byte()..lambda.start_byte() + 1), type_name: None }
}

/// The bytes of a lambda's statements: behind its arrow.
fn lambda_inner(node: Node) -> Span {
    let braces = between_braces(node, node.start_byte()).unwrap_or_else(|| Span::at(node.end_byte() as u32));
    let arrow = child_of_kind(node, "->").map_or(braces.start, |arrow| arrow.end_byte() as u32);
    Span::new(arrow.min(braces.end), braces.end)
}
