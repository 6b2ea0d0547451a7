//! Snapshots: what a request sees. Owns the one consistent view of database and documents; must not be
//! kept: a write waits until every snapshot is gone.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use farewell_analysis::rules::Finding;
use farewell_analysis::{Database, SourceFile, reading, report};
use farewell_project::Workspace;
use ropey::Rope;
use tower_lsp_server::ls_types::Uri;

use super::held::Held;
use super::proofs::Proofs;
use super::status::Scanned;
use super::{DocumentKey, FileTable, Shown};
use crate::document::Document;
use crate::session::Session;
use crate::to_proto;

/// Database and documents at one moment.
pub(crate) struct Snapshot {
    /// The database; a write by the state cancels what is computed over it.
    pub(crate) db: Database,
    /// What was agreed with the client.
    pub(crate) session: Arc<Session>,
    /// The open documents.
    pub(crate) documents: BTreeMap<DocumentKey, Arc<Document>>,
    /// The files that the database knows.
    pub(crate) files: Arc<FileTable>,
    /// The user's tree as the last scan found it.
    pub(crate) workspace: Arc<Workspace>,
    /// The folders (absolute paths) that are open in the client.
    pub(crate) roots: Arc<[PathBuf]>,
    /// What the last scan found.
    pub(crate) scanned: Scanned,
    /// The flows that were shown last.
    pub(super) shown: Shown,
    /// What the client was told last of each open document, moved by the edits since.
    pub(super) held: Arc<BTreeMap<DocumentKey, Held>>,
    /// What was proved since the inputs changed last.
    pub(crate) proofs: Arc<Proofs>,
    /// The open documents that keep what is held of them until they are saved.
    pub(super) kept: BTreeSet<DocumentKey>,
    /// The document that was touched last.
    pub(super) in_focus: Option<DocumentKey>,
}

/// A file's address and text, to tell places in it.
pub(crate) struct Located<'a> {
    /// Its address, as the client writes it where it has the file open.
    pub(crate) uri: Uri,
    /// The version of the text, where the file is open.
    pub(crate) version: Option<i32>,
    /// Its text.
    pub(crate) text: Cow<'a, Rope>,
}

impl Snapshot {
    /// An open document and its file in the database; `None` where it is not analysed.
    pub(crate) fn analysed(&self, key: &DocumentKey) -> Option<(&Document, SourceFile)> {
        Some((self.documents.get(key)?, self.files.get(key)?))
    }

    /// The file of an open document that is judged at every edit; `None` for one that is judged when it is saved.
    pub(super) fn judged(&self, key: &DocumentKey) -> Option<SourceFile> {
        self.analysed(key).map(|(_, file)| file).filter(|_| !self.kept.contains(key))
    }

    /// Whether a file is open, or lies in a folder of the client's and was not only read for what it says of
    /// others.
    pub(crate) fn is_in_workspace(&self, key: &DocumentKey) -> bool {
        self.documents.contains_key(key)
            || key.path().is_some_and(|path| {
                self.roots.iter().any(|root| path.starts_with(root)) && !self.workspace.is_only_context(path)
            })
    }

    /// What the user is told of an open document: its findings, or the earlier ones where its last edits
    /// broke it or the document in focus.
    pub(super) fn held(&self, key: &DocumentKey) -> Held {
        let Some((_, file)) = self.analysed(key) else { return Held::default() };
        let held = self.held.get(key).cloned().unwrap_or_default();
        if self.kept.contains(key) {
            return held;
        }
        let focus_is_broken = || {
            let focus = self.in_focus.as_ref().filter(|focus| *focus != key)?;
            let (held, (_, file)) = (self.held.get(focus)?, self.analysed(focus)?);
            Some(held.reads_worse(&reading(&self.db, file)))
        };
        let focus_is_broken = focus_is_broken().unwrap_or(false);
        held.next(&report(&self.db, file).findings, &reading(&self.db, file), focus_is_broken)
    }

    /// The findings of an open document that the user is told of, in their order.
    pub(crate) fn findings(&self, key: &DocumentKey) -> Vec<Finding> {
        self.held(key).into_findings()
    }

    /// The file of an engine path.
    pub(crate) fn locate(&self, engine_path: &str) -> Option<Located<'_>> {
        let (key, file) = self.files.of_engine_path(engine_path)?;
        if let Some(document) = self.documents.get(key) {
            let text = Cow::Borrowed(&document.text);
            return Some(Located { uri: document.uri.clone(), version: Some(document.version), text });
        }
        let text = Rope::from_str(file.text(&self.db));
        Some(Located { uri: to_proto::file_uri(key.path()?)?, version: None, text: Cow::Owned(text) })
    }
}

/// Ends a request's computation when nobody waits for its answer any more.
#[derive(Debug, Default)]
pub(crate) struct JobControl {
    cancelled: AtomicBool,
    token: OnceLock<salsa::CancellationToken>,
}

impl JobControl {
    /// Nobody waits any more.
    pub(crate) fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
        if let Some(token) = self.token.get() {
            token.cancel();
        }
    }

    /// Ties the computation over a snapshot to this. Says whether it should start at all.
    pub(crate) fn start(&self, snapshot: &Snapshot) -> bool {
        // A second start does not happen: each request has its own control.
        let _ = self.token.set(salsa::Database::cancellation_token(&snapshot.db));
        !self.cancelled.load(Ordering::SeqCst)
    }
}
