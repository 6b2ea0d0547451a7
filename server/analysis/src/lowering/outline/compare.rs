//! Whether what was taken over still holds: a function means what it did where all that is outside of functions is what
//! it was. Owns the comparison of that; must not know graphs.

use std::ops::Range;

use super::former::{Notes, Piece, Taking, ToldOfClass};
use super::lowerer::Lowerer;
use super::scope::{Declarations, Scope, ScopeId, Symbol};
use crate::lowering::moved::{Moved, Moves, Renumbered};
use crate::lowering::{BindingId, BodyId, ClassId, LoweredFile};

impl Lowerer<'_> {
    /// What the numbers of the former lowering are now. `None` where what was taken over may mean something else. To
    /// be asked when every binding and class is complete.
    pub(super) fn compared(&self, taking: &Taking<'_>) -> Option<Renumbered> {
        let mut moves = self.matched(taking)?;
        let (old, notes) = (&*taking.former.lowered, &taking.former.notes);
        let is_same = taking.taken(&self.declared.pieces).all(|(here, _)| here.is_clear_of(&self.outline.broken))
            && self.outline.rests_on == notes.rests_on
            && self.are_same_imports(old)
            && self.are_same_names(notes, &moves)
            && self.are_same_bodies(taking, &moves)
            && self.are_same_bindings(taking, &moves)
            && self.are_same_classes(taking, &moves);
        if is_same {
            self.match_lowered_anew(taking, &mut moves);
        }
        is_same.then_some(moves)
    }

    /// Matches what is inside of functions that an edit has not touched and that are lowered anew nevertheless, as
    /// constructors are: where they declare the same, their bodies may come out the same.
    fn match_lowered_anew(&self, taking: &Taking<'_>, moves: &mut Renumbered) {
        let old = &*taking.former.lowered;
        let mut before = taking.former.notes.pieces.iter();
        for now in self.declared.pieces.iter().filter(|piece| piece.taken.is_none()) {
            let Some(before) = before.find(|before| moves.body(before.head) == Some(now.head)) else { return };
            let has_as_many = |part: fn(&Piece) -> &Range<u32>| part(before).len() == part(now).len();
            let is_alike = taking.change.span(before.span) == Some(now.span)
                && has_as_many(|piece| &piece.bodies)
                && has_as_many(|piece| &piece.bindings)
                && before.classes.is_empty()
                && now.classes.is_empty();
            if !is_alike {
                continue;
            }
            match_inside(before, now, moves, true);
            moves.home = Some(before.span);
            let mut bindings = before.bindings.clone().zip(now.bindings.clone());
            let are_same = bindings.all(|(before, now)| {
                let now = self.declared.bindings.get(now as usize);
                now.is_some_and(|now| old.binding(BindingId(before)).moved(moves).as_ref() == Some(now))
            });
            moves.home = None;
            if !are_same {
                match_inside(before, now, moves, false);
            }
        }
    }

    /// What stands outside of functions, in its order, and what was taken over.
    fn matched(&self, taking: &Taking<'_>) -> Option<Renumbered> {
        let (old, notes, now) = (&*taking.former.lowered, &taking.former.notes, &self.declared);
        let matched = |before: usize, after: usize, part: fn(&Piece) -> &Range<u32>| {
            let mut moves = vec![None; before];
            let pairs = outside(before, &notes.pieces, part).zip(outside(after, &now.pieces, part));
            pairs.for_each(|(before, after)| moves[before as usize] = Some(after));
            for (here, piece) in taking.taken(&now.pieces) {
                let pairs = part(piece).clone().zip(part(here).clone());
                pairs.for_each(|(before, after)| moves[before as usize] = Some(after));
            }
            let count = |all: usize, pieces: &[Piece]| outside(all, pieces, part).count();
            (count(before, &notes.pieces) == count(after, &now.pieces)).then_some(moves)
        };
        let bodies = matched(notes.declared, now.bodies.len(), |piece| &piece.bodies)?;
        let bindings = matched(old.bindings.len(), now.bindings.len(), |piece| &piece.bindings)?;
        let classes = matched(old.classes.len(), now.classes.len(), |piece| &piece.classes)?;
        let mut bodies: Vec<Option<BodyId>> = bodies.into_iter().map(|id| id.map(BodyId)).collect();
        bodies.resize(old.bodies.len(), None);
        Some(Renumbered {
            change: taking.change,
            home: None,
            bodies,
            bindings: bindings.into_iter().map(|id| id.map(BindingId)).collect(),
            classes: classes.into_iter().map(|id| id.map(ClassId)).collect(),
        })
    }

    fn are_same_imports(&self, old: &LoweredFile) -> bool {
        let now = &self.outline.imports;
        old.imports.len() == now.len()
            && old
                .imports
                .iter()
                .zip(now)
                .all(|(old, now)| (&old.module, &old.name, &old.local) == (&now.module, &now.name, &now.local))
    }

    /// Whether each name stands for the same where it is seen from functions.
    fn are_same_names(&self, notes: &Notes, moves: &Renumbered) -> bool {
        let is_same = |old: &Symbol, now: &Symbol| match (old, now) {
            (Symbol::Binding(old), Symbol::Binding(now)) => moves.binding(*old) == Some(*now),
            (Symbol::Import(old), Symbol::Import(now)) => old == now,
            _ => false,
        };
        let scopes: Vec<_> = outer_scopes(&self.declared).collect();
        let class_named = &self.declared.class_named;
        scopes.len() == notes.scopes.len()
            && notes.scopes.iter().zip(scopes).all(|((class, old), now)| {
                class.map(|class| moves.class(class)) == now.class.map(Some)
                    && old.len() == now.values.len()
                    && old.iter().all(|(name, old)| now.values.get(name).is_some_and(|now| is_same(old, now)))
            })
            && notes.class_named.len() == class_named.len()
            && notes.class_named.iter().all(|(name, old)| {
                class_named.get(name).is_some_and(|now| moves.class(*old).is_none_or(|old| old == *now))
            })
    }

    fn are_same_bodies(&self, taking: &Taking<'_>, moves: &Renumbered) -> bool {
        let (old, notes) = (&*taking.former.lowered, &taking.former.notes);
        outside(notes.declared, &notes.pieces, |piece| &piece.bodies).all(|before| {
            let (before, now) = (old.body(BodyId(before)), moves.body(BodyId(before)));
            now.and_then(|now| self.declared.bodies.get(now.0 as usize)).is_some_and(|now| {
                (before.kind, &before.name) == (now.kind, &now.name)
                    && before.parent.map(|id| moves.body(id)) == now.parent.map(Some)
                    && before.class.map(|id| moves.class(id)) == now.class.map(Some)
            })
        })
    }

    fn are_same_bindings(&self, taking: &Taking<'_>, moves: &Renumbered) -> bool {
        let (old, notes) = (&*taking.former.lowered, &taking.former.notes);
        outside(old.bindings.len(), &notes.pieces, |piece| &piece.bindings).all(|before| {
            let (before, now) = (old.binding(BindingId(before)), moves.binding(BindingId(before)));
            let now = now.and_then(|now| self.declared.bindings.get(now.0 as usize));
            now.is_some_and(|now| before.moved(moves).as_ref() == Some(now))
        })
    }

    /// Whether classes are the same, wherever they end: no function asks for that.
    fn are_same_classes(&self, taking: &Taking<'_>, moves: &Renumbered) -> bool {
        let (old, notes) = (&*taking.former.lowered, &taking.former.notes);
        outside(old.classes.len(), &notes.pieces, |piece| &piece.classes).all(|before| {
            let (Some(id), Some(told)) = (moves.class(ClassId(before)), notes.classes.get(before as usize)) else {
                return false;
            };
            let before = old.class(ClassId(before));
            let Some(now) = self.declared.classes.get(id.0 as usize) else { return false };
            let Some(facts) = self.declared.class_facts.get(id.0 as usize) else { return false };
            (before.kind, &before.name, &before.decorators) == (now.kind, &now.name, &now.decorators)
                && before.parent.as_ref().map(|path| path.moved(moves)) == now.parent.clone().map(Some)
                && before.interfaces.moved(moves).as_ref() == Some(&now.interfaces)
                && before.members.moved(moves).as_ref() == Some(&now.members)
                && told.moved(moves).is_some_and(|told| told == ToldOfClass::of(facts))
        })
    }
}

/// Says that what is inside of a function is what was inside of it before, or takes that back.
fn match_inside(before: &Piece, now: &Piece, moves: &mut Renumbered, is_same: bool) {
    for (before, now) in before.bodies.clone().zip(now.bodies.clone()) {
        moves.bodies[before as usize] = is_same.then_some(BodyId(now));
    }
    for (before, now) in before.bindings.clone().zip(now.bindings.clone()) {
        moves.bindings[before as usize] = is_same.then_some(BindingId(now));
    }
}

/// The numbers of what stands outside of functions, in a list of so many.
fn outside(count: usize, pieces: &[Piece], part: fn(&Piece) -> &Range<u32>) -> impl Iterator<Item = u32> + use<'_> {
    let ends = pieces.iter().map(move |piece| part(piece).end);
    let starts = pieces.iter().map(move |piece| part(piece).start).chain(std::iter::once(count as u32));
    std::iter::once(0).chain(ends).zip(starts).flat_map(|(end, start)| end..start)
}

/// The scopes that functions see: the file's, and those of classes that stand in no function.
pub(super) fn outer_scopes<'d>(declared: &'d Declarations<'_>) -> impl Iterator<Item = &'d Scope> {
    declared.scopes.iter().zip(0..).filter(|(_, id)| declared.is_outermost(ScopeId(*id))).map(|(scope, _)| scope)
}
