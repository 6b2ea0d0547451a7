//! What `farewell check` may be told.

use std::path::PathBuf;

use clap::{ArgGroup, Args, ValueEnum};
use farewell_analysis::rules::{Rule, Severity};
use farewell_project::{Severities, Shard, rule_named, rule_severity};

use super::{Color, Reading};

/// What `farewell check` may be told.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("mending").args(["fix", "diff"]))]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) reading: Reading,

    /// How to print the findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// The mildest findings for which the exit code is 1
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = Level::Warning)]
    pub(crate) fail_on: Level,

    #[command(flatten)]
    pub(crate) rules: RuleChoice,

    /// Leave out the findings that are in this file; `farewell baseline update` writes it
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Only what the changes since REF touch: the findings in changed files, and those of logout flows that run
    /// code in them [REF: HEAD; else since the branch left it, as in --changed=origin/main]
    #[arg(long, value_name = "REF", num_args = 0..=1, require_equals = true, default_missing_value = "HEAD")]
    pub(crate) changed: Option<String>,

    /// Only the I-th of N parts of the projects, from 1; `farewell merge` joins the parts' JSON reports
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub(crate) shard: Option<Shard>,

    /// Apply the preferred fixes that are safe, until none is left, and report what remains
    #[arg(long)]
    pub(crate) fix: bool,

    /// Print what --fix would change as a unified diff, and change nothing
    #[arg(long, conflicts_with_all = ["fix", "format"])]
    pub(crate) diff: bool,

    /// With --fix or --diff: the preferred fixes too that may change more than the fault
    #[arg(long, requires = "mending")]
    pub(crate) unsafe_fixes: bool,

    /// Read standard input, and judge it as the text of this file in its project
    #[arg(long, value_name = "FILE", conflicts_with_all = ["paths", "fix", "changed", "shard"])]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["mending", "stdin_filename"])]
    pub(crate) watch: bool,

    /// When to colour the output; NO_COLOR is respected
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
}

/// Which rules count, and how grave each is; it wins over every `farewell.toml`.
#[derive(Debug, Args)]
pub(crate) struct RuleChoice {
    /// Only these rules; several with commas between them
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule_named)]
    pub(crate) select: Vec<Rule>,

    /// Not these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule_named)]
    pub(crate) ignore: Vec<Rule>,

    /// How grave a rule is: off, hint, information, warning or error
    #[arg(long, value_name = "RULE=LEVEL", value_delimiter = ',', value_parser = severity)]
    pub(crate) severity: Vec<(Rule, Option<Severity>)>,
}

impl RuleChoice {
    /// The severities that this comes to.
    pub(crate) fn severities(&self) -> Severities {
        let is_left_out =
            |rule: &Rule| self.ignore.contains(rule) || !self.select.is_empty() && !self.select.contains(rule);
        let left_out = Rule::ALL.into_iter().filter(is_left_out).map(|rule| (rule, None));
        self.severity.iter().copied().chain(left_out).collect()
    }
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: each finding with its code
    Text,
    /// For people and editors: a line for each finding
    Compact,
    /// For programs: one JSON document, version 1 (server/cli/schema/findings-v1.json)
    Json,
    /// For programs: a line for each finding of that document, and one for its summary
    Jsonl,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: annotations
    Github,
    /// For GitLab: a code quality report
    Gitlab,
    /// For CI servers: a JUnit report
    Junit,
    /// For coding agents: short, and in the order in which to do it
    Agent,
}

impl Format {
    /// Whether fixes, or how many there are, are a part of it.
    pub(crate) fn shows_fixes(self) -> bool {
        match self {
            Format::Text | Format::Json | Format::Jsonl | Format::Sarif | Format::Agent => true,
            Format::Compact | Format::Github | Format::Gitlab | Format::Junit => false,
        }
    }
}

/// From where on findings fail a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    Hint,
    Information,
    Warning,
    Error,
    /// No finding does
    Never,
}

impl Level {
    /// Whether a finding of this severity fails the run.
    pub(crate) fn is_reached_by(self, severity: Severity) -> bool {
        match self {
            Level::Hint => true,
            Level::Information => severity >= Severity::Information,
            Level::Warning => severity >= Severity::Warning,
            Level::Error => severity >= Severity::Error,
            Level::Never => false,
        }
    }
}

fn shard(text: &str) -> Result<Shard, String> {
    let parsed = text.split_once('/').and_then(|(number, count)| Some((number.parse().ok()?, count.parse().ok()?)));
    let shard = parsed.map(|(number, count)| Shard { number, count });
    let is_one = |shard: &Shard| (1..=shard.count).contains(&shard.number);
    shard.filter(is_one).ok_or_else(|| "a part of how many is wanted: 1/4, 2/4, 3/4 or 4/4".to_owned())
}

fn severity(text: &str) -> Result<(Rule, Option<Severity>), String> {
    let (rule, severity) = text.split_once('=').ok_or("a rule and its level are wanted: missing-anonymize=error")?;
    rule_severity(rule, severity)
}

#[cfg(test)]
mod tests {
    use farewell_analysis::rules::{Rule, Severity};

    use farewell_project::Shard;

    use super::{Level, RuleChoice, severity, shard};

    #[test]
    fn what_is_left_out_stays_out() {
        let choice = RuleChoice {
            select: vec![Rule::MissingAnonymize, Rule::UnguardedAwait],
            ignore: vec![Rule::UnguardedAwait],
            severity: vec![
                (Rule::MissingAnonymize, Some(Severity::Error)),
                (Rule::UnguardedAwait, Some(Severity::Error)),
            ],
        };
        let severities = choice.severities();
        assert_eq!(severities.get(&Rule::MissingAnonymize), Some(&Some(Severity::Error)));
        assert!(severities.iter().all(|(rule, level)| *rule == Rule::MissingAnonymize || level.is_none()));
        assert_eq!(severities.len(), Rule::ALL.len());
        let nothing = RuleChoice { select: Vec::new(), ignore: Vec::new(), severity: Vec::new() };
        assert!(nothing.severities().is_empty());
    }

    #[test]
    fn slips_in_rules_and_levels_are_told() {
        assert_eq!(severity("unguarded-await=off"), Ok((Rule::UnguardedAwait, None)));
        assert!(severity("unguarded-await").unwrap_err().contains("missing-anonymize=error"));
        assert!(severity("unguarded-awai=error").unwrap_err().ends_with("did you mean `unguarded-await`?"));
        assert!(severity("unguarded-await=warn").unwrap_err().ends_with("did you mean `warning`?"));
    }

    #[test]
    fn parts_are_counted_from_one() {
        assert_eq!(shard("4/4"), Ok(Shard { number: 4, count: 4 }));
        for wrong in ["", "1", "0/4", "5/4", "1/0", "-1/4", "a/b", "1/2/3"] {
            assert!(shard(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn levels_are_reached_from_below() {
        let reached = |level: Level| Severity::ALL.into_iter().filter(|it| level.is_reached_by(*it)).count();
        let levels = [Level::Hint, Level::Information, Level::Warning, Level::Error, Level::Never];
        assert_eq!(levels.map(reached), [4, 3, 2, 1, 0]);
    }
}
