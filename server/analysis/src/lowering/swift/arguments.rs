//! What stands behind a callee: arguments, an index, trailing closures. Owns their labels and their order;
//! must not know chains.

use tree_sitter::Node;

use super::reader::{Child, Reader, across, broken, children, expression, is_empty, kind};
use crate::lowering::outline::{ArgumentForm, CallForm, Expression, Form};
use crate::lowering::tree::{named_children, span};
use crate::source::Span;

impl<'t> Reader<'t> {
    /// What stands behind a callee: arguments, an index, closures.
    pub(super) fn suffix(&mut self, callee: Expression, suffix: Node<'t>, optional: bool, span: Span) -> Expression {
        let parts = children(suffix);
        let is_index =
            parts.iter().any(|(part, _)| kind(*part) == "value_arguments" && self.text(*part).starts_with('['));
        if self.refers(&parts) {
            return expression(span, Form::Reference(Box::new(callee)));
        }
        let mut arguments = Vec::new();
        let mut label: Option<Node<'t>> = None;
        for (part, field) in parts {
            match kind(part) {
                "value_arguments" => self.arguments(part, &mut arguments),
                "lambda_literal" => {
                    let start = label.map_or(self::span(part), self::span);
                    arguments.push(ArgumentForm {
                        label: label.take().map(|label| self.name(label)),
                        value: self.expression(part),
                        span: across(start, self::span(part)),
                        spread: false,
                    });
                }
                _ if field == Some("name") => label = Some(part),
                "ERROR" if !is_empty(part) => arguments.push(plain(broken(self::span(part)))),
                _ => {}
            }
        }
        if is_index {
            let index = match arguments.len() {
                1 => arguments.remove(0).value,
                _ => expression(span, Form::All(arguments.into_iter().map(|argument| argument.value).collect())),
            };
            return expression(span, Form::Index(Box::new(callee), Box::new(index)));
        }
        match callee.form {
            // The grammar takes a closure behind long arguments for a call of their call's value.
            Form::Call(mut call) if trails(&call, &arguments, suffix) => {
                call.arguments.extend(arguments);
                expression(span, Form::Call(call))
            }
            form => {
                let callee = Expression { span: callee.span, form };
                expression(span, Form::Call(Box::new(CallForm { callee, arguments, construct: false, optional })))
            }
        }
    }

    /// Whether the arguments only name parameters: `logout(_:reason:)`.
    fn refers(&self, parts: &[Child<'t>]) -> bool {
        parts.iter().filter(|(part, _)| kind(*part) == "value_arguments").any(|(part, _)| {
            named_children(*part)
                .iter()
                .any(|argument| children(*argument).iter().any(|(_, field)| *field == Some("reference_specifier")))
        })
    }

    /// The arguments between parentheses or brackets.
    pub(super) fn arguments(&mut self, node: Node<'t>, arguments: &mut Vec<ArgumentForm>) {
        for argument in named_children(node) {
            let bytes = span(argument);
            if kind(argument) != "value_argument" {
                if !is_empty(argument) {
                    arguments.push(plain(broken(bytes)));
                }
                continue;
            }
            let mut label = None;
            let mut values = Vec::new();
            for (part, field) in children(argument) {
                match (kind(part), field) {
                    ("value_argument_label", _) if field == Some("name") => label = Some(self.name(part)),
                    (":" | "type_modifiers", _) => {}
                    ("ERROR", _) if is_empty(part) => {}
                    ("ERROR", _) => values.push(broken(span(part))),
                    // A bare operator: `reduce(0, +)`.
                    _ if !part.is_named() => {}
                    _ => values.push(self.expression(part)),
                }
            }
            let value = match values.len() {
                1 => values.remove(0),
                _ => expression(bytes, Form::All(values)),
            };
            arguments.push(ArgumentForm { label, value, span: bytes, spread: false });
        }
    }
}

/// Whether what stands behind a call are only closures, and the call has none yet: they are its own.
fn trails(call: &CallForm, behind: &[ArgumentForm], suffix: Node<'_>) -> bool {
    let is_closure = |argument: &ArgumentForm| matches!(argument.value.form, Form::Closure(_));
    let has_parentheses = named_children(suffix).iter().any(|part| kind(*part) == "value_arguments");
    !has_parentheses && behind.iter().all(is_closure) && !call.arguments.iter().any(is_closure)
}

fn plain(value: Expression) -> ArgumentForm {
    ArgumentForm { label: None, span: value.span, value, spread: false }
}
