//! `workspace/didChangeWatchedFiles`: what happened on the disk.

use tower_lsp_server::ls_types::DidChangeWatchedFilesParams;

use crate::from_proto;
use crate::state::State;

/// Follows the disk.
pub(crate) fn run(state: &mut State, params: DidChangeWatchedFilesParams) {
    state.disk_changed(from_proto::disk_changes(&params.changes));
}
