//! `textDocument/didClose`: a document's text is the disk's from now on, and its diagnostics go.

use tower_lsp_server::ls_types::DidCloseTextDocumentParams;

use crate::from_proto;
use crate::state::State;

/// Closes a document.
pub(crate) fn run(state: &mut State, params: DidCloseTextDocumentParams) {
    state.close_document(&from_proto::key(&params.text_document.uri));
}
