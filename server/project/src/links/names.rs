//! Files that are found by the names in them: declarations of types that flows call, and callers of flows.
//! Owns where each name is looked for, and that all are looked for in one reading.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use farewell_analysis::source::Language;
use farewell_analysis::{Database, Project};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::engine::Questions;
use super::words::{Words, declares};
use super::{DemandedFile, LoadedFiles, Wanted, quietly};
use crate::walk::{is_declaration, is_page};
use crate::workspace::Workspace;

/// What a name is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sought {
    /// The type's declaration, and those of what is built upon it, in the project's files.
    Type,
    /// A mention, in the project's files and those of the projects that depend on it.
    Caller,
}

/// A name that was looked for, with the project's folder.
pub(super) type Searched = (Sought, PathBuf, Arc<str>);

/// A name to look for.
#[derive(Clone, Debug)]
pub(super) struct Request {
    sought: Sought,
    name: Arc<str>,
    /// The folder of the project that asks.
    of: PathBuf,
    /// The folders of the projects whose files may hold it.
    folders: Arc<BTreeSet<PathBuf>>,
}

impl LoadedFiles {
    /// What projects ask for that was not looked for yet.
    pub(super) fn requests<Asked: Questions>(
        &self,
        asked: &Asked,
        db: &Database,
        workspace: &Workspace,
    ) -> Vec<Request> {
        let ask = |db: &mut Database, (of, project): &(PathBuf, Project)| {
            let types = quietly(|| asked.types(db, *project)).unwrap_or_default();
            let callers = quietly(|| asked.callers(db, *project)).unwrap_or_default();
            let mut requests = Vec::new();
            for (sought, names) in [(Sought::Type, types), (Sought::Caller, callers)] {
                let is_new = |name: &Arc<str>| {
                    !name.is_empty() && !self.shared.searched.contains(&(sought, of.clone(), Arc::clone(name)))
                };
                let names: Vec<Arc<str>> = names.into_iter().filter(is_new).collect();
                if names.is_empty() {
                    continue;
                }
                let folders = match sought {
                    Sought::Type => workspace.members(of),
                    Sought::Caller => Arc::new(workspace.members_and_dependents(of)),
                };
                let request = |name| Request { sought, name, of: of.clone(), folders: Arc::clone(&folders) };
                requests.extend(names.into_iter().map(request));
            }
            requests
        };
        let of_each = self.shared.projects.par_iter().map_with(db.clone(), ask);
        of_each.collect::<Vec<Vec<Request>>>().into_iter().flatten().collect()
    }

    /// The files that are loaded because calls lead into them, and may call a flow themselves.
    pub(super) fn loaded_callers(&self, db: &Database, workspace: &Workspace, requests: &[Request]) -> Vec<PathBuf> {
        let Some(callers) = Search::of_callers(requests) else { return Vec::new() };
        let linked = self.all().filter(|(_, file)| file.linked_only(db));
        let found = linked.filter(|(path, file)| callers.answered(workspace, path, file.text(db).as_bytes()).is_some());
        found.map(|(path, _)| path.to_path_buf()).collect()
    }

    /// Looks for names in the files that are not loaded.
    pub(super) fn search(&self, workspace: &Workspace, requests: &[Request], wanted: &mut Wanted) {
        if requests.is_empty() {
            return;
        }
        wanted.searched.extend(requests.iter().map(|it| (it.sought, it.of.clone(), Arc::clone(&it.name))));
        let taken: FxHashSet<&Path> = wanted.files.iter().map(|file| file.path.as_path()).collect();
        let is_unread =
            |path: &&Path| !is_page(path) && !is_declaration(path) && self.get(path).is_none() && !taken.contains(path);
        let files = workspace.source_files();
        let files: Vec<&Path> = files.iter().map(PathBuf::as_path).filter(is_unread).collect();
        let found = self.find_names(workspace, &files, requests);
        wanted.files.extend(found);
    }

    /// Searches the texts of files.
    fn find_names(&self, workspace: &Workspace, files: &[&Path], requests: &[Request]) -> Vec<DemandedFile> {
        if requests.is_empty() {
            return Vec::new();
        }
        let search = Search::of(requests.iter().collect());
        let wants_scripts = requests.iter().any(|request| request.sought == Sought::Caller);
        let found = files.par_iter().filter(|path| wants_scripts || is_native(path)).filter_map(|path| {
            let mut is_caller = false;
            let mut file = workspace.demanded_file(path, self.text(path), |bytes| {
                let answered = search.answered(workspace, path, bytes);
                is_caller = answered == Some(Sought::Caller);
                answered.is_some()
            })?;
            file.linked_only &= !is_caller;
            Some(file)
        });
        found.collect()
    }

    /// Whether a file mentions a flow that callers were looked for of, before it changed.
    pub(super) fn is_sought(&self, workspace: &Workspace, path: &Path, bytes: &[u8]) -> bool {
        let folder = workspace.project_folder(path);
        let may_call = |of: &Path| workspace.members(of).contains(folder) || workspace.members(folder).contains(of);
        let callers = self.shared.searched.iter().filter(|(sought, _, _)| *sought == Sought::Caller);
        let names: Vec<&str> = callers.filter(|(_, of, _)| may_call(of)).map(|(_, _, name)| &**name).collect();
        !names.is_empty() && Words::new(&names).occurrences(bytes).next().is_some()
    }
}

/// A search for what is looked for in the texts of files.
pub(super) struct Search<'requests> {
    requests: Vec<&'requests Request>,
    words: Words,
}

impl<'requests> Search<'requests> {
    fn of(requests: Vec<&'requests Request>) -> Self {
        let names: Vec<&str> = requests.iter().map(|request| &*request.name).collect();
        Self { words: Words::new(&names), requests }
    }

    /// A search for callers alone; `None` where none are looked for.
    pub(super) fn of_callers(requests: &'requests [Request]) -> Option<Self> {
        let callers: Vec<&Request> = requests.iter().filter(|request| request.sought == Sought::Caller).collect();
        (!callers.is_empty()).then(|| Self::of(callers))
    }

    /// What a file's bytes are an answer to: callers before types, `None` where they hold nothing that is looked for.
    pub(super) fn answered(&self, workspace: &Workspace, path: &Path, bytes: &[u8]) -> Option<Sought> {
        let mut folder = None;
        let mut answered = None;
        for (name, start) in self.words.occurrences(bytes) {
            let Some(request) = self.requests.get(name) else { continue };
            let folder = *folder.get_or_insert_with(|| workspace.project_folder(path));
            if !request.folders.contains(folder) {
                continue;
            }
            match request.sought {
                Sought::Caller => return Some(Sought::Caller),
                Sought::Type if answered.is_none() && is_native(path) && declares(bytes, start) => {
                    answered = Some(Sought::Type);
                }
                Sought::Type => {}
            }
        }
        answered
    }
}

fn is_native(path: &Path) -> bool {
    Language::of_path(path).is_some_and(|language| !language.is_script())
}
