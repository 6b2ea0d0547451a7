//! Calls that say through a pointer what went wrong, and by their result whether anything did:
//! `if (![auth signOut:&error])`. Must not know what such a call does.

use tree_sitter::Node;

use super::expressions::stripped;
use super::tree::named_children;
use super::{Reader, expression_at};
use crate::lowering::grammar::Named;
use crate::lowering::outline::Form;

/// A call that is asked whether it went well.
pub(super) struct AskedError<'t> {
    /// The call.
    call: Node<'t>,
    /// The variable that its error goes to.
    error: Node<'t>,
    /// Whether it is asked whether it failed.
    negated: bool,
}

impl Reader<'_> {
    /// Whether an `if` asks nothing but whether a call that gives an error away went well.
    pub(super) fn asks_for_an_error<'t>(&self, node: Node<'t>) -> Option<AskedError<'t>> {
        let mut call = stripped(node.field("condition")?);
        let mut negated = false;
        while call.kind_name() == "unary_expression" && call.field("operator")?.kind_name() == "!" {
            call = stripped(call.field("argument")?);
            negated = !negated;
        }
        if call.kind_name() != "message_expression" {
            return None;
        }
        let error = named_children(call).into_iter().rev().find_map(|argument| {
            let is_address = argument.kind_name() == "pointer_expression"
                && argument.field("operator").is_some_and(|operator| operator.kind_name() == "&");
            let variable = argument.field("argument").filter(|variable| variable.kind_name() == "identifier");
            if is_address { variable } else { None }
        })?;
        self.text(error).to_ascii_lowercase().ends_with("error").then_some(AskedError { call, error, negated })
    }

    /// The call, and behind it the question for its error.
    pub(super) fn asked_error(&mut self, node: Node, asked: AskedError, depth: u32) -> Form {
        let call = self.expression(asked.call, depth + 1);
        let name = expression_at(asked.error, Form::Name(self.name(asked.error)));
        let condition = if asked.negated { name } else { expression_at(asked.error, Form::Not(Box::new(name))) };
        let form = self.rungs(node, Some(condition), depth + 1);
        Form::All(vec![call, expression_at(node, form)])
    }
}
