//! The table of files that the database knows. Owns the way between documents, engine paths and
//! addresses; must not know texts.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use farewell_analysis::SourceFile;
use tower_lsp_server::ls_types::Uri;

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

/// A file that the database knows.
#[derive(Clone, Debug)]
pub(crate) struct KnownFile {
    /// The database's input.
    pub(crate) source: SourceFile,
    /// Its address.
    pub(crate) uri: Uri,
    /// Whether it belongs to its project now. An input cannot be taken back: that of a file that went
    /// away waits here, empty, for the file to come again.
    pub(crate) listed: bool,
}

/// Every file that the database knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct FileTable {
    by_key: BTreeMap<DocumentKey, KnownFile>,
    by_path: BTreeMap<Arc<str>, DocumentKey>,
}

impl FileTable {
    /// A file that belongs to its project.
    pub(crate) fn listed(&self, key: &DocumentKey) -> Option<&KnownFile> {
        self.by_key.get(key).filter(|file| file.listed)
    }

    /// A file, even one that went away.
    pub(crate) fn known(&self, key: &DocumentKey) -> Option<&KnownFile> {
        self.by_key.get(key)
    }

    /// The file of an engine path.
    pub(crate) fn of_engine_path(&self, path: &str) -> Option<(&DocumentKey, &KnownFile)> {
        let key = self.by_path.get(path)?;
        Some((key, self.by_key.get(key)?))
    }

    /// Every file that belongs to its project, sorted by key.
    pub(crate) fn all_listed(&self) -> impl Iterator<Item = (&DocumentKey, &KnownFile)> {
        self.by_key.iter().filter(|(_, file)| file.listed)
    }

    /// Puts a file in.
    pub(crate) fn insert(&mut self, key: DocumentKey, path: Arc<str>, file: KnownFile) {
        self.by_path.insert(path, key.clone());
        self.by_key.insert(key, file);
    }

    /// Says whether a known file belongs to its project. Says whether that is news.
    pub(crate) fn list(&mut self, key: &DocumentKey, listed: bool) -> bool {
        match self.by_key.get_mut(key) {
            Some(file) if file.listed != listed => {
                file.listed = listed;
                true
            }
            _ => false,
        }
    }

    /// The path by which the engine is to know a file: relative to `base` with forward slashes where
    /// that is free, else the whole path.
    pub(crate) fn engine_path(&self, key: &DocumentKey, base: Option<&Path>) -> Arc<str> {
        let Some(path) = key.path() else {
            return key.to_string().into();
        };
        let relative = base.and_then(|base| path.strip_prefix(base).ok());
        let short = relative.map(|relative| slashes(relative));
        short.filter(|short| !self.by_path.contains_key(short.as_str())).unwrap_or_else(|| slashes(path)).into()
    }
}

fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}
