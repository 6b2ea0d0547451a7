//! Diagnostics that the client asks for. Owns who waits for them and what each client has; must not know
//! how they are found. A request that waits holds no snapshot: it is answered when the documents have been
//! diagnosed, with every edit that was sent before it.

mod closed;
mod stream;
mod workspace;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tokio::sync::oneshot;
use tower_lsp_server::ls_types::Uri;

use super::{DocumentKey, Failure, Report, State};
pub(crate) use stream::FileReport;
pub(crate) use workspace::WorkspacePull;

/// A request for a document's report.
#[derive(Debug)]
pub(crate) struct DocumentPull {
    /// The document.
    pub(crate) key: DocumentKey,
    /// The id of the report that the client has of it.
    pub(crate) previous: Option<String>,
    /// Where the answer goes.
    pub(crate) reply: oneshot::Sender<Result<DocumentAnswer, Failure>>,
}

/// The answer to it.
#[derive(Debug)]
pub(crate) struct DocumentAnswer {
    /// The document's report.
    pub(crate) report: Arc<Report>,
    /// Whether the client has that report already.
    pub(crate) is_unchanged: bool,
    /// Other open documents whose reports are not those that the client has.
    pub(crate) related: Vec<(Uri, Arc<Report>)>,
}

/// Who asked for what.
#[derive(Debug, Default)]
pub(super) struct Pulls {
    documents: Vec<DocumentPull>,
    /// Those for files that are not open, while a scan looks for them.
    closed: Vec<DocumentPull>,
    workspace: Option<WorkspacePull>,
    /// The id of the report that the client got last of each open document.
    told: BTreeMap<DocumentKey, Arc<str>>,
    /// The documents that were edited since the client asked for them: it asks again by itself.
    edited: BTreeSet<DocumentKey>,
    /// The ids of the reports for which the client was asked to ask again.
    refreshed: BTreeMap<DocumentKey, Arc<str>>,
}

impl Pulls {
    /// A document was edited: who waits for what was found in its last text is to ask again.
    pub(super) fn edited(&mut self, key: &DocumentKey) {
        self.edited.insert(key.clone());
        let outdated: Vec<DocumentPull> = self.documents.extract_if(.., |pull| pull.key == *key).collect();
        for pull in outdated {
            // Nobody listens where the request was cancelled.
            let _ = pull.reply.send(Err(Failure::Superseded));
        }
    }

    /// A document was closed.
    pub(super) fn closed(&mut self, key: &DocumentKey) {
        self.edited(key);
        self.edited.remove(key);
        self.told.remove(key);
        self.refreshed.remove(key);
    }

    /// Nobody is answered any more.
    pub(super) fn end(&mut self) {
        *self = Self::default();
    }
}

impl State {
    /// The client asks for a document's report.
    pub(crate) fn pull_document(&mut self, pull: DocumentPull) {
        if self.is_over {
            return;
        }
        if !self.documents.contains(&pull.key) {
            return if self.is_scanning() { self.pulls.closed.push(pull) } else { self.pull_closed(pull) };
        }
        self.pulls.edited.remove(&pull.key);
        self.pulls.documents.push(pull);
        self.answer_document_pulls();
    }

    /// Answers the requests that waited for the end of a scan.
    pub(super) fn answer_closed_pulls(&mut self) {
        for pull in std::mem::take(&mut self.pulls.closed) {
            self.pull_document(pull);
        }
    }

    /// Answers the requests whose document's report is known. A client that wants to hear of the others
    /// waits for theirs too.
    pub(super) fn answer_document_pulls(&mut self) {
        if self.pulls.documents.is_empty() {
            return;
        }
        let wants_others = self.session.client.related_documents;
        let all_are_known = wants_others && self.documents.keys().iter().all(|key| self.found_now(key).is_some());
        for pull in std::mem::take(&mut self.pulls.documents) {
            if pull.reply.is_closed() {
                continue;
            }
            match self.found_now(&pull.key) {
                Some(found) if found.has_failed => {
                    let _ = pull.reply.send(Err(Failure::Panicked));
                }
                Some(found) if all_are_known || !wants_others => {
                    let report = Arc::clone(&found.report);
                    self.answer(pull, report);
                }
                _ => self.pulls.documents.push(pull),
            }
        }
    }

    fn answer(&mut self, pull: DocumentPull, report: Arc<Report>) {
        let related = if self.session.client.related_documents { self.news_of_others(&pull.key) } else { Vec::new() };
        let told = related.iter().map(|(key, _, report)| (key.clone(), Arc::clone(report.id())));
        // What an editor has of a document from before it asked for it may be shown no more: the first answer is
        // whole. That it came there when the document was opened anew is told by its id.
        let is_unchanged = self.pulls.told.contains_key(&pull.key) && report.is(pull.previous.as_deref());
        let told: Vec<_> = told.chain([(pull.key, Arc::clone(report.id()))]).collect();
        let related = related.into_iter().map(|(_, uri, report)| (uri, report)).collect();
        if pull.reply.send(Ok(DocumentAnswer { report, is_unchanged, related })).is_ok() {
            self.pulls.told.extend(told);
        }
    }

    /// The other open documents that the client has other reports of, save those that it asks for by
    /// itself.
    fn news_of_others(&self, key: &DocumentKey) -> Vec<(DocumentKey, Uri, Arc<Report>)> {
        let others = self.outdated_pulls().into_iter().filter(|(other, _)| other != key);
        others.filter_map(|(key, report)| Some((key.clone(), self.documents.get(&key)?.uri.clone(), report))).collect()
    }

    /// The open documents whose reports are not those that the client has, for another reason than edits
    /// of themselves.
    fn outdated_pulls(&self) -> Vec<(DocumentKey, Arc<Report>)> {
        let is_outdated = |(key, told): (&DocumentKey, &Arc<str>)| {
            let found = self.found_now(key).filter(|found| !found.has_failed)?;
            let is_known = told == found.report.id() || self.pulls.edited.contains(key);
            (!is_known).then(|| (key.clone(), Arc::clone(&found.report)))
        };
        self.pulls.told.iter().filter_map(is_outdated).collect()
    }

    /// Whether the client is to ask again for what it did not ask for since it changed. That is said once
    /// for each report.
    pub(super) fn wants_diagnostic_refresh(&mut self) -> bool {
        let outdated = self.outdated_pulls();
        let is_new = |(key, report): &(DocumentKey, Arc<Report>)| self.pulls.refreshed.get(key) != Some(report.id());
        let wants = outdated.iter().any(is_new);
        self.pulls.refreshed = outdated.into_iter().map(|(key, report)| (key, Arc::clone(report.id()))).collect();
        wants
    }
}
