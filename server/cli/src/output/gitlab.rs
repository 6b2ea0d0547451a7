//! Findings as GitLab's code quality report: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use std::io::{self, Write};

use serde::Serialize;

use super::document::{Document, Range, Severity};

/// A finding in the report.
#[derive(Serialize)]
struct Entry<'report> {
    description: &'report str,
    check_name: &'static str,
    /// GitLab compares two reports by it.
    fingerprint: &'report str,
    severity: &'static str,
    location: Location<'report>,
}

#[derive(Serialize)]
struct Location<'report> {
    path: &'report str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Prints the report.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, document: &Document) -> io::Result<()> {
    let entries: Vec<Entry<'_>> = document
        .findings
        .iter()
        .map(|finding| {
            let Range { start, end } = finding.range;
            Entry {
                description: &finding.message,
                check_name: finding.rule.name(),
                fingerprint: &finding.fingerprint,
                severity: match finding.severity {
                    Severity::Error => "critical",
                    Severity::Warning => "major",
                    Severity::Information => "minor",
                    Severity::Hint => "info",
                },
                location: Location { path: &finding.path, lines: Lines { begin: start.line, end: end.line } },
            }
        })
        .collect();
    serde_json::to_writer_pretty(&mut *output, &entries)?;
    writeln!(output)
}
