//! What happens on the disk. Owns which files are read again and which changes ask for a scan; must not
//! know how a file is read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use farewell_analysis::source::Language;
use farewell_project::Reread;

use super::{DocumentKey, State};

/// What happened to a path on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DiskChange {
    /// It is there: new or changed.
    There(PathBuf),
    /// It is gone; it may have been a folder.
    Gone(PathBuf),
}

impl DiskChange {
    /// Where it happened.
    pub(super) fn path(&self) -> &Path {
        match self {
            DiskChange::There(path) | DiskChange::Gone(path) => path,
        }
    }
}

impl State {
    /// Files changed on the disk. What the editor holds open is the editor's.
    pub(crate) fn disk_changed(&mut self, mut changes: Vec<DiskChange>) {
        changes.retain(|change| self.is_of_interest(change));
        if changes.is_empty() {
            return;
        }
        self.note_for_scan(&changes);
        let paths: Vec<PathBuf> = changes.iter().map(|change| change.path().to_path_buf()).collect();
        self.loaded.files_changed(&self.workspace, &paths);
        let mut to_read = Vec::new();
        let mut to_scan = false;
        for change in changes {
            match change {
                DiskChange::There(path) => {
                    to_scan |= self.workspace.is_shaped_by(&path);
                    self.document_written(&DocumentKey::File(path.clone()));
                    to_read.push(path);
                }
                DiskChange::Gone(path) => {
                    to_scan |= self.workspace.is_shaped_by(&path) || self.workspace.is_shaped_below(&path);
                    self.path_gone(&path);
                }
            }
        }
        if to_scan {
            // It reads every file anew.
            self.scan();
        } else {
            self.read_files(to_read);
        }
    }

    /// Whether what happened may change anything: clients tell of whatever is deleted.
    fn is_of_interest(&self, change: &DiskChange) -> bool {
        let path = change.path();
        Language::of_path(path).is_some()
            || self.workspace.is_shaped_by(path)
            || match change {
                DiskChange::There(_) => false,
                DiskChange::Gone(_) => self.workspace.is_shaped_below(path) || !self.files.below(path).is_empty(),
            }
    }

    /// A document's file is there, if it was gone.
    pub(crate) fn document_written(&mut self, key: &DocumentKey) {
        if self.deleted.remove(key) {
            self.inputs_changed();
        }
    }

    /// Whether a file counts while it is not open.
    pub(super) fn counts_when_closed(&self, path: &Path) -> bool {
        self.is_in_roots(path) && Language::of_path(path).is_some()
    }

    /// Reads files that are not open on a blocking thread.
    pub(super) fn read_files(&mut self, mut paths: Vec<PathBuf>) {
        paths
            .retain(|path| self.counts_when_closed(path) && !self.documents.contains(&DocumentKey::File(path.clone())));
        if paths.is_empty() {
            return;
        }
        let (workspace, index) = (Arc::clone(&self.workspace), self.loaded.index().clone());
        let events = self.events.clone();
        self.runtime.spawn_blocking(move || {
            let files = index.read_again(&workspace, paths);
            events.tell("files from the disk", move |state| state.files_read(files));
        });
    }

    fn files_read(&mut self, files: Vec<Reread>) {
        for Reread { path, text, linked_only } in files {
            let language = Language::of_path(&path);
            let key = DocumentKey::File(path);
            if self.documents.contains(&key) {
                continue;
            }
            match language.zip(text) {
                Some((language, text)) => self.set_file(&key, language, &text.into(), None, linked_only),
                None => self.forget(&key),
            }
        }
        self.views_changed();
        self.judge_anew();
        self.inputs_changed();
    }

    fn path_gone(&mut self, path: &Path) {
        for key in self.files.below(path) {
            if self.documents.contains(&key) {
                self.clear_diagnostics(&key);
                self.deleted.insert(key);
            } else {
                self.forget(&key);
            }
            self.judge_anew();
            self.inputs_changed();
        }
    }
}
