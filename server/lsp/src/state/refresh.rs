//! What the client is to ask for again. Owns when it is asked to, and that it is not asked too often; must
//! not know what the answers would be.

use std::time::Duration;

use tower_lsp_server::Client;
use tracing::warn;

use super::State;

/// How long news are gathered before the client is asked to ask again. What it asks for by itself after an
/// edit comes sooner.
const DELAY: Duration = Duration::from_millis(200);
/// How long the client may take to answer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// What there is to ask the client for.
#[derive(Debug, Default)]
pub(super) struct Refresh {
    /// Whether the client will be asked soon.
    is_due: bool,
    /// Whether lenses and hints may be others than the client shows.
    views: bool,
}

impl State {
    /// Something changed what code lenses and inlay hints say, other than an edit of their document, after
    /// which the client asks for them by itself.
    pub(crate) fn views_changed(&mut self) {
        let refreshes = self.session.client.refreshes;
        self.refresh.views |= refreshes.code_lenses || refreshes.inlay_hints;
    }

    /// Asks the client to ask again, when no more news are coming.
    pub(super) fn refresh_soon(&mut self) {
        let is_wanted = self.refresh.views || (self.session.client.refreshes.diagnostics && self.session.client.pulls);
        if self.is_over || !is_wanted || std::mem::replace(&mut self.refresh.is_due, true) {
            return;
        }
        let events = self.events.clone();
        self.runtime.spawn(async move {
            tokio::time::sleep(DELAY).await;
            events.tell("refresh", State::refresh_now);
        });
    }

    fn refresh_now(&mut self) {
        self.refresh.is_due = false;
        let is_at_rest = self.documents.keys().iter().all(|key| self.found_now(key).is_some());
        // The end of what is computed now comes back here.
        if self.is_over || !is_at_rest {
            return;
        }
        let client = self.session.client.refreshes;
        let views = std::mem::take(&mut self.refresh.views);
        let diagnostics = client.diagnostics && self.session.client.pulls && self.wants_diagnostic_refresh();
        let (lenses, hints) = (views && client.code_lenses, views && client.inlay_hints);
        if diagnostics || lenses || hints {
            self.converse(move |client| ask(client, diagnostics, lenses, hints));
        }
    }
}

async fn ask(client: Client, diagnostics: bool, lenses: bool, hints: bool) {
    let asked = async {
        let diagnostics = async { if diagnostics { client.workspace_diagnostic_refresh().await } else { Ok(()) } };
        let lenses = async { if lenses { client.code_lens_refresh().await } else { Ok(()) } };
        let hints = async { if hints { client.inlay_hint_refresh().await } else { Ok(()) } };
        let (diagnostics, lenses, hints) = tokio::join!(diagnostics, lenses, hints);
        diagnostics.and(lenses).and(hints)
    };
    match tokio::time::timeout(TIMEOUT, asked).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => warn!("the client does not ask again: {error}"),
        Err(_) => warn!("the client did not answer whether it asks again"),
    }
}
