//! `farewell.showAudit`: the logout map of the workspace.

use std::sync::Arc;

use farewell_analysis::source::FileRole;
use farewell_analysis::{SourceFile, audit};

use crate::map::{DrawMap, LogoutMap, MapFormat, TextOnDisk};
use crate::state::Snapshot;

/// The map of all files of the open folders, and of what is open elsewhere.
pub(crate) fn run(snapshot: &Snapshot, (draw, format): (DrawMap, MapFormat)) -> String {
    let db = &snapshot.db;
    let in_workspace = snapshot.files.entries().filter(|(key, _)| snapshot.is_in_workspace(key));
    let files: Vec<SourceFile> = in_workspace
        .map(|(_, file)| file)
        .filter(|file| !file.linked_only(db) && file.role(db) != FileRole::Generated)
        .collect();
    let text_of = |path: &str| -> Option<TextOnDisk> {
        let (_, file) = snapshot.files.of_engine_path(path)?;
        Some((snapshot.workspace.disk_path(path), Arc::clone(file.text(db))))
    };
    let map = LogoutMap {
        audit: &audit(db, &files),
        root: snapshot.workspace.root(),
        text_of: &text_of,
        folder_of: &|folder| snapshot.workspace.disk_path(folder),
        files_seen: snapshot.scanned.files,
        files_parsed: files.len(),
        bytes_seen: snapshot.scanned.bytes,
        elapsed_ms: snapshot.scanned.milliseconds(),
    };
    draw(&map, format)
}
