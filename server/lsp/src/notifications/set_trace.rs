//! `$/setTrace`: how much of what the server does the client wants to hear. It is no part of the state, and
//! holds from the next message on.

use tower_lsp_server::ls_types::SetTraceParams;

use crate::from_proto;
use crate::log::LOG;

/// Takes note of it.
pub(crate) fn run(params: &SetTraceParams) {
    LOG.set_trace(from_proto::trace(params.value));
}
