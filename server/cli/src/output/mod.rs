//! Output: findings in each format and as a diff, and the logout map. Owns the order in which they are shown; must not know how
//! they were found.

pub(crate) mod agent;
pub(crate) mod audit;
mod compact;
#[cfg(test)]
pub(crate) mod contract;
pub(crate) mod diff;
mod github;
mod gitlab;
pub(crate) mod json;
mod junit;
#[cfg(test)]
pub(crate) mod samples;
mod sarif;
pub(crate) mod text;

use std::io::{self, Write};
use std::time::Duration;

use farewell_analysis::Database;

use crate::arguments::Format;
use crate::scan::{FileFindings, Found};
use crate::sources::{Source, Sources};

/// What a scan looked at.
#[derive(Debug)]
pub(crate) struct Summary {
    pub(crate) files_seen: usize,
    pub(crate) files_parsed: usize,
    pub(crate) bytes_seen: u64,
    pub(crate) flows: usize,
    pub(crate) elapsed: Duration,
    pub(crate) fixed: usize,
    /// Findings that are in the baseline, and so not among the others.
    pub(crate) in_baseline: usize,
}

/// What there is to print.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Report<'scan> {
    pub(crate) sources: &'scan Sources,
    /// The findings, sorted by path, place and rule.
    pub(crate) all: &'scan [Located<'scan>],
    pub(crate) summary: &'scan Summary,
}

/// A finding with the text that it is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Located<'scan> {
    pub(crate) found: &'scan Found,
    pub(crate) source: &'scan Source,
}

/// Every finding, sorted by path, place and rule.
pub(crate) fn located<'scan>(
    db: &Database,
    sources: &'scan Sources,
    files: &'scan [FileFindings],
) -> Vec<Located<'scan>> {
    let with_source = files.iter().filter_map(|file| Some((file, sources.get(file.file.path(db))?)));
    let mut all: Vec<Located<'scan>> = with_source
        .flat_map(|(file, source)| file.findings.iter().map(move |found| Located { found, source }))
        .collect();
    all.sort_by(|left, right| key(left).cmp(&key(right)));
    all
}

/// Prints a report in a format; `style` is for text alone.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(
    output: &mut impl Write,
    format: Format,
    report: &Report<'_>,
    style: &text::Style,
) -> io::Result<()> {
    match format {
        Format::Text => text::print(output, report, style),
        Format::Compact => compact::print(output, report),
        Format::Json => json::print(output, report),
        Format::Jsonl => json::print_lines(output, report),
        Format::Sarif => sarif::print(output, report),
        Format::Github => github::print(output, report),
        Format::Gitlab => gitlab::print(output, report),
        Format::Junit => junit::print(output, report),
        Format::Agent => agent::print(output, report),
    }
}

fn key<'scan>(located: &Located<'scan>) -> (&'scan str, farewell_analysis::source::Span, &'static str) {
    let finding = &located.found.finding;
    (&located.source.path, finding.span, finding.rule.name())
}
