//! The publisher: the one task that sends diagnostics. Owns that newer ones take the place of those that
//! wait to be sent, and that outdated ones are not sent; must not know how they came about.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;
use tower_lsp_server::Client;
use tower_lsp_server::ls_types::{Diagnostic, Uri};

use super::DocumentKey;
use super::documents::Documents;

/// Hands diagnostics to the task that sends them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Publisher {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    waiting: Mutex<BTreeMap<DocumentKey, Publication>>,
    /// The addresses under which documents were published, to clear them under the same.
    addresses: Mutex<BTreeMap<DocumentKey, Uri>>,
    news: Notify,
}

#[derive(Debug, PartialEq)]
struct Publication {
    uri: Uri,
    /// `None` clears.
    version: Option<i32>,
    diagnostics: Vec<Diagnostic>,
}

impl Publisher {
    /// Publishes a document's diagnostics in the place of any that wait.
    pub(crate) fn publish(&self, key: DocumentKey, uri: Uri, version: i32, diagnostics: Vec<Diagnostic>) {
        lock(&self.shared.addresses).insert(key.clone(), uri.clone());
        self.put(key, Publication { uri, version: Some(version), diagnostics });
    }

    /// Takes a document's diagnostics back.
    pub(crate) fn clear(&self, key: &DocumentKey) {
        let uri = lock(&self.shared.addresses).remove(key);
        if let Some(uri) = uri {
            self.put(key.clone(), Publication { uri, version: None, diagnostics: Vec::new() });
        }
    }

    /// Sends what there is to send, for ever. It waits for the client, and nothing waits for it.
    pub(crate) async fn run(self, client: Client, documents: Documents) {
        loop {
            self.shared.news.notified().await;
            while let Some(publication) = self.next(&documents) {
                client.publish_diagnostics(publication.uri, publication.diagnostics, publication.version).await;
            }
        }
    }

    fn put(&self, key: DocumentKey, publication: Publication) {
        lock(&self.shared.waiting).insert(key, publication);
        self.shared.news.notify_one();
    }

    /// The next publication that still holds.
    fn next(&self, documents: &Documents) -> Option<Publication> {
        loop {
            let (key, publication) = lock(&self.shared.waiting).pop_first()?;
            let current = documents.get(&key).map(|document| document.version);
            if publication.version.is_none() || publication.version == current {
                return Some(publication);
            }
        }
    }
}

/// The maps are whole after a panic: each change of them is one call.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use farewell_analysis::source::Language;
    use tower_lsp_server::ls_types::{Diagnostic, Uri};

    use super::super::DocumentKey;
    use super::super::documents::Documents;
    use super::Publisher;
    use crate::document::Document;

    fn uri() -> Uri {
        "untitled:a".parse().unwrap()
    }

    fn key() -> DocumentKey {
        DocumentKey::Other("untitled:a".into())
    }

    fn open(documents: &Documents, version: i32) {
        documents.insert(key(), Document::new(uri(), version, Language::TypeScript, ""));
    }

    #[test]
    fn newer_diagnostics_take_the_place_of_older_ones() {
        let (publisher, documents) = (Publisher::default(), Documents::default());
        open(&documents, 2);
        publisher.publish(key(), uri(), 1, vec![Diagnostic::default()]);
        publisher.publish(key(), uri(), 2, Vec::new());
        assert_eq!(publisher.next(&documents).unwrap().version, Some(2));
        assert_eq!(publisher.next(&documents), None);
    }

    #[test]
    fn outdated_diagnostics_are_not_sent() {
        let (publisher, documents) = (Publisher::default(), Documents::default());
        open(&documents, 1);
        publisher.publish(key(), uri(), 1, Vec::new());
        open(&documents, 2);
        assert_eq!(publisher.next(&documents), None);
    }

    #[test]
    fn a_document_that_was_published_is_cleared_once() {
        let (publisher, documents) = (Publisher::default(), Documents::default());
        publisher.clear(&key());
        assert_eq!(publisher.next(&documents), None);
        publisher.publish(key(), uri(), 1, vec![Diagnostic::default()]);
        publisher.clear(&key());
        publisher.clear(&key());
        let cleared = publisher.next(&documents).unwrap();
        assert_eq!((cleared.version, cleared.diagnostics.len()), (None, 0));
        assert_eq!(publisher.next(&documents), None);
    }
}
