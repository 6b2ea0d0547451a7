//! The graphs of what was taken over from a former lowering, where they stand now, and what the next lowering takes over
//! in turn. Must not know how it was told that they still hold.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::compare::outer_scopes;
use super::former::{Notes, Piece, Taking, ToldOfClass};
use super::lowerer::Lowerer;
use super::scope::{BodyFacts, Declarations, ScopeId, Source};
use crate::lowering::moved::{Moved, Moves, Renumbered, Shift};
use crate::lowering::{Binding, Body, BodyId, BodyKind, Class};
use crate::source::Span;

/// What is taken over.
#[derive(Debug)]
pub(super) struct Again<'f> {
    taking: &'f Taking<'f>,
    moves: Renumbered,
    /// The former bodies, by the number of the body.
    former: Vec<Option<FormerBody<'f>>>,
    /// The former bodies that were made of chains of futures, by the body around them.
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
}

impl FormerBody<'_> {
    /// Whether it is itself what was taken over: what is outside of it says what is done with it.
    fn is_head(&self) -> bool {
        self.id == self.piece.head
    }
}

impl<'f> Again<'f> {
    /// What was taken over by a walk, with what the former numbers are now.
    pub(super) fn new(taking: &'f Taking<'f>, moves: Renumbered, declared: &Declarations<'_>) -> Self {
        let mut former = vec![None; declared.bodies.len()];
        for (here, piece) in taking.taken(&declared.pieces) {
            let inside = piece.bodies.clone().zip(here.bodies.clone());
            for (old, now) in inside.chain([(piece.head.0, here.head.0)]) {
                if let Some(former) = former.get_mut(now as usize) {
                    *former = Some(FormerBody { id: BodyId(old), piece });
                }
            }
        }
        let mut continuations: FxHashMap<BodyId, Vec<BodyId>> = FxHashMap::default();
        for (id, body) in taking.former.lowered.bodies().skip(taking.former.notes.declared) {
            if let Some(parent) = body.parent {
                continuations.entry(parent).or_default().push(id);
            }
        }
        let is_in_place = moves.are_in_place();
        Self { taking, moves, former, continuations, is_in_place }
    }

    /// Puts what was taken over into its places in the lists, and gives the bodies away. `None` where something of
    /// it rests on what is no more.
    fn complete(
        mut self,
        bodies: Vec<Body>,
        pieces: &[Piece],
        bindings: &mut [Binding],
        classes: &mut [Class],
    ) -> Option<Vec<Arc<Body>>> {
        let old = &*self.taking.former.lowered;
        for (here, piece) in self.taking.taken(pieces) {
            self.moves.home = Some(piece.span);
            for (before, now) in piece.bindings.clone().zip(here.bindings.clone()) {
                *bindings.get_mut(now as usize)? = old.bindings.get(before as usize)?.moved(&self.moves)?;
            }
            for (before, now) in piece.classes.clone().zip(here.classes.clone()) {
                *classes.get_mut(now as usize)? = old.classes.get(before as usize)?.moved(&self.moves)?;
            }
        }
        bodies.into_iter().zip(0..).map(|(body, id)| self.completed(BodyId(id), body)).collect()
    }

    fn completed(&mut self, id: BodyId, body: Body) -> Option<Arc<Body>> {
        let Some(former) = self.former.get(id.0 as usize).copied().flatten() else { return Some(body.kept()) };
        let known = self.taking.former.lowered.bodies.get(former.id.0 as usize)?;
        self.moves.home = Some(former.piece.span);
        if body.label.is_some() && !former.is_head() {
            // Something outside tells what it is the handler of, which it did not before.
            return None;
        }
        let (side, by) = self.taking.change.side(former.piece.span);
        let may_shift = self.keeps_numbers(id, former.id) && known.inside.is_within(side);
        if may_shift && by == Shift::default() && (!former.is_head() || body.has_head_of(known)) {
            return Some(Arc::clone(known));
        }
        let moved = if may_shift { known.shifted(by)? } else { known.moved(&self.moves)? };
        Some(Arc::new(if former.is_head() { body.with_inside_of(moved) } else { moved }))
    }

    /// Whether a body, and whatever it names, has the number that it had.
    fn keeps_numbers(&self, id: BodyId, old: BodyId) -> bool {
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
    /// Whether a body's graph was taken over. Its chains of futures get the numbers behind all others.
    pub(super) fn keeps_graph(&mut self, id: BodyId) -> bool {
        let Some(again) = &mut self.again else { return false };
        let Some(former) = again.former.get(id.0 as usize).copied().flatten() else { return false };
        for chain in again.continuations.get(&former.id).into_iter().flatten() {
            let now = BodyId(self.declared.bodies.len() as u32);
            let body = Body::without_graph(BodyKind::Continuation, Span::at(0));
            self.declared.bodies.push(Body { parent: Some(id), ..body });
            self.declared.body_facts.push(BodyFacts {
                source: Source::Done,
                scope: ScopeId(0),
                this_class: None,
                constructs: None,
            });
            if let Some(moved) = again.moves.bodies.get_mut(chain.0 as usize) {
                *moved = Some(now);
            }
            again.former.resize(now.0 as usize, None);
            again.former.push(Some(FormerBody { id: *chain, ..former }));
        }
        true
    }

    /// The bodies in their final form, with what was taken over in all lists. `None` where that does not hold.
    pub(super) fn completed_bodies(&mut self) -> Option<Vec<Arc<Body>>> {
        let declared = &mut self.declared;
        let bodies = std::mem::take(&mut declared.bodies);
        match self.again.take() {
            Some(again) => again.complete(bodies, &declared.pieces, &mut declared.bindings, &mut declared.classes),
            None => Some(bodies.into_iter().map(Body::kept).collect()),
        }
    }

    /// What the next lowering has to know; `declared` is the number of bodies that were declared.
    pub(super) fn notes(&mut self, declared: usize) -> Notes {
        let mut pieces = std::mem::take(&mut self.declared.pieces);
        let first = |body: BodyId| pieces.iter().position(|piece| piece.holds(body));
        let loud: Vec<usize> = self
            .told
            .iter()
            .filter_map(|(from, to)| {
                first(*from).filter(|piece| pieces.get(*piece).is_some_and(|it| !it.bodies.contains(&to.0)))
            })
            .collect();
        for (piece, index) in pieces.iter_mut().zip(0..) {
            piece.taken = None;
            piece.is_silent &= !loud.contains(&index);
        }
        Notes {
            declared,
            pieces,
            scopes: outer_scopes(&self.declared).map(|scope| (scope.class, scope.values.clone())).collect(),
            class_named: self.declared.class_named.clone(),
            classes: self.declared.class_facts.iter().map(ToldOfClass::of).collect(),
            rests_on: self.outline.rests_on.clone(),
        }
    }
}
