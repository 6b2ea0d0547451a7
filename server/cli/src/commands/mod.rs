//! One file a command: each prints what it has to say and answers with an exit code.

pub(crate) mod audit;
pub(crate) mod baseline;
pub(crate) mod check;
pub(crate) mod config;
pub(crate) mod doctor;
pub(crate) mod editor;
pub(crate) mod explain;
pub(crate) mod hover;
pub(crate) mod init;
pub(crate) mod lsp;
pub(crate) mod merge;
mod output_file;
mod parts;
mod projects;
pub(crate) mod rules;
pub(crate) mod shell;
