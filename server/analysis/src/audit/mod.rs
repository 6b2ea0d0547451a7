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

pub use map::{
    Audit, AuditedCall, AuditedCaller, AuditedFinding, AuditedFlow, AuditedProject, AuditedSuppression, AuditedWayOut,
    IdentityFact, Leaves, Totals, Unjudged, Verdict,
};

use std::collections::BTreeSet;

use crate::database::{Db, SourceFile};
use crate::identity::file_flows;
use crate::source::FileRole;
use crate::vocabulary::FlowKind;

/// Makes the logout map of some files; flows of tests and of generated code are no part of it. Everything
/// in it is sorted by path and place, whatever the order of the files. What is asked of each file is asked
/// of queries, so it costs little where the files' reports were made before.
pub fn audit(db: &dyn Db, files: &[SourceFile]) -> Audit {
    let mut files: Vec<SourceFile> = files.to_vec();
    files.sort_by(|left, right| left.path(db).cmp(right.path(db)));
    files.dedup();
    let product: Vec<SourceFile> =
        files.iter().copied().filter(|file| file.role(db) == FileRole::Product && !file.linked_only(db)).collect();
    let callers = callers::Callers::of(db, &files);
    let mut flows = flows::audited(db, &product, &callers);
    let other_findings = findings::assign(db, &files, &mut flows);
    let found = |file: &SourceFile| file_flows(db, *file).flows.values().map(|flow| flow.kind).collect::<Vec<_>>();
    let kinds: BTreeSet<FlowKind> = product.iter().flat_map(found).collect();
    let suppressions = projects::suppressions(db, &files);
    let mut flows: Vec<AuditedFlow> = flows.into_iter().map(|root| root.flow).collect();
    flows.sort_by(|left, right| (left.kind, &left.path, left.span).cmp(&(right.kind, &right.path, right.span)));
    let is_wanted = |kind: &FlowKind| *kind != FlowKind::ContextSwitch;
    Audit {
        projects: projects::audited(db, &files, &flows),
        missing_kinds: FlowKind::ALL.into_iter().filter(is_wanted).filter(|kind| !kinds.contains(kind)).collect(),
        flows,
        other_findings,
        suppressions,
    }
}
