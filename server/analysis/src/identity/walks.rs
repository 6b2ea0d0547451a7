//! What happens from one entry: every node that is reached from a body, in its callees too, with the
//! states before it and the calls that lead there. Owns the walk over callees; must not know rules.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::links::BodyAt;
use super::state::PathState;
use super::states::{BodyKey, Flow, body_states};
use crate::database::{Db, lowered};
use crate::lowering::{Body, NodeId, Step};

/// A node of a body.
pub type NodeAt = (BodyAt, NodeId);

/// What was seen at a node on the walks from one root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The states before the node.
    pub states: BTreeSet<PathState>,
    /// The nodes through which the root comes to this body: calls, and the places where callbacks run.
    pub chain: Vec<NodeAt>,
}

/// A walk from one root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// Every node that is reached, with what was seen there.
    pub seen: BTreeMap<NodeAt, Seen>,
    /// The states with which the root ends other than by an exception.
    pub exits: Vec<PathState>,
}

/// Walks from a body, entered with nothing known.
#[salsa::tracked(returns(ref))]
pub fn walk<'db>(db: &'db dyn Db, root: BodyKey<'db>) -> Arc<Walk> {
    let start = root.at(db);
    let entry = PathState::default();
    let mut walk = Walk { exits: body_states(db, root, entry).exits.clone(), ..Default::default() };
    let mut done: BTreeSet<(BodyAt, PathState)> = BTreeSet::from([(start, entry)]);
    let mut work: VecDeque<(BodyAt, PathState, Vec<NodeAt>)> = VecDeque::from([(start, entry, Vec::new())]);
    while let Some((at, entry, chain)) = work.pop_front() {
        let states = body_states(db, BodyKey::new(db, at), entry);
        let body: &Body = lowered(db, at.file).body(at.body);
        let flow = Flow::new(db, at);
        for (id, before) in states.before.iter().enumerate() {
            let id = NodeId(id as u32);
            if before.is_empty() {
                continue;
            }
            let seen = walk.seen.entry((at, id)).or_default();
            if seen.states.is_empty() {
                seen.chain.clone_from(&chain);
            }
            seen.states.extend(before.iter().copied());
            let leaves = matches!(body.node(id).step, Step::Throw) && body.node(id).handler.is_none();
            let uncaught =
                chain.iter().all(|(at, node)| lowered(db, at.file).body(at.body).node(*node).handler.is_none());
            if leaves && uncaught {
                // What is thrown on purpose behind a navigation does not undo it.
                walk.exits.extend(before.iter().filter(|state| state.left_at.is_some()));
            }
            for state in before {
                flow.step(id, body.node(id), *state, &mut |target, entry| {
                    if done.insert((target, entry)) {
                        let mut chain = chain.clone();
                        chain.push((at, id));
                        work.push_back((target, entry, chain));
                    }
                });
            }
        }
    }
    Arc::new(walk)
}
