//! What is offered while somebody types. Owns the table of it; must not know files.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::load::builtin_table;
use super::{CallMeaning, Platform};

/// Where in a file something is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TypedPlace {
    /// Among the declarations of a file.
    Top,
    /// Among the statements of a body.
    Statement,
    /// Where an expression stands: a closure's result, behind `await`.
    Expression,
    /// Among the members of a class.
    Member,
}

/// A call that is offered. In its parts `${1:text}` is a place that the editor goes to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferedCall {
    /// What it is for.
    pub means: CallMeaning,
    /// What it does, in a few words.
    pub title: String,
    /// The words of which the typed one may be the beginning.
    pub words: Vec<String>,
    /// The parts that are expressions, by name.
    #[serde(default)]
    pub code: BTreeMap<String, String>,
    /// The parts that are texts, by name, without quotes.
    #[serde(default)]
    pub text: BTreeMap<String, String>,
}

/// A whole logout that is offered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferedFlow {
    platforms: Vec<String>,
    places: Vec<TypedPlace>,
    /// Its code: `{event}` and `{anonymize}` are calls, a tab is one level of indentation.
    pub text: String,
}

/// What is said of every whole logout.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AboutFlows {
    /// What it holds, in a few words.
    pub title: String,
    /// What a person reads in the list.
    pub label: String,
    /// The words of which the typed one may be the beginning.
    pub words: Vec<String>,
    /// The name of its event.
    pub event: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    call: Vec<OfferedCall>,
    flow: Vec<OfferedFlow>,
    about_flows: AboutFlows,
}

// A table that does not parse leaves nothing to offer; a test reads it.
static TABLE: LazyLock<Table> =
    LazyLock::new(|| serde_json::from_str(builtin_table!("completion")).unwrap_or_default());

/// The calls, in the order in which they are offered.
pub fn offered_calls() -> &'static [OfferedCall] {
    &TABLE.call
}

/// The whole logout of a platform at a place; `None` where none can stand there.
pub fn offered_flow(platform: Platform, place: TypedPlace) -> Option<&'static OfferedFlow> {
    let fits =
        |flow: &&OfferedFlow| flow.platforms.iter().any(|name| name == platform.name()) && flow.places.contains(&place);
    TABLE.flow.iter().find(fits)
}

/// What is said of every whole logout.
pub fn about_flows() -> &'static AboutFlows {
    &TABLE.about_flows
}

#[cfg(test)]
mod tests {
    use super::{TypedPlace, about_flows, offered_calls, offered_flow};
    use crate::vocabulary::Platform;

    #[test]
    fn every_platform_has_its_logout() {
        assert_eq!(offered_calls().len(), 3);
        assert!(!about_flows().words.is_empty());
        for platform in Platform::ALL {
            assert!(offered_flow(platform, TypedPlace::Member).is_some(), "{}", platform.name());
            assert!(offered_flow(platform, TypedPlace::Expression).is_none(), "{}", platform.name());
        }
    }
}
