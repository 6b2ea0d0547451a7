//! The ways on which walks come to a node. Owns what was seen there on each of them, which of a node's copies count as
//! one, and where a fault is reported; must not know any one rule.

use std::collections::BTreeMap;

use super::{Judged, Unit};
use crate::SortedMap;
use crate::identity::{BodyAt, Chain, NodeAt, Seen, States};
use crate::lowering::{Node, NodeId};

impl<'a> Judged<'a> {
    /// What the walks saw at a node, with the walks. Copies of it count as one: what stands in a `finally`
    /// is lowered once for each way out of its `try`.
    pub(in crate::rules) fn seen(&self, at: NodeAt) -> Vec<(&Unit<'a>, Seen)> {
        let copies: Vec<NodeId> = self.copies(at).collect();
        let mut all = Vec::new();
        for unit in self.units_at(at.0) {
            let mut joined: Option<Seen> = None;
            for copy in copies.iter().filter_map(|copy| unit.walk.seen.get(&(at.0, *copy))) {
                match &mut joined {
                    Some(joined) => joined.states.extend(copy.states.iter().copied()),
                    None => joined = Some(copy.clone()),
                }
            }
            all.extend(joined.map(|seen| (unit, seen)));
        }
        all
    }

    /// What a walk saw at a node that speaks to Fullstory, each way to it for itself. Copies count as one,
    /// as in [`Self::seen`].
    pub(in crate::rules) fn apart(&self, unit: &Unit<'_>, at: NodeAt) -> Vec<Seen> {
        self.apart_of(unit, at, &self.copies(at).collect::<Vec<_>>())
    }

    fn apart_of(&self, unit: &Unit<'_>, at: NodeAt, copies: &[NodeId]) -> Vec<Seen> {
        let mut ways: BTreeMap<Chain, States> = BTreeMap::new();
        for copy in copies {
            for (chain, states) in unit.walk.apart.get(&(at.0, *copy)).into_iter().flat_map(SortedMap::iter) {
                let chain = chain.iter().map(|link| (link.0, self.first_copy(*link))).collect();
                ways.entry(chain).or_default().extend(states.iter().copied());
            }
        }
        ways.into_iter().map(|(chain, states)| Seen { states, chain }).collect()
    }

    /// The places from which a fault at a node that speaks to Fullstory happens: the outermost call of each
    /// flow on all ways through which it does, or the node itself.
    pub(in crate::rules) fn faults(
        &self,
        at: NodeAt,
        is_fault: impl Fn(&Seen) -> bool,
    ) -> Vec<(&Unit<'a>, Seen, NodeAt)> {
        self.faults_from(at, is_fault, |unit, way| self.place(unit, at, way))
    }

    /// The same with another way to tell the outermost call of a flow that may be the place.
    pub(in crate::rules) fn faults_from(
        &self,
        at: NodeAt,
        is_fault: impl Fn(&Seen) -> bool,
        outermost: impl Fn(&Unit<'a>, &Seen) -> NodeAt,
    ) -> Vec<(&Unit<'a>, Seen, NodeAt)> {
        let mut faults = Vec::new();
        let copies: Vec<NodeId> = self.copies(at).collect();
        for unit in self.units_at(at.0) {
            let ways = self.apart_of(unit, at, &copies);
            for way in ways.iter().filter(|way| is_fault(way)) {
                let place = outermost(unit, way);
                let outermost = way.chain.iter().position(|link| *link == place).unwrap_or(way.chain.len());
                let candidates = way.chain[outermost..].iter().copied().chain([at]);
                let always =
                    |link: NodeAt| ways.iter().all(|way| link != at && !way.chain.contains(&link) || is_fault(way));
                if let Some(place) = candidates.into_iter().find(|link| always(*link)) {
                    faults.push((unit, way.clone(), place));
                }
            }
        }
        faults
    }

    fn copies(&self, at: NodeAt) -> impl Iterator<Item = NodeId> + use<'a> {
        let body = self.body(at.0);
        let node = body.node(at.1);
        let is_copy = |other: &Node| other.span == node.span && other.step == node.step;
        body.nodes().filter(move |(_, other)| is_copy(other)).map(|(id, _)| id)
    }

    fn first_copy(&self, at: NodeAt) -> NodeId {
        let first = || self.copies(at).next().unwrap_or(at.1);
        *self.first_copies.borrow_mut().entry(at).or_insert_with(first)
    }

    /// The states before a node on all walks.
    pub(in crate::rules) fn states(&self, at: NodeAt) -> States {
        self.seen(at).into_iter().flat_map(|(_, seen)| seen.states).collect()
    }

    /// Where a fault at a node that was seen on a walk is reported: at the node, if its body is a flow, a
    /// part of one, or the walk's own root; else at the flow's call that leads there.
    pub(in crate::rules) fn place(&self, unit: &Unit<'_>, at: NodeAt, seen: &Seen) -> NodeAt {
        let own = |body: BodyAt| self.flow_around(body).is_some() || self.is_of_root(unit, body);
        if own(at.0) {
            return at;
        }
        seen.chain.iter().rev().copied().find(|(body, _)| own(*body)).or(seen.chain.first().copied()).unwrap_or(at)
    }

    /// The root's own node through which a walk comes to a node.
    pub(in crate::rules) fn through_root(&self, unit: &Unit<'_>, at: NodeAt, seen: &Seen) -> NodeAt {
        if self.is_of_root(unit, at.0) {
            return at;
        }
        seen.chain.iter().rev().copied().find(|(body, _)| self.is_of_root(unit, *body)).unwrap_or(at)
    }

    /// Whether a body is a walk's root, or a part of it.
    fn is_of_root(&self, unit: &Unit<'_>, at: BodyAt) -> bool {
        at.file == unit.root.file && self.flows_of(at.file).whole(at.body) == unit.root.body
    }
}
