//! Judging on save. Owns which documents are judged next where the user wants findings when a document is
//! saved, not after each edit; must not know how they are judged.

use super::{DocumentKey, State};
use crate::preferences::Run;

impl State {
    /// A document was saved: what it says now has a say in the others too.
    pub(crate) fn document_saved(&mut self, key: &DocumentKey) {
        self.document_written(key);
        self.unsaved.remove(key);
        if self.documents.keys().iter().any(|key| self.is_judged_on_save(key)) {
            self.judge_anew();
            self.inputs_changed();
        }
    }

    /// Something else than an edit changed what is found: every document is judged that has no edits which
    /// are not saved.
    pub(super) fn judge_anew(&mut self) {
        let keys = self.documents.keys().into_iter().filter(|key| !self.unsaved.contains(key));
        self.due.extend(keys);
    }

    /// Whether a document is judged in the next run, or keeps what was found, moved by its edits.
    pub(super) fn is_judged_next(&self, key: &DocumentKey) -> bool {
        !self.is_judged_on_save(key) || self.due.contains(key) || !self.held.contains_key(key)
    }

    fn is_judged_on_save(&self, key: &DocumentKey) -> bool {
        self.session.preferences_of(key).run == Run::OnSave
    }
}
