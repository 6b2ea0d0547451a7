//! The server's state, which one thread alone writes. Owns open documents, the database and what was
//! published; must not know LSP's messages.

// Where what it builds on fails, who drives a state by hand ends.
mod background;
#[cfg(any(test, feature = "fuzzing"))]
#[allow(clippy::unwrap_used)]
mod by_hand;
mod conversation;
mod delivery;
mod diagnostics;
mod disk;
mod documents;
mod editing;
mod failure;
mod files;
mod held;
mod inputs;
mod look;
mod progress;
mod proofs;
mod publisher;
mod pulls;
mod refresh;
mod report;
mod rounds;
mod saving;
mod scan;
#[cfg(any(test, feature = "fuzzing"))]
#[allow(clippy::unwrap_used)]
pub(crate) mod sequences;
mod settings;
mod shown;
mod snapshot;
mod status;
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use farewell_analysis::Database;
use farewell_project::{Loaded, Workspace};
use tower_lsp_server::Client;

pub(crate) use disk::DiskChange;
pub(crate) use documents::Documents;
pub(crate) use failure::{Failure, catch_over};
pub(crate) use files::{DocumentKey, FileTable};
pub(crate) use publisher::Publisher;
pub(crate) use pulls::{DocumentAnswer, DocumentPull, FileReport};
pub(crate) use report::Report;
pub(crate) use shown::Shown;
pub(crate) use snapshot::{JobControl, Located, Snapshot};
pub(crate) use status::{Health, Status};
pub(crate) use writer::{Events, start};

use diagnostics::Found;
use held::Held;
use proofs::Proofs;

use crate::session::Session;
use crate::transport::Sent;

/// What the one writer owns. A notification gets it to change, a request only gets a [`Snapshot`].
pub(crate) struct State {
    /// What was agreed with the client.
    pub(crate) session: Arc<Session>,
    db: Database,
    documents: Documents,
    files: Arc<FileTable>,
    /// The user's tree as the last scan found it.
    workspace: Arc<Workspace>,
    loaded: Loaded,
    roots: Vec<PathBuf>,
    /// The open documents whose text the database has not seen yet.
    stale: BTreeSet<DocumentKey>,
    /// The open documents whose file was deleted and not written since.
    deleted: BTreeSet<DocumentKey>,
    /// The document that was touched last: its diagnostics come first.
    in_focus: Option<DocumentKey>,
    /// Counts the changes of the database's inputs.
    revision: u64,
    /// Whether the client asked to shut down: nothing is told any more.
    is_over: bool,
    /// When to compute diagnostics, if they are due.
    diagnose_at: Option<Instant>,
    /// Whether nothing has come yet of the last diagnostics that were due.
    is_diagnosing: bool,
    /// The last revision after which nothing more was wanted of any file.
    settled_at: Option<u64>,
    /// What was found in the open documents.
    found: BTreeMap<DocumentKey, Found>,
    /// What was found in the open documents, for the time in which they cannot be read.
    held: Arc<BTreeMap<DocumentKey, Held>>,
    /// The flows that were shown last, for the same time.
    shown: Shown,
    /// What was proved since the inputs changed last.
    proofs: Arc<Proofs>,
    /// How often each document was opened.
    opened: BTreeMap<DocumentKey, u32>,
    /// The open documents that were edited since they were opened or saved.
    unsaved: BTreeSet<DocumentKey>,
    /// The open documents that are judged next, where they are not judged after each edit.
    due: BTreeSet<DocumentKey>,
    pulls: pulls::Pulls,
    refresh: refresh::Refresh,
    scan: scan::Scans,
    /// How many flows there are, where somebody wants to know.
    flows: Option<usize>,
    /// How the server was when the client was told last.
    status_told: Option<Status>,
    settings: settings::Settings,
    publisher: Publisher,
    client: Client,
    sent: Sent,
    rounds: rounds::Rounds,
    events: Events,
    runtime: tokio::runtime::Handle,
}
