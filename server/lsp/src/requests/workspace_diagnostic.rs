//! `workspace/diagnostic`: the client asks for the diagnostics of every file that changed since it asked
//! last, and waits until there are some.

use tokio::sync::oneshot::Sender;
use tower_lsp_server::ls_types::WorkspaceDiagnosticParams;

use crate::from_proto;
use crate::state::{FileReport, State};

/// Waits for news.
pub(crate) fn run(state: &mut State, params: WorkspaceDiagnosticParams, reply: Sender<Vec<FileReport>>) {
    let previous = from_proto::previous_reports(params.previous_result_ids);
    state.pull_workspace(previous, params.partial_result_params.partial_result_token, reply);
}
