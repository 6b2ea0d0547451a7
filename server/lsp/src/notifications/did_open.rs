//! `textDocument/didOpen`: a document's text is the editor's from now on.

use std::path::Path;

use farewell_analysis::source::Language;
use tower_lsp_server::ls_types::DidOpenTextDocumentParams;
use tracing::debug;

use crate::document::Document;
use crate::from_proto;
use crate::state::{DocumentKey, State};

/// Opens a document. One of a language that is not read is passed over.
pub(crate) fn run(state: &mut State, params: DidOpenTextDocumentParams) {
    let item = params.text_document;
    let key = from_proto::key(&item.uri);
    let Some(language) = language(&key, &item.language_id) else {
        debug!("{key} is of a language that is not read: {}", item.language_id);
        return;
    };
    state.open_document(key, Document::new(item.uri, item.version, language, &item.text));
}

/// The language by the name of the file, else by what the client says.
fn language(key: &DocumentKey, language_id: &str) -> Option<Language> {
    let path = match key {
        DocumentKey::File(path) => path.as_path(),
        DocumentKey::Other(address) => Path::new(&**address),
    };
    Language::of_path(path).or_else(|| Language::of_language_id(language_id))
}
