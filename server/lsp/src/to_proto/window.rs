//! What is said to the client beside documents, as LSP has it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_lsp_server::ls_types::notification::Notification;
use tower_lsp_server::ls_types::{ConfigurationItem, LogTraceParams, MessageType};

use super::file_uri;
use crate::log::Level;
use crate::map::MapFormat;
use crate::preferences::SECTION;
use crate::state::{Health, Status};

/// `farewell/status`: how the server is.
#[derive(Debug)]
pub(crate) enum StatusNotification {}

impl Notification for StatusNotification {
    type Params = StatusParams;
    const METHOD: &'static str = "farewell/status";
}

/// What it carries.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusParams {
    /// `ok`, `warning` or `error`.
    health: String,
    /// What is wrong, a line each.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    projects: usize,
    files_scanned: usize,
    /// Left out until they were counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    flows: Option<usize>,
    /// How long the last scan took, in milliseconds.
    scan_ms: u64,
    version: String,
}

/// How the server is.
pub(crate) fn status(status: &Status) -> StatusParams {
    let health = match status.health {
        Health::Ok => "ok",
        Health::Warning => "warning",
        Health::Error => "error",
    };
    StatusParams {
        health: health.to_owned(),
        message: status.message.clone(),
        projects: status.scanned.projects,
        files_scanned: status.scanned.files,
        flows: status.flows,
        scan_ms: status.scanned.milliseconds(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// A drawn logout map: Markdown is a text, and JSON is itself.
pub(crate) fn logout_map(map: String, format: MapFormat) -> Value {
    match format {
        MapFormat::Markdown => Value::String(map),
        MapFormat::Json => serde_json::from_str(&map).unwrap_or(Value::Null),
    }
}

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
