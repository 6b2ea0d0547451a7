//! The database: inputs and the queries over them. Owns what depends on what, so that an edit touches
//! no more than it must; must not know disks, clocks or editors.

// The macros of the incremental engine make constructors and setters that cannot carry documentation.
#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::identity::FormerLinks;
use crate::lowering::{Former, LoweredFile};
use crate::rules::{Rule, Severity};
use crate::source::{FileRole, Language, Span};
use crate::syntax::{Parsed, SyntaxTree};
use crate::vocabulary::Platform;

mod facts;
mod meaning;
mod queries;

pub(crate) use facts::mentions_identity;
pub use facts::{FileFacts, declarative_logouts, file_facts, identify_guards, project_facts, releases_called};
pub use meaning::{FlowNames, FormerMeanings, Meanings, meanings};
pub use queries::{FileContext, context, lowered, syntax_tree, vocabulary};

/// The queries' view of the database.
#[salsa::db]
pub trait Db: salsa::Database {}

/// The database. A clone is a snapshot's handle: it shares everything, and a write through one handle
/// cancels what the others compute.
#[salsa::db]
#[derive(Clone, Default)]
pub struct Database {
    storage: salsa::Storage<Self>,
}

#[salsa::db]
impl salsa::Database for Database {}

#[salsa::db]
impl Db for Database {}

/// What a project's manifest and configuration say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The project's folder, relative to the workspace, with forward slashes; empty for the workspace itself.
    pub folder: Arc<str>,
    /// The platform by the nearest manifest, where it says one.
    pub platform: Option<Platform>,
    /// Whether the manifest declares a Fullstory SDK, or the project embeds its snippet.
    pub declares_sdk: bool,
    /// Whether the manifest declares the platform's own npm package, so that it can be imported.
    pub declares_package: bool,
}

/// What a user may set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The platform of every file, where it is set.
    pub platform: Option<Platform>,
    /// Whether the project identifies users out of sight.
    pub assume_fullstory: bool,
    /// The global name of the web SDK, where it is not `FS`.
    pub namespace: Option<Arc<str>>,
    /// Severities by rule; `None` switches a rule off.
    pub severities: BTreeMap<Rule, Option<Severity>>,
    /// Vocabulary tables that extend the built-in ones, as TOML in the format of the built-in tables.
    pub vocabulary: Option<Arc<str>>,
}

/// A project: the nearest manifest's folder and what is below it.
#[salsa::input(debug)]
#[derive(PartialOrd, Ord)]
pub struct Project {
    /// What its manifest says.
    #[returns(ref)]
    pub manifest: Manifest,
    /// What its configuration says.
    #[returns(ref)]
    pub settings: Settings,
    /// Its files, sorted by path. Files in which nothing of the vocabulary occurs may be left out.
    #[returns(ref)]
    pub files: Vec<SourceFile>,
    /// The files of other projects that depend on this one, and may call what it declares.
    #[default]
    #[returns(ref)]
    pub dependents: Vec<SourceFile>,
    /// What is known of the project as a whole when its files are not all in this database: a fix is
    /// proved in one that holds the one changed file.
    #[returns(ref)]
    pub known: Option<Arc<ProjectFacts>>,
}

/// A file.
#[salsa::input(debug)]
#[derive(PartialOrd, Ord)]
pub struct SourceFile {
    /// Its path relative to the workspace, with forward slashes.
    #[returns(ref)]
    pub path: Arc<str>,
    /// Its language.
    #[returns(copy)]
    pub language: Language,
    /// What it is for.
    #[returns(copy)]
    pub role: FileRole,
    /// Its text, without a byte order mark.
    #[returns(ref)]
    pub text: Arc<str>,
    /// Its syntax tree, where an editor holds it open and keeps the tree by edits. It must be of `text`.
    #[returns(ref)]
    pub tree: Option<SyntaxTree>,
    /// Its project.
    #[returns(copy)]
    pub project: Project,
    /// The files that its modules are, for each module as it is written in an import (several where each
    /// platform has its own); those that are no
    /// file of the workspace, or whose file is not needed, are left out. Other languages than scripts
    /// have none: their names are found by [`Project::files`].
    #[default]
    #[returns(ref)]
    pub modules: BTreeMap<Arc<str>, Vec<SourceFile>>,
    /// Whether it is here only because a flow's call leads into it: nothing of the vocabulary occurs in
    /// it, and nothing is reported in it.
    #[default]
    #[returns(copy)]
    pub linked_only: bool,
    /// Whether its text is not going to change, as in a program that looks once: then what others may rest on
    /// is not kept apart from what they may not.
    #[default]
    #[returns(copy)]
    pub settled: bool,
    /// What it holds and means by itself, where that is known already: a scratch database takes it for the files
    /// that it does not change from the database that it is made from.
    #[default]
    #[returns(ref)]
    pub known: Option<Arc<KnownFile>>,
    /// Its tree, where its text is settled and speaks to Fullstory: a fix of it is proved by what becomes of that.
    #[default]
    #[returns(ref)]
    pub parsed: Last<Parsed>,
    /// Its last lowering, where its tree is kept: the next one takes over from it what an edit did not touch. It
    /// changes nothing of what is found.
    #[default]
    #[returns(ref)]
    pub former: Last<Former>,
    /// What its steps meant last, for the same use.
    #[default]
    #[returns(ref)]
    pub former_meanings: Last<FormerMeanings>,
    /// What its bodies ran last, for the same use.
    #[default]
    #[returns(ref)]
    pub former_links: Last<FormerLinks>,
}

/// What a file holds and means by itself, whatever its project's other files say.
#[derive(Debug)]
pub struct KnownFile {
    lowered: Arc<LoweredFile>,
    context: FileContext,
    meanings: Arc<Meanings>,
    mentions_identity: bool,
    facts: FileFacts,
}

impl KnownFile {
    /// What the queries answer for a file.
    pub(crate) fn of(db: &dyn Db, file: SourceFile) -> Self {
        Self {
            lowered: Arc::clone(lowered(db, file)),
            context: context(db, file).clone(),
            meanings: Arc::clone(meanings(db, file)),
            mentions_identity: mentions_identity(db, file),
            facts: file_facts(db, file).clone(),
        }
    }
}

/// A place for what was made of a file last.
#[derive(Debug)]
pub struct Last<T>(Arc<Mutex<Option<T>>>);

impl<T> Last<T> {
    /// Who comes while another one has it finds nothing.
    pub(crate) fn take(&self) -> Option<T> {
        self.0.try_lock().ok().and_then(|mut last| last.take())
    }

    pub(crate) fn put(&self, next: Option<T>) {
        if let Ok(mut last) = self.0.try_lock() {
            *last = next;
        }
    }
}

impl<T> Clone for Last<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for Last<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

/// What is known of a project as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectFacts {
    /// Whether it identifies or anonymizes anywhere, or is said to.
    pub identity_is_set: bool,
    /// Whether an SDK is declared, imported or embedded.
    pub sdk_is_there: bool,
    /// Conditions (their text without white space) that guard an identify.
    pub identify_guards: Vec<Arc<str>>,
    /// Listeners or effects that anonymize when the user is gone, and cover the whole project.
    pub declarative_logouts: Vec<DeclarativeLogout>,
}

/// A listener or effect that anonymizes when the user is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclarativeLogout {
    /// The file, by its path as given to the database.
    pub path: Arc<str>,
    /// The anonymize call's bytes.
    pub span: Span,
    /// Its line, from 1.
    pub line: u32,
}
