//! What happens from one entry: every node that is reached from a body, in its callees too, with the
//! states before it and the calls that lead there. Owns the walk over callees; must not know rules.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::links::{LinkedBody, LinkedNode, body_of, links_of};
use super::runs::Runs;
use super::state::PathState;
use super::state_set::States;
use super::states::{BodyKey, Flow, Part};
use crate::SortedMap;
use crate::database::Db;
use crate::linking::BodyAt;
use crate::lowering::{Body, NodeId, Step};
use crate::vocabulary::Effect;

/// A node of a body.
pub type NodeAt = (BodyAt, NodeId);

/// The nodes through which a root comes to a body: calls, and the places where callbacks run.
pub type Chain = Vec<NodeAt>;

/// What was seen at a node on the walks from one root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The states before the node.
    pub states: States,
    /// How the root comes to this body; the first way found.
    pub chain: Chain,
}

/// A walk from one root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// Every node that is reached and that says something, with what was seen there.
    pub seen: SortedMap<NodeAt, Seen>,
    /// The same for each node that speaks to Fullstory, each way to its body for itself: one function may
    /// be called before a release and again behind it.
    pub apart: SortedMap<NodeAt, SortedMap<Chain, States>>,
    /// The states with which the root ends other than by an exception.
    pub exits: Vec<PathState>,
}

/// How many runs of bodies a walk keeps apart by the way to them. Ways through calls multiply at every
/// call; beyond this, what is reached again is counted with the first way to it.
const RUNS: usize = 2_000;

/// One run of a body on a walk.
type WayTo = (BodyAt, Part, PathState, Chain);

/// Walks from a body, entered with nothing known.
#[salsa::tracked(returns(ref))]
pub fn walk<'db>(db: &'db dyn Db, root: BodyKey<'db>) -> Arc<Walk> {
    let entry = PathState::default();
    let runs = Runs::new(db);
    let mut exits = runs.settled((root.at(db), Part::Whole, entry)).exits.clone();
    let mut seen: BTreeMap<NodeAt, Seen> = BTreeMap::new();
    let mut apart: BTreeMap<NodeAt, BTreeMap<Chain, States>> = BTreeMap::new();
    let mut ways = Ways::new(root.at(db), entry);
    while let Some((at, part, entry, chain)) = ways.work.pop_front() {
        let states = runs.settled((at, part, entry));
        let (body, links) = (body_of(db, at), links_of(db, at));
        let flow = Flow::new(db, at, &runs);
        for (id, before) in states.before.iter().enumerate() {
            let id = NodeId(id as u32);
            if before.is_empty() {
                continue;
            }
            if is_telling(links, id, body) {
                let seen = seen.entry((at, id)).or_default();
                if seen.states.is_empty() {
                    seen.chain.clone_from(&chain);
                }
                seen.states.extend(before.iter().copied());
            }
            if speaks_to_fullstory(links, id) {
                let apart = apart.entry((at, id)).or_default();
                apart.entry(chain.clone()).or_default().extend(before.iter().copied());
            }
            let leaves = matches!(body.code_anywhere().node(id).step, Step::Throw)
                && body.code_anywhere().node(id).handler.is_none();
            let is_uncaught = |(at, node): &NodeAt| body_of(db, *at).code_anywhere().node(*node).handler.is_none();
            if leaves && chain.iter().all(is_uncaught) {
                // What is thrown on purpose behind a navigation does not undo it.
                exits.extend(before.iter().filter(|state| state.left_at.is_some()));
            }
            if part == Part::UntilWait && matches!(body.code_anywhere().node(id).step, Step::Await) {
                continue;
            }
            for state in before {
                flow.step(id, body.code_anywhere().node(id), *state, &mut |target, part, entry| {
                    ways.enter((at, starter(db, at, id, target)), &chain, target, part, entry);
                });
            }
        }
    }
    let apart = apart.into_iter().map(|(at, ways)| (at, ways.into_iter().collect())).collect();
    Arc::new(Walk { seen: seen.into_iter().collect(), apart, exits })
}

/// The node that starts what runs at a node: what was put off runs where its body ends or waits.
fn starter(db: &dyn Db, at: BodyAt, node: NodeId, target: BodyAt) -> NodeId {
    let links = links_of(db, at);
    let runs = |link: &LinkedNode| link.invocations.iter().any(|invocation| invocation.target == target);
    if links.node(node).is_some_and(runs) {
        return node;
    }
    let put_off = |link: &LinkedNode| link.pending_number.is_some() && runs(link);
    links.nodes().find(|(_, link)| put_off(link)).map_or(node, |(starter, _)| starter)
}

/// Whether anybody asks what was seen at a node: it begins or ends its body, or it means or runs something.
fn is_telling(links: &LinkedBody, id: NodeId, body: &Body) -> bool {
    let ends = id == Body::ENTRY || id == Body::EXIT || matches!(body.code_anywhere().node(id).step, Step::Return(_));
    ends || links.node(id).is_some()
}

fn speaks_to_fullstory(links: &LinkedBody, id: NodeId) -> bool {
    let effects = links.node(id).map(|link| &link.meaning.effects[..]).unwrap_or_default();
    effects.iter().any(|effect| {
        matches!(effect, Effect::Anonymize(_) | Effect::Identify(_) | Effect::Track | Effect::UserProperty)
    })
}

/// The runs that a walk has met and those that it still has to follow.
struct Ways {
    root: BodyAt,
    done: BTreeSet<WayTo>,
    first: BTreeMap<BodyAt, Chain>,
    work: VecDeque<WayTo>,
}

impl Ways {
    fn new(root: BodyAt, entry: PathState) -> Self {
        let run = (root, Part::Whole, entry, Chain::new());
        Self { root, done: BTreeSet::from([run.clone()]), first: BTreeMap::new(), work: VecDeque::from([run]) }
    }

    /// Meets a body that a node runs, the node's own body having been reached by `chain`.
    fn enter(&mut self, node: NodeAt, chain: &Chain, target: BodyAt, part: Part, entry: PathState) {
        let chain = self.way_to(node, chain, target);
        self.first.entry(target).or_insert_with(|| chain.clone());
        let run = (target, part, entry, chain);
        if self.done.insert(run.clone()) {
            self.work.push_back(run);
        }
    }

    /// A body that is on the way already is reached as it was there: a recursive call is no way of its own.
    fn way_to(&self, node: NodeAt, chain: &Chain, target: BodyAt) -> Chain {
        if target == self.root {
            return Chain::new();
        }
        if self.done.len() > RUNS
            && let Some(first) = self.first.get(&target)
        {
            return first.clone();
        }
        let mut way = chain.clone();
        way.push(node);
        let bodies = way.iter().skip(1).map(|(body, _)| *body);
        match bodies.clone().position(|body| body == target) {
            Some(before) => way[..=before].to_vec(),
            None => way,
        }
    }
}
