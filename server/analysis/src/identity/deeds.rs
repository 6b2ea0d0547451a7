//! What each body does with everything that it runs, over all files of a project. Owns the spread of deeds
//! from what is run to what runs it; must not know paths through a body.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::does::Deeds;
use super::flows::{counted, file_calls};
use crate::database::{Db, Project, SourceFile};
use crate::linking::BodyAt;
use crate::lowering::BodyId;

/// What a body does, with everything that it runs, in this file and others.
pub fn deeds(db: &dyn Db, at: BodyAt) -> Deeds {
    deeds_of(db, at.file).get(at.body.0 as usize).copied().unwrap_or_default()
}

/// What each body of a file does, by its place: for whoever asks about all of them.
pub fn deeds_of(db: &dyn Db, file: SourceFile) -> &[Deeds] {
    file_deeds(db, file)
}

/// The deeds of a file's bodies, by their places.
#[salsa::tracked(returns(ref))]
fn file_deeds(db: &dyn Db, file: SourceFile) -> Arc<Vec<Deeds>> {
    match project_deeds(db, file.project(db)).get(&file) {
        Some(deeds) => Arc::clone(deeds),
        // A file that does not count, such as a test, is seen by itself.
        None => Arc::new(spread(db, &[file]).remove(&file).unwrap_or_default()),
    }
}

/// The deeds of every body of a project.
#[salsa::tracked(returns(ref))]
fn project_deeds(db: &dyn Db, project: Project) -> Arc<FxHashMap<SourceFile, Arc<Vec<Deeds>>>> {
    let files: Vec<SourceFile> = counted(db, project).collect();
    Arc::new(spread(db, &files).into_iter().map(|(file, deeds)| (file, Arc::new(deeds))).collect())
}

/// Spreads deeds from what is run to what runs it, until nothing new comes.
fn spread(db: &dyn Db, files: &[SourceFile]) -> FxHashMap<SourceFile, Vec<Deeds>> {
    let mut all: FxHashMap<SourceFile, Vec<Deeds>> = FxHashMap::default();
    let mut runners: FxHashMap<BodyAt, Vec<BodyAt>> = FxHashMap::default();
    let mut work: Vec<BodyAt> = Vec::new();
    for file in files {
        let calls = file_calls(db, *file);
        all.insert(*file, calls.iter().map(|calls| calls.own).collect());
        for (index, calls) in calls.iter().enumerate() {
            let at = BodyAt { file: *file, body: BodyId(index as u32) };
            for target in &calls.runs {
                runners.entry(*target).or_default().push(at);
            }
            if calls.own != Deeds::default() {
                work.push(at);
            }
        }
    }
    while let Some(at) = work.pop() {
        let done = all.get(&at.file).and_then(|deeds| deeds.get(at.body.0 as usize)).copied().unwrap_or_default();
        for runner in runners.get(&at).into_iter().flatten() {
            let theirs = all.get_mut(&runner.file).and_then(|deeds| deeds.get_mut(runner.body.0 as usize));
            if let Some(theirs) = theirs.filter(|theirs| theirs.and(done) != **theirs) {
                *theirs = theirs.and(done);
                work.push(*runner);
            }
        }
    }
    all
}
