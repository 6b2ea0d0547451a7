//! Requests, one file each. A request about a document gets a snapshot and cannot change the
//! state; the two that begin and end the session change it. Must not wait.

pub(crate) mod actions;
pub(crate) mod call_hierarchy;
pub(crate) mod code_action;
pub(crate) mod code_action_resolve;
pub(crate) mod code_lens;
pub(crate) mod completion;
pub(crate) mod document_highlight;
pub(crate) mod document_symbol;
pub(crate) mod hover;
pub(crate) mod initialize;
pub(crate) mod inlay_hint;
pub(crate) mod shutdown;
pub(crate) mod workspace_symbol;
