//! The shape of the table of Fullstory's own API. Owns what may stand in it; must not know how a call is
//! recognised.

use serde::Deserialize;

use super::Generation;
use super::lists::Names;
use super::pattern::{ModulePattern, Pattern};

/// Fullstory's own API.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct FullstoryTable {
    /// What can be called or has the API's methods.
    pub(super) callable: Vec<CallableEntry>,
    /// The SDK's modules.
    pub(super) module: Vec<ModuleEntry>,
    /// The operations of `FS('operation')`.
    pub(super) operation: Vec<OperationEntry>,
    /// The methods of `FS.method()`.
    pub(super) method: Vec<MethodEntry>,
    /// Imports that the SDK's modules do not have.
    pub(super) import_fault: Vec<ImportFaultEntry>,
    /// Texts of the SDK's snippet that tell its generation.
    pub(super) snippet: Vec<SnippetEntry>,
    /// Sentences about faults, by name.
    pub(super) message: std::collections::BTreeMap<Box<str>, Box<str>>,
}

/// Something that can be called as Fullstory's API or has its methods.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct CallableEntry {
    /// Its resolved paths.
    pub(super) paths: Vec<Pattern>,
    /// The SDK that it belongs to, `web`, `web-v1` or `react-native`; the file's platform where it is left out.
    pub(super) sdk: Option<Box<str>>,
}

/// One of the SDK's modules.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ModuleEntry {
    /// The module.
    pub(super) module: ModulePattern,
    /// The SDK: `web`, `web-v1` or `react-native`.
    pub(super) sdk: Box<str>,
    /// Named imports that tell the second generation.
    #[serde(default)]
    pub(super) second_generation: Names,
    /// Named imports that tell the first generation; so does the module taken as a namespace.
    #[serde(default)]
    pub(super) first_generation: Names,
}

/// An operation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct OperationEntry {
    /// Its names, without `Async`.
    pub(super) names: Names,
    /// What it does, or means to do.
    pub(super) class: ApiClass,
    /// The right name, where these are misspelt.
    pub(super) instead_of: Option<Box<str>>,
    /// The sentence of a lookalike.
    pub(super) lookalike: Option<Box<str>>,
}

/// A method.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct MethodEntry {
    /// Its names.
    pub(super) names: Names,
    /// What it does, or means to do.
    pub(super) class: ApiClass,
    /// The platform families that have it: `web`, `react-native`.
    #[serde(default)]
    pub(super) platforms: Vec<Box<str>>,
    /// Whether no platform has it.
    #[serde(default)]
    pub(super) missing: bool,
    /// The sentence of a lookalike.
    pub(super) lookalike: Option<Box<str>>,
}

/// What an operation or method is about.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ApiClass {
    /// `setIdentity`: what it does depends on its options.
    Identity,
    /// Releases the identity.
    Anonymize,
    /// Identifies by its first argument.
    Identify,
    /// An event.
    Event,
    /// `setProperties`: of a user or a page, by its options.
    Properties,
    /// User properties by its first argument.
    UserVars,
    /// `setVars`: of a user or a page, by its first argument.
    Vars,
    /// Consent of elements, by its first argument.
    Consent,
    /// Looks like an anonymize and is none.
    Lookalike,
    /// Nothing that concerns identity.
    Other,
}

/// An import that the SDK does not have.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ImportFaultEntry {
    /// The module.
    pub(super) module: ModulePattern,
    /// The names: `default`, `*` for a namespace, else a named import's.
    pub(super) names: Names,
    /// The SDK whose form it is.
    pub(super) written_for: Box<str>,
    /// A whole sentence. `{name}` is the import's name.
    pub(super) message: Box<str>,
}

/// A text that tells the snippet's generation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SnippetEntry {
    /// The text.
    pub(super) text: Box<str>,
    /// The generation, 1 or 2.
    #[serde(deserialize_with = "generation")]
    pub(super) generation: Generation,
}

fn generation<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Generation, D::Error> {
    match u8::deserialize(deserializer)? {
        1 => Ok(Generation::V1),
        2 => Ok(Generation::V2),
        other => Err(serde::de::Error::custom(format!("there is no generation {other}: write 1 or 2"))),
    }
}
