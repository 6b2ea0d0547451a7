//! Findings for a coding agent: a list of what to do, the gravest first, and within one severity what `--fix`
//! does by itself. Owns that every line of it says something to act on.

use std::cmp::Reverse;
use std::io::{self, Write};

use farewell_analysis::fixes::Fix;

use super::{Located, Report};
use crate::output::text::{by_severity, counted};
use crate::sources::{Sources, printable};

/// Prints the list.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    if report.all.is_empty() {
        return writeln!(output, "Nothing to do: nothing found.");
    }
    let mut all: Vec<&Located<'_>> = report.all.iter().collect();
    all.sort_by_key(|it| (Reverse(it.found.finding.severity), !is_automatic(it)));
    writeln!(output, "{}, the first to do first.", by_severity(report.all))?;
    let automatic = all.iter().filter(|it| is_automatic(it)).count();
    if automatic > 0 {
        let them = counted(automatic, "finding");
        writeln!(output, "`farewell check --fix` mends {them} marked [auto]; check the rest by hand.")?;
    }
    for (index, located) in all.iter().enumerate() {
        entry(output, report.sources, index + 1, located)?;
    }
    writeln!(output, "\nWhy, and what to write instead: `farewell explain RULE`.")?;
    writeln!(output, "To accept one, with a reason: a comment `farewell-ignore RULE: REASON` on the line before.")
}

fn entry(output: &mut impl Write, sources: &Sources, number: usize, located: &Located<'_>) -> io::Result<()> {
    let finding = &located.found.finding;
    let (start, _) = located.source.places(finding.span);
    let (path, line, column) = (printable(&located.source.path), start.line, start.column);
    let mark = if is_automatic(located) { " [auto]" } else { "" };
    writeln!(output, "\n{number}. {path}:{line}:{column} {} {}{mark}", finding.severity.name(), finding.rule.name())?;
    writeln!(output, "   {}", printable(&finding.message))?;
    for step in &finding.related {
        if let Some(source) = sources.get(&step.path) {
            let (place, _) = source.places(step.span);
            writeln!(output, "   - {}:{} {}", printable(&source.path), place.line, printable(&step.message))?;
        }
    }
    if !finding.help.is_empty() {
        writeln!(output, "   do: {}", printable(&finding.help))?;
    }
    Ok(())
}

fn is_automatic(located: &Located<'_>) -> bool {
    located.found.fixes.iter().any(Fix::is_automatic)
}
