//! Whether what was taken over still holds: a function means what it did where all that is outside of functions is what
//! it was, or where what is not has a name that nobody says. Owns the comparison of that; must not know graphs.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::calls::CALLABLE_MEMBERS;
use super::former::{Notes, Piece, Taking, ToldOfClass, ToldOfMember};
use super::lowerer::Lowerer;
use super::scope::{Declarations, Scope, ScopeId, Symbol};
use crate::lowering::again::{OTHER_NAMES, ROUNDS};
use crate::lowering::moved::{Moved, Moves, Renumbered};
use crate::lowering::{Binding, BindingId, Body, BodyId, BodyKind, Class, ClassId, LoweredFile, Member, Name};
use crate::source::{Span, words};

impl Lowerer<'_> {
    /// What the numbers of the former lowering are now. `None` where what was taken over may mean something else. To
    /// be asked when every binding and class is complete.
    pub(super) fn compared(&self, taking: &Taking<'_>) -> Option<Renumbered> {
        let mut moves = self.matched(taking)?;
        let (old, notes) = (&*taking.former.lowered, &taking.former.notes);
        let is_same = taking.taken(&self.declared.pieces).all(|(here, _)| here.is_clear_of(&self.outline.broken))
            && self.outline.rests_on == notes.rests_on
            && self.are_same_imports(old);
        if !is_same {
            return None;
        }
        self.strike_out_bodies(taking, &mut moves)?;
        self.strike_out_bindings(taking, &mut moves)?;
        let mut others = BTreeSet::new();
        self.other_names(notes, &moves, &mut others)?;
        self.other_members(taking, &moves, &mut others)?;
        self.others_beside(taking, &moves, &mut others)?;
        (others.is_empty() || self.are_said_nowhere_else(taking, &others)).then_some(moves)
    }

    /// Whether names were said only in the lines that have changed, and there in no function that was taken over.
    fn are_said_nowhere_else(&self, taking: &Taking<'_>, names: &BTreeSet<Name>) -> bool {
        if names.len() > OTHER_NAMES || names.iter().any(|name| CALLABLE_MEMBERS.contains(&&**name)) {
            return false;
        }
        let text = &*taking.former.text;
        let lines = taking.change.lines(text);
        let taken = taking.taken(&self.declared.pieces).map(|(_, piece)| piece.span);
        let taken: Vec<Span> = taken.filter(|piece| piece.intersects(lines)).collect();
        let is_elsewhere = |word: &str| {
            words(text, word)
                .map(|at| Span::at(at as u32))
                .any(|at| !lines.contains(at) || taken.iter().any(|piece| piece.contains(at)))
        };
        names.iter().all(|name| {
            let mut parts = parts(name).peekable();
            parts.peek().is_some() && !parts.any(is_elsewhere)
        })
    }

    /// What stands outside of functions and was there before, and what was taken over.
    fn matched(&self, taking: &Taking<'_>) -> Option<Renumbered> {
        let (old, notes, now) = (&*taking.former.lowered, &taking.former.notes, &self.declared);
        let count = |all: usize, pieces: &[Piece]| outside(all, pieces, |piece| &piece.classes).count();
        if count(old.classes.len(), &notes.pieces) != count(now.classes.len(), &now.pieces) {
            return None;
        }
        let begins = |body: &Body| body.span.start;
        let bodies = matched(
            taking,
            &now.pieces,
            |piece| &piece.bodies,
            (notes.declared, |id| old.bodies.get(id).map(|body| begins(body))),
            (now.bodies.len(), |id| now.bodies.get(id).map(begins)),
        );
        let begins = |binding: &Binding| binding.span.start;
        let bindings = matched(
            taking,
            &now.pieces,
            |piece| &piece.bindings,
            (old.bindings.len(), |id| old.bindings.get(id).map(begins)),
            (now.bindings.len(), |id| now.bindings.get(id).map(begins)),
        );
        let begins = |class: &Class| class.span.start;
        let classes = matched(
            taking,
            &now.pieces,
            |piece| &piece.classes,
            (old.classes.len(), |id| old.classes.get(id).map(begins)),
            (now.classes.len(), |id| now.classes.get(id).map(begins)),
        );
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

    /// Takes out the bodies that are something else now. `None` where the file itself is.
    fn strike_out_bodies(&self, taking: &Taking<'_>, moves: &mut Renumbered) -> Option<()> {
        let (old, notes) = (&*taking.former.lowered, &taking.former.notes);
        for before in outside(notes.declared, &notes.pieces, |piece| &piece.bodies) {
            let Some(now) = moves.body(BodyId(before)) else { continue };
            let (id, before) = (before as usize, old.body(BodyId(before)));
            let is_same = self.declared.bodies.get(now.0 as usize).is_some_and(|now| {
                (before.kind, &before.name) == (now.kind, &now.name)
                    && before.parent.map(|id| moves.body(id)) == now.parent.map(Some)
                    && before.class.map(|id| moves.class(id)) == now.class.map(Some)
            });
            if !is_same {
                *moves.bodies.get_mut(id)? = None;
            }
        }
        moves.body(BodyId(0)).map(|_| ())
    }

    /// Takes out the bindings that are something else now, and whatever rests on these.
    fn strike_out_bindings(&self, taking: &Taking<'_>, moves: &mut Renumbered) -> Option<()> {
        let (old, notes) = (&*taking.former.lowered, &taking.former.notes);
        for _ in 0..ROUNDS {
            let mut struck = false;
            for before in outside(old.bindings.len(), &notes.pieces, |piece| &piece.bindings) {
                let (id, before) = (before as usize, old.binding(BindingId(before)));
                let Some(now) = moves.bindings.get(id).copied().flatten() else { continue };
                let now = self.declared.bindings.get(now.0 as usize)?;
                if before.moved(moves).as_ref() != Some(now) {
                    *moves.bindings.get_mut(id)? = None;
                    struck = true;
                }
            }
            if !struck {
                return Some(());
            }
        }
        None
    }

    /// Notes the names that stand for something else where they are seen from functions. `None` where classes do.
    fn other_names(&self, notes: &Notes, moves: &Renumbered, others: &mut BTreeSet<Name>) -> Option<()> {
        let is_same = |old: &Symbol, now: &Symbol| match (old, now) {
            (Symbol::Binding(old), Symbol::Binding(now)) => moves.binding(*old) == Some(*now),
            (Symbol::Import(old), Symbol::Import(now)) => old == now,
            _ => false,
        };
        let scopes: Vec<_> = outer_scopes(&self.declared).collect();
        let class_named = &self.declared.class_named;
        let are_same_classes = scopes.len() == notes.scopes.len()
            && notes.class_named.len() == class_named.len()
            && notes.class_named.iter().all(|(name, old)| {
                class_named.get(name).is_some_and(|now| moves.class(*old).is_none_or(|old| old == *now))
            });
        if !are_same_classes {
            return None;
        }
        for ((class, old), now) in notes.scopes.iter().zip(scopes) {
            if class.map(|class| moves.class(class)) != now.class.map(Some) {
                return None;
            }
            let is_other = |(name, old): &(&Name, &Symbol)| !now.values.get(*name).is_some_and(|now| is_same(old, now));
            others.extend(old.iter().filter(is_other).map(|(name, _)| name.clone()));
            others.extend(now.values.keys().filter(|name| !old.contains_key(*name)).cloned());
        }
        Some(())
    }

    /// Notes the members of classes that are something else, wherever the classes end: no function asks for that. `None`
    /// where classes are something else by themselves.
    fn other_members(&self, taking: &Taking<'_>, moves: &Renumbered, others: &mut BTreeSet<Name>) -> Option<()> {
        let (old, notes) = (&*taking.former.lowered, &taking.former.notes);
        for before in outside(old.classes.len(), &notes.pieces, |piece| &piece.classes) {
            let (id, told) = (moves.class(ClassId(before))?, notes.classes.get(before as usize)?);
            let before = old.class(ClassId(before));
            let now = self.declared.classes.get(id.0 as usize)?;
            let facts = ToldOfClass::of(self.declared.class_facts.get(id.0 as usize)?);
            let is_same = (before.kind, &before.name, &before.decorators) == (now.kind, &now.name, &now.decorators)
                && before.parent.as_ref().map(|path| path.moved(moves)) == now.parent.clone().map(Some)
                && before.interfaces.moved(moves).as_ref() == Some(&now.interfaces)
                && told.kind == facts.kind
                && before.members.len() == told.members.len()
                && now.members.len() == facts.members.len();
            if !is_same {
                return None;
            }
            let is_same = |(old, told): (&Member, &ToldOfMember), (now, facts): (&Member, &ToldOfMember)| {
                old.moved(moves).as_ref() == Some(now) && told.moved(moves).as_ref() == Some(facts)
            };
            let before: Vec<_> = before.members.iter().zip(&told.members).collect();
            let now: Vec<_> = now.members.iter().zip(&facts.members).collect();
            let (head, tail) = alike_at_ends(&before, &now, |old, now| is_same(*old, *now));
            let others_of = |list: &[(&Member, &ToldOfMember)]| -> Vec<Name> {
                let others = list.iter().take(list.len() - tail).skip(head);
                others.map(|(member, _)| member.name.clone()).collect()
            };
            others.extend(others_of(&before).into_iter().chain(others_of(&now)));
        }
        Some(())
    }

    /// Notes what is there now alone, or was there before alone. `None` where what a class does when it is made is
    /// another: that has no name.
    fn others_beside(&self, taking: &Taking<'_>, moves: &Renumbered, others: &mut BTreeSet<Name>) -> Option<()> {
        let (old, notes, now) = (&*taking.former.lowered, &taking.former.notes, &self.declared);
        let numbers = moves.bodies.iter().map(|id| id.map(|id| id.0)).collect();
        let before = outside(notes.declared, &notes.pieces, |piece| &piece.bodies);
        let (gone, new) = unmatched(before, outside(now.bodies.len(), &now.pieces, |piece| &piece.bodies), numbers);
        let gone = gone.into_iter().map(|id| old.body(BodyId(id)));
        for body in gone.chain(new.into_iter().filter_map(|id| now.bodies.get(id as usize))) {
            if body.kind == BodyKind::Constructor {
                return None;
            }
            others.extend(body.name.clone());
        }
        let numbers = moves.bindings.iter().map(|id| id.map(|id| id.0)).collect();
        let before = outside(old.bindings.len(), &notes.pieces, |piece| &piece.bindings);
        let (gone, new) = unmatched(before, outside(now.bindings.len(), &now.pieces, |piece| &piece.bindings), numbers);
        let gone = gone.into_iter().map(|id| old.binding(BindingId(id)));
        let both = gone.chain(new.into_iter().filter_map(|id| now.bindings.get(id as usize)));
        others.extend(both.map(|binding| binding.name.clone()));
        Some(())
    }
}

/// By number of the former lowering, the number that it has now: of what was taken over, and of what stands outside of
/// functions. Where something has come or gone there, what stands before the change and behind it, by where it begins.
fn matched(
    taking: &Taking<'_>,
    pieces: &[Piece],
    part: fn(&Piece) -> &Range<u32>,
    (before, began): (usize, impl Fn(usize) -> Option<u32>),
    (now, begins): (usize, impl Fn(usize) -> Option<u32>),
) -> Vec<Option<u32>> {
    let mut moves = vec![None; before];
    for (here, piece) in taking.taken(pieces) {
        let pairs = part(piece).clone().zip(part(here).clone());
        pairs.for_each(|(before, now)| moves[before as usize] = Some(now));
    }
    let old: Vec<u32> = outside(before, &taking.former.notes.pieces, part).collect();
    let new: Vec<u32> = outside(now, pieces, part).collect();
    let is_same = |old: &u32, new: &u32| {
        let start = began(*old as usize).and_then(|start| taking.change.start(start));
        start.is_some() && start == begins(*new as usize)
    };
    let (head, tail) = if old.len() == new.len() { (old.len(), 0) } else { alike_at_ends(&old, &new, is_same) };
    let behind = |list: &[u32]| list.len() - tail;
    let pairs = old.iter().zip(&new).take(head).chain(old.iter().skip(behind(&old)).zip(new.iter().skip(behind(&new))));
    pairs.for_each(|(before, now)| moves[*before as usize] = Some(*now));
    moves
}

/// The numbers outside of functions that have no equal in the other lowering: of the former one, and of this one.
fn unmatched(
    before: impl Iterator<Item = u32>,
    now: impl Iterator<Item = u32>,
    moves: Vec<Option<u32>>,
) -> (Vec<u32>, Vec<u32>) {
    let known: FxHashSet<u32> = moves.iter().flatten().copied().collect();
    let is_gone = |id: &u32| moves.get(*id as usize).copied().flatten().is_none();
    (before.filter(is_gone).collect(), now.filter(|id| !known.contains(id)).collect())
}

/// How many things two lists begin with that are the same, and with how many others they end.
fn alike_at_ends<T>(old: &[T], new: &[T], is_same: impl Fn(&T, &T) -> bool) -> (usize, usize) {
    let most = old.len().min(new.len());
    let is_same = |(old, new): &(&T, &T)| is_same(old, new);
    let head = old.iter().zip(new).take_while(is_same).count();
    (head, old.iter().rev().zip(new.iter().rev()).take(most - head).take_while(is_same).count())
}

/// The words that a name is made of: a selector has several.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|it: char| !it.is_alphanumeric() && !matches!(it, '_' | '$')).filter(|part| !part.is_empty())
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
