//! `workspace/didChangeWorkspaceFolders`: folders were opened or closed.

use tower_lsp_server::ls_types::DidChangeWorkspaceFoldersParams;

use crate::from_proto;
use crate::state::State;

/// Opens and closes folders.
pub(crate) fn run(state: &mut State, params: DidChangeWorkspaceFoldersParams) {
    let removed = from_proto::folder_paths(&params.event.removed);
    state.change_roots(from_proto::folder_paths(&params.event.added), &removed);
    state.ask_for_settings();
    state.scan();
}
