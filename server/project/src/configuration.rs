//! `farewell.toml`. Owns its keys, and errors that say where and what is near; must not know what a rule
//! checks or a table means.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use farewell_analysis::Settings;
use farewell_analysis::rules::{Rule, Severity};
use farewell_analysis::source::LineIndex;
use farewell_analysis::vocabulary::{Platform, plain_words};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::extension::Extension;
use crate::paths::with_forward_slashes;
use crate::read::{DEFAULT_MAX_SIZE, read_text};
use crate::suggest::unknown_word;

/// The configuration's file name. The nearest one at or above a file counts, and it alone.
pub const CONFIGURATION_FILE: &str = "farewell.toml";

const KEYS: [&str; 6] = ["platform", "assume-fullstory", "namespace", "rules", "exclude", "vocabulary"];
const OFF: &str = "off";
const RULES: &str = "rules";

/// Severities by rule; `None` switches a rule off.
pub type Severities = BTreeMap<Rule, Option<Severity>>;

/// A `farewell.toml`, understood.
#[derive(Clone, Debug, Default)]
pub struct Configuration {
    /// What the engine is told.
    pub settings: Settings,
    exclude: GlobSet,
    /// The patterns of what is excluded, as written.
    pub exclude_patterns: Vec<String>,
    /// The line (from 1) of each key that is set, by its name; a rule's is `rules.NAME`.
    pub lines: BTreeMap<String, u32>,
    /// The user's own vocabulary.
    pub(crate) extension: Extension,
}

/// What is wrong with a `farewell.toml`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}:{column}: {message}", path.display())]
pub struct ConfigurationProblem {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in Unicode scalar values.
    pub column: u32,
    /// What is wrong, and the nearest right word where there is one.
    pub message: String,
}

impl Configuration {
    /// Reads the `farewell.toml` of a folder. `Ok(None)` where there is none.
    ///
    /// # Errors
    /// Where and what is wrong, if it cannot be read or understood.
    pub fn read_in(folder: &Path) -> Result<Option<Self>, ConfigurationProblem> {
        let path = folder.join(CONFIGURATION_FILE);
        if !path.is_file() {
            return Ok(None);
        }
        match read_text(&path, DEFAULT_MAX_SIZE) {
            Ok(text) => Self::parse(&path, &text).map(Some),
            Err(reason) => Err(ConfigurationProblem { path, line: 1, column: 1, message: reason.to_string() }),
        }
    }

    /// Understands a text; `path` is for problems alone.
    ///
    /// # Errors
    /// Where and what is wrong.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigurationProblem> {
        let problem = |(span, message): (Range<usize>, String)| {
            let place = LineIndex::new(text).line_column(text, span.start as u32);
            ConfigurationProblem { path: path.to_path_buf(), line: place.line, column: place.column, message }
        };
        let file: File = toml::from_str(text).map_err(|error| problem(syntax_problem(text, &error)))?;
        let understood = file.understood(text).map_err(problem)?;
        Ok(Self { lines: lines_of(text), ..understood })
    }

    /// Whether a path is excluded; `inside` is relative to the configuration's folder.
    pub fn excludes(&self, inside: &Path) -> bool {
        if self.exclude.is_empty() {
            return false;
        }
        // A pattern that names a folder excludes what is in it.
        inside.ancestors().any(|part| !part.as_os_str().is_empty() && self.exclude.is_match(with_forward_slashes(part)))
    }
}

/// Settings for the files beside and below this one, unless a nearer `farewell.toml` holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "farewell.toml, version 1", transform = schema::may_be_left_out))]
struct File {
    /// The platform of every script, instead of what the project tells.
    #[cfg_attr(test, schemars(schema_with = "schema::platform"))]
    platform: Option<Spanned<String>>,
    /// Report as if a call that identifies users had been found.
    #[serde(default)]
    assume_fullstory: bool,
    /// The global name of the web SDK, where it is not `FS`.
    #[cfg_attr(test, schemars(schema_with = "schema::namespace"))]
    namespace: Option<Spanned<String>>,
    /// How grave each rule's findings are; `off` for none.
    #[serde(default)]
    #[cfg_attr(test, schemars(schema_with = "schema::rules"))]
    rules: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Globs of files and folders to leave out, relative to this file's folder.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    exclude: Vec<Spanned<String>>,
    /// Names of your own.
    #[cfg_attr(test, schemars(schema_with = "schema::vocabulary"))]
    vocabulary: Option<Spanned<toml::Table>>,
}

/// The rule of a name.
///
/// # Errors
/// There is none of that name; with the nearest one where one is near.
pub fn rule_named(name: &str) -> Result<Rule, String> {
    Rule::of_name(name).ok_or_else(|| unknown_word("rule", name, &Rule::ALL.map(Rule::name)))
}

/// A rule's severity in the words of `farewell.toml`, wherever else they are written.
///
/// # Errors
/// What is wrong, with the nearest right word where there is one.
pub fn rule_severity(rule: &str, severity: &str) -> Result<(Rule, Option<Severity>), String> {
    Ok((rule_named(rule)?, severity_of(severity)?))
}

/// Bytes of the file, and what is wrong there.
pub(crate) type Problem = (Range<usize>, String);

impl File {
    /// `text` is the whole file, to tell places in it.
    fn understood(self, text: &str) -> Result<Configuration, Problem> {
        let platform = self.platform.map(|name| platform_of(&name)).transpose()?;
        let namespace = self.namespace.map(|name| namespace_of(&name)).transpose()?;
        let mut severities = Severities::new();
        for (name, severity) in &self.rules {
            let rule = rule_named(name.get_ref()).map_err(|message| (name.span(), message))?;
            let severity = severity_of(severity.get_ref()).map_err(|message| (severity.span(), message))?;
            severities.insert(rule, severity);
        }
        let extension = Extension::of(self.vocabulary.as_ref().map(Spanned::get_ref), namespace.as_deref(), text)?;
        let settings = Settings {
            platform,
            assume_fullstory: self.assume_fullstory,
            namespace,
            severities,
            vocabulary: extension.tables.clone(),
        };
        let exclude_patterns = self.exclude.iter().map(|pattern| pattern.get_ref().clone()).collect();
        let lines = BTreeMap::new();
        Ok(Configuration { settings, exclude: exclude_of(&self.exclude)?, exclude_patterns, lines, extension })
    }
}

/// The lines of the keys of a text that is well formed.
fn lines_of(text: &str) -> BTreeMap<String, u32> {
    let index = LineIndex::new(text);
    let line = |span: Range<usize>| index.line(span.start as u32) as u32 + 1;
    let mut lines = BTreeMap::new();
    let Ok(table) = DeTable::parse(text) else {
        return lines;
    };
    for (key, value) in table.get_ref() {
        lines.insert(key.get_ref().to_string(), line(key.span()));
        if let (RULES, DeValue::Table(rules)) = (&**key.get_ref(), value.get_ref()) {
            lines.extend(rules.keys().map(|rule| (format!("{RULES}.{}", rule.get_ref()), line(rule.span()))));
        }
    }
    lines
}

fn platform_of(name: &Spanned<String>) -> Result<Platform, Problem> {
    // A native file's language says its platform; the web's languages run in React Native too.
    let choice = Platform::ALL.into_iter().filter(|platform| !platform.is_native());
    let named = choice.clone().find(|platform| platform.name() == name.get_ref());
    named.ok_or_else(|| unknown("platform", name, choice.map(Platform::name)))
}

fn severity_of(name: &str) -> Result<Option<Severity>, String> {
    if name == OFF {
        return Ok(None);
    }
    let names: Vec<&str> = std::iter::once(OFF).chain(Severity::ALL.map(Severity::name)).collect();
    Severity::of_name(name).map(Some).ok_or_else(|| unknown_word("severity", name, &names))
}

fn namespace_of(name: &Spanned<String>) -> Result<Arc<str>, Problem> {
    let text = name.get_ref();
    let is_identifier = text.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '$')
        && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$');
    if is_identifier {
        return Ok(Arc::from(text.as_str()));
    }
    Err((name.span(), format!("the namespace `{text}` is not the name of a JavaScript variable, as `FS` is")))
}

fn exclude_of(patterns: &[Spanned<String>]) -> Result<GlobSet, Problem> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let text = pattern.get_ref().trim_start_matches("./").trim_end_matches('/');
        let wrong =
            |error: globset::Error| (pattern.span(), format!("the pattern `{text}` is wrong: {}", error.kind()));
        set.add(GlobBuilder::new(text).literal_separator(true).build().map_err(wrong)?);
    }
    set.build().map_err(|error| (0..0, format!("the exclude patterns cannot be used together: {error}")))
}

/// The place and message of an error of the parser, with the nearest key where one is unknown.
fn syntax_problem(text: &str, error: &toml::de::Error) -> Problem {
    let span = error.span().unwrap_or_default();
    if !error.message().starts_with("unknown field") {
        return (span, plain_words(error.message()));
    }
    let name = text.get(span.clone()).unwrap_or_default().trim_matches(['"', '\'']).to_owned();
    unknown("key", &Spanned::new(span, name), KEYS)
}

fn unknown(what: &str, name: &Spanned<String>, known: impl IntoIterator<Item = &'static str>) -> Problem {
    let known: Vec<&str> = known.into_iter().collect();
    (name.span(), unknown_word(what, name.get_ref(), &known))
}

#[cfg(test)]
#[path = "configuration_schema.rs"]
mod schema;
