//! `textDocument/inlayHint`: the identity behind each step that changes it, where the user wants to see it.

use farewell_analysis::views;
use tower_lsp_server::ls_types::{InlayHint, InlayHintParams};

use crate::state::Snapshot;
use crate::{from_proto, to_proto};

/// The hints in a range; `None` where they are switched off, or the document is not analysed.
pub(crate) fn run(snapshot: &Snapshot, params: InlayHintParams) -> Option<Vec<InlayHint>> {
    let key = from_proto::key(&params.text_document.uri);
    if !snapshot.session.preferences_of(&key).inlay_hints {
        return None;
    }
    let (document, file) = snapshot.analysed(&key)?;
    let encoding = snapshot.session.encoding;
    let within = from_proto::span(params.range, &document.text, encoding);
    let changes = views::identity_changes(&snapshot.db, file, within);
    Some(changes.into_iter().map(|change| to_proto::inlay_hint(change, &document.text, encoding)).collect())
}
