//! `farewell rules`: every rule on a line.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use farewell_analysis::rules::Rule;

use crate::pages::summary;

/// Prints the rules with their default severities and the first sentence of their pages.
///
/// # Errors
/// Standard output cannot be written.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let mut output = BufWriter::new(io::stdout().lock());
    let width = Rule::ALL.iter().map(|rule| rule.name().len()).max().unwrap_or_default();
    for rule in Rule::ALL {
        let line = format!("{:width$}  {:11}  {}", rule.name(), rule.default_severity().name(), summary(rule));
        writeln!(output, "{}", line.trim_end())?;
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}
