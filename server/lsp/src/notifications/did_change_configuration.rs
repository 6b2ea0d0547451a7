//! `workspace/didChangeConfiguration`: the user's settings.

use std::sync::Arc;

use tower_lsp_server::ls_types::DidChangeConfigurationParams;

use crate::session::{Preferences, Session};
use crate::state::State;

/// Takes the settings over. A client that sends none has nothing to change.
pub(crate) fn run(state: &mut State, params: DidChangeConfigurationParams) {
    if params.settings.is_null() {
        return;
    }
    let preferences = Preferences::new(&params.settings);
    if preferences == state.session.preferences {
        return;
    }
    state.session = Arc::new(Session { preferences, ..(*state.session).clone() });
    state.reread_documents();
    state.scan();
}
