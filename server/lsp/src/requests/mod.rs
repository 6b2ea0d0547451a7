//! Requests, one file each. A request about a document gets a snapshot and cannot change the
//! state; the two that begin and end the session change it, and those for diagnostics wait in it for what
//! is computed anyway. Must not wait themselves.

pub(crate) mod actions;
pub(crate) mod call_hierarchy;
pub(crate) mod code_action;
pub(crate) mod code_action_resolve;
pub(crate) mod code_lens;
pub(crate) mod completion;
pub(crate) mod debug_info;
pub(crate) mod diagnostic;
pub(crate) mod document_highlight;
pub(crate) mod document_symbol;
pub(crate) mod execute_command;
pub(crate) mod hover;
pub(crate) mod initialize;
pub(crate) mod inlay_hint;
pub(crate) mod show_audit;
pub(crate) mod shutdown;
pub(crate) mod workspace_diagnostic;
pub(crate) mod workspace_symbol;
