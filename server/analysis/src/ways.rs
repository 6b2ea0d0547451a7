//! The ways out of a flow: each navigation at which its walk leaves, and its end where a way has none.
//! Owns which places those are and what is known of identity there; must not know how they are told.

use std::collections::{BTreeMap, BTreeSet};

use crate::database::{Db, lowered};
use crate::identity::{
    BodyAt, BodyKey, Chain, Flow, Identity, LinkedNode, NodeAt, PathState, Site, States, Walk, linked, walk,
};
use crate::source::Span;
use crate::vocabulary::{Effect, FlowKind, Reach};

/// A way out of a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WayOutAt {
    /// The navigation, or `None` for the flow's end.
    pub(crate) at: Option<(NodeAt, Reach)>,
    /// The nodes through which the flow comes to the navigation's body.
    pub(crate) chain: Chain,
    /// What is known of identity there.
    pub(crate) outcome: Outcome,
}

/// What is known of identity where a flow is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Outcome {
    /// Released on every way there.
    Released,
    /// Nobody is signed in on any way there.
    NobodySignedIn,
    /// Not released on every way there.
    Kept,
    /// Not released there, but behind it.
    Late,
    /// A call on a way there means to release it, and does not.
    Attempted,
    /// It cannot be told.
    Uncertain,
}

impl Outcome {
    /// What some states, before a step that leaves, say.
    pub(crate) fn of(states: &States) -> Self {
        let any = |identity: Identity| states.iter().any(|state| state.identity == identity);
        if states.iter().any(|state| state.identity.is_kept()) {
            Outcome::Kept
        } else if any(Identity::Attempted) {
            Outcome::Attempted
        } else if any(Identity::Uncertain) || states.is_empty() {
            Outcome::Uncertain
        } else if states.iter().all(|state| state.identity == Identity::Nobody) {
            Outcome::NobodySignedIn
        } else {
            Outcome::Released
        }
    }
}

/// Each way out of a flow, in no order that a person would know: its navigations by file, body and node,
/// then its end.
pub(crate) fn ways_out(db: &dyn Db, flow: &Flow) -> Vec<WayOutAt> {
    let walk = walk(db, BodyKey::new(db, flow.at));
    let left: Vec<&PathState> = walk.exits.iter().filter(|exit| is_left_on(flow, exit)).collect();
    let out: BTreeSet<NodeAt> = left.iter().filter_map(|exit| exit.left_at).map(node_at).collect();
    let late = left_before_release(db, walk);
    // What stands in a `finally` is lowered once for each way out of its `try`: copies are one place.
    let mut places: BTreeMap<(BodyAt, Span), Place> = BTreeMap::new();
    for (at, seen) in walk.seen.iter() {
        let Some(reach) = link(db, *at).and_then(|link| link.meaning.reach()) else { continue };
        // Where identity is kept, a body that does something else as well may go on to another screen.
        let is_out = out.contains(at) || late.contains(at);
        let leaves = |state: &PathState| state.navigated.is_none() && (!state.identity.is_kept() || is_out);
        let states: States = seen.states.iter().copied().filter(leaves).collect();
        if states.is_empty() {
            continue;
        }
        let span = lowered(db, at.0.file).body(at.0.body).node(at.1).span;
        let place = places.entry((at.0, span)).or_insert_with(|| Place {
            at: (*at, reach),
            chain: seen.chain.clone(),
            states: States::default(),
            is_out: false,
        });
        place.states.extend(states);
        place.is_out |= out.contains(at);
    }
    let told = |place: Place| {
        let outcome = match Outcome::of(&place.states) {
            Outcome::Kept if !place.is_out => Outcome::Late,
            outcome => outcome,
        };
        WayOutAt { at: Some(place.at), chain: place.chain, outcome }
    };
    let mut ways: Vec<WayOutAt> = places.into_values().map(told).collect();
    let ends: States = left.iter().map(|exit| **exit).filter(|exit| exit.navigated.is_none()).collect();
    if !ends.is_empty() {
        ways.push(WayOutAt { at: None, chain: Chain::new(), outcome: Outcome::of(&ends) });
    }
    ways
}

/// A navigation with what is known where it leaves.
struct Place {
    at: (NodeAt, Reach),
    chain: Chain,
    states: States,
    /// Whether a way through it ends without a release.
    is_out: bool,
}

/// Whether a path through a flow ends what the user was there for. A switch is over when the next person is
/// identified, whatever else it does.
fn is_left_on(flow: &Flow, exit: &PathState) -> bool {
    let identifies = matches!(exit.identity, Identity::Identified | Identity::Reidentified);
    let is_left = flow.is_left_on(exit) && (exit.steps.any || exit.navigated.is_some());
    is_left || flow.kind == FlowKind::Switch && identifies
}

/// The navigations that leave with the identity and come to a call that releases it, or means to.
fn left_before_release(db: &dyn Db, walk: &Walk) -> BTreeSet<NodeAt> {
    let releases = |link: &LinkedNode| link.meaning.effects.iter().any(|it| matches!(it, Effect::Anonymize(_)));
    let spoken = walk.apart.keys().filter(|at| link(db, **at).is_some_and(releases));
    let before = spoken.filter_map(|at| walk.seen.get(at)).flat_map(|seen| &seen.states);
    before.filter(|state| state.identity.is_kept()).filter_map(|state| state.left_at).map(node_at).collect()
}

fn link(db: &dyn Db, at: NodeAt) -> Option<&LinkedNode> {
    linked(db, at.0.file).node(at.0.body, at.1)
}

fn node_at(site: Site) -> NodeAt {
    (BodyAt { file: site.file, body: site.body }, site.node)
}
