//! Which finding belongs to which flow. Owns that relation; must not know what a finding says.

use std::collections::{BTreeMap, BTreeSet};

use super::AuditedFinding;
use super::flows::Root;
use crate::database::{Db, SourceFile, lowered};
use crate::identity::BodyAt;
use crate::judge::report;
use crate::lowering::BodyId;
use crate::source::Span;

/// Gives each root the findings in the bodies that it runs, and answers those that are in none.
pub(super) fn assign(db: &dyn Db, files: &[SourceFile], roots: &mut [Root]) -> Vec<AuditedFinding> {
    let mut running: BTreeMap<BodyAt, BTreeSet<usize>> = BTreeMap::new();
    for (index, root) in roots.iter().enumerate() {
        for at in &root.bodies {
            running.entry(*at).or_default().insert(index);
        }
    }
    let mut others = Vec::new();
    for file in files {
        for finding in &report(db, *file).findings {
            let audited = AuditedFinding {
                rule: finding.rule,
                severity: finding.severity,
                path: file.path(db).clone(),
                span: finding.span,
                message: finding.message.clone(),
            };
            let around = bodies_around(db, *file, finding.span);
            let flows: BTreeSet<usize> =
                around.iter().filter_map(|at| running.get(at)).next().cloned().unwrap_or_default();
            if flows.is_empty() {
                others.push(audited.clone());
            }
            for index in flows {
                roots[index].flow.findings.push(audited.clone());
            }
        }
    }
    others
}

/// The bodies that a span stands in or names, the innermost first. The top level is none of them: what
/// stands in a function is no part of the script that declares it.
fn bodies_around(db: &dyn Db, file: SourceFile, span: Span) -> Vec<BodyAt> {
    let lowered = lowered(db, file);
    let named = lowered.bodies().find(|(_, body)| !body.name_span.is_empty() && body.name_span == span);
    let innermost = lowered.bodies().filter(|(_, body)| body.span.contains(span)).map(|(id, _)| id).last();
    let outer = |id: &BodyId| lowered.body(*id).parent.filter(|parent| *parent != BodyId(0));
    let around = std::iter::successors(named.map(|(id, _)| id).or(innermost), outer);
    around.take(lowered.bodies.len()).map(|body| BodyAt { file, body }).collect()
}
