//! `farewell rules`: every rule, for a terminal, a program or a wiki.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use farewell_analysis::rules::Rule;
use serde::Serialize;

use crate::arguments::ListFormat;
use crate::pages::{demoted, summary};

/// A rule as a program reads it.
#[derive(Serialize)]
struct Listed {
    name: &'static str,
    default_severity: &'static str,
    summary: String,
    url: String,
    /// The page, in Markdown.
    page: &'static str,
}

/// Lists the rules with their default severities.
///
/// # Errors
/// Standard output cannot be written.
pub(crate) fn run(format: ListFormat) -> anyhow::Result<ExitCode> {
    let mut output = BufWriter::new(io::stdout().lock());
    match format {
        ListFormat::Text => text(&mut output)?,
        ListFormat::Json => json(&mut output)?,
        ListFormat::Markdown => markdown(&mut output)?,
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn text(output: &mut impl Write) -> io::Result<()> {
    let width = Rule::ALL.iter().map(|rule| rule.name().len()).max().unwrap_or_default();
    for rule in Rule::ALL {
        let line = format!("{:width$}  {:11}  {}", rule.name(), rule.default_severity().name(), summary(rule));
        writeln!(output, "{}", line.trim_end())?;
    }
    Ok(())
}

fn json(output: &mut impl Write) -> io::Result<()> {
    let listed = Rule::ALL.map(|rule| Listed {
        name: rule.name(),
        default_severity: rule.default_severity().name(),
        summary: summary(rule),
        url: rule.address(),
        page: rule.page(),
    });
    serde_json::to_writer_pretty(&mut *output, &listed)?;
    writeln!(output)
}

fn markdown(output: &mut impl Write) -> io::Result<()> {
    writeln!(output, "# Rules\n\n| rule | severity | what it finds |\n| --- | --- | --- |")?;
    for rule in Rule::ALL {
        let (name, severity) = (rule.name(), rule.default_severity().name());
        writeln!(output, "| [{name}](#{name}) | {severity} | {} |", summary(rule).replace('|', "\\|"))?;
    }
    for rule in Rule::ALL {
        write!(output, "\n{}", demoted(rule.page()))?;
    }
    Ok(())
}
