//! What is said to the client beside documents, as LSP has it.

use std::path::PathBuf;

use tower_lsp_server::ls_types::{ConfigurationItem, LogTraceParams, MessageType};

use super::file_uri;
use crate::log::Level;
use crate::preferences::SECTION;

/// The kind of a message.
pub(crate) fn message_type(level: Level) -> MessageType {
    match level {
        Level::Off | Level::Error => MessageType::ERROR,
        Level::Warning => MessageType::WARNING,
        Level::Info => MessageType::INFO,
        Level::Debug => MessageType::LOG,
    }
}

/// What the server did.
pub(crate) fn log_trace(message: String, verbose: Option<String>) -> LogTraceParams {
    LogTraceParams { message, verbose }
}

/// The questions what is set: for all, and for each folder.
pub(crate) fn configuration_items(folders: &[PathBuf]) -> Vec<ConfigurationItem> {
    let section = Some(SECTION.to_owned());
    let everywhere = ConfigurationItem { scope_uri: None, section: section.clone() };
    let in_folder = |folder: &PathBuf| ConfigurationItem { scope_uri: file_uri(folder), section: section.clone() };
    std::iter::once(everywhere).chain(folders.iter().map(in_folder)).collect()
}
