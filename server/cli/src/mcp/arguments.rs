//! What the tools are told. The doc comments are the descriptions that an agent reads; the JSON schemas are made
//! from these types, which accept nothing else.

use farewell_analysis::rules::Rule;
use farewell_analysis::vocabulary::Platform;
use farewell_project::{Severities, unknown_word};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

const DEFAULT_LIMIT: usize = 20;
const MOST: usize = 200;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckPath {
    /// The file or folder to check, relative to the served folder; the whole folder where it is left out.
    #[serde(default = "everything")]
    pub(super) path: String,
    /// Only these rules; all of them where it is left out.
    #[serde(default)]
    #[schemars(schema_with = "rules")]
    pub(super) rules: Vec<String>,
    /// How many findings to tell, the first to do first.
    #[serde(default = "limit")]
    #[schemars(schema_with = "limits")]
    pub(super) limit: usize,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckText {
    /// The name that the file has or will have, relative to the served folder: it tells the language and the project.
    /// It need not exist.
    pub(super) file_name: String,
    /// The whole content of the file.
    pub(super) text: String,
    /// Only these rules; all of them where it is left out.
    #[serde(default)]
    #[schemars(schema_with = "rules")]
    pub(super) rules: Vec<String>,
    /// How many findings to tell, the first to do first.
    #[serde(default = "limit")]
    #[schemars(schema_with = "limits")]
    pub(super) limit: usize,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListFlows {
    /// The file or folder to look in, relative to the served folder; the whole folder where it is left out.
    #[serde(default = "everything")]
    pub(super) path: String,
    /// How many flows to tell, those that keep the identity first.
    #[serde(default = "limit")]
    #[schemars(schema_with = "limits")]
    pub(super) limit: usize,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ExplainRule {
    /// The rule's name, as a finding gives it.
    #[schemars(schema_with = "rule")]
    pub(super) rule: String,
    /// Only the examples of this platform.
    #[serde(default)]
    #[schemars(schema_with = "platform")]
    pub(super) platform: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CallSyntax {
    /// The platform; `web` is Fullstory's browser API version 2, `web-v1` version 1.
    #[serde(default)]
    #[schemars(schema_with = "platform")]
    pub(super) platform: Option<String>,
    /// Instead of the platform: a file, relative to the served folder, whose project tells it. It need not exist.
    #[serde(default)]
    pub(super) path: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PreviewFix {
    /// The file or folder whose findings to fix, relative to the served folder; the whole folder where it is left out.
    #[serde(default = "everything")]
    pub(super) path: String,
    /// The whole content of the file, where it differs from what is on disk; `path` is its name then.
    #[serde(default)]
    pub(super) text: Option<String>,
    /// Only the findings of these rules; of all of them where it is left out.
    #[serde(default)]
    #[schemars(schema_with = "rules")]
    pub(super) rules: Vec<String>,
    /// Also the fixes that may change more than the fault and want a person's look.
    #[serde(default)]
    pub(super) unsafe_fixes: bool,
}

/// How many to tell of: never none.
pub(super) fn bounded(limit: usize) -> usize {
    limit.clamp(1, MOST)
}

/// The severities that leave all rules out but those named; nothing where none is.
///
/// # Errors
/// A name that no rule has, with the nearest one.
pub(super) fn only(names: &[String]) -> anyhow::Result<Severities> {
    let chosen = names.iter().map(|name| rule_named(name)).collect::<anyhow::Result<Vec<Rule>>>()?;
    let is_left_out = |rule: &Rule| !chosen.is_empty() && !chosen.contains(rule);
    Ok(Rule::ALL.into_iter().filter(is_left_out).map(|rule| (rule, None)).collect())
}

/// A rule by its name, as any output writes it.
///
/// # Errors
/// No rule has the name; the nearest one is told, or all are.
pub(super) fn rule_named(name: &str) -> anyhow::Result<Rule> {
    let name = crate::pages::bare_rule_name(name);
    let names = Rule::ALL.map(Rule::name);
    Rule::of_name(name).ok_or_else(|| anyhow::anyhow!(unknown_word("rule", name, &names)))
}

/// A platform by its name.
///
/// # Errors
/// No platform has the name; the nearest one is told, or all are.
pub(super) fn platform_named(name: &str) -> anyhow::Result<Platform> {
    let names = Platform::ALL.map(Platform::name);
    Platform::of_name(name).ok_or_else(|| anyhow::anyhow!(unknown_word("platform", name, &names)))
}

fn everything() -> String {
    ".".to_owned()
}

const fn limit() -> usize {
    DEFAULT_LIMIT
}

fn limits(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "integer", "minimum": 1, "maximum": MOST})
}

fn rule(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "enum": Rule::ALL.map(Rule::name)})
}

fn rules(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "array", "items": rule(generator)})
}

fn platform(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "enum": Platform::ALL.map(Platform::name)})
}
