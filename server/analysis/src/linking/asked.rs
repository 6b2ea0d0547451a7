//! What a walk has asked of others than its own file, so that who keeps what it found can tell when that may have
//! changed. Must not know what is kept.

use std::cell::{Cell, RefCell};

use crate::database::SourceFile;

/// What walks have asked of others than their own file.
#[derive(Debug, Default)]
pub struct Asked {
    files: RefCell<Vec<SourceFile>>,
    names: Cell<bool>,
    all: Cell<bool>,
}

impl Asked {
    /// The files whose surfaces were asked for, each once.
    pub fn files(&self) -> Vec<SourceFile> {
        self.files.borrow().clone()
    }

    /// Whether it was asked what the project's files declare for all to see.
    pub fn asks_names(&self) -> bool {
        self.names.get()
    }

    /// Notes that this is asked.
    pub fn note_names(&self) {
        self.names.set(true);
    }

    /// Whether something else was asked of all files of a project since this was asked last.
    pub fn take_all(&self) -> bool {
        self.all.take()
    }

    /// Notes that something else is asked of all files of a project.
    pub fn note_all(&self) {
        self.all.set(true);
    }

    pub(super) fn note(&self, file: SourceFile) {
        let mut files = self.files.borrow_mut();
        if !files.contains(&file) {
            files.push(file);
        }
    }
}
