//! The graphs of what was taken over from a former lowering, where they stand now. Must not know how it was told
//! that they still hold.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::former::{Function, Taking};
use super::lowerer::Lowerer;
use super::scope::{BodyFacts, Declarations};
use super::take_over::range;
use crate::lowering::moved::{Moved, Moves};
use crate::lowering::{Body, BodyId, BodyKind};
use crate::source::Span;

/// What is taken over.
#[derive(Debug)]
pub(super) struct Again<'f> {
    taking: &'f Taking<'f>,
    moves: Moves,
    /// The former bodies, and the functions that they belong to, by the body.
    former: FxHashMap<BodyId, (BodyId, &'f Function)>,
    /// The former bodies that were made of promise chains, by the body around them.
    continuations: FxHashMap<BodyId, Vec<BodyId>>,
    /// Whether every number is what it was.
    is_in_place: bool,
}

impl<'f> Again<'f> {
    /// What was taken over by a walk, with what the former numbers are now.
    pub(super) fn new(taking: &'f Taking<'f>, moves: Moves, declared: &Declarations<'_>) -> Self {
        let notes = &taking.former.notes;
        let mut former = FxHashMap::default();
        for here in &declared.outermost {
            let Some(function) = here.taken.and_then(|index| notes.functions.get(index)) else { continue };
            let bodies = function.bodies.clone().zip(here.body.0..);
            former.extend(bodies.map(|(old, now)| (BodyId(now), (BodyId(old), function))));
        }
        let mut continuations: FxHashMap<BodyId, Vec<BodyId>> = FxHashMap::default();
        for (id, body) in taking.former.lowered.bodies().skip(notes.declared) {
            if let Some(parent) = body.parent {
                continuations.entry(parent).or_default().push(id);
            }
        }
        let stays = |(old, now): (usize, Option<u32>)| now.is_none_or(|now| now as usize == old);
        let is_in_place = moves.bodies.iter().map(|now| now.map(|id| id.0)).enumerate().all(stays)
            && moves.bindings.iter().map(|now| now.map(|id| id.0)).enumerate().all(stays)
            && moves.classes.iter().map(|now| now.map(|id| id.0)).enumerate().all(stays);
        Self { taking, moves, former, continuations, is_in_place }
    }

    /// Puts what was taken over into its places in the lists, and gives the bodies away. `None` where something of
    /// it rests on what is no more.
    pub(super) fn complete(mut self, declared: &mut Declarations<'_>) -> Option<Vec<Arc<Body>>> {
        let old = &*self.taking.former.lowered;
        for here in &declared.outermost {
            let functions = &self.taking.former.notes.functions;
            let Some(function) = here.taken.and_then(|index| functions.get(index)) else { continue };
            self.moves.home = Some(function.span);
            for (binding, now) in old.bindings.get(range(&function.bindings))?.iter().zip(here.binding..) {
                *declared.bindings.get_mut(now)? = binding.moved(&self.moves)?;
            }
            for (class, now) in old.classes.get(range(&function.classes))?.iter().zip(here.class..) {
                *declared.classes.get_mut(now)? = class.moved(&self.moves)?;
            }
        }
        let bodies = std::mem::take(&mut declared.bodies);
        bodies.into_iter().zip(0..).map(|(body, id)| self.completed(BodyId(id), body)).collect()
    }

    fn completed(&mut self, id: BodyId, body: Body) -> Option<Arc<Body>> {
        let Some((old, function)) = self.former.get(&id).copied() else { return Some(body.kept()) };
        let known = self.taking.former.lowered.bodies.get(old.0 as usize)?;
        self.moves.home = Some(function.span);
        let is_head = old == function.body();
        if self.stays(id, old, function) {
            let is_same = !is_head || body.has_head_of(known);
            return Some(if is_same { Arc::clone(known) } else { Arc::new(body.with_inside_of(Body::clone(known))) });
        }
        let moved = known.moved(&self.moves)?;
        Some(Arc::new(if is_head { body.with_inside_of(moved) } else { moved }))
    }

    /// Whether a body is where it was, and whatever it names has the number that it had.
    fn stays(&self, id: BodyId, old: BodyId, function: &Function) -> bool {
        let change = self.taking.change;
        let around = match self.taking.former.lowered.body(old) {
            Body { kind: BodyKind::Continuation, parent: Some(parent), .. } => *parent,
            _ => old,
        };
        let chains = self.continuations.get(&around).into_iter().flatten();
        let are_in_place = |chain: &BodyId| self.moves.body(*chain) == Some(*chain);
        let is_unmoved = function.span.end <= change.start || change.old_end == change.new_end;
        id == old && is_unmoved && self.is_in_place && chains.into_iter().all(are_in_place)
    }
}

impl Lowerer<'_> {
    /// Whether a body's graph was taken over. Its promise chains get the numbers behind all others.
    pub(super) fn keeps_graph(&mut self, id: BodyId) -> bool {
        let Some(again) = &mut self.again else { return false };
        let Some((old, function)) = again.former.get(&id).copied() else { return false };
        let Some(facts) = self.declared.body_facts.get(id.0 as usize) else { return false };
        let (node, scope, this_class) = (facts.node, facts.scope, facts.this_class);
        for chain in again.continuations.get(&old).into_iter().flatten() {
            let now = BodyId(self.declared.bodies.len() as u32);
            let place = Span::at(0);
            self.declared.bodies.push(Body { parent: Some(id), ..Body::without_graph(BodyKind::Continuation, place) });
            self.declared.body_facts.push(BodyFacts { node, scope, this_class });
            if let Some(moved) = again.moves.bodies.get_mut(chain.0 as usize) {
                *moved = Some(now);
            }
            again.former.insert(now, (*chain, function));
        }
        true
    }
}
