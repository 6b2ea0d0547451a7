//! What is said to the client by itself. Owns that the writer never waits for the client; must not know why
//! anything is said.

use std::time::Duration;

use tower_lsp_server::Client;
use tower_lsp_server::ls_types::MessageType;
use tracing::warn;

use super::State;

/// How long the client may take to take a message.
const MESSAGE_TIMEOUT: Duration = Duration::from_secs(30);

impl State {
    /// Runs a conversation with the client beside the writer, which never waits for the client.
    pub(crate) fn converse<F: Future<Output = ()> + Send + 'static>(&self, conversation: impl FnOnce(Client) -> F) {
        self.runtime.spawn(conversation(self.client.clone()));
    }

    /// Shows the user that something is not as it should be.
    pub(super) fn show_warning(&self, message: String) {
        self.converse(async move |client| {
            let shown = client.show_message(MessageType::WARNING, message);
            if tokio::time::timeout(MESSAGE_TIMEOUT, shown).await.is_err() {
                warn!("the client takes no messages");
            }
        });
    }
}
