//! Roots: the flow bodies that no other flow body of the workspace calls. Owns the way up from a body to the
//! roots above it; must not know what makes a flow.

use std::collections::BTreeSet;

use super::callers::file_callers;
use super::own::own_flows;
use super::spread::all_flows;
use super::{around, file_flows, flow_of};
use crate::database::{Db, SourceFile};
use crate::linking::BodyAt;
use crate::lowering::BodyId;

/// How many bodies are looked at on the way up from one.
const WAYS_UP: usize = 400;

/// The roots of a file: the flows that no other flow calls; of flows that only call each other, the first.
pub(super) fn roots(db: &dyn Db, file: SourceFile) -> Vec<BodyId> {
    let is_root = |id: &BodyId| {
        let at = BodyAt { file, body: *id };
        let above = flows_above(db, at);
        above.is_empty() || is_first_of_circle(db, at, above)
    };
    all_flows(db, file).keys().copied().filter(is_root).collect()
}

/// The other flows that call a body, or that it is written in, in any file.
fn flows_above(db: &dyn Db, at: BodyAt) -> BTreeSet<BodyAt> {
    let whole = own_flows(db, at.file).part_of.get(&at.body).map(|whole| BodyAt { file: at.file, body: *whole });
    let callers = file_callers(db, at.file).get(&at.body).into_iter().flatten().copied();
    callers.chain(whole).filter_map(|caller| flow_around(db, caller)).filter(|flow| *flow != at).collect()
}

/// The flow that a body is, or is a part of, in any file.
fn flow_around(db: &dyn Db, at: BodyAt) -> Option<BodyAt> {
    let mut bodies = around(&own_flows(db, at.file).part_of, at.body).map(|body| BodyAt { file: at.file, body });
    bodies.find(|at| flow_of(db, *at).is_some())
}

/// Whether a flow is called only by flows that it calls itself, and is the first of them.
fn is_first_of_circle(db: &dyn Db, at: BodyAt, above: BTreeSet<BodyAt>) -> bool {
    let mut seen = BTreeSet::from([at]);
    let mut work: Vec<BodyAt> = above.into_iter().collect();
    while let Some(here) = work.pop() {
        if !seen.insert(here) {
            continue;
        }
        let over = flows_above(db, here);
        // Somebody stands above the circle, or it is too large to tell.
        if over.is_empty() || seen.len() > WAYS_UP {
            return false;
        }
        work.extend(over);
    }
    seen.first() == Some(&at)
}

/// The roots in other files above the flows of a file, in order.
#[salsa::tracked(returns(ref))]
pub fn roots_above(db: &dyn Db, file: SourceFile) -> Vec<BodyAt> {
    let mut seen: BTreeSet<BodyAt> = BTreeSet::new();
    let mut roots: BTreeSet<BodyAt> = BTreeSet::new();
    let outer = |body: &BodyId| flows_above(db, BodyAt { file, body: *body });
    let mut work: Vec<BodyAt> = all_flows(db, file).keys().flat_map(outer).filter(|at| at.file != file).collect();
    while let Some(at) = work.pop() {
        if seen.len() > WAYS_UP || !seen.insert(at) {
            continue;
        }
        if at.file != file && file_flows(db, at.file).roots.contains(&at.body) {
            roots.insert(at);
        }
        work.extend(flows_above(db, at));
    }
    roots.into_iter().collect()
}
