//! From LSP's types to the server's own. With `to_proto` the only place that converts; must not know
//! what is done with the result.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use tower_lsp_server::ls_types::{
    CallHierarchyItem, CreateFilesParams, DeleteFilesParams, FileChangeType, FileEvent, InitializeParams, Position,
    PositionEncodingKind, PreviousResultId, Range, RenameFilesParams, TextDocumentContentChangeEvent, TraceValue, Uri,
    WorkspaceFolder,
};

use farewell_analysis::source::Span;
use farewell_analysis::views::CallItemKey;
use ropey::Rope;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::document::Change;
use crate::encoding::{Encoding, Place};
use crate::preferences::Trace;
use crate::requests::actions::Deed;
use crate::state::{DiskChange, DocumentKey};

/// What an action carries until it is resolved.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ActionData {
    /// The document that it was offered in.
    pub(crate) uri: Uri,
    /// The version of the text that it was made for.
    pub(crate) version: i32,
    /// What it does.
    pub(crate) deed: Deed,
}

/// Reads what an action carries; `None` where it is none of ours.
pub(crate) fn action_data(data: Value) -> Option<ActionData> {
    serde_json::from_value(data).ok()
}

/// A document's key: its path where it is a file, else its address.
pub(crate) fn key(uri: &Uri) -> DocumentKey {
    match path(uri) {
        Some(path) => DocumentKey::File(path),
        None => DocumentKey::Other(uri.as_str().into()),
    }
}

/// The path of a file's address; `None` for `untitled:` and the like.
pub(crate) fn path(uri: &Uri) -> Option<PathBuf> {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    let path = uri.to_file_path()?.into_owned();
    path.is_absolute().then_some(path)
}

/// The best of the encodings that the client offers: its first one that the server knows.
pub(crate) fn encoding(offered: Option<&[PositionEncodingKind]>) -> Encoding {
    let known = |kind: &PositionEncodingKind| match kind.as_str() {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    };
    offered.unwrap_or_default().iter().find_map(known).unwrap_or_default()
}

/// The folders that the client has open, outermost first.
pub(crate) fn roots(params: &InitializeParams) -> Vec<PathBuf> {
    if let Some(folders) = params.workspace_folders.as_ref().filter(|folders| !folders.is_empty()) {
        return folder_paths(folders);
    }
    // Clients from before workspace folders say it in one of two older ways.
    #[allow(deprecated)]
    let root = params.root_uri.as_ref().and_then(path).or_else(|| params.root_path.as_ref().map(PathBuf::from));
    root.filter(|path| path.is_absolute()).into_iter().collect()
}

/// The paths of workspace folders.
pub(crate) fn folder_paths(folders: &[WorkspaceFolder]) -> Vec<PathBuf> {
    folders.iter().filter_map(|folder| path(&folder.uri)).collect()
}

/// The reports that the client has: each file's address as it writes it, and its report's id.
pub(crate) fn previous_reports(ids: Vec<PreviousResultId>) -> BTreeMap<DocumentKey, (Uri, Arc<str>)> {
    ids.into_iter().map(|previous| (key(&previous.uri), (previous.uri, previous.value.into()))).collect()
}

/// How much of what the server does the client wants to hear.
pub(crate) fn trace(value: TraceValue) -> Trace {
    match value {
        TraceValue::Off => Trace::Off,
        TraceValue::Messages => Trace::Messages,
        TraceValue::Verbose => Trace::Verbose,
    }
}

/// A place.
pub(crate) fn place(position: Position) -> Place {
    Place { line: position.line, column: position.character }
}

/// The bytes of a range in a text, clamped; its ends may come in either order.
pub(crate) fn span(range: Range, text: &Rope, encoding: Encoding) -> Span {
    let one = encoding.offset(text, place(range.start));
    let other = encoding.offset(text, place(range.end));
    Span::from(one.min(other)..one.max(other))
}

/// By what an item of a call hierarchy is found again; `None` where it is none of ours.
pub(crate) fn call_item(item: &CallHierarchyItem) -> Option<CallItemKey> {
    let data = item.data.as_ref()?;
    Some(CallItemKey {
        title: data.get("title")?.as_str()?.to_owned(),
        start: u32::try_from(data.get("start")?.as_u64()?).ok()?,
        is_way_out: data.get("isWayOut")?.as_bool()?,
    })
}

/// The changes of a `didChange`.
pub(crate) fn changes(events: Vec<TextDocumentContentChangeEvent>) -> Vec<Change> {
    let change = |event: TextDocumentContentChangeEvent| Change {
        range: event.range.map(|range| (place(range.start), place(range.end))),
        text: event.text,
    };
    events.into_iter().map(change).collect()
}

/// What happened to files on the disk; what is no file is left out.
pub(crate) fn disk_changes(events: &[FileEvent]) -> Vec<DiskChange> {
    let change = |event: &FileEvent| {
        let path = path(&event.uri)?;
        Some(if event.typ == FileChangeType::DELETED { DiskChange::Gone(path) } else { DiskChange::There(path) })
    };
    events.iter().filter_map(change).collect()
}

/// Files or folders that were made.
pub(crate) fn creations(params: &CreateFilesParams) -> Vec<DiskChange> {
    params.files.iter().filter_map(|file| path_of(&file.uri).map(DiskChange::There)).collect()
}

/// Files or folders that were deleted.
pub(crate) fn deletions(params: &DeleteFilesParams) -> Vec<DiskChange> {
    params.files.iter().filter_map(|file| path_of(&file.uri).map(DiskChange::Gone)).collect()
}

/// A renaming of files or folders: the old paths are gone, the new ones are there.
pub(crate) fn renamings(params: &RenameFilesParams) -> Vec<DiskChange> {
    let mut changes = Vec::new();
    for file in &params.files {
        changes.extend(path_of(&file.old_uri).map(DiskChange::Gone));
        changes.extend(path_of(&file.new_uri).map(DiskChange::There));
    }
    changes
}

fn path_of(uri: &str) -> Option<PathBuf> {
    uri.parse().ok().and_then(|uri| path(&uri))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use tower_lsp_server::ls_types::PositionEncodingKind;

    use super::{encoding, key, path};
    use crate::encoding::Encoding;
    use crate::state::DocumentKey;

    #[test]
    fn the_clients_first_known_encoding_wins() {
        let other = PositionEncodingKind::new("utf-7");
        assert_eq!(encoding(Some(&[other.clone(), PositionEncodingKind::UTF32])), Encoding::Utf32);
        assert_eq!(encoding(Some(&[PositionEncodingKind::UTF8, PositionEncodingKind::UTF16])), Encoding::Utf8);
        assert_eq!(encoding(Some(&[other])), Encoding::Utf16);
        assert_eq!(encoding(None), Encoding::Utf16);
    }

    #[cfg(unix)]
    #[test]
    fn one_file_has_one_key_however_its_address_is_escaped() {
        let plain = key(&"file:///a%20b/%5Bslug%5D/x.ts".parse().unwrap());
        assert_eq!(plain, DocumentKey::File(PathBuf::from("/a b/[slug]/x.ts")));
        assert_eq!(plain, key(&"file:///a%20b/%5bslug%5d/%78.ts".parse().unwrap()));
        assert_eq!(path(&"untitled:Untitled-1".parse().unwrap()), None);
        assert_ne!(key(&"untitled:Untitled-1".parse().unwrap()), key(&"untitled:Untitled-2".parse().unwrap()));
    }
}
