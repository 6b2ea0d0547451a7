//! What the loaded files ask for and do not have: files that their modules are, files that calls of flows
//! lead into, files that may call a flow. Owns what is asked in which order, and what was found out before;
//! must not know what code means, which the engine is asked.

mod demands;
mod engine;
mod names;
mod reread;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use farewell_analysis::database::lowered;
use farewell_analysis::source::Language;
use farewell_analysis::{Database, Project, SourceFile};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::workspace::Workspace;
pub(crate) use engine::{Engine, Questions};
use names::{Request, Searched};
pub use reread::Reread;

/// How often demands may lead to files whose demands lead to others: no call of a real flow passes as many.
pub(crate) const ROUNDS: usize = 8;
/// How many files may be loaded because they were demanded.
const MOST_DEMANDED: usize = 4_000;

/// The files that a file's modules are.
pub(crate) type ModuleFiles = BTreeMap<Arc<str>, Vec<SourceFile>>;

/// The loaded files, and what was found out about the others. A clone is cheap: it is what a thread takes
/// along that looks for what is wanted, while another one writes.
#[derive(Clone, Debug, Default)]
pub struct LoadedFiles {
    shared: Arc<Shared>,
}

#[derive(Clone, Debug, Default)]
struct Shared {
    /// Shared by itself: what is found out is noted after many edits, and files come seldom.
    files: Arc<Files>,
    /// The engine's projects, each with its folder.
    projects: Vec<(PathBuf, Project)>,
    /// Files that hold nothing of what was demanded of them.
    refused: BTreeSet<Refused>,
    /// Names that every file was searched for.
    searched: BTreeSet<Searched>,
    /// Files that were loaded because they were demanded.
    demanded: BTreeSet<PathBuf>,
    /// The bytes of files that were read and are not loaded, as long as names are looked for in all files.
    texts: FxHashMap<PathBuf, Vec<u8>>,
}

/// The loaded files.
#[derive(Clone, Debug, Default)]
struct Files {
    by_path: BTreeMap<PathBuf, SourceFile>,
    /// The same without their order: a file is asked for far more often than all of them are.
    found: FxHashMap<PathBuf, SourceFile>,
    all: BTreeSet<SourceFile>,
}

/// A file that was demanded, and what its text does not hold.
pub(crate) type Refused = (PathBuf, Option<Arc<str>>);

/// What the loaded files ask for and do not have, as the database tells it.
#[derive(Debug, Default)]
pub struct Lacks {
    links: Vec<(SourceFile, ModuleFiles)>,
    /// Files that are not loaded, and the exports that are wanted of them.
    targets: BTreeMap<PathBuf, BTreeSet<Option<Arc<str>>>>,
    /// Names to look for.
    requests: Vec<Request>,
    /// Loaded files that may call a flow after all.
    callers: Vec<PathBuf>,
}

impl Lacks {
    /// Whether the database has all that is asked for.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty() && self.targets.is_empty() && self.requests.is_empty()
    }
}

impl fmt::Display for Lacks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (links, targets, names) = (self.links.len(), self.targets.len(), self.requests.len());
        write!(formatter, "links in {links} files, {targets} files that calls lead into, and {names} names")
    }
}

/// What the loaded files ask for, found: to be written by [`crate::Loaded::link`].
#[derive(Debug, Default)]
pub struct Wanted {
    pub(crate) links: Vec<(SourceFile, ModuleFiles)>,
    pub(crate) files: Vec<DemandedFile>,
    pub(crate) callers: Vec<PathBuf>,
    refused: Vec<Refused>,
    searched: Vec<Searched>,
}

/// A file that is to be loaded.
#[derive(Debug)]
pub(crate) struct DemandedFile {
    /// Its path (absolute).
    pub(crate) path: PathBuf,
    /// Its language.
    pub(crate) language: Language,
    /// Its text, without a byte order mark.
    pub(crate) text: String,
    /// Whether nothing of the vocabulary occurs in it.
    pub(crate) linked_only: bool,
    /// Whether it was asked for, so that something may be reported in it.
    pub(crate) is_reported: bool,
}

impl LoadedFiles {
    /// A loaded file by its path (absolute).
    pub fn get(&self, path: &Path) -> Option<SourceFile> {
        self.shared.files.found.get(path).copied()
    }

    /// Whether a file is loaded, and not gone since.
    pub(crate) fn contains(&self, file: SourceFile) -> bool {
        self.shared.files.all.contains(&file)
    }

    /// What some loaded files (absolute paths) ask for, or all of them and every project. Links come first:
    /// what is demanded is asked when there are none left to write. Reads no file that is not loaded.
    ///
    /// # Panics
    /// Unwinds with `salsa::Cancelled` where the database is written meanwhile.
    pub fn lacks(&self, db: &Database, workspace: &Workspace, of: Option<&[PathBuf]>) -> Lacks {
        self.lacks_by(&Engine, db, workspace, of)
    }

    pub(crate) fn lacks_by<Asked: Questions>(
        &self,
        asked: &Asked,
        db: &Database,
        workspace: &Workspace,
        of: Option<&[PathBuf]>,
    ) -> Lacks {
        let files: Vec<(&Path, SourceFile)> = match of {
            Some(paths) => paths.iter().filter_map(|path| Some((path.as_path(), self.get(path)?))).collect(),
            None => self.all().collect(),
        };
        let links = self.links(asked, db, workspace, &files);
        if !links.is_empty() {
            return Lacks { links, ..Lacks::default() };
        }
        let targets = self.targets(asked, db, workspace, &files);
        if of.is_some() {
            return Lacks { targets, ..Lacks::default() };
        }
        let requests = self.requests(asked, db, workspace);
        let callers = self.loaded_callers(db, workspace, &requests);
        Lacks { targets, requests, callers, ..Lacks::default() }
    }

    /// Finds what is lacking, in files on disk. No snapshot of the database need wait for that.
    pub fn find(&self, workspace: &Workspace, lacks: Lacks) -> Wanted {
        let mut wanted = Wanted { links: lacks.links, callers: lacks.callers, ..Wanted::default() };
        self.read_targets(workspace, lacks.targets, &lacks.requests, &mut wanted);
        self.search(workspace, &lacks.requests, &mut wanted);
        wanted.files.truncate(MOST_DEMANDED.saturating_sub(self.shared.demanded.len()));
        wanted
    }

    /// The files whose modules are not what the engine knows.
    fn links<Asked: Questions>(
        &self,
        asked: &Asked,
        db: &Database,
        workspace: &Workspace,
        files: &[(&Path, SourceFile)],
    ) -> Vec<(SourceFile, ModuleFiles)> {
        let link = |db: &Database, path: &Path, file: SourceFile| {
            if !file.language(db).is_script() {
                // Its project is asked about all of its files at once: they are read here, beside each other.
                quietly(|| lowered(db, file));
                return None;
            }
            let modules = quietly(|| asked.modules(db, file)).unwrap_or_default();
            let found = |module: Arc<str>| {
                let targets = workspace.resolve(path, &module);
                let files: Vec<SourceFile> = targets.iter().filter_map(|path| self.get(path)).collect();
                (!files.is_empty()).then_some((module, files))
            };
            let linked: ModuleFiles = modules.into_iter().filter_map(found).collect();
            (file.modules(db) != &linked).then_some((file, linked))
        };
        each(db, files, link)
    }

    /// Takes a file in.
    pub(crate) fn insert(&mut self, path: PathBuf, file: SourceFile) {
        let files = Arc::make_mut(&mut Arc::make_mut(&mut self.shared).files);
        files.all.insert(file);
        files.found.insert(path.clone(), file);
        if let Some(other) = files.by_path.insert(path, file).filter(|other| *other != file) {
            files.all.remove(&other);
        }
    }

    /// Takes a file in that was demanded.
    pub(crate) fn insert_demanded(&mut self, path: PathBuf, file: SourceFile) {
        Arc::make_mut(&mut self.shared).demanded.insert(path.clone());
        self.insert(path, file);
    }

    /// Takes a file out.
    pub(crate) fn remove(&mut self, path: &Path) -> Option<SourceFile> {
        let shared = Arc::make_mut(&mut self.shared);
        shared.demanded.remove(path);
        let files = Arc::make_mut(&mut shared.files);
        files.found.remove(path);
        let gone = files.by_path.remove(path)?;
        files.all.remove(&gone);
        Some(gone)
    }

    /// Every file, by path.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&Path, SourceFile)> {
        self.shared.files.by_path.iter().map(|(path, file)| (path.as_path(), *file))
    }

    /// Takes in the bytes of files that are not loaded, for the names that are looked for in them next.
    pub(crate) fn keep_texts(&mut self, texts: FxHashMap<PathBuf, Vec<u8>>) {
        Arc::make_mut(&mut self.shared).texts = texts;
    }

    fn text(&self, path: &Path) -> Option<&[u8]> {
        self.shared.texts.get(path).map(Vec::as_slice)
    }

    /// Takes a project in.
    pub(crate) fn insert_project(&mut self, folder: PathBuf, project: Project) {
        Arc::make_mut(&mut self.shared).projects.push((folder, project));
    }

    /// Notes what was found out, so that it is not asked again.
    pub(crate) fn note(&mut self, wanted: &mut Wanted) {
        if wanted.refused.is_empty() && wanted.searched.is_empty() {
            return;
        }
        let shared = Arc::make_mut(&mut self.shared);
        shared.refused.extend(wanted.refused.drain(..));
        shared.searched.extend(wanted.searched.drain(..));
    }

    /// Forgets what was found out about files: they changed.
    pub(crate) fn changed(&mut self, paths: &[PathBuf]) {
        if self.shared.refused.iter().any(|(refused, _)| paths.contains(refused)) {
            Arc::make_mut(&mut self.shared).refused.retain(|(refused, _)| !paths.contains(refused));
        }
    }
}

/// Asks something of each file, in parallel where there are several.
fn each<Answer: Send>(
    db: &Database,
    files: &[(&Path, SourceFile)],
    ask: impl Fn(&Database, &Path, SourceFile) -> Option<Answer> + Sync,
) -> Vec<Answer> {
    if let [(path, file)] = files {
        return ask(db, path, *file).into_iter().collect();
    }
    let asked = files.par_iter().map_with(db.clone(), |db, (path, file)| ask(db, path, *file));
    asked.collect::<Vec<Option<Answer>>>().into_iter().flatten().collect()
}

/// What the engine answers; `None` where it fails on a file, which costs that file's answer alone and is
/// told when the file is judged.
fn quietly<Answer>(ask: impl FnOnce() -> Answer) -> Option<Answer> {
    match catch_unwind(AssertUnwindSafe(ask)) {
        Ok(answer) => Some(answer),
        Err(payload) if payload.is::<salsa::Cancelled>() => resume_unwind(payload),
        Err(_) => None,
    }
}
