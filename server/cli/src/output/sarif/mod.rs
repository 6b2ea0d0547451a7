//! Findings as a SARIF 2.1.0 log, as code scanning takes it: the rules with their pages, the path of execution as a
//! code flow, the fixes, and fingerprints that stay when lines move. Owns what of a finding goes where.

mod document;

use std::collections::BTreeMap;
use std::io::{self, Write};

use farewell_analysis::rules::Rule;

use self::document::{
    ArtifactLocation, Change, CodeFlow, Configuration, Descriptor, Driver, Fix, Help, Location, Log, Message,
    PhysicalLocation, Region, Replacement, Result, Run, Step, ThreadFlow, Tool,
};
use super::document::{Finding, Range, Remedy, Severity};
use crate::fingerprint;
use crate::pages::summary;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
const HOME: &str = "https://github.com/farewell-lint/farewell";
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The name for the folder that paths are relative to, as code scanning knows it.
const SOURCE_ROOT: &str = "%SRCROOT%";

/// Prints the log.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, document: &super::Document) -> io::Result<()> {
    let driver = Driver {
        name: "Farewell",
        version: VERSION,
        semantic_version: VERSION,
        information_uri: HOME,
        rules: Rule::ALL.into_iter().map(descriptor).collect(),
    };
    let results = document.findings.iter().map(result).collect();
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
        default_configuration: Configuration { level: level(rule.default_severity().into()) },
    }
}

fn result(finding: &Finding) -> Result {
    Result {
        rule_id: finding.rule.name(),
        rule_index: Rule::ALL.iter().position(|rule| *rule == finding.rule).unwrap_or_default(),
        level: level(finding.severity),
        message: message(&finding.message_and_help(" ")),
        locations: [location(&finding.path, finding.range, None)],
        partial_fingerprints: BTreeMap::from([(fingerprint::NAME, finding.fingerprint.clone())]),
        code_flows: code_flow(finding).into_iter().collect(),
        fixes: finding.fixes.iter().filter(|fix| !fix.edits.is_empty()).map(fix).collect(),
    }
}

/// The steps that lead to the finding, and the finding itself; `None` where nothing leads there.
fn code_flow(finding: &Finding) -> Option<CodeFlow> {
    if finding.related.is_empty() {
        return None;
    }
    let step = |path: &str, range: Range, words: &str| Step { location: location(path, range, Some(words)) };
    let mut steps: Vec<Step> = finding.related.iter().map(|it| step(&it.path, it.range, &it.message)).collect();
    steps.push(step(&finding.path, finding.range, &finding.message));
    Some(CodeFlow { thread_flows: [ThreadFlow { locations: steps }] })
}

fn fix(remedy: &Remedy) -> Fix {
    let edits_by_file = remedy.edits.chunk_by(|left, right| left.path == right.path);
    let changes = edits_by_file.map(|edits| Change {
        artifact_location: address(edits.first().map_or("", |edit| &edit.path)),
        replacements: edits
            .iter()
            .map(|edit| Replacement { deleted_region: region(edit.range), inserted_content: message(&edit.text) })
            .collect(),
    });
    Fix { description: message(&remedy.title), artifact_changes: changes.collect() }
}

fn location(path: &str, range: Range, words: Option<&str>) -> Location {
    let physical_location = PhysicalLocation { artifact_location: address(path), region: region(range) };
    Location { physical_location, message: words.map(message) }
}

fn address(path: &str) -> ArtifactLocation {
    ArtifactLocation { uri: escaped(path), uri_base_id: SOURCE_ROOT }
}

fn region(Range { start, end }: Range) -> Region {
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
