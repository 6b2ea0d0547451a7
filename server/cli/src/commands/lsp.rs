//! `farewell lsp`: the language server over standard input and output.

use std::path::Path;
use std::process::ExitCode;

use farewell_lsp::{LogoutMap, MapFormat};

use crate::output::audit::{self, FileLinks, Seen, json, markdown};
use crate::sources::{Sources, shown};

/// Where a place in the map leads when an editor shows it.
const LINK: &str = "file:///{path}#L{line}";

/// Runs the language server until the editor ends it; the exit code is the protocol's.
pub(crate) fn run() -> ExitCode {
    farewell_lsp::run(draw)
}

/// The logout map as `farewell audit` draws it.
fn draw(map: &LogoutMap<'_>, format: MapFormat) -> String {
    let mut sources = Sources::default();
    for path in audit::paths(map.audit) {
        if let Some((on_disk, text)) = (map.text_of)(&path) {
            sources.add(path, shown(map.root, &on_disk), text);
        }
    }
    let seen = Seen {
        files_seen: map.files_seen,
        files_parsed: map.files_parsed,
        bytes_seen: map.bytes_seen,
        elapsed_ms: map.elapsed_ms,
    };
    let shown_folder = |folder: &Path| shown(map.root, &(map.folder_of)(&folder.to_string_lossy()));
    let document = audit::document(map.audit, &sources, seen, &shown_folder);
    let mut bytes = Vec::new();
    let printed = match format {
        MapFormat::Markdown => {
            let links = FileLinks::new(map.root, map.root, map.root, Some(LINK));
            markdown::print(&mut bytes, &document, &links)
        }
        MapFormat::Json => json::print(&mut bytes, &document),
    };
    // Memory takes whatever is written to it.
    if let Err(error) = printed {
        tracing::error!("the logout map cannot be drawn: {error}");
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
