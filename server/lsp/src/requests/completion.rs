//! `textDocument/completion`: the platform's calls and a whole logout, in the file's own form. Sorted behind
//! whatever the language's own server offers.

use farewell_analysis::views;
use tower_lsp_server::ls_types::{CompletionList, CompletionParams, CompletionResponse};

use crate::state::Snapshot;
use crate::{from_proto, to_proto};

/// What is offered at a place; `None` where the document is not analysed.
pub(crate) fn run(snapshot: &Snapshot, params: CompletionParams) -> Option<CompletionResponse> {
    let at = params.text_document_position;
    let (document, file) = snapshot.analysed(&from_proto::key(&at.text_document.uri))?;
    let offset = snapshot.session.encoding.offset(&document.text, from_proto::place(at.position));
    let offset = u32::try_from(offset).ok()?;
    let offered = views::completions(&snapshot.db, file, offset).into_iter().enumerate();
    let items = offered.map(|(place, offer)| to_proto::completion(offer, place, &document.text, &snapshot.session));
    let is_incomplete = views::may_offer_more(&snapshot.db, file, offset);
    Some(CompletionResponse::List(CompletionList { is_incomplete, items: items.collect() }))
}
