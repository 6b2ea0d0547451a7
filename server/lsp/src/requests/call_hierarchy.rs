//! `textDocument/prepareCallHierarchy`, `callHierarchy/incomingCalls`, `callHierarchy/outgoingCalls`: who can
//! lead to a way out, and where a flow leads.

use farewell_analysis::SourceFile;
use farewell_analysis::views::{self, CallItemKey};
use tower_lsp_server::ls_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem, CallHierarchyOutgoingCall,
    CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams,
};

use crate::state::Snapshot;
use crate::{from_proto, to_proto};

/// The flow whose name is at a place, or the way out there; `None` where there is neither.
pub(crate) fn prepare(snapshot: &Snapshot, params: CallHierarchyPrepareParams) -> Option<Vec<CallHierarchyItem>> {
    let at = params.text_document_position_params;
    let (document, file) = snapshot.analysed(&from_proto::key(&at.text_document.uri))?;
    let offset = snapshot.session.encoding.offset(&document.text, from_proto::place(at.position));
    let item = views::call_item(&snapshot.db, file, u32::try_from(offset).ok()?)?;
    Some(vec![to_proto::call_item(&mut to_proto::Texts::new(snapshot), item)?])
}

/// Who leads to an item; `None` where it is not there any more.
pub(crate) fn incoming(
    snapshot: &Snapshot,
    params: CallHierarchyIncomingCallsParams,
) -> Option<Vec<CallHierarchyIncomingCall>> {
    let (file, key) = item(snapshot, &params.item)?;
    let mut texts = to_proto::Texts::new(snapshot);
    let calls = views::incoming_calls(&snapshot.db, file, &key)?.into_iter();
    Some(calls.filter_map(|calls| to_proto::incoming_call(&mut texts, calls)).collect())
}

/// Where an item leads; `None` where it is not there any more.
pub(crate) fn outgoing(
    snapshot: &Snapshot,
    params: CallHierarchyOutgoingCallsParams,
) -> Option<Vec<CallHierarchyOutgoingCall>> {
    let (file, key) = item(snapshot, &params.item)?;
    let mut texts = to_proto::Texts::new(snapshot);
    let calls = views::outgoing_calls(&snapshot.db, file, &key)?.into_iter();
    Some(calls.filter_map(|calls| to_proto::outgoing_call(&mut texts, file.path(&snapshot.db), calls)).collect())
}

/// The file of an item, which need not be open, and by what the item is found again in it.
fn item(snapshot: &Snapshot, item: &CallHierarchyItem) -> Option<(SourceFile, CallItemKey)> {
    Some((snapshot.files.get(&from_proto::key(&item.uri))?, from_proto::call_item(item)?))
}
