//! Output: findings as text, JSON or a diff, and the logout map. Owns the order in which they are shown; must not know how
//! they were found.

pub(crate) mod audit;
#[cfg(test)]
pub(crate) mod contract;
pub(crate) mod diff;
pub(crate) mod json;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod text;

use std::time::Duration;

use farewell_analysis::Database;

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

fn key<'scan>(located: &Located<'scan>) -> (&'scan str, farewell_analysis::source::Span, &'static str) {
    let finding = &located.found.finding;
    (&located.source.path, finding.span, finding.rule.name())
}
