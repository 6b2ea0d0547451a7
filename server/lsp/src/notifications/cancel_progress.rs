//! `window/workDoneProgress/cancel`: the user does not want to wait for a scan.

use tower_lsp_server::ls_types::WorkDoneProgressCancelParams;

use crate::state::State;

/// Gives it up.
pub(crate) fn run(state: &mut State, params: WorkDoneProgressCancelParams) {
    state.cancel_progress(&params.token);
}
