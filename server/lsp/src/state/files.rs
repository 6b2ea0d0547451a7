//! The table of files that the database knows. Owns the way between documents, engine paths and the
//! database's inputs; must not know texts.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use farewell_analysis::SourceFile;

/// What a document is known by, however the client escapes its address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum DocumentKey {
    /// A file, by its absolute path.
    File(PathBuf),
    /// Anything else, by its address: `untitled:Untitled-1`.
    Other(Arc<str>),
}

impl DocumentKey {
    /// The path, where it is a file.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            DocumentKey::File(path) => Some(path),
            DocumentKey::Other(_) => None,
        }
    }
}

impl fmt::Display for DocumentKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DocumentKey::File(path) => path.display().fmt(formatter),
            DocumentKey::Other(address) => formatter.write_str(address),
        }
    }
}

/// Every file that the database knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct FileTable {
    by_key: BTreeMap<DocumentKey, SourceFile>,
    by_path: BTreeMap<Arc<str>, DocumentKey>,
}

impl FileTable {
    /// A file.
    pub(crate) fn get(&self, key: &DocumentKey) -> Option<SourceFile> {
        self.by_key.get(key).copied()
    }

    /// Every file, sorted by key.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&DocumentKey, SourceFile)> {
        self.by_key.iter().map(|(key, file)| (key, *file))
    }

    /// The file of an engine path.
    pub(crate) fn of_engine_path(&self, path: &str) -> Option<(&DocumentKey, SourceFile)> {
        let key = self.by_path.get(path)?;
        Some((key, self.get(key)?))
    }

    /// Every file, sorted by key.
    pub(crate) fn all(&self) -> impl Iterator<Item = SourceFile> {
        self.by_key.values().copied()
    }

    /// Every file at or below a path.
    pub(crate) fn below(&self, path: &Path) -> Vec<DocumentKey> {
        // What lies below a path comes right behind it.
        let is_below = |(key, _): &(&DocumentKey, &SourceFile)| key.path().is_some_and(|file| file.starts_with(path));
        let from = self.by_key.range(DocumentKey::File(path.to_path_buf())..);
        from.take_while(is_below).map(|(key, _)| key.clone()).collect()
    }

    /// Puts a file in.
    pub(crate) fn insert(&mut self, key: DocumentKey, engine_path: Arc<str>, file: SourceFile) {
        self.by_path.insert(engine_path, key.clone());
        self.by_key.insert(key, file);
    }

    /// Takes a file out.
    pub(crate) fn remove(&mut self, key: &DocumentKey) -> Option<SourceFile> {
        let file = self.by_key.remove(key)?;
        self.by_path.retain(|_, other| other != key);
        Some(file)
    }
}
