//! Flows by what they call. Owns the spread from the flows that are told by their own names and deeds to
//! their callers, over all files of a project; must not know rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::callers::{callers, counted};
use super::own::{Finder, own_flows};
use super::{Flow, around};
use crate::database::{Db, Project, SourceFile};
use crate::linking::BodyAt;
use crate::lowering::BodyId;

/// The flows of a file.
pub(super) type Flows = BTreeMap<BodyId, Flow>;

/// The flows of every file of a project that has any.
#[salsa::tracked(returns(ref))]
fn project_flows(db: &dyn Db, project: Project) -> Arc<FxHashMap<SourceFile, Arc<Flows>>> {
    let callers = callers(db, project);
    let mut all: FxHashMap<SourceFile, Flows> = FxHashMap::default();
    let mut work: Vec<BodyAt> = Vec::new();
    for file in counted(db, project) {
        let own = &own_flows(db, file).flows;
        work.extend(own.keys().map(|body| BodyAt { file, body: *body }));
        if !own.is_empty() {
            all.insert(file, own.clone());
        }
    }
    // The first flow of the first file decides what kind a caller of several is.
    work.reverse();
    while let Some(callee) = work.pop() {
        for caller in callers.get(&callee).into_iter().flatten() {
            let whole = whole_of(db, *caller);
            let known = flow_in(&all, whole).is_some_and(|flow| flow.is_certain);
            if known || whole == callee {
                continue;
            }
            let finder = Finder::new(db, whole.file);
            let found = finder.by_callee(whole.body, &|at| flow_in(&all, at).filter(|flow| flow.is_certain));
            let Some(flow) = found else { continue };
            if flow.is_certain {
                work.push(whole);
            }
            all.entry(whole.file).or_default().insert(whole.body, flow);
        }
    }
    Arc::new(all.into_iter().map(|(file, flows)| (file, Arc::new(flows))).collect())
}

/// The files of a project in which there are flows, tests left out; in a fixed order.
pub(crate) fn files_with_flows(db: &dyn Db, project: Project) -> Vec<SourceFile> {
    let of_project = |file: &SourceFile| file.project(db) == project;
    let mut files: Vec<SourceFile> = project_flows(db, project).keys().copied().filter(of_project).collect();
    files.sort_unstable();
    files
}

fn flow_in(all: &FxHashMap<SourceFile, Flows>, at: BodyAt) -> Option<&Flow> {
    all.get(&at.file)?.get(&at.body)
}

/// The body that a part belongs to in the end; the body itself where it is no part.
fn whole_of(db: &dyn Db, at: BodyAt) -> BodyAt {
    let body = around(&own_flows(db, at.file).part_of, at.body).last().unwrap_or(at.body);
    BodyAt { file: at.file, body }
}

/// The flows of a file, by their bodies.
#[salsa::tracked(returns(ref))]
pub(super) fn all_flows(db: &dyn Db, file: SourceFile) -> Arc<Flows> {
    match project_flows(db, file.project(db)).get(&file) {
        Some(flows) => Arc::clone(flows),
        // A file that does not count, such as a test, has those of its own.
        None if !counted(db, file.project(db)).any(|counted| counted == file) => {
            Arc::new(own_flows(db, file).flows.clone())
        }
        None => Arc::default(),
    }
}
