//! The queries that every stage starts from: a file's bodies, its platform, its project's vocabulary.

use std::sync::Arc;

use super::{Db, Project, SourceFile, mentions_identity};
use crate::lowering::{self, LoweredFile};
use crate::source::server_script;
use crate::syntax::{self, Parsed};
use crate::vocabulary::{Generation, Platform, ServerScope, Vocabulary};

/// Where a file's code runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileContext {
    /// The platform.
    pub platform: Platform,
    /// Which of it runs on a server.
    pub server: ServerScope,
}

/// The syntax tree of a file: the one that an editor keeps, or a new one. `None` where the parser gave up.
pub fn syntax_tree(db: &dyn Db, file: SourceFile) -> Option<Parsed> {
    match file.tree(db) {
        Some(kept) => kept.parsed(),
        None => syntax::parse(file.language(db), file.text(db)),
    }
}

/// The bodies of a file; one empty top level where the parser gave up.
#[salsa::tracked(returns(ref))]
pub fn lowered(db: &dyn Db, file: SourceFile) -> Arc<LoweredFile> {
    if let Some(known) = file.known(db) {
        return Arc::clone(&known.lowered);
    }
    let (language, text) = (file.language(db), file.text(db));
    let Some(parsed) = syntax_tree(db, file) else { return Arc::new(LoweredFile::unread()) };
    if file.tree(db).is_none() {
        let lowered = lowering::lower(language, text, &parsed);
        if file.settled(db) {
            file.parsed(db).put(mentions_identity(db, file).then_some(parsed));
        }
        return Arc::new(lowered);
    }
    let former = file.former(db).take();
    let (lowered, next) = lowering::lower_again(language, text, &parsed, former.as_ref());
    file.former(db).put(Some(next));
    lowered
}

/// Where a file's code runs; the first that answers: the configuration, the SDK that the file imports,
/// its name, its manifest, its language.
#[salsa::tracked(returns(ref))]
pub fn context(db: &dyn Db, file: SourceFile) -> FileContext {
    if let Some(known) = file.known(db) {
        return known.context.clone();
    }
    let project = file.project(db);
    let lowered = lowered(db, file);
    let vocabulary = vocabulary(db, project);
    let manifest = project.manifest(db).platform;
    let by_name = vocabulary.platform_by_suffix(file.path(db)).map(|platform| match (platform, manifest) {
        (Platform::Web(_), Some(Platform::Web(generation))) => Platform::Web(generation),
        _ => platform,
    });
    let by_import = vocabulary.platform_by_import(lowered);
    // A native language has one SDK; the web's languages have two.
    let of_web = |platform: Platform| platform.is_web() || platform == Platform::ReactNative;
    let platform = Platform::of_language(file.language(db)).unwrap_or_else(|| {
        let configured = project.settings(db).platform.filter(|platform| of_web(*platform));
        let manifest = manifest.filter(|platform| of_web(*platform));
        configured.or(by_import).or(by_name).or(manifest).unwrap_or(Platform::Web(Generation::V2))
    });
    // A component that has a part of its own for the server imports for that part.
    let server = match server_script(file.language(db), file.text(db)) {
        Some(script) => ServerScope::Within(script.code),
        None => vocabulary.server_scope(file.path(db), lowered),
    };
    FileContext { platform, server }
}

/// The vocabulary of a project: the built-in one, extended by the project's own tables. Tables that do
/// not parse are left out here; whoever read the configuration has reported them.
pub fn vocabulary(db: &dyn Db, project: Project) -> &Vocabulary {
    match extended(db, project) {
        Some(extended) => &extended.0,
        None => Vocabulary::builtin(),
    }
}

/// A vocabulary as a query's value. It is made from the settings alone, so that two are equal if they
/// are the same one.
#[derive(Clone)]
struct Extended(Arc<Vocabulary>);

impl PartialEq for Extended {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Extended {}

#[salsa::tracked(returns(ref))]
fn extended(db: &dyn Db, project: Project) -> Option<Extended> {
    let settings = project.settings(db);
    let tables = settings.vocabulary.as_deref().unwrap_or_default();
    if tables.is_empty() && settings.namespace.is_none() {
        return None;
    }
    let vocabulary = Vocabulary::extended(tables, settings.namespace.as_deref()).ok()?;
    Some(Extended(Arc::new(vocabulary)))
}
