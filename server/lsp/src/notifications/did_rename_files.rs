//! `workspace/didRenameFiles`: files or folders have another name. Documents that are open are closed
//! and opened again by the client itself.

use tower_lsp_server::ls_types::RenameFilesParams;

use crate::from_proto;
use crate::state::State;

/// Follows a renaming as what went away and what came.
pub(crate) fn run(state: &mut State, params: RenameFilesParams) {
    state.disk_changed(from_proto::renamings(&params));
    state.scan();
}
