//! `codeAction/resolve`: the edits of an action that the client chose. Owns that they are made for the text for
//! which the action was offered, and for no other.

use tower_lsp_server::ls_types::CodeAction;

use super::actions;
use crate::from_proto::ActionData;
use crate::state::{Failure, Snapshot};
use crate::{from_proto, to_proto};

/// The action with its edits; [`Failure::Superseded`] where the text is another one by now, or what was
/// proved when it was offered holds no longer.
pub(crate) fn run(snapshot: &Snapshot, (action, data): (CodeAction, ActionData)) -> Result<CodeAction, Failure> {
    let key = from_proto::key(&data.uri);
    let (document, file) = snapshot.analysed(&key).ok_or(Failure::Superseded)?;
    if document.version != data.version {
        return Err(Failure::Superseded);
    }
    let edits = actions::edits(snapshot, file, &snapshot.findings(&key), &data.deed);
    let edit = edits.and_then(|edits| to_proto::workspace_edit(snapshot, &edits));
    Ok(CodeAction { edit: Some(edit.ok_or(Failure::Superseded)?), ..action })
}
