//! A tree of files in a temporary folder.

use std::fs;
use std::path::{Path, PathBuf};

use farewell_project::{ScanOptions, Workspace};

/// A repository in a temporary folder.
pub(crate) struct Tree {
    folder: tempfile::TempDir,
}

impl Tree {
    /// A repository with these files.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let tree = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(tree.path(".git")).unwrap();
        for (name, text) in files {
            tree.write(name, text);
        }
        tree
    }

    /// The path of a file.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The workspace of the whole tree.
    pub(crate) fn discover(&self) -> Workspace {
        Workspace::discover(&[self.folder.path().to_path_buf()], &ScanOptions::default()).unwrap()
    }

    /// A path's name in the tree.
    pub(crate) fn name(&self, path: &Path) -> String {
        path.strip_prefix(self.folder.path()).unwrap_or(path).display().to_string()
    }
}
