//! How a platform's calls are written. Owns the table of their forms; must not know files or edits.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Platform;
use super::load::builtin_table;

/// How the parts of a call come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallStyle {
    /// `FS('setIdentity', { uid })`.
    Operation,
    /// `FS.identify(uid, properties)`.
    Method,
    /// `FS.identify(uid, userVars: properties)`.
    Labelled,
    /// `[FS identify:uid userVars:properties]`.
    Message,
}

/// What a call that can be written is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallMeaning {
    /// Releases the identity.
    Anonymize,
    /// Sets the identity.
    Identify,
    /// Tracks an event.
    Event,
    /// Sets a property of the user.
    UserProperty,
}

/// How a platform's SDK is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImportShape {
    /// `import { FullStory } from …`.
    Named,
    /// `import FullStory from …`.
    Default,
    /// `import * as FullStory from …`.
    Namespace,
    /// One of [`PlatformForm::lines`], as it stands there.
    Line,
}

/// A platform's SDK as code names it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PlatformForm {
    name: String,
    /// How its calls are written.
    pub style: CallStyle,
    /// The package or module that is imported.
    pub module: String,
    /// Other modules that give the same.
    #[serde(default)]
    pub modules: Vec<String>,
    /// How the package is imported.
    pub import: ImportShape,
    /// The name that the import is bound to unless the file says otherwise.
    pub binding: String,
    /// The global name, where there is one.
    pub global: Option<String>,
    /// Whole import statements, for languages in which nothing of them differs from file to file.
    #[serde(default)]
    pub lines: Vec<String>,
    /// A set of properties with nothing in it.
    pub empty: String,
    /// What has to be imported for [`Self::empty`].
    #[serde(default)]
    pub empty_lines: Vec<String>,
    /// What stands before a method of one's own: `this.`; empty where nothing has to.
    #[serde(default)]
    pub receiver: String,
    /// Whether each call gives a future, which is awaited where that can be done.
    #[serde(default)]
    pub awaited: bool,
}

/// One call of a style.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallForm {
    /// The style.
    pub style: CallStyle,
    /// What it is for.
    pub means: CallMeaning,
    /// The operation's or method's name.
    pub name: String,
    /// What an operation's options always hold.
    pub fixed: Option<String>,
    /// The parts that differ from call to call, in the order of a method's arguments.
    pub parts: Vec<String>,
    /// Parts that have to be there, empty if need be.
    #[serde(default)]
    pub required: Vec<String>,
    /// The labels of parts that have one.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// Options of other styles' calls that this one can do without.
    #[serde(default)]
    pub lost: Vec<String>,
}

/// What an operation's name ends with if it returns a promise.
pub const ASYNCHRONOUS: &str = "Async";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    platform: Vec<PlatformForm>,
    call: Vec<CallForm>,
    #[serde(rename = "known-as")]
    known_as: BTreeMap<String, Vec<String>>,
}

// A table that does not parse leaves no form, so that no fix is written; a test reads it.
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    serde_json::from_str(builtin_table!("forms")).unwrap_or_else(|_| Table {
        platform: Vec::new(),
        call: Vec::new(),
        known_as: BTreeMap::new(),
    })
});

/// A platform's SDK as code names it.
pub fn platform_form(platform: Platform) -> Option<&'static PlatformForm> {
    TABLE.platform.iter().find(|form| form.name == platform.name())
}

/// The call of a style that means something.
pub fn call_form(style: CallStyle, means: CallMeaning) -> Option<&'static CallForm> {
    TABLE.call.iter().find(|form| form.style == style && form.means == means)
}

/// Whether a style has a call of that name, with or without [`ASYNCHRONOUS`].
pub fn is_call_name(style: CallStyle, name: &str) -> bool {
    let plain = name.strip_suffix(ASYNCHRONOUS).unwrap_or(name);
    TABLE.call.iter().any(|form| form.style == style && form.name == plain)
}

/// The part of a call that a label or a key of options names.
pub fn part_named(label: &str) -> Option<&'static str> {
    let known = TABLE.known_as.iter().find(|(_, names)| names.iter().any(|name| name == label));
    known.map(|(part, _)| part.as_str())
}

#[cfg(test)]
mod tests {
    use super::{CallMeaning, call_form, is_call_name, platform_form};
    use crate::vocabulary::Platform;

    #[test]
    fn every_platform_has_every_call() {
        for platform in Platform::ALL {
            let form = platform_form(platform).unwrap();
            for means in [CallMeaning::Anonymize, CallMeaning::Identify, CallMeaning::Event, CallMeaning::UserProperty]
            {
                assert!(is_call_name(form.style, &call_form(form.style, means).unwrap().name));
            }
        }
    }
}
