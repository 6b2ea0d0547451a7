//! What an editor shows beside diagnostics: the flows of a file and of a workspace, each with what becomes of
//! the identity in it. Owns which of the other stages' answers are shown where; must not know LSP. Offsets
//! are bytes, paths are those given to the database.

mod calls;
mod completion;
mod flows;
mod highlights;
mod hints;
mod judgement;
mod symbols;
#[cfg(test)]
mod tests;

pub use calls::{CallItem, CallItemKey, CallItemKind, ItemCalls, call_item, incoming_calls, outgoing_calls};
pub use completion::{Completion, SnippetPart, completions, may_offer_more};
pub use flows::{FlowView, flows};
pub use highlights::{FlowStep, flow_steps};
pub use hints::{IdentityChange, identity_changes};
pub(crate) use judgement::{Judgement, Ways, judge};
pub use symbols::{FlowSymbol, is_asked_for, workspace_flows};

use std::sync::Arc;

use crate::source::Span;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub path: Arc<str>,
    /// The bytes.
    pub span: Span,
}
