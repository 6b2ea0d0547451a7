//! Diagnostics of the open documents. Owns when they are computed and which of them still hold when they
//! are; must not know how they are sent.

use std::path::PathBuf;
use std::sync::Arc;

use farewell_project::{Lacks, LoadedFiles, Wanted, Workspace};
use tower_lsp_server::ls_types::Diagnostic;

use super::failure::{Failure, catch_over};
use super::held::Held;
use super::{DocumentKey, Events, Snapshot, State};
use crate::to_proto;

/// A document's diagnostics, and what is to be known when the next ones are computed.
type News = (Vec<Diagnostic>, Held);

/// What a thread takes along to see what files lead into.
struct Links {
    workspace: Arc<Workspace>,
    index: LoadedFiles,
}

impl Links {
    /// What some files ask for, or all of them; `None` where they have it.
    fn lacks(&self, snapshot: &Snapshot, of: Option<&[PathBuf]>) -> Result<Option<Lacks>, Failure> {
        let find = || self.index.lacks(&snapshot.db, &self.workspace, of);
        let lacks = catch_over(&snapshot.db, &"the links between files", find)?;
        Ok(Some(lacks).filter(|lacks| !lacks.is_empty()))
    }

    fn find(&self, lacks: Lacks) -> Wanted {
        self.index.find(&self.workspace, lacks)
    }
}

/// One computation of the open documents' diagnostics, of one revision.
pub(super) struct Round {
    snapshot: Snapshot,
    revision: u64,
    links: Links,
    /// The paths of the open documents.
    open: Vec<PathBuf>,
    /// The open documents, the one in focus first.
    keys: Vec<DocumentKey>,
    events: Events,
}

impl Round {
    /// Tells the state what it finds. What the documents lead into is linked before, and what any other file
    /// leads into, after: most edits ask for nothing new, and no keystroke waits for the whole workspace.
    pub(super) fn run(self) {
        let Self { snapshot, revision, links, open, keys, events } = self;
        match links.lacks(&snapshot, Some(&open)) {
            Ok(Some(lacks)) => {
                drop(snapshot);
                let wanted = links.find(lacks);
                return events.tell("what documents lead into", move |state| {
                    if state.holds(&links.workspace) {
                        state.link(wanted);
                    }
                    state.inputs_changed();
                });
            }
            Ok(None) | Err(Failure::Panicked) => {}
            Err(Failure::Superseded | Failure::Cancelled) => return,
        }
        for key in keys {
            match catch_over(&snapshot.db, &key, || news(&snapshot, &key)) {
                Ok(news) => events.tell("diagnostics", move |state| state.diagnosed(key, revision, news)),
                Err(Failure::Panicked) => {}
                Err(Failure::Superseded | Failure::Cancelled) => return,
            }
        }
        if let Ok(Some(lacks)) = links.lacks(&snapshot, None) {
            drop(snapshot);
            let wanted = links.find(lacks);
            events.tell("what files lead into", move |state| {
                if state.holds(&links.workspace) && state.link(wanted) {
                    state.inputs_changed();
                }
            });
        }
    }
}

impl State {
    /// The database's inputs changed, or will when it is brought up to date.
    pub(super) fn inputs_changed(&mut self) {
        self.revision += 1;
        self.proofs = Arc::default();
        self.diagnose_soon();
    }

    /// Takes back what the client was told of a document.
    pub(super) fn clear_diagnostics(&mut self, key: &DocumentKey) {
        if self.published.remove(key).is_some() {
            self.publisher.clear(key);
        }
    }

    /// Computes the open documents' diagnostics on a blocking thread. A newer revision stops it.
    pub(super) fn diagnose(&mut self) {
        let round = self.round();
        self.runtime.spawn_blocking(move || round.run());
    }

    /// What the open documents' diagnostics are computed from.
    pub(super) fn round(&mut self) -> Round {
        let snapshot = self.snapshot();
        let links = Links { workspace: Arc::clone(&self.workspace), index: self.loaded.index().clone() };
        let open = snapshot.documents.keys().map(|key| self.workspace_path(key)).collect();
        let mut keys: Vec<DocumentKey> = snapshot.documents.keys().cloned().collect();
        keys.sort_by_key(|key| Some(key) != self.in_focus.as_ref());
        Round { snapshot, revision: self.revision, links, open, keys, events: self.events.clone() }
    }

    /// Whether a workspace is still the one that the last scan found.
    fn holds(&self, workspace: &Arc<Workspace>) -> bool {
        Arc::ptr_eq(workspace, &self.workspace)
    }

    fn diagnosed(&mut self, key: DocumentKey, revision: u64, (diagnostics, held): News) {
        if revision != self.revision || self.deleted.contains(&key) {
            return;
        }
        let Some(document) = self.documents.get(&key) else {
            return;
        };
        Arc::make_mut(&mut self.held).insert(key.clone(), held);
        let news = (document.version, diagnostics);
        if self.published.get(&key) == Some(&news) {
            return;
        }
        let (version, diagnostics) = news.clone();
        self.published.insert(key.clone(), news);
        self.publisher.publish(key, document.uri.clone(), version, diagnostics);
    }
}

/// What there is to tell of a document.
fn news(snapshot: &Snapshot, key: &DocumentKey) -> News {
    let Some((document, _)) = snapshot.analysed(key) else { return News::default() };
    let held = snapshot.held(key);
    (to_proto::diagnostics(snapshot, &document.text, held.findings()), held)
}
