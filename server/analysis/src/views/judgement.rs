//! What becomes of the identity in one flow. Owns from where a flow is judged that others run: whoever runs
//! it may release the identity before or behind it. Must not know how the answer is told.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::{Accepted, AuditedWayOut, Leaves, Unjudged, Verdict, title, ways_out_of};
use crate::database::{Db, lowered};
use crate::identity::{BodyAt, BodyKey, Flow, file_flows, flow_of, roots_above, walk};
use crate::lowering::NodeId;
use crate::vocabulary::FlowKind;
use crate::ways::WayOutAt;

/// What is known of the identity in a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Judgement {
    /// On each of its ways out, whoever runs it.
    WaysOut(Ways),
    /// Every flow that runs it releases the identity; their names, sorted.
    ReleasedByCallers(Vec<String>),
    /// It is one with the flows that run it; their names, sorted.
    PartOf(Vec<String>),
    /// It was not judged, or there is nothing to judge.
    Nothing,
}

/// Ways out with what is told of each.
pub(crate) type Ways = Vec<(WayOutAt, AuditedWayOut)>;

/// Judges a flow.
pub(crate) fn judge(db: &dyn Db, flow: &Flow) -> Judgement {
    let flows = file_flows(db, flow.at.file);
    if flow.kind == FlowKind::ContextSwitch || runs_broken_code(db, flow.at) {
        return Judgement::Nothing;
    }
    let mut accepted = Accepted::new(db);
    let own = ways_out_of(db, flow, &mut accepted);
    let is_released = |ways: &Ways| !ways.is_empty() && ways.iter().all(|(_, way)| way.verdict.is_safe());
    let is_root = flows.roots.contains(&flow.at.body);
    let released_alone = own.iter().all(|(_, way)| matches!(way.verdict, Verdict::Released | Verdict::NobodySignedIn));
    if is_root || released_alone && !own.is_empty() {
        return of_ways(own);
    }
    // The name of each root that runs it, with its ways out.
    let mut roots: Vec<(String, Ways)> = Vec::new();
    for root in roots_that_run(db, flow.at) {
        let Some(root_flow) = flow_of(db, root).filter(|root| !is_broken(db, root.at)) else { continue };
        let ways = ways_out_of(db, root_flow, &mut accepted);
        if ways.iter().any(|(_, way)| !matches!(way.verdict, Verdict::Unjudged(_))) {
            roots.push((title(db, root), ways));
        }
    }
    let mut names: Vec<String> = roots.iter().map(|(name, _)| name.clone()).collect();
    names.sort();
    names.dedup();
    if roots.is_empty() {
        return Judgement::Nothing;
    }
    if roots.iter().all(|(_, ways)| is_released(ways)) {
        return Judgement::ReleasedByCallers(names);
    }
    // A way out that lies in the flow is the flow's own, whoever runs it.
    let is_inside = |(way, _): &(WayOutAt, AuditedWayOut)| {
        let bodies = way.chain.iter().map(|(at, _)| *at).chain(way.at.map(|(at, _)| at.0));
        bodies.into_iter().any(|at| at.file == flow.at.file && flows.around(at.body).any(|it| it == flow.at.body))
    };
    let inside = worst_of(roots.into_iter().flat_map(|(_, ways)| ways).filter(is_inside));
    if inside.iter().any(|(_, way)| way.verdict.is_kept()) {
        return Judgement::WaysOut(inside);
    }
    Judgement::PartOf(names)
}

fn of_ways(ways: Ways) -> Judgement {
    let is_unjudged = |(_, way): &(WayOutAt, AuditedWayOut)| matches!(way.verdict, Verdict::Unjudged(_));
    if ways.is_empty() || ways.iter().any(is_unjudged) {
        return Judgement::Nothing;
    }
    Judgement::WaysOut(ways)
}

/// One place is one way out, however many roots come to it, and its verdict is the worst that any of them has.
fn worst_of(ways: impl Iterator<Item = (WayOutAt, AuditedWayOut)>) -> Ways {
    let mut worst: BTreeMap<_, (WayOutAt, AuditedWayOut)> = BTreeMap::new();
    for (at, way) in ways {
        let place = (way.leaves == Leaves::End, way.path.clone(), way.span);
        match worst.get(&place) {
            Some((_, known)) if badness(&known.verdict) >= badness(&way.verdict) => {}
            _ => {
                worst.insert(place, (at, way));
            }
        }
    }
    worst.into_values().collect()
}

fn badness(verdict: &Verdict) -> u8 {
    match verdict {
        Verdict::Unjudged(Unjudged::IdentityNotSet | Unjudged::PersonStays | Unjudged::Broken) => 0,
        Verdict::NobodySignedIn => 1,
        Verdict::Released => 2,
        Verdict::Covered(_) => 3,
        Verdict::Uncertain => 4,
        Verdict::Attempted => 5,
        Verdict::Late => 6,
        Verdict::Kept => 7,
    }
}

/// The roots, in any file, whose walks come to a flow; in a fixed order.
fn roots_that_run(db: &dyn Db, flow: BodyAt) -> Vec<BodyAt> {
    let own = file_flows(db, flow.file).roots.iter().map(|body| BodyAt { file: flow.file, body: *body });
    let runs = |root: &BodyAt| comes_to(db, *root, flow);
    own.chain(roots_above(db, flow.file).iter().copied()).filter(runs).collect()
}

/// Whether a walk from a root comes to a body.
pub(super) fn comes_to(db: &dyn Db, root: BodyAt, body: BodyAt) -> bool {
    let first = walk(db, BodyKey::new(db, root)).seen.first_from(&(body, NodeId(0)));
    first.is_some_and(|((at, _), _)| *at == body)
}

/// Whether the parser could not read a part of what a flow runs in its own file: there somebody may be typing.
fn runs_broken_code(db: &dyn Db, flow: BodyAt) -> bool {
    let ran = walk(db, BodyKey::new(db, flow)).seen.keys().map(|(at, _)| *at);
    let bodies: BTreeSet<BodyAt> = ran.filter(|at| at.file == flow.file).chain([flow]).collect();
    bodies.into_iter().any(|at| is_broken(db, at))
}

/// Whether the parser could not read a part of a body.
pub(super) fn is_broken(db: &dyn Db, at: BodyAt) -> bool {
    lowered(db, at.file).body(at.body).broken
}
