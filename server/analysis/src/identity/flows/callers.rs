//! Who calls a file's bodies from other files. Owns the index of calls between files; must not know flows.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::links::linked;
use crate::database::{Db, Project, SourceFile};
use crate::linking::BodyAt;
use crate::lowering::BodyId;
use crate::source::FileRole;

/// The calls by name that lead out of a file: the caller, and what it calls. A test's calls count for nothing.
#[salsa::tracked(returns(ref))]
fn calls_out(db: &dyn Db, file: SourceFile) -> Vec<(BodyId, BodyAt)> {
    if file.role(db) == FileRole::Test {
        return Vec::new();
    }
    let links = linked(db, file);
    let mut calls = Vec::new();
    for (body, _) in crate::database::lowered(db, file).bodies() {
        let out = super::callees(links, body).into_iter().filter(|callee| callee.file != file);
        calls.extend(out.map(|callee| (body, callee)));
    }
    calls
}

/// The calls between the files of a project and of those that depend on it, by what is called.
#[salsa::tracked(returns(ref))]
fn calls_between(db: &dyn Db, project: Project) -> Arc<BTreeMap<SourceFile, Vec<(BodyId, BodyAt)>>> {
    let mut calls: BTreeMap<SourceFile, Vec<(BodyId, BodyAt)>> = BTreeMap::new();
    for file in project.files(db).iter().chain(project.dependents(db)).copied() {
        for (caller, callee) in calls_out(db, file) {
            calls.entry(callee.file).or_default().push((callee.body, BodyAt { file, body: *caller }));
        }
    }
    Arc::new(calls)
}

/// The calls of a file's bodies that come from other files: what is called, and who calls it.
#[salsa::tracked(returns(ref))]
pub(super) fn outer_callers(db: &dyn Db, file: SourceFile) -> Vec<(BodyId, BodyAt)> {
    calls_between(db, file.project(db)).get(&file).cloned().unwrap_or_default()
}
