//! What an editor does with documents. Owns what opening, editing and closing mean for the state; must
//! not know how a text becomes an input, or how files are read.

use std::sync::Arc;

use super::{DocumentKey, State};
use crate::document::{Document, Replaced};

impl State {
    /// A document was opened.
    pub(crate) fn open_document(&mut self, key: DocumentKey, mut document: Document) {
        let opened = self.opened.entry(key.clone()).or_default();
        document.opening = *opened;
        *opened += 1;
        Arc::make_mut(&mut self.held).remove(&key);
        self.unsaved.remove(&key);
        self.due.insert(key.clone());
        self.set_document(key.clone(), document);
        self.scan_for(&key);
    }

    /// A document has another text.
    pub(crate) fn set_document(&mut self, key: DocumentKey, document: Document) {
        self.documents.insert(key.clone(), document);
        self.deleted.remove(&key);
        self.in_focus = Some(key.clone());
        self.stale.insert(key);
        self.inputs_changed();
    }

    /// An open document was edited.
    pub(crate) fn edit_document(&mut self, key: DocumentKey, document: Document, edits: &[Replaced]) {
        if let Some(held) = Arc::make_mut(&mut self.held).get_mut(&key)
            && let Some(file) = self.files.get(&key)
        {
            edits.iter().for_each(|edit| held.edited(file.path(&self.db), *edit));
        }
        self.pulls.edited(&key);
        self.unsaved.insert(key.clone());
        self.set_document(key, document);
    }

    /// An open document, to be edited.
    pub(crate) fn document(&self, key: &DocumentKey) -> Option<Document> {
        self.documents.get(key).map(|document| (*document).clone())
    }

    /// Looks at every open document again, after a setting changed what is analysed.
    pub(crate) fn reread_documents(&mut self) {
        self.stale.extend(self.documents.all().into_iter().map(|(key, _)| key));
        self.inputs_changed();
    }

    /// A document was closed: from now on the disk has the say.
    pub(crate) fn close_document(&mut self, key: &DocumentKey) {
        if !self.documents.remove(key) {
            return;
        }
        self.stale.remove(key);
        self.deleted.remove(key);
        Arc::make_mut(&mut self.held).remove(key);
        self.unsaved.remove(key);
        self.due.remove(key);
        self.judge_anew();
        self.pulls.closed(key);
        self.shown.forget(key);
        self.in_focus.take_if(|focus| focus == key);
        self.clear_diagnostics(key);
        match key {
            DocumentKey::File(path) if self.counts_when_closed(path) => {
                self.drop_tree(key);
                self.read_files(vec![path.clone()]);
            }
            _ => self.forget(key),
        }
        self.inputs_changed();
    }
}
