//! Who calls a body, in whichever file. Owns the calls themselves, as places; must not know flows.

use super::AuditedCaller;
use super::titles::title;
use crate::database::{Db, lowered};
use crate::identity::{BodyAt, NodeAt, file_flows, linked};
use crate::lowering::Step;
use crate::source::{FileRole, Span};

/// The calls of a body by its name, sorted by body and node; one in the body itself is none. Tests call what
/// they test, and that makes them no way to leave; nor is what nobody writes by hand.
pub(crate) fn calls_of(db: &dyn Db, callee: BodyAt) -> Vec<NodeAt> {
    let callers = file_flows(db, callee.file).callers.get(&callee.body);
    let is_counted = |caller: &&BodyAt| **caller != callee && caller.file.role(db) == FileRole::Product;
    let mut calls: Vec<NodeAt> = Vec::new();
    for caller in callers.into_iter().flatten().filter(is_counted) {
        for (node, link) in linked(db, caller.file).nodes(caller.body) {
            if link.invocations.iter().any(|it| it.by_name && it.target == callee) {
                calls.push((*caller, node));
            }
        }
    }
    calls.sort_unstable();
    calls.dedup();
    calls
}

/// The callers of a body, sorted by path and place.
pub(super) fn audited(db: &dyn Db, callee: BodyAt) -> Vec<AuditedCaller> {
    let caller = |call: NodeAt| AuditedCaller {
        path: call.0.file.path(db).clone(),
        span: callee_span(db, call),
        title: title(db, call.0),
    };
    let mut callers: Vec<AuditedCaller> = calls_of(db, callee).into_iter().map(caller).collect();
    callers.sort_by(|left, right| (&left.path, left.span).cmp(&(&right.path, right.span)));
    callers.dedup();
    callers
}

/// The bytes of what a node calls, as it is written; the whole node where it is no call.
pub(crate) fn callee_span(db: &dyn Db, at: NodeAt) -> Span {
    let node = lowered(db, at.0.file).body(at.0.body).node(at.1);
    match &node.step {
        Step::Call(call) if !call.callee_span.is_empty() => call.callee_span,
        _ => node.span,
    }
}
