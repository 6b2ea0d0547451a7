//! A call's arguments. Owns labels, spreads and trailing lambdas; must not know the callee's meaning.

use tree_sitter::Node;

use super::Reader;
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{ArgumentForm, Form};
use crate::lowering::tree::{all_children, child_of_kind, has_child, named_children, span};

/// A lambda at a call, with the label written before it.
pub(super) struct LambdaAt<'t> {
    /// The `lambda_literal`.
    pub(super) node: Node<'t>,
    /// Its own label.
    pub(super) label: Option<Name>,
}

impl Reader<'_> {
    /// The arguments of a `call_suffix`, the lambda behind it last. `callee` is the name that a lambda's
    /// `return@` uses.
    pub(super) fn arguments(&mut self, suffix: Node, callee: Option<&Name>) -> Vec<ArgumentForm> {
        let mut arguments = Vec::new();
        if let Some(values) = child_of_kind(suffix, "value_arguments") {
            arguments = self.value_arguments(values, callee);
        }
        if let Some(lambda) = self.trailing_lambda(suffix) {
            let label = lambda.label.or_else(|| callee.cloned());
            let value = self.lambda(lambda.node, label, callee);
            arguments.push(ArgumentForm { label: None, span: value.span, value, spread: false });
        }
        arguments
    }

    /// The arguments between parentheses.
    pub(super) fn value_arguments(&mut self, values: Node, callee: Option<&Name>) -> Vec<ArgumentForm> {
        let nodes: Vec<Node> =
            named_children(values).into_iter().filter(|node| node.kind_name() == "value_argument").collect();
        let mut arguments = Vec::new();
        let mut index = 0;
        while let Some(node) = nodes.get(index) {
            let object = value_of(*node).filter(|value| value.kind_name() == "object_literal");
            let split = object.and_then(|object| Some((object, *nodes.get(index + 1)?)));
            if let Some((object, next)) = split
                && let Some(argument) = self.split_object(*node, object, next)
            {
                arguments.push(argument);
                index += 2;
                continue;
            }
            arguments.extend(self.value_argument(*node, callee));
            index += 1;
        }
        arguments
    }

    fn value_argument(&mut self, node: Node, callee: Option<&Name>) -> Option<ArgumentForm> {
        let mut value = value_of(node)?;
        let mut spread = has_child(node, "*");
        if value.kind_name() == "spread_expression" {
            value = named_children(value).into_iter().next()?;
            spread = true;
        }
        let label = label_of(node).map(|label| self.identifier(label));
        let value = match value.kind_name() {
            "lambda_literal" => self.lambda(value, callee.cloned(), callee),
            _ => self.expression(value),
        };
        Some(ArgumentForm { label, value, span: span(node), spread })
    }

    /// The lambda behind a call's parentheses.
    pub(super) fn trailing_lambda<'t>(&self, suffix: Node<'t>) -> Option<LambdaAt<'t>> {
        let annotated = child_of_kind(suffix, "annotated_lambda")?;
        let label = child_of_kind(annotated, "label").map(|label| self.text(label).trim_end_matches('@').into());
        Some(LambdaAt { node: child_of_kind(annotated, "lambda_literal")?, label })
    }

    /// `object : A(), B { … }` as an argument, of which the grammar makes two: `object : A()` and a call of
    /// `B` with a lambda.
    fn split_object(&mut self, node: Node, object: Node, next: Node) -> Option<ArgumentForm> {
        let call = value_of(next).filter(|value| value.kind_name() == "call_expression" && label_of(next).is_none())?;
        let suffix = child_of_kind(call, "call_suffix")?;
        let lambda = self.trailing_lambda(suffix)?.node;
        let is_object = !has_child(object, "class_body") && declares(lambda) && !has_child(suffix, "value_arguments");
        if !is_object {
            return None;
        }
        let parent = all_children(call).into_iter().next()?;
        let form = self.object_literal(object, Some((lambda, Some(parent))));
        let whole = crate::source::Span::from(object.start_byte()..call.end_byte());
        let value = crate::lowering::outline::Expression { span: whole, form };
        let label = label_of(node).map(|label| self.identifier(label));
        Some(ArgumentForm { label, value, span: whole, spread: false })
    }

    /// An object whose body the grammar took for a lambda: `object : A { … }` on one line.
    pub(super) fn object_with_lambda(&mut self, object: Node, suffix: Node) -> Option<Form> {
        let lambda = self.trailing_lambda(suffix)?.node;
        (!has_child(object, "class_body")).then(|| self.object_literal(object, Some((lambda, None))))
    }
}

/// Whether a lambda's statements are declarations, so that it is a class's body.
fn declares(lambda: Node) -> bool {
    let Some(statements) = child_of_kind(lambda, "statements") else { return false };
    named_children(statements).first().is_some_and(|first| {
        matches!(first.kind_name(), "function_declaration" | "property_declaration" | "getter" | "setter")
    })
}

/// The expression of a `value_argument`.
pub(super) fn value_of(node: Node<'_>) -> Option<Node<'_>> {
    named_children(node).last().copied()
}

/// The name before the `=` of a `value_argument`.
pub(super) fn label_of(node: Node<'_>) -> Option<Node<'_>> {
    has_child(node, "=").then(|| child_of_kind(node, "simple_identifier")).flatten()
}
