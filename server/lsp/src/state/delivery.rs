//! How a report reaches the client. Owns that a client which asks for diagnostics is told none unasked,
//! and that any other is told of the open documents alone; must not know how a report comes about.

use std::sync::Arc;

use super::{DocumentKey, Report, State};

impl State {
    /// An open document has a report, after `before`.
    pub(super) fn deliver(&mut self, key: DocumentKey, report: &Arc<Report>, before: Option<&Report>) {
        let is_other = before.is_none_or(|before| before.diagnostics != report.diagnostics);
        if is_other && self.in_focus.as_ref() != Some(&key) {
            // What one document's edits change in another shows in more than its diagnostics.
            self.views_changed();
        }
        if self.session.client.pulls {
            self.answer_document_pulls();
            return;
        }
        let is_news = is_other || before.is_none_or(|before| before.version != report.version);
        if is_news
            && !self.deleted.contains(&key)
            && let Some(document) = self.documents.get(&key)
        {
            self.publisher.publish(key, document.uri.clone(), document.version, report.diagnostics.clone());
        }
    }

    /// Takes back what the client was told of a document unasked.
    pub(super) fn clear_diagnostics(&mut self, key: &DocumentKey) {
        if self.found.remove(key).is_some() {
            self.publisher.clear(key);
        }
    }

    /// Every open document has its report of a revision.
    pub(super) fn documents_diagnosed(&mut self, revision: u64) {
        if revision == self.revision {
            self.is_diagnosing = false;
            self.answer_document_pulls();
            self.refresh_soon();
        }
    }

    /// Nothing more is wanted of the files of a revision: what is computed now is not computed anew for
    /// what a file leads into. `flows` is how many there are, where that was counted.
    pub(super) fn settled(&mut self, revision: u64, flows: Option<usize>) {
        if revision == self.revision {
            self.settled_at = Some(revision);
            self.compute_workspace_pull();
            self.flows = flows;
            self.tell_status();
        }
    }
}
