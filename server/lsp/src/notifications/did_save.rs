//! `textDocument/didSave`: the file is on the disk. What it says is known already; it may be judged only now.

use tower_lsp_server::ls_types::DidSaveTextDocumentParams;

use crate::from_proto;
use crate::state::State;

/// Takes note of a save.
pub(crate) fn run(state: &mut State, params: DidSaveTextDocumentParams) {
    state.document_saved(&from_proto::key(&params.text_document.uri));
}
