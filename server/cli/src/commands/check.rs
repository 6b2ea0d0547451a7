//! `farewell check`: scan, fix where asked to, print, and judge.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use farewell_analysis::rules::Severity;
use farewell_project::{ScanOptions, SkipReason};

use crate::USAGE_ERROR;
use crate::arguments::{Check, Color, Format};
use crate::fix::{Fixed, apply_all, has_byte_order_mark, write_all};
use crate::output::{Summary, diff, json, located, text};
use crate::scan::{FileFindings, Scan, log_panics_of_analysis, use_threads};
use crate::sources::{Sources, printable, shown};

const FINDINGS: u8 = 1;
const NOTHING_SEEN: &str = "no source file was found to check; \
    what is ignored, hidden or installed is checked where it is named";

/// Checks, and answers 0 for nothing found, 1 for findings of warning or above, or 2 where a fix could not
/// be written.
///
/// # Errors
/// A path that does not exist, a broken configuration, standard output that cannot be written.
pub(crate) fn run(arguments: &Check) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    use_threads(usize::from(arguments.threads))?;
    log_panics_of_analysis();
    let options = ScanOptions { max_size: arguments.max_size, is_edited: false, ..ScanOptions::default() };
    // It goes with the program: to take apart what is known of thousands of files takes time for nothing.
    let mut scan = ManuallyDrop::new(Scan::load(&arguments.paths, &options)?);
    let found = scan.analyse();
    tell_skipped(&scan, &found);
    let mut output = BufWriter::new(io::stdout().lock());
    if arguments.diff {
        let code = judge(&found);
        let fixed = apply_all(&mut scan, found);
        diff::print(&mut output, &changes(&scan, &fixed), is_coloured(arguments.color))?;
        output.flush()?;
        return Ok(code);
    }
    let (mut found, mut fixed, mut unwritten) = (found, 0, false);
    if arguments.fix {
        let mut fixes = apply_all(&mut scan, found);
        unwritten = tell_unwritten(&write_all(&mut scan, &mut fixes, arguments.max_size));
        fixed = fixes.count();
        found = fixes.remaining;
    }
    let sources = Sources::of(&scan, &found);
    let summary = Summary {
        files_seen: scan.loaded.files_seen,
        files_parsed: scan.loaded.files.len(),
        bytes_seen: scan.loaded.bytes_seen,
        flows: found.iter().map(|file| file.flows).sum(),
        elapsed: started.elapsed(),
        fixed,
    };
    let all = located(&scan.db, &sources, &found);
    match arguments.format {
        Format::Text => text::print(&mut output, &sources, &all, &summary, &text_style(arguments.color))?,
        Format::Json => json::print(&mut output, &sources, &all, &summary)?,
    }
    output.flush()?;
    Ok(if unwritten { ExitCode::from(USAGE_ERROR) } else { judge(&found) })
}

/// One line on standard error for each file whose fixes could not be written; whether there is any.
fn tell_unwritten(failures: &[(PathBuf, anyhow::Error)]) -> bool {
    let working_directory = std::env::current_dir().unwrap_or_default();
    let mut errors = io::stderr().lock();
    for (path, error) in failures {
        let path = printable(&shown(&working_directory, path));
        let _ = writeln!(errors, "error: {path}: the fixes could not be written: {error:#}");
    }
    !failures.is_empty()
}

/// One line on standard error for each file that was not analysed.
pub(super) fn tell_skipped(scan: &Scan, found: &[FileFindings]) {
    let working_directory = std::env::current_dir().unwrap_or_default();
    let mut errors = io::stderr().lock();
    let mut tell = |path: &Path, reason: &str| {
        let _ = writeln!(errors, "skipped {}: {}", printable(&shown(&working_directory, path)), printable(reason));
    };
    for skipped in &scan.loaded.skipped {
        let advice = if matches!(skipped.reason, SkipReason::TooLarge { .. }) { " (--max-size raises it)" } else { "" };
        tell(&skipped.path, &format!("{}{advice}", skipped.reason));
    }
    for file in found {
        if let Some(reason) = &file.skipped {
            tell(&file.path, reason);
        }
    }
    if scan.loaded.files_seen == 0 && scan.loaded.skipped.is_empty() {
        let _ = writeln!(errors, "{NOTHING_SEEN}");
    }
}

fn changes(scan: &Scan, fixed: &Fixed) -> Vec<diff::Change> {
    let working_directory = std::env::current_dir().unwrap_or_default();
    let changed = fixed.files.iter().filter_map(|(path, change)| Some((path, change, scan.file(path)?)));
    let mut changes: Vec<diff::Change> = changed
        .map(|(path, change, file)| {
            let path = scan.workspace.disk_path(path);
            let has_mark = has_byte_order_mark(&path);
            let path = printable(&shown(&working_directory, &path));
            diff::Change { path, before: change.before.clone(), after: file.text(&scan.db).clone(), has_mark }
        })
        .collect();
    changes.sort_by(|left, right| left.path.cmp(&right.path));
    changes
}

pub(super) fn judge(found: &[FileFindings]) -> ExitCode {
    let mut findings = found.iter().flat_map(|file| &file.findings);
    if findings.any(|found| found.finding.severity >= Severity::Warning) {
        ExitCode::from(FINDINGS)
    } else {
        ExitCode::SUCCESS
    }
}

fn text_style(color: Color) -> text::Style {
    text::Style { coloured: is_coloured(color), width: terminal_width() }
}

/// How many columns standard output has, where it is a terminal that says so.
#[cfg(unix)]
fn terminal_width() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
}

#[cfg(not(unix))]
fn terminal_width() -> Option<usize> {
    None
}

pub(super) fn is_coloured(color: Color) -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
            io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb
        }
    }
}
