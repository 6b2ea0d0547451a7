//! `farewell audit`: scan, draw the logout map, and judge as `check` does.

use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use farewell_project::absolute;

use super::check::{is_coloured, judge, tell_skipped};
use super::output_file::Output;
use crate::arguments::{Audit, Level, MapFormat};
use crate::output::audit::{self, Document, FileLinks, Seen, html, json, markdown, text};
use crate::scan::{FileFindings, Scan, log_panics_of_analysis, use_threads};
use crate::sources::{Sources, shown};

/// Draws the map, and answers 0 for nothing found or 1 for findings of warning or above.
///
/// # Errors
/// A path that does not exist, a broken configuration, an output that cannot be written.
pub(crate) fn run(arguments: &Audit) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    use_threads(usize::from(arguments.reading.threads))?;
    log_panics_of_analysis();
    let mut output = Output::new(arguments.output.as_deref())?;
    // It goes with the program: to take apart what is known of thousands of files takes time for nothing.
    let scan = ManuallyDrop::new(Scan::load(&arguments.reading.paths, &arguments.reading.options())?);
    let found = scan.analyse_without_fixes();
    tell_skipped(&scan, &found);
    let document = document(&scan, &found, started)?;
    let working_directory = std::env::current_dir().unwrap_or_default();
    let page = arguments.output.as_deref().map(|path| absolute(&working_directory, path));
    let page_folder = page.as_deref().and_then(Path::parent).unwrap_or(&working_directory);
    let root = scan.workspace.disk_path("");
    let links = FileLinks::new(&working_directory, page_folder, &root, arguments.link_template.as_deref());
    let coloured = is_coloured(arguments.color, output.is_file());
    draw(&mut output, arguments, &document, &links, coloured)?;
    output.finish()?;
    Ok(judge(&found, Level::Warning))
}

/// The map of some files' flows, looked at since a moment.
///
/// # Errors
/// The analysis failed, which is a fault of Farewell.
pub(crate) fn document(scan: &Scan, found: &[FileFindings], started: Instant) -> anyhow::Result<Document> {
    let map = scan.audit(found)?;
    let sources = Sources::of_paths(scan, audit::paths(&map));
    let seen = Seen {
        files_seen: scan.loaded.files_seen,
        files_parsed: scan.loaded.files.len(),
        bytes_seen: scan.loaded.bytes_seen,
        elapsed_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    };
    let working_directory = std::env::current_dir().unwrap_or_default();
    let shown_folder = |folder: &Path| shown(&working_directory, &scan.workspace.disk_path(&folder.to_string_lossy()));
    Ok(audit::document(&map, &sources, seen, &shown_folder))
}

fn draw(
    output: &mut impl Write,
    arguments: &Audit,
    document: &Document,
    links: &FileLinks,
    coloured: bool,
) -> io::Result<()> {
    let by_name = || arguments.output.as_deref().and_then(format_of);
    match arguments.format.or_else(by_name).unwrap_or(MapFormat::Text) {
        MapFormat::Text => text::print(output, document, coloured),
        MapFormat::Markdown => markdown::print(output, document, links),
        MapFormat::Json => json::print(output, document),
        MapFormat::Html => html::print(output, document, links),
    }
}

/// The format that a file's name asks for.
fn format_of(path: &Path) -> Option<MapFormat> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "html" | "htm" => Some(MapFormat::Html),
        "md" | "markdown" => Some(MapFormat::Markdown),
        "json" => Some(MapFormat::Json),
        _ => None,
    }
}
