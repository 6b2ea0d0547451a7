//! `textDocument/documentHighlight`: the steps of a flow, in the order in which they should come.

use farewell_analysis::views;
use tower_lsp_server::ls_types::{DocumentHighlight, DocumentHighlightParams};

use crate::state::Snapshot;
use crate::{from_proto, to_proto};

/// The steps of the flow at a place; `None` where there is none, so that other servers are asked.
pub(crate) fn run(snapshot: &Snapshot, params: DocumentHighlightParams) -> Option<Vec<DocumentHighlight>> {
    let at = params.text_document_position_params;
    let (document, file) = snapshot.analysed(&from_proto::key(&at.text_document.uri))?;
    let offset = snapshot.session.encoding.offset(&document.text, from_proto::place(at.position));
    let steps = views::flow_steps(&snapshot.db, file, u32::try_from(offset).ok()?);
    let steps = steps.into_iter().map(|step| to_proto::highlight(step, &document.text, snapshot.session.encoding));
    Some(steps.collect()).filter(|steps: &Vec<_>| !steps.is_empty())
}
