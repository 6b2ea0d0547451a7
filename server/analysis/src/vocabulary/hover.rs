//! What a person reads about a call. Owns the table of those texts; must not know how they are laid out.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Platform;
use super::load::builtin_table;

/// What is told about one sort of call, whatever the platform.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallTexts {
    /// What it does, in a few words behind its name.
    pub title: String,
    /// What it does, in a sentence or two; empty where the platform's own texts say it.
    #[serde(default)]
    pub does: String,
    /// Advice on when to call it.
    #[serde(default)]
    pub advice: Vec<String>,
    /// Common mistakes.
    #[serde(default)]
    pub mistakes: Vec<String>,
}

/// How a platform writes the calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PlatformCalls {
    /// The platform's name; for those that the engine reads, the one in configuration.
    pub name: String,
    /// The name that a person reads.
    pub title: String,
    /// Another platform's calls that are this one's too, in words; the calls below are empty then.
    #[serde(default)]
    pub same_as: String,
    #[serde(flatten)]
    calls: BTreeMap<String, String>,
}

impl PlatformCalls {
    /// The family of the platform: that of the engine's platform of this name, else the name itself.
    pub fn family(&self) -> &str {
        match Platform::of_name(&self.name) {
            Some(platform) => platform.family(),
            None => &self.name,
        }
    }

    /// How a call is written, by the call's name in the table: `anonymize`, `identify`, `event`,
    /// `user-property`.
    pub fn call(&self, name: &str) -> Option<&str> {
        self.calls.get(name).map(String::as_str)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    call: BTreeMap<String, CallTexts>,
    platform: Vec<PlatformCalls>,
}

// A table that does not parse leaves nothing to say; a test reads it.
static TABLE: LazyLock<Table> = LazyLock::new(|| serde_json::from_str(builtin_table!("hover")).unwrap_or_default());

/// What is told about a sort of call, by its name in the table.
pub fn call_texts(name: &str) -> Option<&'static CallTexts> {
    TABLE.call.get(name)
}

/// How every platform writes the calls, in the order in which they are told.
fn platform_calls() -> &'static [PlatformCalls] {
    &TABLE.platform
}

/// How the other platforms write the calls, as a file of `own` tells it: one of each other family, and the
/// other generation in a file of the web.
pub fn other_platforms(own: Platform) -> impl Iterator<Item = &'static PlatformCalls> {
    let all = platform_calls();
    all.iter().enumerate().filter_map(move |(place, other)| {
        let is_first = !all.iter().take(place).any(|before| before.family() == other.family());
        let is_told = if other.family() == own.family() { own.is_web() && other.name != own.name() } else { is_first };
        is_told.then_some(other)
    })
}

#[cfg(test)]
mod tests {
    use super::{call_texts, platform_calls};
    use crate::vocabulary::Platform;

    #[test]
    fn every_call_and_platform_has_its_texts() {
        for name in ["anonymize", "identify", "event", "user-property", "lookalike"] {
            assert!(!call_texts(name).unwrap().title.is_empty(), "{name}");
        }
        for platform in Platform::ALL {
            let calls = platform_calls().iter().find(|calls| calls.name == platform.name()).unwrap();
            for name in ["anonymize", "identify", "event", "user-property"] {
                assert!(calls.call(name).is_some(), "{name} on {}", platform.name());
            }
        }
        assert_eq!(platform_calls().len(), 9);
    }
}
