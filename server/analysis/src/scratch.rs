//! A scratch database in which another text of a file is judged: the file with those that its verdicts rest
//! on. Owns which files these are; must not know what is judged.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use salsa::{Durability, Setter};

use crate::database::{
    Database, Db, Project, ProjectFacts, SourceFile, declarative_logouts, lowered, project_facts, vocabulary,
};
use crate::fixes::Judged;
use crate::identity::{file_calls, file_flows};
use crate::judge::report;
use crate::linking::name_index;
use crate::lowering::{ImportName, Name, Path, Root, Value};
use crate::rules::{Finding, Severity};
use crate::syntax::{Parsed, SyntaxTree};

/// How many files a verdict may rest on: what lies further away counts as unknown.
const FILES: usize = 64;

/// How many files a scratch database takes in before it is begun anew: each proof looks at all of them, and with few
/// the same ones are taken in again and again.
const COPIES: usize = 256;

/// A database of copies: of a file at a time, with those that its verdicts rest on. What is computed of these
/// serves the next file that rests on them too, so that many fixes of one project cost little more than one.
/// It is good for one revision of the database that the copies are made from.
#[derive(Default)]
pub struct Scratch {
    db: Database,
    projects: BTreeMap<Project, Project>,
    copies: BTreeMap<SourceFile, SourceFile>,
    /// The file whose copy may have another text, and the tree of its own: other texts of it are parsed from that.
    turned_to: Option<(SourceFile, SyntaxTree)>,
    /// The other files whose findings may change with it.
    affected: Vec<SourceFile>,
    /// How many findings of warning or above these have as it stands.
    elsewhere: usize,
}

impl Scratch {
    /// Takes in a file and what its verdicts rest on, to judge other texts of it.
    pub(crate) fn turn_to(&mut self, db: &dyn Db, file: SourceFile) {
        if self.turned_to.as_ref().is_some_and(|(turned_to, _)| *turned_to == file) {
            return;
        }
        if self.copies.len() > COPIES {
            *self = Self::default();
        }
        self.restore(db);
        let known = known_without(db, file);
        let is_new = |it: &SourceFile| !self.copies.contains_key(it);
        let new: Vec<SourceFile> = around(db, file, &connected(db, file)).into_iter().filter(is_new).collect();
        for original in &new {
            self.copy(db, *original);
        }
        if !new.is_empty() {
            self.link(db);
        }
        if let Some(project) = self.projects.get(&file.project(db))
            && project.known(&self.db).as_ref() != Some(&known)
        {
            project.set_known(&mut self.db).to(Some(known));
        }
        let affected = affected(db, file);
        self.elsewhere = elsewhere(db, &affected);
        self.affected = affected.iter().filter_map(|other| self.copies.get(other)).copied().collect();
        let tree = file.tree(db).clone().unwrap_or_else(|| SyntaxTree::new(file.language(db), file.text(db)));
        self.turned_to = Some((file, tree));
    }

    /// The syntax tree of the file that this was turned to; `None` where it cannot be parsed.
    pub(crate) fn parsed(&self) -> Option<Parsed> {
        self.turned_to.as_ref()?.1.parsed()
    }

    /// How many findings of warning or above the files have that may change with the one that this was turned to.
    pub(crate) fn elsewhere(&self) -> usize {
        self.elsewhere
    }

    /// Judges another text of the file that this was turned to; `None` where it cannot be parsed.
    pub(crate) fn judge(&mut self, text: &str) -> Option<Judged> {
        let (original, tree) = self.turned_to.as_ref()?;
        let file = *self.copies.get(original)?;
        let text = Arc::from(text);
        let tree = tree.edited(&text);
        let parse_errors = tree.parsed()?.errors();
        file.set_text(&mut self.db).to(text);
        file.set_tree(&mut self.db).to(Some(tree));
        file.set_bodies(&mut self.db).to(None);
        let report = report(&self.db, file);
        let elsewhere = elsewhere(&self.db, &self.affected);
        Some(Judged { findings: report.findings.clone(), parse_errors, elsewhere })
    }

    /// Gives the last file its own text again.
    fn restore(&mut self, db: &dyn Db) {
        let Some((original, _)) = self.turned_to.take() else { return };
        let Some(copy) = self.copies.get(&original) else { return };
        copy.set_text(&mut self.db).to(Arc::clone(original.text(db)));
        copy.set_tree(&mut self.db).to(original.tree(db).clone());
        copy.set_bodies(&mut self.db).to(Some(Arc::clone(lowered(db, original))));
    }

    fn copy(&mut self, db: &dyn Db, original: SourceFile) {
        let from = original.project(db);
        let project = *self.projects.entry(from).or_insert_with(|| {
            let (manifest, settings) = (from.manifest(db).clone(), from.settings(db).clone());
            let known = Some(Arc::clone(project_facts(db, from)));
            Project::builder(manifest, settings, Vec::new(), known).durability(Durability::HIGH).new(&self.db)
        });
        let (path, text) = (Arc::clone(original.path(db)), Arc::clone(original.text(db)));
        let (language, role) = (original.language(db), original.role(db));
        let copy = SourceFile::builder(path, language, role, text, original.tree(db).clone(), project)
            .bodies(Some(Arc::clone(lowered(db, original))))
            .linked_only(original.linked_only(db))
            .durability(Durability::HIGH)
            .new(&self.db);
        self.copies.insert(original, copy);
    }

    /// Tells the copies of each other: those of one project, as in the database that they are made from. Names of
    /// projects that have nothing to do with each other may be the same.
    fn link(&mut self, db: &dyn Db) {
        for (original, copy) in &self.copies {
            let modules = original.modules(db).iter().map(|(module, files)| {
                (module.clone(), files.iter().filter_map(|file| self.copies.get(file)).copied().collect::<Vec<_>>())
            });
            let modules = modules.filter(|(_, files)| !files.is_empty()).collect();
            if *copy.modules(&self.db) != modules {
                copy.set_modules(&mut self.db).to(modules);
            }
        }
        for (from, project) in &self.projects {
            let own = self.copies.iter().filter(|(original, _)| original.project(db) == *from);
            let files: Vec<SourceFile> = own.map(|(_, copy)| *copy).collect();
            if *project.files(&self.db) != files {
                project.set_files(&mut self.db).to(files);
            }
            let dependents = from.dependents(db).iter().filter_map(|original| self.copies.get(original));
            let dependents: Vec<SourceFile> = dependents.copied().collect();
            if *project.dependents(&self.db) != dependents {
                project.set_dependents(&mut self.db).to(dependents);
            }
        }
    }
}

impl fmt::Debug for Scratch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Scratch").field("copies", &self.copies.len()).finish_non_exhaustive()
    }
}

/// How many findings of warning or above there are in some files.
fn elsewhere(db: &dyn Db, files: &[SourceFile]) -> usize {
    let counts = |finding: &&Finding| finding.severity >= Severity::Warning;
    files.iter().map(|file| report(db, *file).findings.iter().filter(counts).count()).sum()
}

/// What is known of a file's project without the file itself, so that it can be judged alone.
#[salsa::tracked(returns(clone))]
fn known_without(db: &dyn Db, file: SourceFile) -> Arc<ProjectFacts> {
    let project = file.project(db);
    let mut known = ProjectFacts::clone(project_facts(db, project));
    let vocabulary = vocabulary(db, project);
    for other in project.files(db).iter().filter(|other| **other != file) {
        let logouts = declarative_logouts(db, *other);
        if !logouts.is_empty() && !vocabulary.is_screen(other.path(db)) {
            known.declarative_logouts.extend(logouts.iter().cloned());
        }
    }
    Arc::new(known)
}

/// The other files that a file's calls lead into or come from, near ones first.
fn connected(db: &dyn Db, file: SourceFile) -> Vec<SourceFile> {
    reached(file, |here| callers_of(db, here).into_iter().chain(callees_of(db, here)).collect())
}

/// The other files whose findings may change with a file: those that its calls come from, and those that the
/// calls of all these lead into.
fn affected(db: &dyn Db, file: SourceFile) -> Vec<SourceFile> {
    let above = reached(file, |here| callers_of(db, here));
    let mut all: Vec<SourceFile> = above.clone();
    for from in above.into_iter().chain([file]) {
        let below = reached(from, |here| callees_of(db, here));
        all.extend(below.into_iter().filter(|other| *other != file));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// What is reached from a file, which is left out; near ones first.
fn reached(file: SourceFile, next: impl Fn(SourceFile) -> Vec<SourceFile>) -> Vec<SourceFile> {
    let mut found = vec![file];
    let mut seen = BTreeSet::from([file]);
    let mut place = 0;
    while let Some(here) = found.get(place).copied() {
        place += 1;
        found.extend(next(here).into_iter().filter(|other| seen.len() < FILES && seen.insert(*other)));
    }
    found.remove(0);
    found
}

fn callers_of(db: &dyn Db, file: SourceFile) -> Vec<SourceFile> {
    file_flows(db, file).callers.values().flatten().map(|caller| caller.file).collect()
}

fn callees_of(db: &dyn Db, file: SourceFile) -> Vec<SourceFile> {
    file_calls(db, file).iter().flat_map(|calls| &calls.calls).map(|callee| callee.file).collect()
}

/// A file, those that it is connected with, and those that declare what these name.
fn around(db: &dyn Db, file: SourceFile, connected: &[SourceFile]) -> BTreeSet<SourceFile> {
    let mut all: BTreeSet<SourceFile> = connected.iter().copied().chain([file]).collect();
    for here in connected.iter().chain([&file]) {
        for other in named_in(db, *here) {
            if all.len() < 2 * FILES {
                all.insert(other);
            }
        }
    }
    all
}

/// The files that a file's imports and types name.
fn named_in(db: &dyn Db, file: SourceFile) -> BTreeSet<SourceFile> {
    let mut files: BTreeSet<SourceFile> = file.modules(db).values().flatten().copied().collect();
    if file.language(db).is_script() {
        return files;
    }
    let index = name_index(db, file.project(db), file.language(db));
    let declared = lowered(db, file);
    let mut add = |name: &Name| files.extend(index.classes(name).iter().map(|class| class.file));
    let mut add_path = |path: &Path| match &path.root {
        Root::Global(name) | Root::Import { name: ImportName::Named(name), .. } => add(name),
        _ => {}
    };
    for class in &declared.classes {
        class.parent.iter().chain(&class.interfaces).for_each(&mut add_path);
        for member in &class.members {
            if let Value::Path(path) = &member.value {
                add_path(path);
            }
        }
    }
    declared.bindings.iter().filter_map(|binding| binding.declared_type.as_ref()).for_each(add_path);
    files
}
