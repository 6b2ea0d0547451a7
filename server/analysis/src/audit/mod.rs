//! The logout map: every root of a flow with its calls, its ways out and what becomes of the identity on
//! each, over all files of a workspace. Owns what is put together from the other stages' answers; must
//! not know how a map is drawn, nor disks.

mod callers;
mod findings;
mod flows;
mod map;
mod projects;
#[cfg(test)]
mod tests;
mod titles;

pub(crate) use callers::{callee_span, calls_of};
pub(crate) use flows::{Accepted, name_span, ways_out_of};
pub use map::{
    Audit, AuditedCall, AuditedCaller, AuditedFinding, AuditedFlow, AuditedProject, AuditedSuppression, AuditedWayOut,
    IdentityFact, Leaves, Totals, Unjudged, Verdict,
};

pub(crate) use titles::{one_line, title};

use std::collections::BTreeSet;

use crate::database::{Db, Project, SourceFile};
use crate::identity::file_flows;
use crate::source::FileRole;
use crate::vocabulary::FlowKind;

/// Makes the logout map of some files: of the roots in them, and of those elsewhere in their projects whose
/// calls lead into them. Flows of tests and of generated code are no part of it. Everything in it is sorted
/// by path and place, whatever the order of the files. What is asked of each file is asked of queries, so it
/// costs little where the files' reports were made before.
pub fn audit(db: &dyn Db, files: &[SourceFile]) -> Audit {
    let mut files: Vec<SourceFile> = files.to_vec();
    files.sort_by(|left, right| left.path(db).cmp(right.path(db)));
    files.dedup();
    let others = others(db, &files);
    let everywhere: Vec<SourceFile> = files.iter().chain(&others).copied().collect();
    let mut roots = flows::audited(db, &product(db, &files));
    let asked: BTreeSet<SourceFile> = files.iter().copied().collect();
    let leads_in = |root: &flows::Root| root.bodies.iter().any(|body| asked.contains(&body.file));
    roots.extend(flows::audited(db, &product(db, &others)).into_iter().filter(leads_in));
    let other_findings = findings::assign(db, &files, &mut roots);
    let found = |file: &SourceFile| file_flows(db, *file).flows.values().map(|flow| flow.kind).collect::<Vec<_>>();
    let in_files = product(db, &files);
    let in_files = in_files.iter().flat_map(found);
    let kinds: BTreeSet<FlowKind> = roots.iter().map(|root| root.flow.kind).chain(in_files).collect();
    let suppressions = projects::suppressions(db, &files);
    let mut flows: Vec<AuditedFlow> = roots.into_iter().map(|root| root.flow).collect();
    flows.sort_by(|left, right| (left.kind, &left.path, left.span).cmp(&(right.kind, &right.path, right.span)));
    let is_wanted = |kind: &FlowKind| *kind != FlowKind::ContextSwitch;
    Audit {
        projects: projects::audited(db, &files, &everywhere, &flows),
        missing_kinds: FlowKind::ALL.into_iter().filter(is_wanted).filter(|kind| !kinds.contains(kind)).collect(),
        flows,
        other_findings,
        suppressions,
    }
}

/// The other files of some files' projects, sorted by path.
fn others(db: &dyn Db, files: &[SourceFile]) -> Vec<SourceFile> {
    let asked: BTreeSet<SourceFile> = files.iter().copied().collect();
    let projects: BTreeSet<Project> = files.iter().map(|file| file.project(db)).collect();
    let all: BTreeSet<SourceFile> = projects.iter().flat_map(|project| project.files(db)).copied().collect();
    let mut others: Vec<SourceFile> = all.difference(&asked).copied().collect();
    others.sort_by(|left, right| left.path(db).cmp(right.path(db)));
    others
}

/// The files whose flows are ways out of the app.
fn product(db: &dyn Db, files: &[SourceFile]) -> Vec<SourceFile> {
    files.iter().copied().filter(|file| is_product(db, *file)).collect()
}

/// Whether a file's flows are ways out of the app.
pub(crate) fn is_product(db: &dyn Db, file: SourceFile) -> bool {
    file.role(db) == FileRole::Product && !file.linked_only(db)
}
