//! Files that changed on disk after they were loaded, or came. Owns which of them are loaded from then on.

use std::path::PathBuf;

use farewell_analysis::source::Language;

use super::LoadedFiles;
use crate::read::{into_text, read_bytes};
use crate::workspace::Workspace;

/// A file that was read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reread {
    /// Its path (absolute).
    pub path: PathBuf,
    /// Its text; `None` where it is not loaded any more, or is gone.
    pub text: Option<String>,
    /// Whether it is loaded because a call leads into it, and nothing of the vocabulary occurs in it.
    pub linked_only: bool,
}

impl LoadedFiles {
    /// Reads files (absolute paths) again that changed or came after the workspace was discovered: those
    /// that [`Workspace::load`] would take, and those that were demanded.
    pub fn read_again(&self, workspace: &Workspace, paths: Vec<PathBuf>) -> Vec<Reread> {
        paths.into_iter().map(|path| self.reread(workspace, path)).collect()
    }

    fn reread(&self, workspace: &Workspace, path: PathBuf) -> Reread {
        let is_demanded = self.shared.demanded.contains(&path);
        let is_source = Language::of_path(&path).is_some() && (is_demanded || workspace.is_wanted(&path));
        let bytes = if is_source { read_bytes(&path, workspace.max_size()).ok() } else { None };
        let Some(bytes) = bytes else {
            return Reread { path, text: None, linked_only: false };
        };
        let is_ordinary = workspace.is_worth_it(&path, &bytes) || self.is_sought(workspace, &path, &bytes);
        let text = if is_ordinary || is_demanded { into_text(bytes).ok() } else { None };
        Reread { path, linked_only: !is_ordinary && text.is_some(), text }
    }
}
