//! Who calls whom in a project. Owns each file's calls in a form that most edits leave equal, and the index
//! of them over all files; must not know flows.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::super::does::Deeds;
use super::super::links::linked;
use crate::database::{Db, Project, SourceFile, lowered};
use crate::linking::BodyAt;
use crate::lowering::BodyId;
use crate::source::FileRole;

/// What a body does itself and what it runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Calls {
    /// What it does itself, without what it runs.
    pub(crate) own: Deeds,
    /// Every body that it runs.
    pub(crate) runs: Vec<BodyAt>,
    /// Those that it calls by their names.
    pub(crate) calls: Vec<BodyAt>,
}

/// The calls of a file's bodies, by their places.
#[salsa::tracked(returns(ref))]
pub(crate) fn file_calls(db: &dyn Db, file: SourceFile) -> Arc<Vec<Calls>> {
    let links = linked(db, file);
    let calls = lowered(db, file).bodies().map(|(body, _)| {
        if links.is_idle(body) {
            return Calls::default();
        }
        let called = links.callees(body);
        let mut runs = [links.parts(body), called].concat();
        runs.sort_unstable();
        runs.dedup();
        Calls { own: links.deeds(body), runs, calls: called.to_vec() }
    });
    Arc::new(calls.collect())
}

/// Who calls whom by its name in a file. What a body does besides changes nothing of that, and nothing that rests on
/// the calls of all files.
#[salsa::tracked(returns(ref))]
fn file_calls_by_name(db: &dyn Db, file: SourceFile) -> Arc<Vec<(BodyId, BodyAt)>> {
    let calls = file_calls(db, file).iter().enumerate();
    let by_name =
        calls.flat_map(|(caller, calls)| calls.calls.iter().map(move |callee| (BodyId(caller as u32), *callee)));
    Arc::new(by_name.collect())
}

/// The files whose calls count for a project: its own, and those of the projects that depend on it. A test's
/// calls count for nothing.
pub(crate) fn counted(db: &dyn Db, project: Project) -> impl Iterator<Item = SourceFile> {
    let all = project.files(db).iter().chain(project.dependents(db)).copied();
    all.filter(|file| file.role(db) != FileRole::Test)
}

/// For each body, who calls it by its name, in any file that counts for a project; in the order of the files.
#[salsa::tracked(returns(ref))]
pub(super) fn callers(db: &dyn Db, project: Project) -> Arc<FxHashMap<BodyAt, Vec<BodyAt>>> {
    let mut callers: FxHashMap<BodyAt, Vec<BodyAt>> = FxHashMap::default();
    for file in counted(db, project) {
        for (body, callee) in file_calls_by_name(db, file).iter() {
            callers.entry(*callee).or_default().push(BodyAt { file, body: *body });
        }
    }
    Arc::new(callers)
}

/// For each body of a file, who calls it by its name: in the file itself first, then in others.
#[salsa::tracked(returns(ref))]
pub(super) fn file_callers(db: &dyn Db, file: SourceFile) -> Arc<BTreeMap<BodyId, Vec<BodyAt>>> {
    let calls = file_calls(db, file);
    let mut found: BTreeMap<BodyId, Vec<BodyAt>> = BTreeMap::new();
    for (caller, callee) in file_calls_by_name(db, file).iter().filter(|(_, callee)| callee.file == file) {
        found.entry(callee.body).or_default().push(BodyAt { file, body: *caller });
    }
    let all = callers(db, file.project(db));
    for body in (0..calls.len() as u32).map(BodyId) {
        let theirs = all.get(&BodyAt { file, body }).into_iter().flatten().filter(|caller| caller.file != file);
        for caller in theirs {
            found.entry(body).or_default().push(*caller);
        }
    }
    Arc::new(found)
}
