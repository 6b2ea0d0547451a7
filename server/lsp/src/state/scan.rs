//! Scans of the workspace. Owns when one runs and how its result takes the place of the last one's; must
//! not know how a tree is walked.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use farewell_analysis::Database;
use tracing::{info, warn};

use super::{DocumentKey, FileTable, State};
use crate::workspace::{Loaded, ScanOptions, Workspace};

/// How far the scan is.
#[derive(Clone, Debug, Default)]
pub(super) struct ScanProgress {
    is_running: bool,
    /// Whether another is to follow.
    again: bool,
    /// The files outside every folder that a scan has seen the projects of.
    lone_files: BTreeSet<PathBuf>,
}

impl State {
    /// The folders that are open in the client.
    pub(crate) fn set_roots(&mut self, roots: Vec<PathBuf>) {
        self.roots = roots;
    }

    /// Opens and closes folders.
    pub(crate) fn change_roots(&mut self, added: Vec<PathBuf>, removed: &[PathBuf]) {
        self.roots.retain(|root| !removed.contains(root));
        for root in added {
            if !self.roots.contains(&root) {
                self.roots.push(root);
            }
        }
        self.scan();
    }

    /// Whether a path lies in a folder that is open in the client.
    pub(super) fn is_in_roots(&self, path: &Path) -> bool {
        self.roots.iter().any(|root| path.starts_with(root))
    }

    /// Scans for a document that was opened outside every folder: its project has a say in it.
    pub(super) fn scan_for(&mut self, key: &DocumentKey) {
        if let DocumentKey::File(path) = key
            && !self.is_in_roots(path)
            && !self.scan.lone_files.contains(path)
        {
            self.scan();
        }
    }

    /// Scans the workspace, and the projects of files that are open outside it, on a blocking thread. It
    /// makes a database of its own; this one serves until then.
    pub(crate) fn scan(&mut self) {
        if self.scan.is_running {
            self.scan.again = true;
            return;
        }
        let open = self.documents.all().into_iter().filter_map(|(key, _)| key.path().map(Path::to_path_buf));
        self.scan.lone_files = open.filter(|path| !self.is_in_roots(path)).collect();
        let mut paths: Vec<PathBuf> = self.roots.iter().chain(&self.scan.lone_files).cloned().collect();
        let options = ScanOptions { max_size: self.session.preferences.size_limit as u64 };
        let events = self.events.clone();
        self.scan.is_running = true;
        self.runtime.spawn_blocking(move || {
            paths.retain(|path| path.exists());
            match Workspace::discover(&paths, &options) {
                Ok(workspace) => {
                    let mut db = Database::default();
                    let loaded = workspace.load(&mut db);
                    events.tell("the scan's result", move |state| state.scanned(db, workspace, loaded));
                }
                Err(error) => {
                    warn!("the workspace cannot be scanned: {error}");
                    events.tell("the scan's failure", State::scan_ended);
                }
            }
        });
    }

    fn scanned(&mut self, db: Database, workspace: Workspace, loaded: Loaded) {
        let mut files = FileTable::default();
        for (path, file) in loaded.all() {
            files.insert(DocumentKey::File(path.to_path_buf()), Arc::clone(file.path(&db)), file);
        }
        info!("scanned {}", workspace.root().display());
        // What is computed over the last database is not wanted any more.
        salsa::Database::trigger_cancellation(&mut self.db);
        self.db = db;
        self.workspace = Arc::new(workspace);
        self.loaded = loaded;
        self.files = Arc::new(files);
        self.reread_documents();
        self.scan_ended();
    }

    fn scan_ended(&mut self) {
        self.scan.is_running = false;
        if std::mem::take(&mut self.scan.again) {
            self.scan();
        }
    }
}
