//! The scan's progress. Owns when the user sees that one is under way and how it is cancelled; must not
//! know what a scan does.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tower_lsp_server::Client;
use tower_lsp_server::ls_types::ProgressToken;
use tracing::warn;

use super::State;

/// How long a scan may take until the user sees that it is under way. Most are over by then.
const DELAY: Duration = Duration::from_millis(500);
/// How long the client may take to say that it shows progress.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A scan that is under way, as seen from outside. It is over when this is dropped.
#[derive(Debug)]
pub(super) struct Progress {
    token: ProgressToken,
    is_cancelled: Arc<AtomicBool>,
    _over: watch::Sender<()>,
}

impl State {
    /// Begins to watch a scan. The client shows it where it can, `is_shown`, and the scan is slow.
    pub(super) fn begin_progress(&mut self, is_shown: bool) -> Progress {
        self.scan.number += 1;
        let token = ProgressToken::String(format!("farewell/scan/{}", self.scan.number));
        let (sender, over) = watch::channel(());
        if is_shown && self.session.client.progress {
            let token = token.clone();
            self.converse(move |client| show(client, token, over));
        }
        Progress { token, is_cancelled: Arc::default(), _over: sender }
    }

    /// The user does not want to wait for what a token stands for.
    pub(crate) fn cancel_progress(&mut self, token: &ProgressToken) {
        if let Some(progress) = self.scan.progress.as_ref().filter(|progress| progress.token == *token) {
            progress.is_cancelled.store(true, Ordering::Relaxed);
        }
    }
}

impl Progress {
    /// Says whether the scan was cancelled, from now on.
    pub(super) fn cancellation(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.is_cancelled)
    }
}

async fn show(client: Client, token: ProgressToken, mut over: watch::Receiver<()>) {
    // Nothing is ever sent: the channel ends with the scan.
    if tokio::time::timeout(DELAY, over.changed()).await.is_ok() {
        return;
    }
    match tokio::time::timeout(TIMEOUT, client.create_work_done_progress(token.clone())).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => return warn!("the client shows no progress: {error}"),
        Err(_) => return warn!("the client did not answer whether it shows progress"),
    }
    let progress = client.progress(token, "Farewell").with_message("Reading the workspace").with_cancel_button();
    let progress = progress.begin().await;
    let _ = over.changed().await;
    progress.finish().await;
}
