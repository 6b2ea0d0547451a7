//! `textDocument/diagnostic`: the client asks for a document's diagnostics.

use tokio::sync::oneshot::Sender;
use tower_lsp_server::ls_types::DocumentDiagnosticParams;

use crate::from_proto;
use crate::state::{DocumentAnswer, DocumentPull, Failure, State};

/// Waits for the document's report with every edit sent before.
pub(crate) fn run(state: &mut State, params: DocumentDiagnosticParams, reply: Sender<Result<DocumentAnswer, Failure>>) {
    let key = from_proto::key(&params.text_document.uri);
    state.pull_document(DocumentPull { key, previous: params.previous_result_id, reply });
}
