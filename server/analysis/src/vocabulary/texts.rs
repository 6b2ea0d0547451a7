//! The platforms' own texts. Owns what is written into a user's file on a platform and what is told about
//! it: call forms, imports, limits, advice; must not know findings.

use serde::Deserialize;

use super::{Platform, Vocabulary};

/// A platform's texts. In templates `{callable}` is the callable as written in the file, `{uid}` an
/// expression, `{name}` an event's name without quotes, `{q}` the file's quote.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PlatformTexts {
    /// The platform's name: `web`, `web-v1`, `react-native`.
    pub name: String,
    /// The name that a person reads.
    pub display_name: String,
    /// The callable where the file does not say another one: `FS`.
    pub callable: String,
    /// The call that releases the identity.
    pub anonymize: String,
    /// The same call whose promise settles later, where the platform has one.
    #[serde(default)]
    pub anonymize_async: Option<String>,
    /// The call that sets the identity.
    pub identify: String,
    /// The call of an event.
    pub event: String,
    /// The call of user properties; `{properties}` is an expression.
    pub user_properties: String,
    /// What ends a statement where its absence would not compile: `;`, or nothing.
    #[serde(default)]
    pub statement_end: String,
    /// The import that binds the callable, where it is not a global; with the file's quote.
    #[serde(default)]
    pub import_line: Option<String>,
    /// The module of that import.
    #[serde(default)]
    pub import_module: Option<String>,
    /// What the anonymize call does, in a sentence.
    pub does: String,
    /// Calls of identify, anonymize and user properties: how many a minute.
    pub calls_a_minute: u32,
    /// The same: how many a second.
    pub calls_a_second: u32,
    /// Events: how many a minute.
    pub events_a_minute: u32,
    /// Advice on the order of steps, whole sentences.
    pub order: Vec<String>,
    /// Common mistakes, whole sentences.
    pub mistakes: Vec<String>,
    /// The documentation of anonymize.
    pub anonymize_url: String,
    /// The documentation of identify.
    pub identify_url: String,
    /// The documentation of events.
    pub event_url: String,
    /// The documentation of asynchronous calls, where the platform has them.
    #[serde(default)]
    pub async_url: Option<String>,
    /// Suffixes of file names that say this platform: `native`.
    #[serde(default)]
    pub file_suffixes: Vec<String>,
}

impl Vocabulary {
    /// A platform's texts.
    pub fn texts(&self, platform: Platform) -> &PlatformTexts {
        static NONE: PlatformTexts = PlatformTexts {
            name: String::new(),
            display_name: String::new(),
            callable: String::new(),
            anonymize: String::new(),
            anonymize_async: None,
            identify: String::new(),
            event: String::new(),
            user_properties: String::new(),
            statement_end: String::new(),
            import_line: None,
            import_module: None,
            does: String::new(),
            calls_a_minute: 0,
            calls_a_second: 0,
            events_a_minute: 0,
            order: Vec::new(),
            mistakes: Vec::new(),
            anonymize_url: String::new(),
            identify_url: String::new(),
            event_url: String::new(),
            async_url: None,
            file_suffixes: Vec::new(),
        };
        self.table.platform.iter().find(|texts| texts.name == platform.name()).unwrap_or(&NONE)
    }
}
