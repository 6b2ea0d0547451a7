//! The JSON contract, version 1. Owns its shape, which is kept: fields may be added, none is renamed,
//! removed or given another meaning. The schema in `schema/findings-v1.json` is made from these types.

use std::io::{self, Write};

use farewell_analysis::fixes::{Edit, Fix};
use farewell_analysis::rules;
use farewell_analysis::source::{LineColumn, Span};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Located, Report, Summary};
use crate::sources::Sources;

const VERSION: u32 = 1;

/// What `farewell check --format json` prints.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Farewell findings, version 1")]
struct Document {
    /// The contract's version: 1.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// The findings, sorted by path, position and rule.
    findings: Vec<Finding>,
    /// What was looked at.
    summary: Totals,
}

/// One fault at one place.
#[derive(Serialize, JsonSchema)]
struct Finding {
    /// The rule's name.
    rule: &'static str,
    /// How grave it is.
    severity: Severity,
    /// The file, relative to the working directory, with forward slashes.
    path: String,
    /// Where in the file.
    range: Range,
    /// What is wrong.
    message: String,
    /// What to do about it.
    help: String,
    /// The path of execution that leads there, step by step.
    related: Vec<Related>,
    /// Ways to mend it, the preferred one first.
    fixes: Vec<Remedy>,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Severity {
    Error,
    Warning,
    Information,
    Hint,
}

/// A range in a file; the end is behind the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Range {
    pub(crate) start: Position,
    pub(crate) end: Position,
}

/// A position in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Position {
    /// The line, from 1.
    #[schemars(range(min = 1))]
    pub(crate) line: u32,
    /// The column, from 1, in Unicode scalar values.
    #[schemars(range(min = 1))]
    pub(crate) column: u32,
}

/// A place that belongs to a finding.
#[derive(Serialize, JsonSchema)]
struct Related {
    /// The file, relative to the working directory, with forward slashes.
    path: String,
    /// Where in the file.
    range: Range,
    /// What happens there.
    message: String,
}

/// A way to mend a finding.
#[derive(Serialize, JsonSchema)]
struct Remedy {
    /// What it does.
    title: String,
    /// Whether `--fix` takes this one, if it is safe; at most one of a finding.
    preferred: bool,
    /// Whether it may be applied without a look.
    safety: Safety,
    /// Its edits, none overlapping another.
    edits: Vec<Replacement>,
}

/// Whether an edit can change what the program does beyond the fault.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Safety {
    Safe,
    Suggestion,
}

/// One replacement.
#[derive(Serialize, JsonSchema)]
struct Replacement {
    /// The file, relative to the working directory, with forward slashes.
    path: String,
    /// What goes away; empty for an insertion.
    range: Range,
    /// What comes in its place.
    text: String,
}

/// What was looked at.
#[derive(Serialize, JsonSchema)]
struct Totals {
    /// How many source files were asked for.
    files_seen: usize,
    /// How many of them were parsed; in the others nothing of the vocabulary occurs.
    files_parsed: usize,
    /// How many bytes they hold.
    bytes_seen: u64,
    /// How many logout flows they hold.
    flows: usize,
    /// How long it took, in milliseconds.
    elapsed_ms: u64,
}

/// Prints the document on one line.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    let document = Document {
        version: VERSION,
        findings: report.all.iter().map(|located| finding(report.sources, located)).collect(),
        summary: totals(report.summary),
    };
    serde_json::to_writer(&mut *output, &document)?;
    writeln!(output)
}

/// Prints each finding of the document on a line of its own, and the document without them on the last one.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print_lines(output: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    for located in report.all {
        serde_json::to_writer(&mut *output, &finding(report.sources, located))?;
        writeln!(output)?;
    }
    serde_json::to_writer(&mut *output, &LastLine { version: VERSION, summary: totals(report.summary) })?;
    writeln!(output)
}

/// What `--format jsonl` prints behind the findings.
#[derive(Serialize)]
struct LastLine {
    version: u32,
    summary: Totals,
}

fn totals(summary: &Summary) -> Totals {
    Totals {
        files_seen: summary.files_seen,
        files_parsed: summary.files_parsed,
        bytes_seen: summary.bytes_seen,
        flows: summary.flows,
        elapsed_ms: u64::try_from(summary.elapsed.as_millis()).unwrap_or(u64::MAX),
    }
}

fn finding(sources: &Sources, located: &Located<'_>) -> Finding {
    let finding = &located.found.finding;
    Finding {
        rule: finding.rule.name(),
        severity: finding.severity.into(),
        path: located.source.path.clone(),
        range: range(located.source.places(finding.span)),
        message: finding.message.clone(),
        help: finding.help.clone(),
        related: finding.related.iter().filter_map(|it| related(sources, it)).collect(),
        fixes: located.found.fixes.iter().filter_map(|fix| remedy(sources, fix)).collect(),
    }
}

impl From<rules::Severity> for Severity {
    fn from(severity: rules::Severity) -> Self {
        match severity {
            rules::Severity::Error => Severity::Error,
            rules::Severity::Warning => Severity::Warning,
            rules::Severity::Information => Severity::Information,
            rules::Severity::Hint => Severity::Hint,
        }
    }
}

fn related(sources: &Sources, related: &rules::Related) -> Option<Related> {
    let (path, range) = place(sources, &related.path, related.span)?;
    Some(Related { path, range, message: related.message.clone() })
}

/// A fix; `None` where one of its edits is in a file that is not known, as half a fix is none.
fn remedy(sources: &Sources, fix: &Fix) -> Option<Remedy> {
    let edits: Option<Vec<Replacement>> = fix.edits.iter().map(|edit| replacement(sources, edit)).collect();
    Some(Remedy {
        title: fix.title.clone(),
        preferred: fix.preferred,
        safety: match fix.safety {
            rules::Safety::Safe => Safety::Safe,
            rules::Safety::Suggestion => Safety::Suggestion,
        },
        edits: edits?,
    })
}

fn replacement(sources: &Sources, edit: &Edit) -> Option<Replacement> {
    let (path, range) = place(sources, &edit.path, edit.span)?;
    Some(Replacement { path, range, text: edit.text.clone() })
}

fn place(sources: &Sources, engine_path: &str, span: Span) -> Option<(String, Range)> {
    let source = sources.get(engine_path)?;
    Some((source.path.clone(), range(source.places(span))))
}

pub(crate) fn range((start, end): (LineColumn, LineColumn)) -> Range {
    let position = |place: LineColumn| Position { line: place.line, column: place.column };
    Range { start: position(start), end: position(end) }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::samples;
    use super::{Document, Report, print};
    use crate::output::contract::{errors, one_line, schema_of};

    const SCHEMA: &str = "findings-v1.json";

    fn printed() -> Value {
        let (sources, late, hint) = (samples::sources(), samples::late_anonymize(), samples::hint());
        let all = [samples::in_auth(&hint, &sources), samples::in_auth(&late, &sources)];
        let mut bytes = Vec::new();
        print(&mut bytes, &Report { sources: &sources, all: &all, summary: &samples::summary() }).unwrap();
        one_line(&bytes)
    }

    #[test]
    fn the_schema_file_is_the_one_of_the_types() {
        schema_of::<Document>(SCHEMA);
    }

    #[test]
    fn the_document_keeps_the_contract() {
        let document = printed();
        let finding = &document["findings"][1];
        let range = |line: u32, from: u32, to: u32| json!({"start": {"line": line, "column": from}, "end": {"line": line, "column": to}});
        assert_eq!(document["version"], 1);
        assert_eq!(finding["rule"], "anonymize-after-redirect");
        assert_eq!(finding["severity"], "error");
        assert_eq!(finding["path"], "app/src/auth.ts");
        assert_eq!(finding["range"], range(6, 3, 41));
        // The emoji before it is four bytes, two UTF-16 code units, and one column.
        let related = json!({"path": "app/src/auth.ts", "range": range(5, 11, 35), "message": "leaves the page here"});
        assert_eq!(finding["related"][1], related);
        assert_eq!(finding["related"][0]["path"], "app/src/store.ts");
        assert_eq!(finding["fixes"][0]["preferred"], true);
        assert_eq!(finding["fixes"][1]["safety"], "suggestion");
        assert_eq!(finding["fixes"][0]["edits"][0]["range"], range(5, 11, 11));
        let summary = json!({"files_seen": 3, "files_parsed": 2, "bytes_seen": 400, "flows": 1, "elapsed_ms": 7});
        assert_eq!(document["summary"], summary);
    }

    #[test]
    fn the_document_is_valid_by_the_schema() {
        let schema = schema_of::<Document>(SCHEMA);
        let mut document = printed();
        assert_eq!(errors(&schema, &document), Vec::<String>::new());
        document["findings"][0]["severity"] = json!("fatal");
        assert!(!errors(&schema, &document).is_empty());
    }
}
