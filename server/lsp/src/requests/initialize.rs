//! `initialize`: what server and client agree on. Answered at once, without the state; the state learns
//! the result before any other message reaches it.

use std::sync::Arc;

use tower_lsp_server::ls_types::{InitializeParams, InitializeResult, ServerInfo};

use crate::capabilities::server_capabilities;
use crate::from_proto;
use crate::log::LOG;
use crate::session::Session;
use crate::state::State;

/// The session and the answer.
pub(crate) fn answer(params: &InitializeParams) -> (Session, InitializeResult) {
    let session = Session::new(params);
    let trace = session.preferences.trace.or(params.trace.map(from_proto::trace));
    LOG.set_trace(trace.unwrap_or_default());
    let info = ServerInfo { name: "farewell".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
    let capabilities = server_capabilities(&session);
    (session, InitializeResult { capabilities, server_info: Some(info), ..InitializeResult::default() })
}

/// Starts the session.
pub(crate) fn run(state: &mut State, (session, params): (Session, InitializeParams)) {
    state.begin_settings(params.initialization_options.clone().unwrap_or_default());
    state.session = Arc::new(session);
    state.change_roots(from_proto::roots(&params), &[]);
}
