//! `textDocument/didChange`: edits of an open document, in the order in which they came.

use tower_lsp_server::ls_types::DidChangeTextDocumentParams;
use tracing::debug;

use crate::from_proto;
use crate::state::State;

/// Applies the edits. Those of a document that is not open, or not read, are passed over.
pub(crate) fn run(state: &mut State, params: DidChangeTextDocumentParams) {
    let key = from_proto::key(&params.text_document.uri);
    let Some(mut document) = state.document(&key) else {
        debug!("an edit of {key}, which is not open");
        return;
    };
    document.version = params.text_document.version;
    let edits = document.apply(&from_proto::changes(params.content_changes), state.session.encoding);
    state.edit_document(key, document, &edits);
}
