//! `$/setTrace`: how much of what the server does the client wants to hear from now on.

use tower_lsp_server::ls_types::SetTraceParams;

use crate::from_proto;
use crate::log::LOG;
use crate::state::State;

/// Takes note of it.
pub(crate) fn run(_: &mut State, params: SetTraceParams) {
    LOG.set_trace(from_proto::trace(params.value));
}
