//! One file a command: each prints what it has to say and answers with an exit code.

pub(crate) mod audit;
pub(crate) mod check;
pub(crate) mod editor;
pub(crate) mod explain;
pub(crate) mod lsp;
pub(crate) mod rules;
