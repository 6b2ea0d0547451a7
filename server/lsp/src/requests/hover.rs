//! `textDocument/hover`: what the engine has to say about a place.

use tower_lsp_server::ls_types::{Hover, HoverParams};

use crate::state::Snapshot;
use crate::{from_proto, to_proto};

/// The hover text at a place, or `None`.
pub(crate) fn run(snapshot: &Snapshot, params: HoverParams) -> Option<Hover> {
    let at = params.text_document_position_params;
    let (document, file) = snapshot.analysed(&from_proto::key(&at.text_document.uri))?;
    let offset = snapshot.session.encoding.offset(&document.text, from_proto::place(at.position));
    let hover = farewell_analysis::hover(&snapshot.db, file, u32::try_from(offset).ok()?)?;
    Some(to_proto::hover(&hover, &document.text, &snapshot.session))
}
