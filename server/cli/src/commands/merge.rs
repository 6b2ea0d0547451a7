//! `farewell merge`: the JSON reports of several parts, as one run would have printed them.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use farewell_analysis::rules::Severity;
use serde::Deserialize;

use super::check::{code_of, is_coloured, print};
use super::output_file::Output;
use crate::arguments::Merge;
use crate::output::document::VERSION;
use crate::output::{Document, Totals, convert};

/// Joins the reports, and answers as `check` does for all of their findings.
///
/// # Errors
/// A file cannot be read or is no report of this version, or the output cannot be written.
pub(crate) fn run(arguments: &Merge) -> anyhow::Result<ExitCode> {
    let output = Output::new(arguments.output.as_deref())?;
    let mut joined = Document { version: VERSION, findings: Vec::new(), summary: Totals::default() };
    for path in &arguments.reports {
        let Document { findings, summary, .. } = read(path)?;
        joined.findings.extend(findings);
        joined.summary.add(&summary);
    }
    convert::sort(&mut joined.findings);
    let code = code_of(joined.findings.iter().map(|finding| Severity::from(finding.severity)), arguments.fail_on);
    let coloured = is_coloured(arguments.color, output.is_file());
    print(output, arguments.format, &joined, coloured)?;
    Ok(code)
}

fn read(path: &Path) -> anyhow::Result<Document> {
    /// What tells a report from other documents.
    #[derive(Deserialize)]
    struct Marked {
        version: u32,
    }
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("{shown}: cannot be read"))?;
    serde_json::from_str::<serde::de::IgnoredAny>(&text).with_context(|| format!("{shown}: this is no JSON report"))?;
    let is_of_version = serde_json::from_str::<Marked>(&text).is_ok_and(|marked| marked.version == VERSION);
    if !is_of_version {
        return Err(anyhow!("{shown}: this is no report of `farewell check --format json`, version {VERSION}"));
    }
    let advice = "not a report of this Farewell, with which all parts have to be checked";
    serde_json::from_str(&text).with_context(|| format!("{shown}: {advice}"))
}
