//! `initialized`: the workspace is scanned, and the client asked what is set and to tell what changes.

use std::time::Duration;

use tower_lsp_server::Client;
use tower_lsp_server::ls_types::Registration;
use tracing::warn;

use crate::capabilities;
use crate::state::State;

/// How long the client may take to answer a registration.
const REGISTRATION_TIMEOUT: Duration = Duration::from_secs(30);

/// Starts what needs the client to be ready.
pub(crate) fn run(state: &mut State, (): ()) {
    state.start_settings();
    state.scan();
    let registrations = capabilities::registrations(&state.session.client);
    if !registrations.is_empty() {
        state.converse(move |client| register(client, registrations));
    }
}

async fn register(client: Client, registrations: Vec<Registration>) {
    match tokio::time::timeout(REGISTRATION_TIMEOUT, client.register_capability(registrations)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => warn!("the client does not tell what it was asked to tell: {error}"),
        Err(_) => warn!("the client did not answer whether it tells what it was asked to tell"),
    }
}
