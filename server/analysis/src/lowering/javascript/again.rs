//! The graphs of what was taken over from a former lowering, where they stand now. Must not know how it was told
//! that they still hold.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::former::{Piece, Taking};
use super::lowerer::Lowerer;
use super::scope::{BodyFacts, Declarations};
use super::take_over::range;
use crate::lowering::moved::{Moved, Moves, Renumbered, Shift};
use crate::lowering::{Body, BodyId, BodyKind, ClassId};
use crate::source::Span;

/// What is taken over.
#[derive(Debug)]
pub(super) struct Again<'f> {
    taking: &'f Taking<'f>,
    moves: Renumbered,
    /// The former bodies, by the number of the body.
    former: Vec<Option<FormerBody<'f>>>,
    /// The former bodies that were made of promise chains, by the body around them.
    continuations: FxHashMap<BodyId, Vec<BodyId>>,
    /// Whether every number is what it was.
    is_in_place: bool,
}

/// A body of the former lowering.
#[derive(Clone, Copy, Debug)]
struct FormerBody<'f> {
    id: BodyId,
    /// What it belongs to.
    piece: &'f Piece,
    /// Whether it is itself what was taken over: what is outside of it says what is done with it.
    is_head: bool,
}

impl<'f> Again<'f> {
    /// What was taken over by a walk, with what the former numbers are now.
    pub(super) fn new(taking: &'f Taking<'f>, moves: Renumbered, declared: &Declarations<'_>) -> Self {
        let notes = &taking.former.notes;
        let mut former = vec![None; declared.bodies.len()];
        for (here, piece) in taking.taken(declared) {
            let body = |id: u32| {
                let id = BodyId(id);
                FormerBody { id, piece, is_head: here.of_class.is_none() && id == piece.head() }
            };
            for (old, former) in piece.bodies.clone().zip(former.iter_mut().skip(here.body.0 as usize)) {
                *former = Some(body(old));
            }
        }
        let mut continuations: FxHashMap<BodyId, Vec<BodyId>> = FxHashMap::default();
        for (id, body) in taking.former.lowered.bodies().skip(notes.declared) {
            if let Some(parent) = body.parent {
                continuations.entry(parent).or_default().push(id);
            }
        }
        let is_in_place = moves.are_in_place();
        Self { taking, moves, former, continuations, is_in_place }
    }

    /// Puts what was taken over into its places in the lists, and gives the bodies away. `None` where something of
    /// it rests on what is no more.
    pub(super) fn complete(mut self, declared: &mut Declarations<'_>) -> Option<Vec<Arc<Body>>> {
        let old = &*self.taking.former.lowered;
        let taken: Vec<(usize, usize, &Piece)> =
            self.taking.taken(declared).map(|(here, piece)| (here.binding, here.class, piece)).collect();
        for (binding, class, piece) in taken {
            self.moves.home = Some(piece.span);
            for (old, now) in old.bindings.get(range(&piece.bindings))?.iter().zip(binding..) {
                *declared.bindings.get_mut(now)? = old.moved(&self.moves)?;
            }
            for (old, now) in old.classes.get(range(&piece.classes))?.iter().zip(class..) {
                *declared.classes.get_mut(now)? = old.moved(&self.moves)?;
            }
        }
        let bodies = std::mem::take(&mut declared.bodies);
        bodies.into_iter().zip(0..).map(|(body, id)| self.completed(BodyId(id), body)).collect()
    }

    fn completed(&mut self, id: BodyId, body: Body) -> Option<Arc<Body>> {
        let Some(former) = self.former.get(id.0 as usize).copied().flatten() else { return Some(body.kept()) };
        let known = self.taking.former.lowered.bodies.get(former.id.0 as usize)?;
        self.moves.home = Some(former.piece.span);
        if body.label.is_some() && !former.is_head {
            // Something outside tells what it is the handler of, which it did not before.
            return None;
        }
        let (side, by) = self.taking.change.side(former.piece.span);
        let may_shift = self.keeps_numbers(id, former) && known.inside.is_within(side);
        if may_shift && by == Shift::default() && (!former.is_head || body.has_head_of(known)) {
            return Some(Arc::clone(known));
        }
        let moved = if may_shift { known.shifted(by)? } else { known.moved(&self.moves)? };
        Some(Arc::new(if former.is_head { body.with_inside_of(moved) } else { moved }))
    }

    /// What a class of the former lowering is now.
    pub(super) fn class(&self, former: ClassId) -> Option<ClassId> {
        self.moves.class(former)
    }

    /// What was taken over, with where it begins now.
    pub(super) fn taking(&self) -> &'f Taking<'f> {
        self.taking
    }

    /// Whether a body, and whatever it names, has the number that it had.
    fn keeps_numbers(&self, id: BodyId, FormerBody { id: old, .. }: FormerBody<'_>) -> bool {
        let around = match self.taking.former.lowered.body(old) {
            Body { kind: BodyKind::Continuation, parent: Some(parent), .. } => *parent,
            _ => old,
        };
        let chains = self.continuations.get(&around).into_iter().flatten();
        let are_in_place = |chain: &BodyId| self.moves.body(*chain) == Some(*chain);
        id == old && self.is_in_place && chains.into_iter().all(are_in_place)
    }
}

impl Lowerer<'_> {
    /// Whether a body's graph was taken over. Its promise chains get the numbers behind all others.
    pub(super) fn keeps_graph(&mut self, id: BodyId) -> bool {
        let Some(again) = &mut self.again else { return false };
        let Some(former) = again.former.get(id.0 as usize).copied().flatten() else { return false };
        let Some(facts) = self.declared.body_facts.get(id.0 as usize) else { return false };
        let (node, scope, this_class) = (facts.node, facts.scope, facts.this_class);
        for chain in again.continuations.get(&former.id).into_iter().flatten() {
            let now = BodyId(self.declared.bodies.len() as u32);
            let place = Span::at(0);
            self.declared.bodies.push(Body { parent: Some(id), ..Body::without_graph(BodyKind::Continuation, place) });
            self.declared.body_facts.push(BodyFacts { node, scope, this_class });
            if let Some(moved) = again.moves.bodies.get_mut(chain.0 as usize) {
                *moved = Some(now);
            }
            again.former.resize(now.0 as usize, None);
            again.former.push(Some(FormerBody { id: *chain, is_head: false, ..former }));
        }
        true
    }
}
