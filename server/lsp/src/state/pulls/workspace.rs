//! The workspace's reports. Owns which files a workspace request is about, and that it waits until one of
//! them has another report than the client has; must not know how the answer goes out.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tower_lsp_server::ls_types::{ProgressToken, Uri};

use super::closed::closed_report;
use super::stream::{self, FileReport, Outgoing};
use crate::document::Document;
use crate::state::{DocumentKey, Failure, Report, Snapshot, State, catch_over};
use crate::to_proto;

/// How many files' reports a part of an answer holds.
const PART: usize = 64;

/// Files with their reports.
type Files = Vec<(DocumentKey, FileReport)>;

/// A request for the reports of a workspace.
#[derive(Debug)]
pub(crate) struct WorkspacePull {
    /// What the client has: each file's address as it writes it, and its report's id.
    previous: BTreeMap<DocumentKey, (Uri, Arc<str>)>,
    /// Where to send parts of the answer, where the client takes them.
    outgoing: UnboundedSender<Outgoing>,
    takes_parts: bool,
    has_told: bool,
}

/// What a thread takes along to make a workspace's reports.
struct Job {
    snapshot: Snapshot,
    previous: BTreeMap<DocumentKey, (Uri, Arc<str>)>,
    open: BTreeMap<DocumentKey, FileReport>,
}

impl State {
    /// The client asks for the reports of the workspace that are not those that it has. It is answered when
    /// there are any, and holds nothing until then but its place. One request waits: an earlier one is
    /// answered with nothing.
    pub(crate) fn pull_workspace(
        &mut self,
        previous: BTreeMap<DocumentKey, (Uri, Arc<str>)>,
        token: Option<ProgressToken>,
        reply: oneshot::Sender<Vec<FileReport>>,
    ) {
        if self.is_over {
            return;
        }
        if let Some(earlier) = self.pulls.workspace.take() {
            earlier.answer(Vec::new());
        }
        let (outgoing, taken) = unbounded_channel();
        let takes_parts = token.is_some();
        let sent = self.sent.clone();
        self.converse(move |client| stream::send(client, sent, token, taken, reply));
        self.pulls.workspace = Some(WorkspacePull { previous, outgoing, takes_parts, has_told: false });
        self.compute_workspace_pull();
    }

    /// Makes the reports of the workspace for the client that waits for them, on a blocking thread, when
    /// nothing is about to change. A newer revision stops it; it begins anew when that has settled.
    pub(in crate::state) fn compute_workspace_pull(&mut self) {
        if self.pulls.workspace.as_ref().is_some_and(|pull| pull.outgoing.is_closed()) {
            self.pulls.workspace = None;
        }
        let Some(pull) = &self.pulls.workspace else {
            return;
        };
        let (takes_parts, previous) = (pull.takes_parts, pull.previous.clone());
        if self.settled_at != Some(self.revision) || self.is_scanning() {
            return;
        }
        let open = |(key, document): (DocumentKey, Arc<Document>)| {
            let report = Arc::clone(&self.found_now(&key)?.report);
            Some((key, FileReport { uri: document.uri.clone(), report }))
        };
        let job = Job {
            open: self.documents.all().into_iter().filter_map(open).collect(),
            snapshot: self.snapshot(),
            previous,
        };
        let (revision, events) = (self.revision, self.events.clone());
        self.runtime.spawn_blocking(move || {
            let tell = |files: Files| {
                events.tell("a part of the workspace's reports", move |state| state.workspace_part(files));
            };
            let files = job.run(if takes_parts { Some(&tell) } else { None });
            drop(job);
            if let Ok(files) = files {
                events.tell("the workspace's reports", move |state| state.workspace_reported(revision, files));
            }
        });
    }

    fn workspace_part(&mut self, files: Files) {
        if let Some(pull) = &mut self.pulls.workspace {
            pull.note(&files);
            pull.has_told = true;
            pull.say(Outgoing::Part(files.into_iter().map(|(_, file)| file).collect()));
        }
    }

    fn workspace_reported(&mut self, revision: u64, files: Files) {
        let Some(pull) = &self.pulls.workspace else {
            return;
        };
        // Where something changed meanwhile, what is new is told with that.
        let is_current = revision == self.revision;
        if is_current
            && (pull.has_told || !files.is_empty())
            && let Some(pull) = self.pulls.workspace.take()
        {
            pull.answer(files.into_iter().map(|(_, file)| file).collect());
        }
    }
}

impl WorkspacePull {
    fn note(&mut self, files: &[(DocumentKey, FileReport)]) {
        for (key, file) in files {
            self.previous.insert(key.clone(), (file.uri.clone(), Arc::clone(file.report.id())));
        }
    }

    fn say(&self, outgoing: Outgoing) {
        // Nobody listens where the request was cancelled.
        let _ = self.outgoing.send(outgoing);
    }

    fn answer(self, files: Vec<FileReport>) {
        self.say(Outgoing::Answer(files));
    }
}

impl Job {
    /// The files whose reports are not those that the client has. Whole parts of them are told ahead where
    /// the client takes parts.
    fn run(&self, tell: Option<&dyn Fn(Files)>) -> Result<Files, Failure> {
        let mut news = Files::new();
        let mut note = |key: &DocumentKey, file: FileReport| {
            news.push((key.clone(), file));
            if news.len() == PART
                && let Some(tell) = tell
            {
                tell(std::mem::take(&mut news));
            }
        };
        for (key, file) in self.open.iter().filter(|(key, file)| self.is_news(key, &file.report)) {
            note(key, file.clone());
        }
        for (key, _) in self.snapshot.files.entries().filter(|(key, _)| self.is_closed_and_counts(key)) {
            let report = match catch_over(&self.snapshot.db, key, || closed_report(&self.snapshot, key)) {
                Ok(report) => report,
                // That file alone is left out, and the client keeps what it has.
                Err(Failure::Panicked) => continue,
                Err(failure) => return Err(failure),
            };
            if self.is_news(key, &report)
                && let Some(uri) = self.uri(key)
            {
                note(key, FileReport { uri, report: Arc::new(report) });
            }
        }
        // Files that are gone, or no part of the workspace any more.
        let nothing = Report::nothing();
        for (key, (uri, id)) in &self.previous {
            let is_told = self.open.contains_key(key)
                || (self.snapshot.files.get(key).is_some() && self.is_closed_and_counts(key));
            if !is_told && *id != nothing {
                note(key, FileReport { uri: uri.clone(), report: Arc::default() });
            }
        }
        Ok(news)
    }

    /// Whether the client has another report of a file. It need not hear that there is nothing to tell.
    fn is_news(&self, key: &DocumentKey, report: &Report) -> bool {
        match self.previous.get(key) {
            Some((_, id)) => !report.is(Some(id)),
            None => !report.diagnostics.is_empty(),
        }
    }

    /// Whether a file is not open and belongs to the workspace.
    fn is_closed_and_counts(&self, key: &DocumentKey) -> bool {
        !self.open.contains_key(key) && self.snapshot.is_in_workspace(key)
    }

    /// A file's address, as the client writes it where it has told it.
    fn uri(&self, key: &DocumentKey) -> Option<Uri> {
        match self.previous.get(key) {
            Some((uri, _)) => Some(uri.clone()),
            None => to_proto::file_uri(key.path()?),
        }
    }
}
