//! Constructors: what stands before their body runs before it.

use tree_sitter::Node;

use super::reader::{Reader, at};
use crate::lowering::BodyKind;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Block, CallForm, Expression, Form, Function, FunctionBody, Member, Statement};
use crate::lowering::tree::{child_of_kind, has_child, named_children, span};
use crate::source::Span;

impl<'t> Reader<'_> {
    /// A constructor. One with a name of its own, `Session.restored`, has that name.
    pub(super) fn constructor(&mut self, node: Node<'t>, around: Node<'t>, signature: Node<'t>) -> Function {
        let mut function = self.function(BodyKind::Constructor, node, signature);
        let names: Vec<Node> = signature.fields("name").into_iter().filter(Node::is_named).collect();
        let own = names.get(1);
        function.name = own.map(|name| self.name(*name));
        function.name_span = own.or(names.first()).map_or_else(|| Span::at(span(signature).start), |name| span(*name));
        function.is_private = own.or(names.first()).is_some_and(|name| self.text(*name).starts_with('_'));
        function.is_static = signature.kind_name().contains("factory");
        let list = child_of_kind(around, "initializers").or_else(|| child_of_kind(around, "redirection"));
        let before = list.map(|list| Statement { span: span(list), does: self.initialisers(list) });
        let takes_members = function.parameters.iter().any(|parameter| parameter.member.is_some());
        function.body = match (function.body, before) {
            (FunctionBody::Block(mut block), Some(before)) => {
                block.statements.insert(0, before);
                FunctionBody::Block(block)
            }
            (FunctionBody::None, before) if before.is_some() || takes_members => {
                let statements = before.into_iter().collect();
                FunctionBody::Block(Block { statements, inner: Span::at(function.inner.start), braceless: false })
            }
            (body, _) => body,
        };
        function
    }

    fn initialisers(&mut self, node: Node<'t>) -> Expression {
        let form = match node.kind_name() {
            "redirection" => {
                let arguments = self.arguments(child_of_kind(node, "arguments"));
                self.delegated(node, Form::This, arguments)
            }
            _ => {
                let entries = named_children(node);
                Form::All(entries.into_iter().map(|entry| self.initialiser(entry)).collect())
            }
        };
        at(node, form)
    }

    fn initialiser(&mut self, node: Node<'t>) -> Expression {
        let form = if let Some(field) = child_of_kind(node, "field_initializer") {
            let Some(name) = field.field("name") else { return at(node, Form::Broken) };
            let this = Expression { span: Span::at(span(field).start), form: Form::This };
            let member = Member { object: Some(this), name: self.name(name), optional: false };
            let target = at(name, Form::Member(Box::new(member)));
            Form::Assign(Box::new(target), Box::new(self.field(field, "value")), false)
        } else if let Some(assertion) = child_of_kind(node, "assertion") {
            self.parts(assertion)
        } else {
            let arguments = self.arguments(child_of_kind(node, "arguments"));
            let receiver = if has_child(node, "super") { Form::Super } else { Form::This };
            self.delegated(node, receiver, arguments)
        };
        at(node, form)
    }

    /// `super(…)`, `super.named(…)`, `this.named(…)`.
    fn delegated(
        &self,
        node: Node<'t>,
        receiver: Form,
        arguments: Vec<crate::lowering::outline::ArgumentForm>,
    ) -> Form {
        let receiver = at(node, receiver);
        let callee = match child_of_kind(node, "identifier") {
            Some(name) => {
                let member = Member { object: Some(receiver), name: self.name(name), optional: false };
                at(node, Form::Member(Box::new(member)))
            }
            None => receiver,
        };
        Form::Call(Box::new(CallForm { callee, arguments, construct: false, optional: false }))
    }
}
