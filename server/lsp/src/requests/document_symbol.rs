//! `textDocument/documentSymbol`: the flows of a document. What else it declares, its language's own server
//! tells.

use tower_lsp_server::ls_types::{DocumentSymbolParams, DocumentSymbolResponse};

use crate::state::Snapshot;
use crate::{from_proto, to_proto};

/// The flows of a document; `None` where it is not analysed.
pub(crate) fn run(snapshot: &Snapshot, params: DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
    let key = from_proto::key(&params.text_document.uri);
    let (document, file) = snapshot.analysed(&key)?;
    Some(to_proto::document_symbols(snapshot, document, &snapshot.flows(&key, document, file)))
}
