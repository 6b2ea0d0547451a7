//! The shape of the tables. Owns what may stand in a vocabulary table, built-in or a user's; must not know
//! how a table is searched.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::argument::ArgumentTest;
use super::pattern::{ModulePattern, Pattern, Tail};
use super::texts::PlatformTexts;
use super::{FlowKind, Generation, Reach, Runs};

/// A set of names or words.
pub(super) type Names = FxHashSet<Box<str>>;

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
    /// Platforms, by family: `web`, `react-native`. Empty for all.
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
    /// Resolved paths of the callee.
    #[serde(default)]
    pub(super) paths: Vec<Pattern>,
    /// The callee's last identifiers as written, where it resolves to no package.
    #[serde(default)]
    pub(super) tails: Vec<Tail>,
    /// The callee's last name, where it is a member of anything: `forEach`.
    #[serde(default)]
    pub(super) methods: Names,
    /// The key, where the function is a property of an object argument.
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

/// What runs on a server.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct ServerTable {
    /// Paths without their last extension; `*` is any text of one folder or name, `**` any folders.
    pub(super) files: Vec<Box<str>>,
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

macro_rules! name_lists {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Lists of names and words. Words are in lower case.
        #[derive(Clone, Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
        pub(super) struct NameLists {
            $($(#[$doc])* pub(super) $name: Names,)*
        }

        impl NameLists {
            /// Adds another table's names.
            pub(super) fn extend(&mut self, other: NameLists) {
                $(self.$name.extend(other.$name);)*
            }

            /// A list by its name in a table, for tests of arguments.
            pub(super) fn list(&self, name: &str) -> Option<&Names> {
                $(if stringify!($name).replace('_', "-") == name { return Some(&self.$name); })*
                None
            }
        }
    };
}

name_lists! {
    /// Objects whose members are global names: `window`.
    global_objects,
    /// Members and variables that hold the window: `nativeWindow`.
    window_names,
    /// How a module of the project itself starts: `./`, `@/`.
    project_modules,
    /// Directive prologues of server code.
    server_directives,
    /// Uids that are no user: `anonymous`.
    fake_users,
    /// Keys of `setIdentity` that anonymize when they are spelt right.
    misspelt_anonymous,
    /// Keys of `setIdentity` that exist.
    identity_options,
    /// Words of a logout, an end of a session and the like that stand before the phrase and keep its sense.
    before,
    /// Words that stand behind the phrase and keep its sense.
    after,
    /// Words behind which anything may follow, or before which anything may stand: `and`, `from`.
    joints,
    /// Words that make it something else wherever they stand.
    never,
    /// Things that are pressed, which may follow where it is said that they are pressed.
    pressed_things,
    /// Words of pressing.
    press_words,
    /// Things that are handled, which may follow where the name starts with a word of handling.
    handled_things,
    /// Words of handling.
    handle_words,
    /// Words that stand before the phrase in a text on a button.
    label_before,
    /// Words that stand behind the phrase in a text on a button.
    label_after,
    /// Last words of a class's name whose one job the phrase is.
    class_suffixes,
    /// Members of such a class that do the job.
    class_members,
    /// Last words of a screen's or page's name.
    page_suffixes,
    /// Folders in which each file is a screen or page.
    screen_folders,
    /// Calls that register a handler for a message, by their last name.
    registrars,
    /// Calls that send a message, by their last name.
    emitters,
    /// Calls whose functions only compute the next state, by their last name.
    reducer_makers,
    /// Names of files that are the frame around every screen, wherever they stand.
    frames,
    /// Calls that stop a timer, by their last name.
    timer_stoppers,
    /// Verbs that clear.
    clear_verbs,
    /// Verbs that clear even where the receiver alone says what.
    receiver_clear_verbs,
    /// What is cleared on a logout.
    auth_subjects,
    /// Words that may stand beside what is cleared.
    auth_modifiers,
    /// Last words of a receiver that holds auth state: `tokenService`.
    receiver_suffixes,
    /// What is set to nothing on a logout: `setUser(null)`.
    state_subjects,
    /// Words that may stand beside it.
    state_modifiers,
    /// Verbs of state setters.
    setter_verbs,
    /// Verbs that may release an identity of an unknown object.
    release_verbs,
    /// What holds an identity.
    release_subjects,
    /// Words that mean a release by themselves.
    release_words,
    /// Last names of the stores' dispatching methods.
    dispatchers,
    /// Last names of the stores' committing methods, which run no code of the project but mutations.
    committers,
    /// Words of a storage key that holds a login.
    auth_keys,
    /// Names of a login or landing screen, as words.
    login_words,
    /// Paths that are a landing screen by themselves: `/`.
    landing_paths,
    /// Subjects of the question whether somebody is signed in.
    user_subjects,
    /// Words that may stand beside such a subject.
    user_modifiers,
    /// Subjects that hold when nobody is signed in: `isGuest`.
    nobody_subjects,
    /// Values that say that nobody is signed in: `unauthenticated`.
    nobody_values,
    /// Values that say that somebody is signed in.
    somebody_values,
    /// Flags that say that the SDK is ready, in a file that speaks of it.
    ready_names,
    /// Words of a flag about the SDK.
    sdk_words,
    /// Build switches that hold where the SDK is missing: `__DEV__`.
    development_switches,
    /// Build switches that hold where the SDK is there.
    production_switches,
    /// Values of an environment in which the SDK is missing: `development`.
    development_values,
    /// Members that only hold a value: `value`, `current`.
    box_members,
    /// Objects of a store's action creators: `slice.actions`.
    action_objects,
    /// Verbs that manage people where what they act on is one.
    managing_verbs,
    /// Words for people and accounts that are managed: `deleteUser`.
    managed_people,
    /// Words that make an unknown callee no release: `showLogoutDialog`.
    inert_words,
    /// Last names of what identifies a user: `user.id`.
    id_names,
    /// Names that hold whoever is signed in: `currentUser`, `auth.user`.
    current_users,
    /// Words one of which is in every file that holds a flow, in lower case.
    prefilter,
    /// Words one of which is in every file that identifies or anonymizes, in lower case.
    identity,
}
