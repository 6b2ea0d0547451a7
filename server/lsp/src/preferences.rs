//! What the user set in the editor. Owns the settings' names, kinds and defaults, and what is said of a
//! wrong one; must not know how settings reach the server or what they bring about.

use std::path::PathBuf;

use farewell_project::{DEFAULT_MAX_SIZE, Severities, rule_severity, unknown_word};
use serde_json::Value;

use crate::log::Level;

/// The name under which an editor keeps the settings.
pub(crate) const SECTION: &str = "farewell";
/// The command of a code lens, unless the client names another one of its own.
const DEFAULT_LENS_COMMAND: &str = "farewell.showWays";

/// What the user set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Preferences {
    /// When documents are judged.
    pub(crate) run: Run,
    /// The largest text that is analysed, in bytes.
    pub(crate) size_limit: usize,
    /// Severities that win over those of `farewell.toml`.
    pub(crate) severities: Severities,
    /// Whether identity is shown behind each step that changes it.
    pub(crate) inlay_hints: bool,
    /// Whether what becomes of the identity is shown over each flow.
    pub(crate) code_lens: bool,
    /// The client's command that a code lens runs; empty where it has none.
    pub(crate) lens_command: String,
    /// What is logged, to the client and to the log file.
    pub(crate) log_level: Level,
    /// Where else it is logged.
    pub(crate) log_file: Option<PathBuf>,
    /// How much of what the server does is told, where it is set here.
    pub(crate) trace: Option<Trace>,
    /// Whether the client is told how the server is.
    pub(crate) status_notification: bool,
}

/// When documents are judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Run {
    /// After each edit.
    #[default]
    OnType,
    /// When they are opened and saved. What was found then moves with the edits.
    OnSave,
}

/// How much of what the server does is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trace {
    /// Nothing.
    #[default]
    Off,
    /// What was done and how long it took.
    Messages,
    /// What it was done to, too.
    Verbose,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            run: Run::OnType,
            size_limit: usize::try_from(DEFAULT_MAX_SIZE).unwrap_or(usize::MAX),
            severities: Severities::new(),
            inlay_hints: false,
            code_lens: true,
            lens_command: DEFAULT_LENS_COMMAND.to_owned(),
            log_level: Level::Warning,
            log_file: None,
            trace: None,
            status_notification: false,
        }
    }
}

/// Takes a setting's value in, or says what it should be.
type Setter = fn(&mut Preferences, &Value) -> Result<(), String>;

/// Every setting.
const SETTINGS: [(&str, Setter); 10] = [
    ("codeLens", |preferences, value| put(&mut preferences.code_lens, flag(value))),
    ("inlayHints", |preferences, value| put(&mut preferences.inlay_hints, flag(value))),
    ("lensCommand", |preferences, value| put(&mut preferences.lens_command, text(value).map(str::to_owned))),
    ("logFile", |preferences, value| put(&mut preferences.log_file, path(value))),
    ("logLevel", |preferences, value| put(&mut preferences.log_level, choice(value, &Level::NAMES))),
    ("maxFileSize", |preferences, value| put(&mut preferences.size_limit, size(value))),
    ("run", |preferences, value| put(&mut preferences.run, choice(value, &RUNS))),
    ("severity", |preferences, value| severities(&mut preferences.severities, value)),
    ("statusNotification", |preferences, value| put(&mut preferences.status_notification, flag(value))),
    ("trace", |preferences, value| put(&mut preferences.trace, trace(value))),
];

const RUNS: [(&str, Run); 2] = [("onType", Run::OnType), ("onSave", Run::OnSave)];
const TRACES: [(&str, Trace); 3] = [("off", Trace::Off), ("messages", Trace::Messages), ("verbose", Trace::Verbose)];

impl Preferences {
    /// Takes in settings, at the top or under `farewell`. Those that are not there stay as they are, and so
    /// do those that are wrong: what is wrong with them is returned, a sentence each.
    pub(crate) fn set(&mut self, settings: &Value) -> Vec<String> {
        match settings.get(SECTION).unwrap_or(settings) {
            Value::Null => Vec::new(),
            Value::Object(settings) => settings.iter().filter_map(|(name, value)| self.set_one(name, value)).collect(),
            other => vec![format!("the settings are {other}, and should be an object")],
        }
    }

    fn set_one(&mut self, name: &str, value: &Value) -> Option<String> {
        let Some((_, set)) = SETTINGS.iter().find(|(known, _)| *known == name) else {
            return Some(unknown_word("setting", name, &SETTINGS.map(|(known, _)| known)));
        };
        // Editors send what is not set as nothing.
        if value.is_null() {
            return None;
        }
        set(self, value).err().map(|problem| format!("the setting `{name}`: {problem}"))
    }
}

/// Whether a client that sends all its settings has any of ours among them.
pub(crate) fn is_ours(settings: &Value) -> bool {
    let known = |name: &String| name == SECTION || SETTINGS.iter().any(|(known, _)| known == name);
    settings.as_object().is_some_and(|settings| settings.keys().any(known))
}

fn put<T>(place: &mut T, value: Result<T, String>) -> Result<(), String> {
    *place = value?;
    Ok(())
}

fn flag(value: &Value) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| format!("it is {value}, and should be true or false"))
}

fn text(value: &Value) -> Result<&str, String> {
    value.as_str().ok_or_else(|| format!("it is {value}, and should be a text"))
}

fn size(value: &Value) -> Result<usize, String> {
    let bytes = value.as_u64().and_then(|bytes| usize::try_from(bytes).ok());
    bytes.ok_or_else(|| format!("it is {value}, and should be a number of bytes"))
}

fn path(value: &Value) -> Result<Option<PathBuf>, String> {
    let path = PathBuf::from(text(value)?);
    match path.is_absolute() {
        true => Ok(Some(path)),
        false if path.as_os_str().is_empty() => Ok(None),
        false => Err(format!("it is {value}, and should be a path from the root on")),
    }
}

fn choice<T: Copy, const N: usize>(value: &Value, choices: &[(&str, T); N]) -> Result<T, String> {
    let name = text(value)?;
    let choice = choices.iter().find(|(known, _)| *known == name);
    choice.map(|(_, choice)| *choice).ok_or_else(|| unknown_word("value", name, &choices.map(|(known, _)| known)))
}

fn trace(value: &Value) -> Result<Option<Trace>, String> {
    // An object is what some clients keep for themselves under this name: `trace.server`.
    if value.is_object() { Ok(None) } else { choice(value, &TRACES).map(Some) }
}

fn severities(severities: &mut Severities, value: &Value) -> Result<(), String> {
    let wanted = || format!("it is {value}, and should be an object of rules and their severities");
    let mut problems = Vec::new();
    for (rule, severity) in value.as_object().ok_or_else(wanted)? {
        let severity = match severity {
            Value::Null => continue,
            severity => text(severity).and_then(|severity| rule_severity(rule, severity)),
        };
        match severity {
            Ok((rule, severity)) => {
                severities.insert(rule, severity);
            }
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("; ")) }
}

#[cfg(test)]
mod tests {
    use farewell_analysis::rules::{Rule, Severity};
    use serde_json::{Value, json};

    use super::{Preferences, Run, Trace, is_ours};
    use crate::log::Level;

    fn set(settings: &Value) -> (Preferences, Vec<String>) {
        let mut preferences = Preferences::default();
        let problems = preferences.set(settings);
        (preferences, problems)
    }

    #[test]
    fn settings_are_read_at_the_top_and_under_their_section() {
        let settings = json!({
            "codeLens": false, "inlayHints": true, "lensCommand": "", "logFile": "/tmp/farewell.log",
            "logLevel": "debug", "maxFileSize": 5, "run": "onSave", "statusNotification": true, "trace": "verbose",
            "severity": {"missing-anonymize": "error", "unguarded-await": "off", "anonymize-in-loop": null}
        });
        let (preferences, problems) = set(&settings);
        assert_eq!(problems, [] as [&str; 0]);
        assert_eq!((preferences.code_lens, preferences.inlay_hints, &*preferences.lens_command), (false, true, ""));
        assert_eq!((preferences.run, preferences.size_limit, preferences.log_level), (Run::OnSave, 5, Level::Debug));
        assert_eq!((preferences.trace, preferences.status_notification), (Some(Trace::Verbose), true));
        let severities = [(Rule::MissingAnonymize, Some(Severity::Error)), (Rule::UnguardedAwait, None)];
        assert_eq!(preferences.severities, severities.into());
        assert_eq!(set(&json!({"farewell": settings})).0, preferences);
    }

    #[test]
    fn what_is_wrong_is_told_with_what_is_near_and_changes_nothing() {
        for (settings, wanted) in [
            (json!({"maxFilesize": 1}), "unknown setting `maxFilesize`; did you mean `maxFileSize`?"),
            (json!({"inlay_hints": true}), "unknown setting `inlay_hints`; did you mean `inlayHints`?"),
            (json!({"run": "onsave"}), "the setting `run`: unknown value `onsave`; did you mean `onSave`?"),
            (json!({"maxFileSize": "x"}), "the setting `maxFileSize`: it is \"x\", and should be a number of bytes"),
            (json!({"maxFileSize": -1}), "the setting `maxFileSize`: it is -1, and should be a number of bytes"),
            (json!({"codeLens": 1}), "the setting `codeLens`: it is 1, and should be true or false"),
            (
                json!({"logFile": "a.log"}),
                "the setting `logFile`: it is \"a.log\", and should be a path from the root on",
            ),
            (json!([1]), "the settings are [1], and should be an object"),
            (json!({"farewell": 7}), "the settings are 7, and should be an object"),
            (
                json!({"severity": {"missing-anonymise": "error", "unguarded-await": "warn"}}),
                "the setting `severity`: unknown rule `missing-anonymise`; did you mean `missing-anonymize`?; \
                 unknown severity `warn`; did you mean `warning`?",
            ),
        ] {
            let (preferences, problems) = set(&settings);
            assert_eq!((preferences, problems), (Preferences::default(), vec![wanted.to_owned()]));
        }
    }

    #[test]
    fn what_is_not_set_stays() {
        let mut preferences = Preferences::default();
        preferences.set(&json!({"run": "onSave", "maxFileSize": 7}));
        for nothing in [json!(null), json!({}), json!({"farewell": null}), json!({"run": null})] {
            assert_eq!(preferences.set(&nothing), [] as [&str; 0]);
        }
        assert_eq!((preferences.run, preferences.size_limit), (Run::OnSave, 7));
    }

    #[test]
    fn the_settings_of_others_are_known_as_such() {
        assert!(is_ours(&json!({"farewell": null, "pylsp": {}})) && is_ours(&json!({"run": "onSave"})));
        assert!(!is_ours(&json!({"pylsp": {}})) && !is_ours(&json!(null)) && !is_ours(&json!({})));
    }
}
