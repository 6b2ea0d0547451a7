//! What happens on the disk. Owns when the workspace is scanned and which files are read again; must not
//! know how a tree is walked.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use farewell_analysis::source::Language;
use tracing::info;

use super::{DocumentKey, State};
use crate::workspace::{self, Scan};

/// What happened to a path on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DiskChange {
    /// It is there: new or changed.
    There(PathBuf),
    /// It is gone; it may have been a folder.
    Gone(PathBuf),
}

/// How far the scan is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ScanProgress {
    /// None was asked for.
    #[default]
    None,
    /// One runs; whether another is to follow.
    Running { again: bool },
    /// The last one told everything.
    Done,
}

impl ScanProgress {
    /// Whether every project under the roots is known.
    pub(super) fn is_done(self) -> bool {
        self == ScanProgress::Done
    }
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

    /// Scans the workspace on a blocking thread.
    pub(crate) fn scan(&mut self) {
        if let ScanProgress::Running { again } = &mut self.scan {
            *again = true;
            return;
        }
        self.scan = ScanProgress::Running { again: false };
        let roots = self.roots.clone();
        let others: Vec<PathBuf> = self
            .projects
            .keys()
            .filter(|folder| folder.is_absolute() && self.root_of(folder).is_none())
            .cloned()
            .collect();
        let size_limit = self.session.preferences.size_limit;
        let events = self.events.clone();
        self.runtime.spawn_blocking(move || {
            let scan = workspace::scan(&roots, &others, size_limit);
            events.tell("the scan's result", move |state| state.scanned(scan));
        });
    }

    fn scanned(&mut self, scan: Scan) {
        let again = self.scan == ScanProgress::Running { again: true };
        self.scan = ScanProgress::Done;
        info!("{} projects, {} files that may matter", scan.projects.len(), scan.files.len());
        self.projects.retain(|folder, _| scan.projects.iter().any(|project| project.folder == *folder));
        for project in scan.projects {
            self.set_project(project);
        }
        let gone = |key: &DocumentKey| match key.path() {
            Some(path) => scan.files.binary_search_by(|(file, _)| file.as_path().cmp(path)).is_err(),
            None => false,
        };
        let gone: Vec<DocumentKey> = self.files.all_listed().map(|(key, _)| key.clone()).filter(gone).collect();
        for key in gone {
            if !self.documents.contains(&key) {
                self.forget(&key);
            }
        }
        for (path, text) in scan.files {
            self.set_closed_file(path, text);
        }
        self.assign_projects();
        self.inputs_changed();
        if again {
            self.scan();
        }
    }

    /// Files changed on the disk. What the editor holds open is the editor's.
    pub(crate) fn disk_changed(&mut self, changes: Vec<DiskChange>) {
        let mut to_read = Vec::new();
        let mut to_scan = false;
        for change in changes {
            match change {
                DiskChange::There(path) => {
                    to_scan |= workspace::shapes_projects(&path);
                    let key = DocumentKey::File(path);
                    if self.deleted.remove(&key) {
                        self.diagnose_soon();
                    }
                    if let DocumentKey::File(path) = key {
                        to_read.push(path);
                    }
                }
                DiskChange::Gone(path) => {
                    to_scan |= workspace::shapes_projects(&path);
                    self.path_gone(&path);
                }
            }
        }
        if to_scan {
            self.scan();
        }
        self.read_files(to_read);
    }

    /// Reads files that are not open on a blocking thread.
    pub(super) fn read_files(&mut self, mut paths: Vec<PathBuf>) {
        paths.retain(|path| self.is_in_workspace(path) && !self.documents.contains(&DocumentKey::File(path.clone())));
        if paths.is_empty() {
            return;
        }
        let size_limit = self.session.preferences.size_limit;
        let events = self.events.clone();
        self.runtime.spawn_blocking(move || {
            let read = |path: PathBuf| {
                let text = workspace::read(&path, size_limit);
                (path, text)
            };
            let files: Vec<(PathBuf, Option<Arc<str>>)> = paths.into_iter().map(read).collect();
            events.tell("files from the disk", move |state| state.files_read(files));
        });
    }

    /// Whether a file counts while it is not open.
    pub(super) fn is_in_workspace(&self, path: &Path) -> bool {
        self.root_of(path).is_some() && Language::of_path(path).is_some()
    }

    fn files_read(&mut self, files: Vec<(PathBuf, Option<Arc<str>>)>) {
        for (path, text) in files {
            match text {
                Some(text) => self.set_closed_file(path, text),
                None => {
                    let key = DocumentKey::File(path);
                    if !self.documents.contains(&key) {
                        self.forget(&key);
                    }
                }
            }
        }
        self.inputs_changed();
    }

    fn path_gone(&mut self, path: &Path) {
        let is_below = |key: &&DocumentKey| key.path().is_some_and(|file| file.starts_with(path));
        let keys: Vec<DocumentKey> = self.files.all_listed().map(|(key, _)| key).filter(is_below).cloned().collect();
        for key in keys {
            if self.documents.contains(&key) {
                self.clear_diagnostics(&key);
                self.deleted.insert(key);
            } else {
                self.forget(&key);
                self.inputs_changed();
            }
        }
    }
}
