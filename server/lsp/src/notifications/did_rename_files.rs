//! `workspace/didRenameFiles`: files or folders have another name. Documents that are open are closed
//! and opened again by the client itself.

use farewell_analysis::source::Language;
use tower_lsp_server::ls_types::RenameFilesParams;

use crate::from_proto;
use crate::state::{DiskChange, State};

/// Follows a renaming as what went away and what came.
pub(crate) fn run(state: &mut State, params: RenameFilesParams) {
    let changes = from_proto::renamings(&params);
    let is_folder =
        |change: &DiskChange| matches!(change, DiskChange::There(path) if Language::of_path(path).is_none());
    let holds_more = changes.iter().any(is_folder);
    state.disk_changed(changes);
    if holds_more {
        state.scan();
    }
}
