//! `workspace/didCreateFiles`: files or folders were made in the editor.

use tower_lsp_server::ls_types::CreateFilesParams;

use crate::from_proto;
use crate::state::State;

/// Follows the disk.
pub(crate) fn run(state: &mut State, params: CreateFilesParams) {
    state.disk_changed(from_proto::creations(&params));
}
