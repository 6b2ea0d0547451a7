//! `workspace/didChangeConfiguration`: the user's settings changed.

use tower_lsp_server::ls_types::DidChangeConfigurationParams;

use crate::preferences::is_ours;
use crate::state::State;

/// Takes the settings over. A client that sends none of the server's may be asked for them.
pub(crate) fn run(state: &mut State, params: DidChangeConfigurationParams) {
    if is_ours(&params.settings) {
        state.settings_sent(params.settings);
    }
    state.ask_for_settings();
}
