//! Findings as a SARIF 2.1.0 log, as code scanning takes it: the rules with their pages, the path of execution as a
//! code flow, the fixes, and fingerprints that stay when lines move. Owns what of a finding goes where.

mod document;

use std::collections::BTreeMap;
use std::io::{self, Write};

use farewell_analysis::fixes;
use farewell_analysis::rules::{Rule, Severity};
use farewell_analysis::source::Span;

use self::document::{
    ArtifactLocation, Change, CodeFlow, Configuration, Descriptor, Driver, Fix, Help, Location, Log, Message,
    PhysicalLocation, Region, Replacement, Result, Run, Step, ThreadFlow, Tool,
};
use super::{Located, Report};
use crate::fingerprint;
use crate::pages::summary;
use crate::sources::{Source, Sources};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
const HOME: &str = "https://github.com/farewell-lint/farewell";
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The name for the folder that paths are relative to, as code scanning knows it.
const SOURCE_ROOT: &str = "%SRCROOT%";

/// Prints the log.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    let driver = Driver {
        name: "Farewell",
        version: VERSION,
        semantic_version: VERSION,
        information_uri: HOME,
        rules: Rule::ALL.into_iter().map(descriptor).collect(),
    };
    let results = report.all.iter().map(|located| result(report.sources, located)).collect();
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results };
    serde_json::to_writer_pretty(&mut *output, &Log { schema: SCHEMA, version: "2.1.0", runs: [run] })?;
    writeln!(output)
}

fn descriptor(rule: Rule) -> Descriptor {
    Descriptor {
        id: rule.name(),
        short_description: message(&summary(rule)),
        full_description: message(&summary(rule)),
        help: Help { text: rule.page(), markdown: rule.page() },
        help_uri: rule.address(),
        default_configuration: Configuration { level: level(rule.default_severity()) },
    }
}

fn result(sources: &Sources, located: &Located<'_>) -> Result {
    let finding = &located.found.finding;
    let text =
        if finding.help.is_empty() { finding.message.clone() } else { format!("{} {}", finding.message, finding.help) };
    Result {
        rule_id: finding.rule.name(),
        rule_index: Rule::ALL.iter().position(|rule| *rule == finding.rule).unwrap_or_default(),
        level: level(finding.severity),
        message: message(&text),
        locations: [location(located.source, finding.span, None)],
        partial_fingerprints: BTreeMap::from([(fingerprint::NAME, located.found.fingerprint.clone())]),
        code_flows: code_flow(sources, located).into_iter().collect(),
        fixes: located.found.fixes.iter().filter_map(|it| fix(sources, it)).collect(),
    }
}

/// The steps that lead to the finding, and the finding itself; `None` where nothing leads there.
fn code_flow(sources: &Sources, located: &Located<'_>) -> Option<CodeFlow> {
    let finding = &located.found.finding;
    let step = |source: &Source, span: Span, words: &str| Step { location: location(source, span, Some(words)) };
    let related = finding.related.iter();
    let mut steps: Vec<Step> =
        related.filter_map(|it| Some(step(sources.get(&it.path)?, it.span, &it.message))).collect();
    if steps.is_empty() {
        return None;
    }
    steps.push(step(located.source, finding.span, &finding.message));
    Some(CodeFlow { thread_flows: [ThreadFlow { locations: steps }] })
}

/// A fix; `None` where one of its edits is in a file that is not known, as half a fix is none.
fn fix(sources: &Sources, fix: &fixes::Fix) -> Option<Fix> {
    let edits_by_file = fix.edits.chunk_by(|left, right| left.path == right.path);
    let changes: Option<Vec<Change>> = edits_by_file
        .map(|edits| {
            let source = sources.get(&edits.first()?.path)?;
            let replacement = |edit: &fixes::Edit| Replacement {
                deleted_region: region(source, edit.span),
                inserted_content: message(&edit.text),
            };
            Some(Change { artifact_location: address(source), replacements: edits.iter().map(replacement).collect() })
        })
        .collect();
    Some(Fix { description: message(&fix.title), artifact_changes: changes.filter(|it| !it.is_empty())? })
}

fn location(source: &Source, span: Span, words: Option<&str>) -> Location {
    let physical_location = PhysicalLocation { artifact_location: address(source), region: region(source, span) };
    Location { physical_location, message: words.map(message) }
}

fn address(source: &Source) -> ArtifactLocation {
    ArtifactLocation { uri: escaped(&source.path), uri_base_id: SOURCE_ROOT }
}

fn region(source: &Source, span: Span) -> Region {
    let (start, end) = source.places(span);
    Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
}

fn message(text: &str) -> Message {
    Message { text: text.to_owned() }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

/// A path as an address that is relative: everything but the unreserved characters and slashes is escaped.
fn escaped(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn paths_become_addresses() {
        assert_eq!(escaped("src/(app)/[id]/a b.ts"), "src/%28app%29/%5Bid%5D/a%20b.ts");
        assert_eq!(escaped("../caf\u{E9}.ts"), "../caf%C3%A9.ts");
    }
}
