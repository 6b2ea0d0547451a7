//! Diagnostics of the open documents. Owns when they are computed and which of them still hold when they
//! are; must not know how they reach the client.

use std::path::PathBuf;
use std::sync::Arc;

use farewell_analysis::{Computed, computed, report};
use farewell_project::{Lacks, LoadedFiles, Wanted, Workspace};

use super::failure::{Failure, catch_over};
use super::held::Held;
use super::{DocumentKey, Events, Report, Snapshot, State};
use crate::to_proto;

/// What was found in an open document last.
#[derive(Debug)]
pub(super) struct Found {
    /// The revision of the inputs of which it was found.
    pub(super) revision: u64,
    /// What was found. Where the last analysis failed it is what was found before.
    pub(super) report: Arc<Report>,
    /// Whether the last analysis failed.
    pub(super) has_failed: bool,
}

/// A document's report, and what is to be known when the next one is made.
type News = (Report, Held);

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

    /// Finds what is lacking. The index is let go of before anyone writes it, so that no write copies it.
    fn find(self, lacks: Lacks) -> (Arc<Workspace>, Wanted) {
        let wanted = self.index.find(&self.workspace, lacks);
        (self.workspace, wanted)
    }
}

/// What is left to do when a round needs no snapshot any more.
pub(super) type Search = Box<dyn FnOnce() + Send>;

/// One computation of the open documents' diagnostics, of one revision.
pub(super) struct Round {
    snapshot: Snapshot,
    revision: u64,
    links: Links,
    /// The paths of the open documents.
    open: Vec<PathBuf>,
    /// The open documents, the one in focus first.
    keys: Vec<DocumentKey>,
    /// Whether somebody wants to know how many flows there are.
    wants_flows: bool,
    events: Events,
}

impl Round {
    /// Tells the state what it finds. What the documents lead into is linked before, and what any other file
    /// leads into, after: most edits ask for nothing new, and no keystroke waits for the whole workspace. The answer
    /// is what is left to do: to look on the disk, for which no snapshot is held. `held` takes what was computed of
    /// the documents.
    pub(super) fn run(self, held: &mut Vec<Computed>) -> Option<Search> {
        let Self { snapshot, revision, links, open, keys, wants_flows, events } = self;
        match links.lacks(&snapshot, Some(&open)) {
            Ok(Some(lacks)) => {
                drop(snapshot);
                return Some(Box::new(move || {
                    let (workspace, wanted) = links.find(lacks);
                    events.tell("what documents lead into", move |state| {
                        state.is_diagnosing &= revision != state.revision;
                        if state.holds(&workspace) {
                            state.link(wanted);
                        }
                        state.inputs_changed();
                    });
                }));
            }
            Ok(None) | Err(Failure::Panicked) => {}
            Err(Failure::Superseded | Failure::Cancelled) => return None,
        }
        for key in keys {
            match catch_over(&snapshot.db, &key, || news(&snapshot, &key)) {
                Ok(news) => {
                    let judged = snapshot.judged(&key);
                    events.tell("diagnostics", move |state| state.diagnosed(key, revision, news));
                    // Who sends them may have been woken on this very processor, and what is left can wait.
                    std::thread::yield_now();
                    let hold = |file| catch_over(&snapshot.db, &"what is held", || computed(&snapshot.db, file)).ok();
                    held.extend(judged.and_then(hold));
                }
                Err(Failure::Panicked) => {
                    events.tell("a failed analysis", move |state| state.not_diagnosed(key, revision));
                }
                Err(Failure::Superseded | Failure::Cancelled) => return None,
            }
        }
        events.tell("the end of the diagnostics", move |state| state.documents_diagnosed(revision));
        match links.lacks(&snapshot, None) {
            Ok(Some(lacks)) => {
                drop(snapshot);
                Some(Box::new(move || {
                    let (workspace, wanted) = links.find(lacks);
                    events.tell("what files lead into", move |state| {
                        if state.holds(&workspace) && state.link(wanted) {
                            if state.unsaved.is_empty() {
                                state.judge_anew();
                            }
                            state.inputs_changed();
                        } else {
                            state.settled(revision, None);
                        }
                    });
                }))
            }
            Ok(None) | Err(Failure::Panicked) => {
                let flows = wants_flows.then(|| count_flows(&snapshot)).transpose().ok()?;
                drop(snapshot);
                events.tell("the end of the links", move |state| state.settled(revision, flows));
                None
            }
            Err(Failure::Superseded | Failure::Cancelled) => None,
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

    /// Computes the open documents' diagnostics on a thread of their own. A newer revision stops it.
    pub(super) fn diagnose(&mut self) {
        let round = self.round();
        self.rounds.run(&self.runtime, round);
    }

    /// What the open documents' diagnostics are computed from.
    pub(super) fn round(&mut self) -> Round {
        let snapshot = self.snapshot();
        let links = Links { workspace: Arc::clone(&self.workspace), index: self.loaded.index().clone() };
        let open = snapshot.documents.keys().map(|key| self.workspace_path(key)).collect();
        let mut keys: Vec<DocumentKey> = snapshot.documents.keys().cloned().collect();
        keys.sort_by_key(|key| Some(key) != self.in_focus.as_ref());
        let (revision, wants_flows) = (self.revision, self.tells_status());
        Round { snapshot, revision, links, open, keys, wants_flows, events: self.events.clone() }
    }

    /// What was found in an open document, where it is known of the inputs as they are now.
    pub(super) fn found_now(&self, key: &DocumentKey) -> Option<&Found> {
        self.found.get(key).filter(|found| found.revision == self.revision)
    }

    /// Whether a workspace is still the one that the last scan found.
    fn holds(&self, workspace: &Arc<Workspace>) -> bool {
        Arc::ptr_eq(workspace, &self.workspace)
    }

    fn diagnosed(&mut self, key: DocumentKey, revision: u64, (report, held): News) {
        if revision != self.revision || !self.documents.contains(&key) {
            return;
        }
        self.is_diagnosing = false;
        Arc::make_mut(&mut self.held).insert(key.clone(), held);
        self.due.remove(&key);
        // What is said of a file that is gone would stand in a list of files that are there.
        let is_gone = self.deleted.contains(&key);
        let report = Arc::new(if is_gone { Report::new(report.version, Vec::new()) } else { report });
        let before = self.found.insert(key.clone(), Found { revision, report: Arc::clone(&report), has_failed: false });
        self.deliver(key, &report, before.as_ref().map(|before| &*before.report));
    }

    fn not_diagnosed(&mut self, key: DocumentKey, revision: u64) {
        if revision != self.revision {
            return;
        }
        self.is_diagnosing = false;
        let report = self.found.remove(&key).map(|found| found.report).unwrap_or_default();
        self.found.insert(key, Found { revision, report, has_failed: true });
        self.answer_document_pulls();
    }
}

/// How many flows all files hold. One whose analysis fails holds none.
fn count_flows(snapshot: &Snapshot) -> Result<usize, Failure> {
    let mut flows = 0;
    for (key, file) in snapshot.files.entries() {
        match catch_over(&snapshot.db, key, || report(&snapshot.db, file).flows) {
            Ok(its) => flows += its,
            Err(Failure::Panicked) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(flows)
}

/// What there is to tell of a document.
fn news(snapshot: &Snapshot, key: &DocumentKey) -> News {
    let Some((document, _)) = snapshot.analysed(key) else {
        let version = snapshot.documents.get(key).map(|document| document.version);
        return (Report::new(version, Vec::new()), Held::default());
    };
    let held = snapshot.held(key);
    let diagnostics = to_proto::diagnostics(snapshot, &document.text, held.findings());
    let report = Report::of_document(document, diagnostics);
    if snapshot.session.client.pulls {
        // It is wanted, and better made here than by the writer.
        report.id();
    }
    (report, held)
}
