//! `farewell check`: scan, fix where asked to, print, and judge.

use std::io::{self, IsTerminal, Read, Write};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Instant, SystemTime};

use anyhow::{Context, bail};
use farewell_analysis::rules::Severity;
use farewell_project::{ScanOptions, SkipReason, absolute};

use super::output_file::Output;
use super::parts;
use crate::arguments::{Check, Color, Format, Level};
use crate::fix::{Choice, Fixed, apply_all, has_byte_order_mark, write_all};
use crate::kept::Kept;
use crate::output::document::{Finding, VERSION};
use crate::output::{self, Document, Totals, diff, text};
use crate::progress::Progress;
use crate::scan::{FileFindings, Scan, log_panics_of_analysis, use_threads};
use crate::sources::{Sources, printable, shown};
use crate::watch::{self, Changes, Watcher};
use crate::{USAGE_ERROR, is_broken_pipe};

const FINDINGS: u8 = 1;
/// How many files of a workspace are looked at at once, about, where it can be parted: what is known of a part is let go
/// of before another one is read.
const FILES_AT_ONCE: usize = 4_000;
/// How many parts they are in, at most: what one of them has to do by itself, others do not wait for.
const PARTS_AT_ONCE: usize = 4;
const WATCHING: &str = "Watching for changes; Ctrl-C ends it.";
const NOTHING_SEEN: &str = "no source file was found to check; \
    what is ignored, hidden or installed is checked where it is named";

/// Checks, and answers 0 for nothing that fails a run, 1 for findings that do, or 2 where a fix could not be
/// written. While it watches it gives no answer.
///
/// # Errors
/// A path that does not exist, a broken configuration or baseline, an output that cannot be written.
pub(crate) fn run(arguments: &Check) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    use_threads(usize::from(arguments.reading.threads))?;
    log_panics_of_analysis();
    if arguments.watch {
        return keep_checking(arguments);
    }
    if let Some(name) = &arguments.stdin_filename {
        let mut scan = ManuallyDrop::new(read_standard_input(arguments, name)?);
        return check(&mut scan, arguments, started);
    }
    let workspace = Scan::discover(&arguments.reading.paths, &options(arguments))?;
    let output = Output::new(arguments.output.as_deref())?;
    let kept = kept(workspace.root(), arguments)?;
    // A part may read what a fix writes in another one: then they come one after another.
    let at_once = if arguments.fix { 1 } else { rayon::current_num_threads().clamp(1, PARTS_AT_ONCE) };
    let files = workspace.files_found();
    let parts = workspace.into_parts(FILES_AT_ONCE / at_once);
    let progress = (parts.len() > 1).then(|| Progress::of("Checking", files));
    let is_part = arguments.shard.is_some() || progress.is_some();
    let checked = parts::on_each(parts, at_once, |part, is_last| {
        let mut scan = ManuallyDrop::new(Scan::of(part, is_part, progress.as_ref().map(Progress::done).cloned()));
        let checked = check_part(&mut scan, arguments, &kept);
        // To take apart what is known of thousands of files takes time: the last ones go with the program.
        if !is_last() {
            drop(ManuallyDrop::into_inner(scan));
        }
        checked
    })?;
    drop(progress);
    let mut whole = Checked::default();
    checked.into_iter().for_each(|part| whole.add(part));
    tell(whole, arguments, output, started)
}

/// Checks a scan, mends where asked to, and prints.
fn check(scan: &mut Scan, arguments: &Check, started: Instant) -> anyhow::Result<ExitCode> {
    let output = Output::new(arguments.output.as_deref())?;
    let kept = kept(scan.workspace.root(), arguments)?;
    let checked = check_part(scan, arguments, &kept)?;
    tell(checked, arguments, output, started)
}

/// What came of checking a workspace, or a part of it.
#[derive(Debug, Default)]
struct Checked {
    findings: Vec<Finding>,
    summary: Totals,
    /// What was, or would be, mended.
    changes: Vec<diff::Change>,
    /// Whether there is a finding that fails the run.
    fails: bool,
    /// A line for each file that was not analysed.
    skipped: Vec<String>,
    /// A line for each file whose fixes could not be written.
    unwritten: Vec<String>,
}

impl Checked {
    fn add(&mut self, part: Self) {
        self.findings.extend(part.findings);
        self.summary.add(&part.summary);
        self.changes.extend(part.changes);
        self.fails |= part.fails;
        self.skipped.extend(part.skipped);
        self.unwritten.extend(part.unwritten);
    }
}

/// Checks a scan, and mends where asked to.
fn check_part(scan: &mut Scan, arguments: &Check, kept: &Kept) -> anyhow::Result<Checked> {
    let is_mending = arguments.fix || arguments.diff;
    let needs_fixes = is_mending || arguments.format.shows_fixes();
    let mut found = if needs_fixes { scan.analyse() } else { scan.analyse_without_fixes() };
    let skipped = skipped(scan, &found);
    let in_baseline = kept.retain(scan, &mut found)?;
    let choice = Choice { kept, with_unsafe: arguments.unsafe_fixes };
    if arguments.diff {
        let fails = fails(&found, arguments.fail_on);
        let fixed = apply_all(scan, found, choice)?;
        return Ok(Checked { changes: changes(scan, &fixed), fails, skipped, ..Checked::default() });
    }
    let (mut fixed, mut unwritten) = (0, Vec::new());
    if arguments.fix {
        let mut fixes = apply_all(scan, found, choice)?;
        unwritten = lines_of(&write_all(scan, &mut fixes, kept, arguments.reading.max_size)?);
        fixed = fixes.count();
        found = fixes.remaining;
    }
    let totals = Totals { fixed, in_baseline, ..totals(scan, &found) };
    let Document { findings, summary, .. } = document(scan, &found, totals);
    let fails = fails(&found, arguments.fail_on);
    Ok(Checked { findings, summary, fails, skipped, unwritten, ..Checked::default() })
}

/// Prints what came of it.
fn tell(checked: Checked, arguments: &Check, mut output: Output, started: Instant) -> anyhow::Result<ExitCode> {
    let Checked { mut findings, mut summary, mut changes, fails, skipped, unwritten } = checked;
    tell_lines(skipped.iter().chain(&unwritten));
    let coloured = is_coloured(arguments.color, output.is_file());
    let code = code(fails);
    if arguments.diff {
        changes.sort_by(|left, right| left.path.cmp(&right.path));
        diff::print(&mut output, &changes, coloured)?;
        output.finish()?;
        return Ok(code);
    }
    output::convert::sort(&mut findings);
    summary.elapsed_ms = milliseconds_since(started);
    print(output, arguments.format, &Document { version: VERSION, findings, summary }, coloured)?;
    Ok(if unwritten.is_empty() { code } else { ExitCode::from(USAGE_ERROR) })
}

/// Checks whenever something changes, until somebody ends the program.
fn keep_checking(arguments: &Check) -> anyhow::Result<ExitCode> {
    let (mut started, begin) = (Instant::now(), SystemTime::now());
    let mut scan = load(arguments)?;
    let mut watcher = Watcher::new(&scan.workspace, begin)?;
    loop {
        if arguments.output.is_none() && io::stdout().is_terminal() {
            watch::clear_screen()?;
        }
        // What is wrong now may be right after the next change.
        if let Err(error) = check(&mut scan, arguments, started) {
            tell_error(error)?;
        }
        let _ = writeln!(io::stderr().lock(), "{WATCHING}");
        loop {
            let changes = watcher.next(&scan.workspace)?;
            started = Instant::now();
            let begin = SystemTime::now();
            match changes {
                Changes::Texts(paths) => {
                    if !scan.read_again(paths) {
                        continue;
                    }
                }
                Changes::Tree => match load(arguments) {
                    Ok(loaded) => {
                        scan = loaded;
                        watcher.follow(&scan.workspace, begin)?;
                    }
                    Err(error) => {
                        tell_error(error)?;
                        continue;
                    }
                },
            }
            break;
        }
    }
}

/// An error that ends no watch, unless nobody reads what it prints.
fn tell_error(error: anyhow::Error) -> anyhow::Result<()> {
    if is_broken_pipe(&error) {
        return Err(error);
    }
    let _ = writeln!(io::stderr().lock(), "error: {error:#}");
    Ok(())
}

/// Prints a document to where it goes.
///
/// # Errors
/// The output cannot be written.
pub(super) fn print(mut output: Output, format: Format, document: &Document, coloured: bool) -> anyhow::Result<()> {
    let style = text::Style { coloured, width: if output.is_file() { None } else { terminal_width() } };
    output::print(&mut output, format, document, &style)?;
    output.finish()
}

/// What of the findings is reported.
fn kept(root: &Path, arguments: &Check) -> anyhow::Result<Kept> {
    Kept::new(root, arguments.baseline.as_deref(), arguments.changed.as_deref())
}

fn options(arguments: &Check) -> ScanOptions {
    ScanOptions {
        severities: arguments.rules.severities(),
        shard: arguments.shard,
        is_edited: arguments.watch,
        ..arguments.reading.options()
    }
}

/// Everything that is asked for in one scan, which can be kept.
fn load(arguments: &Check) -> anyhow::Result<Scan> {
    Scan::load(&arguments.reading.paths, &options(arguments))
}

/// Takes standard input for what a file holds.
fn read_standard_input(arguments: &Check, name: &Path) -> anyhow::Result<Scan> {
    let path = absolute(&std::env::current_dir().unwrap_or_default(), name);
    let mut text = String::new();
    let most = arguments.reading.max_size;
    io::stdin().lock().take(most + 1).read_to_string(&mut text).context("standard input cannot be read")?;
    if text.len() as u64 > most {
        bail!("standard input holds more than the cap of {most} bytes (--max-size raises it)");
    }
    Scan::load_with(&path, &text, &options(arguments))
}

/// One line for each file whose fixes could not be written.
fn lines_of(failures: &[(PathBuf, anyhow::Error)]) -> Vec<String> {
    let working_directory = std::env::current_dir().unwrap_or_default();
    let line = |(path, error): &(PathBuf, anyhow::Error)| {
        let path = printable(&shown(&working_directory, path));
        format!("error: {path}: the fixes could not be written: {error:#}")
    };
    failures.iter().map(line).collect()
}

/// One line on standard error for each file that was not analysed.
pub(super) fn tell_skipped(scan: &Scan, found: &[FileFindings]) {
    tell_lines(skipped(scan, found).iter());
}

fn tell_lines<'line>(lines: impl Iterator<Item = &'line String>) {
    let mut errors = io::stderr().lock();
    for line in lines {
        let _ = writeln!(errors, "{line}");
    }
}

/// One line for each file that was not analysed, or one that says that there was none to look at.
pub(crate) fn skipped(scan: &Scan, found: &[FileFindings]) -> Vec<String> {
    let working_directory = std::env::current_dir().unwrap_or_default();
    let told = |path: &Path, reason: &str| {
        format!("skipped {}: {}", printable(&shown(&working_directory, path)), printable(reason))
    };
    let unread = scan.loaded.skipped.iter().map(|skipped| {
        let advice = if matches!(skipped.reason, SkipReason::TooLarge { .. }) { " (--max-size raises it)" } else { "" };
        told(&skipped.path, &format!("{}{advice}", skipped.reason))
    });
    let unanalysed = found.iter().filter_map(|file| Some(told(&file.path, file.skipped.as_deref()?)));
    let mut lines: Vec<String> = unread.chain(unanalysed).collect();
    if scan.loaded.files_seen == 0 && scan.loaded.skipped.is_empty() && !scan.is_part {
        lines.push(NOTHING_SEEN.to_owned());
    }
    lines
}

/// What fixing changed, sorted by path.
pub(crate) fn changes(scan: &Scan, fixed: &Fixed) -> Vec<diff::Change> {
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

/// What was found, and of what.
pub(crate) fn document(scan: &Scan, found: &[FileFindings], summary: Totals) -> Document {
    let findings = output::findings(&scan.db, &Sources::of(scan, found), found);
    Document { version: VERSION, findings, summary }
}

/// What a scan looked at, before it is known how long it took.
pub(crate) fn totals(scan: &Scan, found: &[FileFindings]) -> Totals {
    Totals {
        files_seen: scan.loaded.files_seen,
        files_parsed: scan.loaded.files.len(),
        bytes_seen: scan.loaded.bytes_seen,
        flows: found.iter().map(|file| file.flows).sum(),
        ..Totals::default()
    }
}

fn milliseconds_since(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// The exit code of some findings.
pub(super) fn judge(found: &[FileFindings], fail_on: Level) -> ExitCode {
    code(fails(found, fail_on))
}

/// Whether one of some findings fails a run.
fn fails(found: &[FileFindings], fail_on: Level) -> bool {
    let mut findings = found.iter().flat_map(|file| &file.findings);
    findings.any(|found| fail_on.is_reached_by(found.finding.severity))
}

/// The exit code of findings of some severities.
pub(super) fn code_of(mut severities: impl Iterator<Item = Severity>, fail_on: Level) -> ExitCode {
    code(severities.any(|severity| fail_on.is_reached_by(severity)))
}

fn code(fails: bool) -> ExitCode {
    if fails { ExitCode::from(FINDINGS) } else { ExitCode::SUCCESS }
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

/// Whether to colour what goes to standard output, or into a file.
pub(super) fn is_coloured(color: Color, into_file: bool) -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
            !into_file && io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb
        }
    }
}
