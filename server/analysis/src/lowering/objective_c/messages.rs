//! Chains of messages, calls, members and subscripts, read from the outside in by a loop. Owns what a
//! message's parts are and which messages construct; must not know what any of them means.

use tree_sitter::Node;

use super::expressions::stripped;
use super::tree::{all_children, child_of_kind, named_children, span};
use super::{Reader, expression_at};
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{ArgumentForm, CallForm, Expression, Form, Member, TypeName};
use crate::source::Span;

/// How many links of a chain the outline keeps in one piece. What is further inside runs before it, in its
/// order, but is no part of the same path.
const CHAIN_LIMIT: usize = 20;

impl Reader<'_> {
    /// Reads a chain: `[[AuthManager shared].session logoutWithReason:reason]`.
    pub(super) fn chain(&mut self, node: Node, depth: u32) -> Expression {
        let mut links = Vec::new();
        let mut innermost = node;
        while let Some(inner) = self.inside(innermost) {
            links.push(innermost);
            innermost = stripped(inner);
        }
        let total = links.len();
        let depth_of = |distance: usize| depth + distance.min(2 * CHAIN_LIMIT) as u32 + 1;
        let mut chain = self.start(innermost, depth_of(total));
        let mut before = Vec::new();
        for (distance, link) in links.into_iter().enumerate().rev() {
            let behind = distance + 1;
            if behind % CHAIN_LIMIT == 0 && behind != total {
                let bytes = chain.span;
                before.push(chain);
                let parts = if behind == CHAIN_LIMIT { std::mem::take(&mut before) } else { Vec::new() };
                chain = Expression { span: bytes, form: Form::All(parts) };
            }
            chain = self.link(link, chain, depth_of(distance));
        }
        chain
    }

    /// What a link is called on, read from or sent to; `None` for what a chain starts with.
    fn inside<'t>(&self, node: Node<'t>) -> Option<Node<'t>> {
        match node.kind_name() {
            "message_expression" if self.constructed(node).is_some() => None,
            "message_expression" => node.field("receiver"),
            "field_expression" | "subscript_expression" => node.field("argument"),
            "call_expression" => node.field("function"),
            _ => None,
        }
    }

    /// What a chain starts with: a construction, or any other expression.
    fn start(&mut self, node: Node, depth: u32) -> Expression {
        if node.kind_name() != "message_expression" {
            let is_link = matches!(node.kind_name(), "field_expression" | "subscript_expression" | "call_expression");
            return if is_link { expression_at(node, Form::Broken) } else { self.expression(node, depth) };
        }
        let Some(class) = self.constructed(node) else { return expression_at(node, Form::Broken) };
        let callee = self.class_object(class, depth + 1);
        let arguments = self.message_arguments(node, depth);
        expression_at(node, Form::Call(Box::new(CallForm { callee, arguments, construct: true, optional: false })))
    }

    /// The class that a message makes an instance of: `[[X alloc] initWith…]`, `[X new]`, `[X alloc]`.
    fn constructed<'t>(&self, node: Node<'t>) -> Option<Node<'t>> {
        let receiver = stripped(node.field("receiver")?);
        match self.text(node.field("method")?) {
            "alloc" | "new" | "allocWithZone" => (self.text(receiver) != "super").then_some(receiver),
            name if name.starts_with("init") && receiver.kind_name() == "message_expression" => {
                let method = self.text(receiver.field("method")?);
                let class = stripped(receiver.field("receiver")?);
                (matches!(method, "alloc" | "allocWithZone") && self.text(class) != "super").then_some(class)
            }
            _ => None,
        }
    }

    /// An expression for a class: `X`, and `self` or `[self class]` where the class is known.
    fn class_object(&mut self, node: Node, depth: u32) -> Expression {
        let is_own = self.text(node) == "self" || self.is_own_class(node);
        match self.class.clone() {
            Some(class) if is_own => expression_at(node, Form::Name(class)),
            _ => self.expression(node, depth),
        }
    }

    /// Whether a node is `[self class]`.
    fn is_own_class(&self, node: Node) -> bool {
        node.kind_name() == "message_expression"
            && node.field("receiver").is_some_and(|receiver| self.text(receiver) == "self")
            && node.field("method").is_some_and(|method| self.text(method) == "class")
    }

    /// One link around what is inside it.
    fn link(&mut self, node: Node, inside: Expression, depth: u32) -> Expression {
        match node.kind_name() {
            "message_expression" => self.message(node, inside, depth),
            "field_expression" => match node.field("field") {
                Some(field) => expression_at(node, self.member_of(inside, field)),
                None => expression_at(node, Form::Broken),
            },
            "subscript_expression" => match node.field("index") {
                Some(index) => {
                    let index = self.expression(index, depth);
                    expression_at(node, Form::Index(Box::new(inside), Box::new(index)))
                }
                None => expression_at(node, Form::Broken),
            },
            _ => {
                let list = child_of_kind(node, "argument_list");
                let values = list.map(named_children).unwrap_or_default();
                let arguments = values.into_iter().map(|value| self.argument(None, value, span(value), depth));
                let arguments = arguments.collect();
                let call = CallForm { callee: inside, arguments, construct: false, optional: false };
                expression_at(node, Form::Call(Box::new(call)))
            }
        }
    }

    /// A message to a receiver that is read already.
    fn message(&mut self, node: Node, receiver: Expression, depth: u32) -> Expression {
        let Some(method) = node.field("method") else { return expression_at(node, Form::Broken) };
        let name = self.name(method);
        if &*name == "class" {
            match (&receiver.form, self.class.clone()) {
                (Form::Name(class), _) if starts_upper(class) => {
                    let type_name = TypeName { parts: vec![class.clone()], span: receiver.span };
                    return expression_at(node, Form::Type(type_name));
                }
                (Form::This, Some(class)) => return expression_at(node, Form::Name(class)),
                _ => {}
            }
        }
        if &*name == "null" && matches!(&receiver.form, Form::Name(class) if &**class == "NSNull") {
            return expression_at(node, Form::Null);
        }
        let mut arguments = self.message_arguments(node, depth);
        if (&*name == "isEqual" || name.starts_with("isEqualTo"))
            && arguments.len() == 1
            && let Some(argument) = arguments.pop()
        {
            return self.compared(node, receiver, argument.value);
        }
        let callee_span = Span::new(receiver.span.start, span(method).end);
        let member = Member { object: Some(receiver), name, optional: false };
        let callee = Expression { span: callee_span, form: Form::Member(Box::new(member)) };
        expression_at(node, Form::Call(Box::new(CallForm { callee, arguments, construct: false, optional: false })))
    }

    /// A message's arguments: the first without a label, the further ones with their part of the selector.
    fn message_arguments(&mut self, node: Node, depth: u32) -> Vec<ArgumentForm> {
        let mut arguments = Vec::new();
        let receiver = node.field("receiver");
        let first = node.field("method");
        let mut label: Option<Node> = None;
        let mut is_part = false;
        for child in all_children(node) {
            match child.kind_name() {
                "[" | "]" | "ERROR" => {}
                ":" => is_part = true,
                "," => (is_part, label) = (true, None),
                _ if Some(child) == receiver || Some(child) == first => {}
                _ if is_part => {
                    let start = label.map_or(span(child).start, |label| span(label).start);
                    let name = label.take().map(|label| self.name(label));
                    arguments.push(self.argument(name, child, Span::new(start, span(child).end), depth));
                    is_part = false;
                }
                _ => label = Some(child),
            }
        }
        arguments
    }

    fn argument(&mut self, label: Option<Name>, value: Node, span: Span, depth: u32) -> ArgumentForm {
        ArgumentForm { label, value: self.expression(value, depth + 1), span, spread: false }
    }
}

/// Whether a name is a class's by its first letter.
fn starts_upper(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase)
}
