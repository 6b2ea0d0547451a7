//! A scratch database in which another text of a file is judged: the file with those that its verdicts rest
//! on. Owns what is copied; must not know what is judged.

mod reach;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use salsa::{Durability, Setter};

use self::reach::{affected, around};
use crate::database::{
    Database, Db, KnownFile, Project, ProjectFacts, SourceFile, declarative_logouts, project_facts, vocabulary,
};
use crate::fixes::Judged;
use crate::judge::report;
use crate::rules::{Finding, Severity};
use crate::syntax::{Parsed, SyntaxTree};

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
        let new: Vec<SourceFile> = around(db, file).into_iter().filter(is_new).collect();
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
        let tree = file
            .tree(db)
            .clone()
            .unwrap_or_else(|| SyntaxTree::of(file.language(db), file.text(db), file.parsed(db).take()));
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
        // What rests on other files alone is not asked again where one text follows the other.
        file.set_text(&mut self.db).with_durability(Durability::LOW).to(text);
        file.set_tree(&mut self.db).with_durability(Durability::LOW).to(Some(tree));
        file.set_known(&mut self.db).with_durability(Durability::LOW).to(None);
        let report = report(&self.db, file);
        let elsewhere = elsewhere(&self.db, &self.affected);
        Some(Judged { findings: report.findings.clone(), parse_errors, elsewhere })
    }

    /// Gives the last file its own text again.
    fn restore(&mut self, db: &dyn Db) {
        let Some((original, _)) = self.turned_to.take() else { return };
        let Some(copy) = self.copies.get(&original) else { return };
        let known = Some(Arc::new(KnownFile::of(db, original)));
        copy.set_text(&mut self.db).with_durability(Durability::HIGH).to(Arc::clone(original.text(db)));
        copy.set_tree(&mut self.db).with_durability(Durability::HIGH).to(original.tree(db).clone());
        copy.set_known(&mut self.db).with_durability(Durability::HIGH).to(known);
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
            .known(Some(Arc::new(KnownFile::of(db, original))))
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
