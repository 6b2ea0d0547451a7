//! Items of a call hierarchy and the calls between them, in LSP's types.

use std::sync::Arc;

use farewell_analysis::source::Span;
use farewell_analysis::views::{CallItem, CallItemKind, ItemCalls, Place};
use serde_json::json;
use tower_lsp_server::ls_types::{
    CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, Range, SymbolKind,
};

use super::Texts;

/// An item; `None` where its file is not known any more.
pub(crate) fn call_item(texts: &mut Texts<'_>, item: CallItem) -> Option<CallHierarchyItem> {
    let span = texts.location(&Place { path: Arc::clone(&item.path), span: item.span })?;
    let name = texts.location(&Place { path: item.path, span: item.name })?;
    let kind = match item.kind {
        CallItemKind::Function => SymbolKind::FUNCTION,
        CallItemKind::Member => SymbolKind::METHOD,
        CallItemKind::TopLevel => SymbolKind::MODULE,
        CallItemKind::WayOut => SymbolKind::EVENT,
    };
    let is_way_out = item.kind == CallItemKind::WayOut;
    Some(CallHierarchyItem {
        data: Some(json!({"title": item.title, "start": item.name.start, "isWayOut": is_way_out})),
        name: item.title,
        kind,
        tags: None,
        detail: Some(item.detail),
        uri: span.uri,
        range: span.range,
        selection_range: name.range,
    })
}

/// The calls of one caller, which stand in its own file.
pub(crate) fn incoming_call(texts: &mut Texts<'_>, calls: ItemCalls) -> Option<CallHierarchyIncomingCall> {
    let from_ranges = ranges(texts, &Arc::clone(&calls.item.path), &calls.calls);
    Some(CallHierarchyIncomingCall { from: call_item(texts, calls.item)?, from_ranges })
}

/// The calls of one callee, which stand in the file of who was asked about.
pub(crate) fn outgoing_call(
    texts: &mut Texts<'_>,
    from: &Arc<str>,
    calls: ItemCalls,
) -> Option<CallHierarchyOutgoingCall> {
    let from_ranges = ranges(texts, from, &calls.calls);
    Some(CallHierarchyOutgoingCall { to: call_item(texts, calls.item)?, from_ranges })
}

fn ranges(texts: &mut Texts<'_>, path: &Arc<str>, spans: &[Span]) -> Vec<Range> {
    let mut range = |span: &Span| Some(texts.location(&Place { path: Arc::clone(path), span: *span })?.range);
    spans.iter().filter_map(&mut range).collect()
}
