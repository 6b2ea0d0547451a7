//! `farewell check`: scan, fix where asked to, print, and judge.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use farewell_analysis::rules::Severity;
use farewell_project::{ScanOptions, SkipReason};

use crate::arguments::{Check, Color, Format};
use crate::fix::{Fixed, apply_all, write_all};
use crate::output::{Summary, diff, json, located, text};
use crate::scan::{FileFindings, Scan, log_panics_of_analysis, use_threads};
use crate::sources::{Sources, printable, shown};

const FINDINGS: u8 = 1;
const NOTHING_SEEN: &str = "no JavaScript or TypeScript file was found to check; \
    what is ignored, hidden or installed is checked where it is named";

/// Checks, and answers 0 for nothing found or 1 for findings of warning or above.
///
/// # Errors
/// A path that does not exist, a broken configuration, a file that cannot be written.
pub(crate) fn run(arguments: &Check) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    use_threads(usize::from(arguments.threads))?;
    log_panics_of_analysis();
    let mut scan = Scan::load(&arguments.paths, &ScanOptions { max_size: arguments.max_size })?;
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
    let (found, fixed) = if arguments.fix {
        let fixed = apply_all(&mut scan, found);
        write_all(&scan, &fixed, arguments.max_size)?;
        (fixed.remaining, fixed.fixes)
    } else {
        (found, 0)
    };
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
        Format::Text => text::print(&mut output, &sources, &all, &summary, is_coloured(arguments.color))?,
        Format::Json => json::print(&mut output, &sources, &all, &summary)?,
    }
    output.flush()?;
    Ok(judge(&found))
}

/// One line on standard error for each file that was not analysed.
fn tell_skipped(scan: &Scan, found: &[FileFindings]) {
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
    if scan.loaded.files_seen == 0 {
        let _ = writeln!(errors, "{NOTHING_SEEN}");
    }
}

fn changes(scan: &Scan, fixed: &Fixed) -> Vec<diff::Change> {
    let working_directory = std::env::current_dir().unwrap_or_default();
    let changed = fixed.before.iter().filter_map(|(path, before)| Some((path, before, scan.file(path)?)));
    let mut changes: Vec<diff::Change> = changed
        .map(|(path, before, file)| diff::Change {
            path: shown(&working_directory, &scan.workspace.disk_path(path)),
            before: before.clone(),
            after: file.text(&scan.db).clone(),
        })
        .collect();
    changes.sort_by(|left, right| left.path.cmp(&right.path));
    changes
}

fn judge(found: &[FileFindings]) -> ExitCode {
    let mut findings = found.iter().flat_map(|file| &file.findings);
    if findings.any(|found| found.finding.severity >= Severity::Warning) {
        ExitCode::from(FINDINGS)
    } else {
        ExitCode::SUCCESS
    }
}

fn is_coloured(color: Color) -> bool {
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
