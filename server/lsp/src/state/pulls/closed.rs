//! Reports of files that are not open. Owns how one is made; must not know who wants it.

use std::sync::Arc;

use farewell_analysis::report;
use ropey::Rope;

use super::{DocumentAnswer, DocumentPull};
use crate::state::{DocumentKey, Failure, Report, Snapshot, State, catch_over};
use crate::to_proto;

impl State {
    /// Answers a request for the report of a file that is not open, on a blocking thread. A newer revision
    /// begins it anew.
    pub(super) fn pull_closed(&mut self, pull: DocumentPull) {
        let snapshot = self.snapshot();
        let events = self.events.clone();
        self.runtime.spawn_blocking(move || {
            let result = catch_over(&snapshot.db, &pull.key, || closed_report(&snapshot, &pull.key));
            drop(snapshot);
            if result.as_ref().is_err_and(|failure| *failure == Failure::Superseded) && !pull.reply.is_closed() {
                return events.tell("a pull again", move |state| state.pull_document(pull));
            }
            let answer = result.map(|report| DocumentAnswer {
                is_unchanged: report.is(pull.previous.as_deref()),
                report: Arc::new(report),
                related: Vec::new(),
            });
            // Nobody listens where the request was cancelled.
            let _ = pull.reply.send(answer);
        });
    }
}

/// The report of a file as it is on the disk; one without diagnostics where it is not analysed.
pub(super) fn closed_report(snapshot: &Snapshot, key: &DocumentKey) -> Report {
    let Some(file) = snapshot.files.get(key).filter(|file| !file.linked_only(&snapshot.db)) else {
        return Report::default();
    };
    let found = report(&snapshot.db, file);
    if found.findings.is_empty() {
        return Report::default();
    }
    let text = Rope::from_str(file.text(&snapshot.db));
    Report::new(None, to_proto::diagnostics(snapshot, &text, &found.findings))
}
