//! The map of open documents. Owns which documents are open and their latest text; must not know files
//! on the disk. One thread writes, others read; no guard of the map leaves this file.

use std::sync::Arc;

use dashmap::DashMap;

use super::DocumentKey;
use crate::document::Document;

/// The open documents. A clone shares the map.
#[derive(Clone, Debug, Default)]
pub(crate) struct Documents {
    map: Arc<DashMap<DocumentKey, Arc<Document>>>,
}

impl Documents {
    /// A document.
    pub(crate) fn get(&self, key: &DocumentKey) -> Option<Arc<Document>> {
        self.map.get(key).map(|document| Arc::clone(&document))
    }

    /// Whether a document is open.
    pub(crate) fn contains(&self, key: &DocumentKey) -> bool {
        self.map.contains_key(key)
    }

    /// Puts a document in, or its next text.
    pub(crate) fn insert(&self, key: DocumentKey, document: Document) {
        self.map.insert(key, Arc::new(document));
    }

    /// Takes a document out. Says whether it was there.
    pub(crate) fn remove(&self, key: &DocumentKey) -> bool {
        self.map.remove(key).is_some()
    }

    /// The keys of every document, in no order.
    pub(crate) fn keys(&self) -> Vec<DocumentKey> {
        self.map.iter().map(|entry| entry.key().clone()).collect()
    }

    /// Every document, sorted by key.
    pub(crate) fn all(&self) -> Vec<(DocumentKey, Arc<Document>)> {
        let mut all: Vec<_> = self.map.iter().map(|entry| (entry.key().clone(), Arc::clone(entry.value()))).collect();
        all.sort_by(|one, other| one.0.cmp(&other.0));
        all
    }
}
