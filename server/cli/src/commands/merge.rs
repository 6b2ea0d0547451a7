//! `farewell merge`: the JSON reports of several parts, as one run would have written them. Knows the contract by its
//! names alone, so that fields of a newer Farewell pass through.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};
use farewell_analysis::rules::Severity;
use serde_json::{Map, Value, json};

use super::check::code_of;
use super::output_file::Output;
use crate::arguments::Level;

const VERSION: u64 = 1;
/// The one number of the summary that is not a count.
const ELAPSED: &str = "elapsed_ms";

/// Joins the reports, and answers as `check` does for all of their findings.
///
/// # Errors
/// A file cannot be read or is no report, or the output cannot be written.
pub(crate) fn run(reports: &[PathBuf], output: Option<&Path>, fail_on: Level) -> anyhow::Result<ExitCode> {
    let mut findings = Vec::new();
    let mut summary = Map::new();
    for path in reports {
        let shown = path.display();
        let text = std::fs::read_to_string(path).with_context(|| format!("{shown}: cannot be read"))?;
        let report: Value = serde_json::from_str(&text).with_context(|| format!("{shown}: this is no JSON report"))?;
        let (found, totals) = parts(report).ok_or_else(|| {
            anyhow!("{shown}: this is no report of `farewell check --format json`, version {VERSION}")
        })?;
        findings.extend(found);
        add(&mut summary, totals);
    }
    if let Some(odd) = findings.iter().find(|finding| severity(finding).is_none()) {
        bail!("a finding has no severity that is known: {odd}");
    }
    findings.sort_by_cached_key(place);
    let code = code_of(findings.iter().filter_map(severity), fail_on);
    let mut output = Output::new(output);
    writeln!(output, "{}", json!({"version": VERSION, "findings": findings, "summary": summary}))?;
    output.finish()?;
    Ok(code)
}

fn parts(report: Value) -> Option<(Vec<Value>, Map<String, Value>)> {
    let Value::Object(mut report) = report else { return None };
    if report.get("version")?.as_u64()? != VERSION {
        return None;
    }
    match (report.remove("findings")?, report.remove("summary")?) {
        (Value::Array(findings), Value::Object(summary)) => Some((findings, summary)),
        _ => None,
    }
}

/// Counts are added up; the parts ran beside each other, so that the slowest tells the time.
fn add(summary: &mut Map<String, Value>, totals: Map<String, Value>) {
    for (name, value) in totals {
        let known = summary.get(&name).and_then(Value::as_u64).unwrap_or_default();
        let joined = match value.as_u64() {
            Some(number) if name == ELAPSED => known.max(number).into(),
            Some(number) => known.saturating_add(number).into(),
            None => value,
        };
        summary.insert(name, joined);
    }
}

/// What findings are sorted by: path, place and rule.
fn place(finding: &Value) -> (String, [u64; 4], String) {
    let text = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
    let number = |end: &str, unit: &str| finding["range"][end][unit].as_u64().unwrap_or_default();
    let range = [("start", "line"), ("start", "column"), ("end", "line"), ("end", "column")];
    (text("path"), range.map(|(end, unit)| number(end, unit)), text("rule"))
}

fn severity(finding: &Value) -> Option<Severity> {
    Severity::of_name(finding["severity"].as_str()?)
}
