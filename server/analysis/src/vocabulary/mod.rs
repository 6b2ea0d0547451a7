//! What names mean. Owns the TOML tables of each platform and their matching against resolved paths,
//! the logout words, and the platforms' own texts; must not know grammars or control flow.

mod argument;
mod assigns;
mod callbacks;
mod calls;
mod completion;
mod conditions;
mod files;
mod flows;
mod forms;
mod fullstory;
mod fullstory_table;
mod guesses;
mod hover;
mod identity_options;
mod index;
mod lists;
mod load;
mod meaning;
mod messages;
mod pattern;
mod platform;
mod recognise;
mod tables;
mod tail;
#[cfg(test)]
mod tests;
mod texts;
mod verdict;
mod view;
mod words;

pub(crate) use argument::is_name;
pub use completion::{AboutFlows, OfferedCall, OfferedFlow, TypedPlace, about_flows, offered_calls, offered_flow};
pub use conditions::Asked;
pub use files::ServerScope;
pub use forms::{
    ASYNCHRONOUS, CallForm, CallMeaning, CallStyle, ImportShape, PlatformForm, call_form, is_call_name, part_named,
    platform_form,
};
pub use hover::{CallTexts, PlatformCalls, call_texts, other_platforms};
pub use load::{TableError, plain_words};
pub use meaning::{
    Anonymize, ApiForm, ConditionMeaning, Effect, Fault, FlowKind, FlowName, Identify, Lookalike, Reach, Runs,
    StepMeaning,
};
pub use messages::Message;
pub use platform::{Apple, Generation, Jvm, Platform};
pub use texts::PlatformTexts;
pub use view::FileView;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashSet;

/// What names mean: the tables, indexed. It never changes, so every thread may share it.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    table: tables::Table,
    calls: index::Index,
    assigns: index::Index,
    callbacks: index::Index,
    /// Every method's name by which callbacks are known.
    callback_methods: FxHashSet<Box<str>>,
    /// The global names that callables begin with.
    callable_names: FxHashSet<Box<str>>,
    /// Phrases that name a way out.
    flows: words::Phrases<FlowKind>,
    /// Phrases that say why.
    reasons: words::Phrases<FlowKind>,
    /// Phrases of an unknown callee's name that mean a release.
    releases: words::Phrases<()>,
    /// A search for the words of a file that identifies or anonymizes.
    identity_search: AhoCorasick,
    /// Words one of which is in every file that holds anything, in lower case.
    /// Gathered when they are asked for.
    prefilter: std::sync::OnceLock<Vec<Box<str>>>,
}
