//! The logout map, drawn by someone else. Owns what the one who draws it is given; must not know how it
//! is drawn.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use farewell_analysis::Audit;

/// Draws the logout map as a text in a format.
pub type DrawMap = fn(&LogoutMap<'_>, MapFormat) -> String;

/// In what the map is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MapFormat {
    /// Tables for people.
    #[default]
    Markdown,
    /// What `farewell audit --format json` prints.
    Json,
}

/// A file's path on disk (absolute) and its text.
pub type TextOnDisk = (PathBuf, Arc<str>);

/// The logout map of a workspace.
pub struct LogoutMap<'a> {
    /// The engine's map.
    pub audit: &'a Audit,
    /// The workspace's root (absolute). Paths are shown relative to it.
    pub root: &'a Path,
    /// A file by its path in the engine; `None` where it is not known.
    pub text_of: &'a dyn Fn(&str) -> Option<TextOnDisk>,
    /// The path on disk (absolute) of a folder by its path in the engine.
    pub folder_of: &'a dyn Fn(&str) -> PathBuf,
    /// How many source files there are.
    pub files_seen: usize,
    /// How many of them were parsed.
    pub files_parsed: usize,
    /// How many bytes they hold.
    pub bytes_seen: u64,
    /// How long the last scan took, in milliseconds.
    pub elapsed_ms: u64,
}

impl MapFormat {
    /// The formats by their names.
    pub(crate) const NAMES: [(&str, MapFormat); 2] = [("markdown", MapFormat::Markdown), ("json", MapFormat::Json)];
}

impl std::fmt::Debug for LogoutMap<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("LogoutMap").field("root", &self.root).finish_non_exhaustive()
    }
}
