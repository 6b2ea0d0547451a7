//! `workspace/didDeleteFiles`: files or folders were deleted in the editor. Documents that are open stay so
//! until the client closes them.

use tower_lsp_server::ls_types::DeleteFilesParams;

use crate::from_proto;
use crate::state::State;

/// Follows the disk.
pub(crate) fn run(state: &mut State, params: DeleteFilesParams) {
    state.disk_changed(from_proto::deletions(&params));
}
