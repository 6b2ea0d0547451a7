//! Findings for a coding agent: a list of what to do, the gravest first, and within one severity what `--fix`
//! does by itself. Owns that every line of it says something to act on.

use std::cmp::Reverse;
use std::io::{self, Write};

use farewell_analysis::rules::Severity;

use super::document::{Document, Finding};
use crate::output::text::{by_severity, counted};
use crate::sources::printable;

/// How an agent that reads the list goes on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Next {
    /// What mends the findings marked `[auto]`.
    pub(crate) mend: &'static str,
    /// What explains a rule.
    pub(crate) explain: &'static str,
    /// How many findings are listed at most; the others are counted.
    pub(crate) most: usize,
}

/// By commands.
const BY_COMMANDS: Next =
    Next { mend: "`farewell check --fix` mends", explain: "`farewell explain RULE`", most: usize::MAX };

/// Prints the list, for an agent that runs commands.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, document: &Document) -> io::Result<()> {
    print_for(output, document, BY_COMMANDS)
}

/// Prints the list.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print_for(output: &mut impl Write, document: &Document, next: Next) -> io::Result<()> {
    if document.findings.is_empty() {
        return writeln!(output, "Nothing to do: nothing found.");
    }
    let mut all: Vec<&Finding> = document.findings.iter().collect();
    all.sort_by_key(|it| (Reverse(Severity::from(it.severity)), !it.is_automatic()));
    writeln!(output, "{}, the first to do first.", by_severity(&document.findings))?;
    let automatic = all.iter().filter(|it| it.is_automatic()).count();
    if automatic > 0 {
        let them = counted(automatic, "finding");
        writeln!(output, "{} {them} marked [auto]; check the rest by hand.", next.mend)?;
    }
    for (index, finding) in all.iter().take(next.most).enumerate() {
        entry(output, index + 1, finding)?;
    }
    if let Some(left @ 1..) = all.len().checked_sub(next.most) {
        writeln!(output, "\n… and {}: mend these first, or ask for more.", counted(left, "more finding"))?;
    }
    writeln!(output, "\nWhy, and what to write instead: {}.", next.explain)?;
    writeln!(output, "To accept one, with a reason: a comment `farewell-ignore RULE: REASON` on the line before.")
}

fn entry(output: &mut impl Write, number: usize, finding: &Finding) -> io::Result<()> {
    let (path, line, column) = (printable(&finding.path), finding.range.start.line, finding.range.start.column);
    let mark = if finding.is_automatic() { " [auto]" } else { "" };
    writeln!(output, "\n{number}. {path}:{line}:{column} {} {}{mark}", finding.severity.name(), finding.rule.name())?;
    writeln!(output, "   {}", printable(&finding.message))?;
    for step in &finding.related {
        let line = step.range.start.line;
        writeln!(output, "   - {}:{line} {}", printable(&step.path), printable(&step.message))?;
    }
    if !finding.help.is_empty() {
        writeln!(output, "   do: {}", printable(&finding.help))?;
    }
    Ok(())
}
