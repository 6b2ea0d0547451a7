//! The JSON contract, version 1, from which every format is printed. Owns its shape, which is kept: fields may be
//! added, none is renamed, removed or given another meaning. The schema in `schema/findings-v1.json` is made from
//! these types. Must not know where findings come from, nor how they are printed.

use farewell_analysis::rules::{self, Rule};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) const VERSION: u32 = 1;

/// What `farewell check --format json` prints.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "Farewell findings, version 1")]
pub(crate) struct Document {
    /// The contract's version: 1.
    #[schemars(extend("const" = 1))]
    pub(crate) version: u32,
    /// The findings, sorted by path, position and rule.
    pub(crate) findings: Vec<Finding>,
    /// What was looked at.
    pub(crate) summary: Totals,
}

/// One fault at one place.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Finding {
    /// The rule's name.
    #[serde(with = "rule_name")]
    #[schemars(with = "String")]
    pub(crate) rule: Rule,
    /// How grave it is.
    pub(crate) severity: Severity,
    /// The file, relative to the working directory, with forward slashes.
    pub(crate) path: String,
    /// Where in the file.
    pub(crate) range: Range,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: String,
    /// The path of execution that leads there, step by step.
    pub(crate) related: Vec<Related>,
    /// Ways to mend it, the preferred one first.
    pub(crate) fixes: Vec<Remedy>,
    /// What it is known by, by rule, path and code, wherever its line moves to: 16 hexadecimal digits.
    pub(crate) fingerprint: String,
    /// The lines of code to show: the first one of the range, and each that lies alone between two of those of the
    /// range and of the related places.
    pub(crate) lines: Vec<Line>,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Severity {
    Error,
    Warning,
    Information,
    Hint,
}

/// A range in a file; the end is behind the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Range {
    pub(crate) start: Position,
    pub(crate) end: Position,
}

/// A position in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Position {
    /// The line, from 1.
    #[schemars(range(min = 1))]
    pub(crate) line: u32,
    /// The column, from 1, in Unicode scalar values.
    #[schemars(range(min = 1))]
    pub(crate) column: u32,
}

/// A place that belongs to a finding.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Related {
    /// The file, relative to the working directory, with forward slashes.
    pub(crate) path: String,
    /// Where in the file.
    pub(crate) range: Range,
    /// What happens there.
    pub(crate) message: String,
    /// The lines of code to show: the first one of the range.
    pub(crate) lines: Vec<Line>,
}

/// A line of code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Line {
    /// Its number, from 1.
    #[schemars(range(min = 1))]
    pub(crate) line: u32,
    /// The column at which the text starts: 1 unless the line is too long to be given whole.
    #[schemars(range(min = 1))]
    pub(crate) column: u32,
    /// Its text, without what ends the line.
    pub(crate) text: String,
}

/// A way to mend a finding.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Remedy {
    /// What it does.
    pub(crate) title: String,
    /// Whether `--fix` takes this one, if it is safe; at most one of a finding.
    pub(crate) preferred: bool,
    /// Whether it may be applied without a look.
    pub(crate) safety: Safety,
    /// Its edits, none overlapping another.
    pub(crate) edits: Vec<Replacement>,
}

/// Whether an edit can change what the program does beyond the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Safety {
    Safe,
    Suggestion,
}

/// One replacement.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Replacement {
    /// The file, relative to the working directory, with forward slashes.
    pub(crate) path: String,
    /// What goes away; empty for an insertion.
    pub(crate) range: Range,
    /// What comes in its place.
    pub(crate) text: String,
}

/// What was looked at.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Totals {
    /// How many source files were asked for.
    pub(crate) files_seen: usize,
    /// How many of them were parsed; in the others nothing of the vocabulary occurs.
    pub(crate) files_parsed: usize,
    /// How many bytes they hold.
    pub(crate) bytes_seen: u64,
    /// How many logout flows they hold.
    pub(crate) flows: usize,
    /// How long it took, in milliseconds; of parts that were joined, the slowest one.
    pub(crate) elapsed_ms: u64,
    /// How many findings `--fix` has mended.
    pub(crate) fixed: usize,
    /// How many findings are in the baseline, and so not among the others.
    pub(crate) in_baseline: usize,
}

impl Totals {
    /// Takes in another part's. Counts are added up; parts may run beside each other, so that the slowest tells the time.
    pub(crate) fn add(&mut self, part: &Self) {
        *self = Self {
            files_seen: self.files_seen.saturating_add(part.files_seen),
            files_parsed: self.files_parsed.saturating_add(part.files_parsed),
            bytes_seen: self.bytes_seen.saturating_add(part.bytes_seen),
            flows: self.flows.saturating_add(part.flows),
            elapsed_ms: self.elapsed_ms.max(part.elapsed_ms),
            fixed: self.fixed.saturating_add(part.fixed),
            in_baseline: self.in_baseline.saturating_add(part.in_baseline),
        };
    }
}

impl Finding {
    /// Whether `--fix` mends it.
    pub(crate) fn is_automatic(&self) -> bool {
        self.fixes.iter().any(|fix| fix.preferred && fix.safety == Safety::Safe)
    }

    /// What is wrong and what to do about it, with a separator between them where there is something to do.
    pub(crate) fn message_and_help(&self, separator: &str) -> String {
        let separator = if self.help.is_empty() { "" } else { separator };
        format!("{}{separator}{}", self.message, self.help)
    }
}

impl Severity {
    /// The severity's name in output and configuration.
    pub(crate) fn name(self) -> &'static str {
        rules::Severity::from(self).name()
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

impl From<Severity> for rules::Severity {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => rules::Severity::Error,
            Severity::Warning => rules::Severity::Warning,
            Severity::Information => rules::Severity::Information,
            Severity::Hint => rules::Severity::Hint,
        }
    }
}

/// A rule as its name.
mod rule_name {
    use farewell_analysis::rules::Rule;
    use farewell_project::rule_named;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(rule: &Rule, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(rule.name())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Rule, D::Error> {
        rule_named(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
