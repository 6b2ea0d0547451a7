//! The shape of the tables. Owns what may stand in a vocabulary table, built-in or a user's; must not know
//! how a table is searched.

use serde::Deserialize;

use super::argument::ArgumentTest;
use super::files::Glob;
use super::fullstory_table::FullstoryTable;
use super::lists::{NameLists, Names};
use super::pattern::{ModulePattern, Pattern};
use super::tail::Tail;
use super::texts::PlatformTexts;
use super::{FlowKind, Reach, Runs};

/// One table. Every part may be left out, and several tables are joined into one.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct Table {
    /// What calls mean.
    pub(super) call: Vec<CallEntry>,
    /// What assignments mean.
    pub(super) assign: Vec<AssignEntry>,
    /// When a function runs that is an argument.
    pub(super) callback: Vec<CallbackEntry>,
    /// When a function runs that is an attribute of an element.
    pub(super) attribute: Vec<AttributeEntry>,
    /// When a method runs that a framework calls by its name.
    pub(super) lifecycle: Vec<LifecycleEntry>,
    /// Elements that navigate by being rendered.
    pub(super) element: Vec<ElementEntry>,
    /// Phrases that name a way out.
    pub(super) flow: Vec<FlowEntry>,
    /// Phrases that say why a user leaves, wherever they stand.
    pub(super) reason: Vec<FlowEntry>,
    /// Lists of names and words.
    pub(super) names: NameLists,
    /// Fullstory's own API.
    pub(super) fullstory: FullstoryTable,
    /// What runs on a server.
    pub(super) server: ServerTable,
    /// The platforms' own texts.
    pub(super) platform: Vec<PlatformTexts>,
    /// The platforms, by family, of those entries of this table that name none.
    pub(super) for_platforms: Vec<Box<str>>,
}

/// What a call means. The first entry that fits wins; a path goes before a tail.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct CallEntry {
    /// Resolved paths.
    pub(super) paths: Vec<Pattern>,
    /// Last identifiers as written, for callees that resolve to no package.
    pub(super) tails: Vec<Tail>,
    /// Whether a call that constructs (`new X()`) is meant, and no other.
    pub(super) construct: bool,
    /// Platforms, by family: `web`, `react-native`, `ios`, `android`, `flutter`. Empty for all.
    pub(super) platforms: Vec<Box<str>>,
    /// What must hold of the arguments.
    pub(super) when: Vec<ArgumentTest>,
    /// What must not hold of the arguments.
    pub(super) unless: Vec<ArgumentTest>,
    /// The app's own auth library ends the session; the library's name.
    pub(super) sign_out: Option<Box<str>>,
    /// Another vendor's session ends; the vendor's name.
    pub(super) third_party: Option<Box<str>>,
    /// Another tool's identity is reset; the tool's name.
    pub(super) resets: Option<Box<str>>,
    /// Tokens, storage or user state are cleared.
    pub(super) clear_auth: bool,
    /// Looks like an anonymize and is none: a whole sentence. `{written}` is the callee as written.
    pub(super) lookalike: Option<Box<str>>,
    /// Releases the identity: a wrapper or a plugin.
    pub(super) anonymize: bool,
    /// Sets the identity to the argument of this position: a wrapper or a plugin.
    pub(super) identify: Option<u32>,
    /// A request to the server.
    pub(super) request: bool,
    /// It means what a call of the function means that is the argument of this position, with the
    /// arguments behind it: `call(history.push, '/login')`.
    pub(super) calls: Option<u32>,
    /// Leaves the page or screen, after everything else that the call does.
    pub(super) navigate: Option<Reach>,
    /// What must hold of the arguments for the navigation alone.
    pub(super) navigate_when: Vec<ArgumentTest>,
    /// What must not hold of the arguments for the navigation alone.
    pub(super) navigate_unless: Vec<ArgumentTest>,
    /// It never throws.
    pub(super) never_throws: bool,
    /// It may release the identity out of sight.
    pub(super) may_release: bool,
}

/// What an assignment means.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct AssignEntry {
    /// Platforms, by family. Empty for all.
    pub(super) platforms: Vec<Box<str>>,
    /// Resolved paths of the target.
    pub(super) paths: Vec<Pattern>,
    /// The target's last identifiers as written, where it resolves to no package.
    pub(super) tails: Vec<Tail>,
    /// What must hold of the value; `argument` is left out.
    pub(super) when: Vec<ArgumentTest>,
    /// What must not hold of the value.
    pub(super) unless: Vec<ArgumentTest>,
    /// Leaves the page or screen.
    pub(super) navigate: Option<Reach>,
    /// Tokens, cookies, storage or user state are cleared.
    pub(super) clear_auth: bool,
    /// Looks like an anonymize and is none: a whole sentence.
    pub(super) lookalike: Option<Box<str>>,
    /// Sets the identity.
    pub(super) identify: bool,
}

/// When a function runs that is an argument.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct CallbackEntry {
    /// Platforms, by family. Empty for all.
    #[serde(default)]
    pub(super) platforms: Vec<Box<str>>,
    /// Resolved paths of the callee.
    #[serde(default)]
    pub(super) paths: Vec<Pattern>,
    /// The callee's last identifiers as written, where it resolves to no package.
    #[serde(default)]
    pub(super) tails: Vec<Tail>,
    /// The callee's last name, where it is a member of anything: `forEach`.
    #[serde(default)]
    pub(super) methods: Names,
    /// The key, where the function is a property of an object argument; the label, where it is an argument
    /// that has one.
    #[serde(default)]
    pub(super) keys: Names,
    /// The argument's position; any where it is left out.
    pub(super) argument: Option<u32>,
    /// What must hold of the call's other arguments.
    #[serde(default)]
    pub(super) when: Vec<ArgumentTest>,
    /// When it runs.
    pub(super) runs: Runs,
}

/// When a function runs that is an attribute of an element.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct AttributeEntry {
    /// Platforms, by family. Empty for all.
    #[serde(default)]
    pub(super) platforms: Vec<Box<str>>,
    /// The elements' names; any where it is left out.
    #[serde(default)]
    pub(super) elements: Names,
    /// The attributes' names. `*` behind a name stands for any text.
    pub(super) names: Vec<Box<str>>,
    /// When it runs.
    pub(super) runs: Runs,
}

/// When a method runs that a framework calls by its name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct LifecycleEntry {
    /// Platforms, by family. Empty for all.
    #[serde(default)]
    pub(super) platforms: Vec<Box<str>>,
    /// The methods' names.
    pub(super) names: Names,
    /// When they run.
    pub(super) runs: Runs,
}

/// An element that navigates by being rendered.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ElementEntry {
    /// The elements' names.
    pub(super) names: Names,
    /// How far it goes.
    pub(super) navigate: Reach,
}

/// Phrases that name a way out, or a reason for one. In a phrase `a|b` is either word and `a?` may be left out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct FlowEntry {
    /// Which way out.
    pub(super) kind: FlowKind,
    /// The phrases.
    pub(super) phrases: Vec<Box<str>>,
}

/// What runs on a server.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct ServerTable {
    /// Paths without their last extension; `*` is any text of one folder or name, `**` any folders.
    pub(super) files: Vec<Glob>,
    /// The same for languages that are not the web's.
    pub(super) native_files: Vec<Glob>,
    /// Modules that only server code imports.
    pub(super) modules: Vec<ModulePattern>,
    /// Modules beside which only some exports run on the server.
    pub(super) mixed_modules: Vec<ModulePattern>,
    /// Those exports.
    pub(super) mixed_exports: Names,
    /// Exports that run on the server wherever they stand.
    pub(super) exports: Names,
    /// First parameters' names of a request handler: `req,res`.
    pub(super) handler_parameters: Vec<Vec<Box<str>>>,
}

impl Table {
    /// The table with its own platforms in the entries that name none.
    pub(super) fn with_own_platforms(mut self) -> Self {
        let own = std::mem::take(&mut self.for_platforms);
        let calls = self.call.iter_mut().map(|entry| &mut entry.platforms);
        let assigns = self.assign.iter_mut().map(|entry| &mut entry.platforms);
        let callbacks = self.callback.iter_mut().map(|entry| &mut entry.platforms);
        let attributes = self.attribute.iter_mut().map(|entry| &mut entry.platforms);
        let lifecycles = self.lifecycle.iter_mut().map(|entry| &mut entry.platforms);
        for platforms in calls.chain(assigns).chain(callbacks).chain(attributes).chain(lifecycles) {
            if platforms.is_empty() {
                platforms.clone_from(&own);
            }
        }
        self
    }
}
