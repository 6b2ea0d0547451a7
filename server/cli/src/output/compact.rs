//! Findings on a line each, as editors and `grep` read them: `src/auth.ts:6:3: warning[rule] message`.

use std::io::{self, Write};

use super::Document;
use crate::sources::printable;

/// Prints a line for each finding, and nothing where there is none.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, document: &Document) -> io::Result<()> {
    for finding in &document.findings {
        let start = finding.range.start;
        let (path, message) = (printable(&finding.path), printable(&finding.message));
        let (severity, rule) = (finding.severity.name(), finding.rule.name());
        writeln!(output, "{path}:{}:{}: {severity}[{rule}] {message}", start.line, start.column)?;
    }
    Ok(())
}
