//! A scratch database in which another text of a file is judged: the file with those that its verdicts rest
//! on. Owns which files these are; must not know what is judged.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use salsa::Setter;

use crate::database::{
    Database, Db, Project, ProjectFacts, SourceFile, SyntaxTree, declarative_logouts, lowered, project_facts,
    vocabulary,
};
use crate::fixes::Judged;
use crate::identity::{file_calls, file_flows};
use crate::judge::report;
use crate::linking::name_index;
use crate::lowering::{ImportName, Name, Path, Root, Value};
use crate::rules::{Finding, Severity};
use crate::syntax;

/// How many files a verdict may rest on: what lies further away counts as unknown.
const FILES: usize = 64;

/// A file with those that its verdicts rest on.
pub(crate) struct Scratch {
    db: Database,
    file: SourceFile,
    /// The other files that its calls lead into or come from.
    connected: Vec<SourceFile>,
}

impl Scratch {
    /// Copies a file and what its verdicts rest on.
    pub(crate) fn of(db: &dyn Db, file: SourceFile) -> Self {
        let mut scratch = Database::default();
        let connected = connected(db, file);
        let around = around(db, file, &connected);
        let mut projects: BTreeMap<Project, Project> = BTreeMap::new();
        let mut copies: BTreeMap<SourceFile, SourceFile> = BTreeMap::new();
        for original in &around {
            let from = original.project(db);
            let project = *projects.entry(from).or_insert_with(|| {
                let (manifest, settings) = (from.manifest(db).clone(), from.settings(db).clone());
                let known = if from == file.project(db) {
                    known_without(db, file)
                } else {
                    Arc::clone(project_facts(db, from))
                };
                Project::new(&scratch, manifest, settings, Vec::new(), Some(known))
            });
            let (path, text) = (Arc::clone(original.path(db)), Arc::clone(original.text(db)));
            let tree = original.tree(db).clone();
            let (language, role) = (original.language(db), original.role(db));
            let copy = SourceFile::builder(path, language, role, text, tree, project);
            let copy = copy.bodies(Some(Arc::clone(lowered(db, *original)))).new(&scratch);
            copies.insert(*original, copy);
        }
        for (original, copy) in &copies {
            let modules = original.modules(db).iter().map(|(module, files)| {
                (module.clone(), files.iter().filter_map(|file| copies.get(file)).copied().collect::<Vec<_>>())
            });
            let modules = modules.filter(|(_, files)| !files.is_empty()).collect();
            copy.set_modules(&mut scratch).to(modules);
        }
        for project in projects.values() {
            project.set_files(&mut scratch).to(copies.values().copied().collect());
        }
        let connected = connected.iter().filter_map(|other| copies.get(other)).copied().collect();
        let file = copies.get(&file).copied().unwrap_or(file);
        Self { db: scratch, file, connected }
    }

    /// Judges another text of the file; `None` where it cannot be parsed.
    pub(crate) fn judge(&mut self, text: &str) -> Option<Judged> {
        let tree = SyntaxTree(syntax::parse(self.file.language(&self.db), text, None, &|| false)?);
        self.file.set_text(&mut self.db).to(Arc::from(text));
        self.file.set_tree(&mut self.db).to(Some(tree));
        self.file.set_bodies(&mut self.db).to(None);
        // The judge may be asked from within a query of the database that this one was made from.
        Some(salsa::attach_allow_change(&self.db, || {
            let report = report(&self.db, self.file);
            let parse_errors = lowered(&self.db, self.file).broken.len();
            let elsewhere = elsewhere(&self.db, &self.connected);
            Judged { findings: report.findings.clone(), parse_errors, elsewhere }
        }))
    }
}

/// How many findings of warning or above there are in some files.
pub(crate) fn elsewhere(db: &dyn Db, files: &[SourceFile]) -> usize {
    let counts = |finding: &&Finding| finding.severity >= Severity::Warning;
    files.iter().map(|file| report(db, *file).findings.iter().filter(counts).count()).sum()
}

/// What is known of a file's project without the file itself, so that it can be judged alone.
#[salsa::tracked(returns(clone))]
fn known_without(db: &dyn Db, file: SourceFile) -> Arc<ProjectFacts> {
    let project = file.project(db);
    let mut known = ProjectFacts::clone(project_facts(db, project));
    let vocabulary = vocabulary(db, project);
    let others = project.files(db).iter().filter(|other| **other != file && !vocabulary.is_screen(other.path(db)));
    known.declarative_logouts.extend(others.flat_map(|other| declarative_logouts(db, *other).iter().cloned()));
    Arc::new(known)
}

/// The other files that a file's calls lead into or come from, near ones first.
pub(crate) fn connected(db: &dyn Db, file: SourceFile) -> Vec<SourceFile> {
    let mut found = vec![file];
    let mut seen = BTreeSet::from([file]);
    let mut next = 0;
    while let Some(here) = found.get(next).copied() {
        next += 1;
        let callers = file_flows(db, here).callers.values().flatten().map(|caller| caller.file);
        let callees = file_calls(db, here).iter().flat_map(|calls| &calls.calls).map(|callee| callee.file);
        for other in callers.chain(callees) {
            if seen.len() < FILES && seen.insert(other) {
                found.push(other);
            }
        }
    }
    found.remove(0);
    found
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
