//! Who calls a body, in whichever file. Owns the index from callees to calls; must not know flows.

use std::collections::BTreeMap;

use super::AuditedCaller;
use super::titles::title;
use crate::database::{Db, SourceFile, lowered};
use crate::identity::{BodyAt, NodeAt, linked};
use crate::lowering::Step;
use crate::source::{FileRole, Span};

/// The calls of each body by its name.
pub(super) struct Callers {
    calls: BTreeMap<BodyAt, Vec<NodeAt>>,
}

impl Callers {
    /// The calls in some files. Tests call what they test; that makes them no way to leave.
    pub(super) fn of(db: &dyn Db, files: &[SourceFile]) -> Self {
        let mut calls: BTreeMap<BodyAt, Vec<NodeAt>> = BTreeMap::new();
        for file in files.iter().filter(|file| file.role(db) == FileRole::Product) {
            let links = linked(db, *file);
            for (body, _) in lowered(db, *file).bodies() {
                for (node, link) in links.nodes(body) {
                    for invocation in link.invocations.iter().filter(|invocation| invocation.by_name) {
                        calls.entry(invocation.target).or_default().push((BodyAt { file: *file, body }, node));
                    }
                }
            }
        }
        Self { calls }
    }

    /// The callers of a body, sorted by path and place; a body that calls itself is none.
    pub(super) fn audited(&self, db: &dyn Db, callee: BodyAt) -> Vec<AuditedCaller> {
        let calls = self.calls.get(&callee).into_iter().flatten().filter(|call| call.0 != callee);
        let caller = |call: &NodeAt| AuditedCaller {
            path: call.0.file.path(db).clone(),
            span: callee_span(db, *call),
            title: title(db, call.0),
        };
        let mut callers: Vec<AuditedCaller> = calls.map(caller).collect();
        callers.sort_by(|left, right| (&left.path, left.span).cmp(&(&right.path, right.span)));
        callers.dedup();
        callers
    }
}

/// The bytes of what a node calls, as it is written; the whole node where it is no call.
pub(super) fn callee_span(db: &dyn Db, at: NodeAt) -> Span {
    let node = lowered(db, at.0.file).body(at.0.body).node(at.1);
    match &node.step {
        Step::Call(call) if !call.callee_span.is_empty() => call.callee_span,
        _ => node.span,
    }
}
