//! `initialized`: the workspace is scanned, and the client asked to watch files.

use std::time::Duration;

use tower_lsp_server::Client;
use tracing::warn;

use crate::capabilities;
use crate::state::State;

/// How long the client may take to answer a registration.
const REGISTRATION_TIMEOUT: Duration = Duration::from_secs(30);

/// Starts what needs the client to be ready.
pub(crate) fn run(state: &mut State, (): ()) {
    state.scan();
    if state.session.client.watchers {
        state.converse(register_watchers);
    }
}

async fn register_watchers(client: Client) {
    let registration = client.register_capability(vec![capabilities::watchers()]);
    match tokio::time::timeout(REGISTRATION_TIMEOUT, registration).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => warn!("the client watches no files: {error}"),
        Err(_) => warn!("the client did not answer whether it watches files"),
    }
}
