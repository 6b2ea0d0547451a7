//! Findings for a coding agent: a list of what to do, the gravest first, and within one severity what `--fix`
//! does by itself. Owns that every line of it says something to act on.

use std::cmp::Reverse;
use std::io::{self, Write};

use farewell_analysis::fixes::Fix;

use super::{Located, Report};
use crate::output::text::{by_severity, counted};
use crate::sources::{Sources, printable};

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
pub(crate) fn print(output: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    print_for(output, report, BY_COMMANDS)
}

/// Prints the list.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print_for(output: &mut impl Write, report: &Report<'_>, next: Next) -> io::Result<()> {
    if report.all.is_empty() {
        return writeln!(output, "Nothing to do: nothing found.");
    }
    let mut all: Vec<&Located<'_>> = report.all.iter().collect();
    all.sort_by_key(|it| (Reverse(it.found.finding.severity), !is_automatic(it)));
    writeln!(output, "{}, the first to do first.", by_severity(report.all))?;
    let automatic = all.iter().filter(|it| is_automatic(it)).count();
    if automatic > 0 {
        let them = counted(automatic, "finding");
        writeln!(output, "{} {them} marked [auto]; check the rest by hand.", next.mend)?;
    }
    for (index, located) in all.iter().take(next.most).enumerate() {
        entry(output, report.sources, index + 1, located)?;
    }
    if let Some(left @ 1..) = all.len().checked_sub(next.most) {
        writeln!(output, "\n… and {}: mend these first, or ask for more.", counted(left, "more finding"))?;
    }
    writeln!(output, "\nWhy, and what to write instead: {}.", next.explain)?;
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
