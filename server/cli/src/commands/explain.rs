//! `farewell explain RULE`: the rule's page.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::bail;
use farewell_analysis::rules::Rule;
use farewell_project::nearest;

/// Prints the page of a rule.
///
/// # Errors
/// An unknown rule, with the nearest one; or standard output cannot be written.
pub(crate) fn run(name: &str) -> anyhow::Result<ExitCode> {
    let Some(rule) = Rule::of_name(name) else {
        match nearest(name, &Rule::ALL.map(Rule::name)) {
            Some(near) => bail!("there is no rule `{name}`; did you mean `{near}`?"),
            None => bail!("there is no rule `{name}`; `farewell rules` lists them"),
        }
    };
    let mut output = io::stdout().lock();
    writeln!(output, "{}", rule.page().trim_end())?;
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}
