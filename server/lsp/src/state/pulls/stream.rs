//! What a workspace request's answer is made of, on its way. Owns that its parts go out in order and
//! before the answer; must not know what they say.

use std::sync::Arc;

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::oneshot;
use tower_lsp_server::Client;
use tower_lsp_server::ls_types::{ProgressToken, Uri};

use crate::state::Report;
use crate::to_proto;
use crate::transport::Sent;

/// A file's report in a workspace's.
#[derive(Clone, Debug)]
pub(crate) struct FileReport {
    /// The file.
    pub(crate) uri: Uri,
    /// Its report.
    pub(crate) report: Arc<Report>,
}

/// What goes out next.
#[derive(Debug)]
pub(crate) enum Outgoing {
    /// A part, ahead of the answer.
    Part(Vec<FileReport>),
    /// The answer: what no part has told.
    Answer(Vec<FileReport>),
}

/// Sends a request's parts and its answer. Waits for the client, and nothing waits for it.
pub(super) async fn send(
    client: Client,
    sent: Sent,
    token: Option<ProgressToken>,
    mut outgoing: UnboundedReceiver<Outgoing>,
    mut reply: oneshot::Sender<Vec<FileReport>>,
) {
    loop {
        let next = tokio::select! {
            next = outgoing.recv() => next,
            // The request was cancelled.
            () = reply.closed() => return,
        };
        let Some(next) = next else {
            return;
        };
        match (next, &token) {
            (Outgoing::Part(files), Some(token)) => {
                let part = to_proto::partial_workspace_report(token.clone(), files);
                client.send_notification::<to_proto::PartialWorkspaceReport>(part).await;
            }
            // The client is only ever given parts if it asked for them.
            (Outgoing::Part(_), None) => {}
            (Outgoing::Answer(files), _) => {
                // An answer takes another way out than a part does, and must not overtake one.
                sent.all().await;
                // Nobody listens where the request was cancelled.
                let _ = reply.send(files);
                return;
            }
        }
    }
}
