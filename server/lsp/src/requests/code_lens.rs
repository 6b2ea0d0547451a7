//! `textDocument/codeLens`: over each flow, what becomes of the identity on its ways out. Whole at once: what
//! it costs is the flows' walks, which the diagnostics have taken before.

use tower_lsp_server::ls_types::{CodeLens, CodeLensParams};

use crate::state::Snapshot;
use crate::{from_proto, to_proto};

/// The lenses of a document; `None` where they are switched off, or it is not analysed.
pub(crate) fn run(snapshot: &Snapshot, params: CodeLensParams) -> Option<Vec<CodeLens>> {
    let key = from_proto::key(&params.text_document.uri);
    let preferences = snapshot.session.preferences_of(&key);
    if !preferences.code_lens {
        return None;
    }
    let (document, file) = snapshot.analysed(&key)?;
    let mut texts = to_proto::Texts::new(snapshot);
    let flows = snapshot.flows(&key, document, file);
    let lens = |flow| to_proto::code_lens(&mut texts, document, flow, &preferences.lens_command);
    Some(flows.iter().filter_map(lens).collect())
}
