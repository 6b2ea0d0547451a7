//! The bodies of what was taken over from a former lowering, where they stand now. Must not know how it was told that
//! they still hold, or any grammar.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::moved::{Change, Moved, Moves, Renumbered, Shift};
use super::{Binding, Body, BodyId, BodyKind, Class, ClassId, LoweredFile};
use crate::source::Span;
use crate::syntax::difference;

/// A lowering, and what the next one has to know of it.
#[derive(Debug)]
pub(super) struct Former<N> {
    /// What the parser saw of the text.
    pub(super) text: Arc<str>,
    pub(super) lowered: Arc<LoweredFile>,
    pub(super) notes: N,
}

impl<N> Former<N> {
    pub(super) fn new(text: Arc<str>, lowered: Arc<LoweredFile>, notes: N) -> Self {
        Self { text, lowered, notes }
    }

    /// In what the text differs from another one, as the parser sees it.
    pub(super) fn change(&self, seen: &str) -> Change {
        let (start, old_end, new_end) = difference(&self.text, seen).unwrap_or((seen.len(), seen.len(), seen.len()));
        Change { start: start as u32, old_end: old_end as u32, new_end: new_end as u32 }
    }
}

/// What is taken over.
#[derive(Debug)]
pub(super) struct Again<'f> {
    old: &'f LoweredFile,
    moves: Renumbered,
    parts: Vec<Part>,
    /// The former bodies, by the number of the body.
    former: Vec<Option<FormerBody>>,
    /// The former bodies that stand outside of what is taken over, by the number of the body that may be the same.
    outside: FxHashMap<BodyId, BodyId>,
    /// The former bodies that were made of chains of callbacks, by the body around them.
    continuations: FxHashMap<BodyId, Vec<BodyId>>,
    /// Whether every number is what it was.
    is_in_place: bool,
}

/// Code that was not touched.
#[derive(Debug)]
pub(super) struct Part {
    /// Where it stood.
    pub(super) home: Span,
    /// The function that it is, before and now: what is outside of that says what is done with it.
    pub(super) head: Option<(BodyId, BodyId)>,
    pub(super) bodies: Numbers,
    pub(super) bindings: Numbers,
    pub(super) classes: Numbers,
}

/// Numbers of the former lowering, and the one that the first of them is now.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    pub(super) before: Range<u32>,
    pub(super) now: u32,
}

impl Numbers {
    /// Each number, with what it is now.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let Self { before, now } = self.clone();
        before.zip(now..).map(|(before, now)| (before as usize, now as usize))
    }
}

/// A body of the former lowering.
#[derive(Clone, Copy, Debug)]
struct FormerBody {
    id: BodyId,
    /// Where the code stood that it belongs to.
    home: Span,
    /// Whether it is itself what was taken over.
    is_head: bool,
}

impl<'f> Again<'f> {
    /// What is taken over of a former lowering, of which so many bodies were declared, into one of which so many are.
    pub(super) fn new(
        (old, declared): (&'f LoweredFile, usize),
        count: usize,
        moves: Renumbered,
        parts: Vec<Part>,
    ) -> Self {
        let mut former = vec![None; count];
        for part in &parts {
            let body = |id: usize| {
                let id = BodyId(id as u32);
                FormerBody { id, home: part.home, is_head: part.head.is_some_and(|(head, _)| head == id) }
            };
            let head = part.head.map(|(before, now)| (before.0 as usize, now.0 as usize));
            for (before, now) in part.bodies.pairs().chain(head) {
                if let Some(former) = former.get_mut(now) {
                    *former = Some(body(before));
                }
            }
        }
        let mut continuations: FxHashMap<BodyId, Vec<BodyId>> = FxHashMap::default();
        for (id, body) in old.bodies().skip(declared) {
            if let Some(parent) = body.parent {
                continuations.entry(parent).or_default().push(id);
            }
        }
        let is_in_place = moves.are_in_place();
        Self { old, moves, parts, former, outside: FxHashMap::default(), continuations, is_in_place }
    }

    /// Has the bodies outside of what is taken over compared with those which they were: where all names and classes
    /// that are seen from there are the same, a body that came out the same means the same.
    pub(super) fn with_what_is_outside(mut self) -> Self {
        let is_taken = |now: BodyId| matches!(self.former.get(now.0 as usize), Some(Some(_)));
        let bodies = self.moves.bodies.iter().zip(0..).filter_map(|(now, before)| Some(((*now)?, BodyId(before))));
        self.outside = bodies.filter(|(now, _)| !is_taken(*now)).collect();
        self
    }

    /// Whether a body's graph was taken over, and how many bodies of chains of callbacks with it: they get the numbers
    /// from `next` on.
    pub(super) fn keep(&mut self, id: BodyId, next: usize) -> Option<usize> {
        let former = self.former.get(id.0 as usize).copied().flatten()?;
        let chains = self.continuations.get(&former.id).map(Vec::as_slice).unwrap_or_default();
        self.former.resize(next, None);
        for (chain, now) in chains.iter().zip(next as u32..) {
            if let Some(moved) = self.moves.bodies.get_mut(chain.0 as usize) {
                *moved = Some(BodyId(now));
            }
            self.former.push(Some(FormerBody { id: *chain, is_head: false, ..former }));
        }
        Some(chains.len())
    }

    /// Puts what was taken over into its places in the lists, and gives the bodies in their final form. `None` where
    /// something of it rests on what is no more.
    fn complete(
        mut self,
        bodies: Vec<Body>,
        bindings: &mut [Binding],
        classes: &mut [Class],
    ) -> Option<Vec<Arc<Body>>> {
        for part in std::mem::take(&mut self.parts) {
            self.moves.home = Some(part.home);
            for (before, now) in part.bindings.pairs() {
                *bindings.get_mut(now)? = self.old.bindings.get(before)?.moved(&self.moves)?;
            }
            for (before, now) in part.classes.pairs() {
                *classes.get_mut(now)? = self.old.classes.get(before)?.moved(&self.moves)?;
            }
        }
        bodies.into_iter().zip(0..).map(|(body, id)| self.completed(BodyId(id), body)).collect()
    }

    /// What a class of the former lowering is now.
    pub(super) fn class(&self, former: ClassId) -> Option<ClassId> {
        self.moves.class(former)
    }

    fn completed(&mut self, id: BodyId, body: Body) -> Option<Arc<Body>> {
        let Some(former) = self.former.get(id.0 as usize).copied().flatten() else {
            return Some(self.same(id, &body).unwrap_or_else(|| body.kept()));
        };
        let known = self.old.bodies.get(former.id.0 as usize)?;
        self.moves.home = Some(former.home);
        if body.label.is_some() && !former.is_head {
            // Something outside tells what it is the handler of, which it did not before.
            return None;
        }
        let (side, by) = self.moves.change.side(former.home);
        let may_shift = self.keeps_numbers(id, former.id) && known.inside.is_within(side);
        if may_shift && by == Shift::default() && (!former.is_head || body.has_head_of(known)) {
            return Some(Arc::clone(known));
        }
        let moved = if may_shift { known.shifted(by)? } else { known.moved(&self.moves)? };
        Some(Arc::new(if former.is_head { body.with_inside_of(moved) } else { moved }))
    }

    /// The former body that a body was which was lowered anew, where it came out the same: what rests on that need not
    /// be told again.
    fn same(&mut self, id: BodyId, body: &Body) -> Option<Arc<Body>> {
        let known = self.old.bodies.get(self.outside.get(&id)?.0 as usize)?;
        self.moves.home = None;
        let stands = self.moves.change.span(known.span)?;
        if **known == *body {
            return Some(Arc::clone(known));
        }
        let may_be = stands == body.span && known.code().nodes.len() == body.code().nodes.len();
        let moved = may_be.then(|| known.moved(&self.moves)).flatten()?;
        (moved == *body).then(|| Arc::new(moved))
    }

    /// Whether a body, and whatever it names, has the number that it had.
    fn keeps_numbers(&self, id: BodyId, old: BodyId) -> bool {
        let around = match self.old.body(old) {
            Body { kind: BodyKind::Continuation, parent: Some(parent), .. } => *parent,
            _ => old,
        };
        let chains = self.continuations.get(&around).into_iter().flatten();
        let are_in_place = |chain: &BodyId| self.moves.body(*chain) == Some(*chain);
        id == old && self.is_in_place && chains.into_iter().all(are_in_place)
    }
}

/// The bodies of a lowering in their final form, with what was taken over, if anything was.
pub(super) fn completed(
    again: Option<Again<'_>>,
    bodies: Vec<Body>,
    bindings: &mut [Binding],
    classes: &mut [Class],
) -> Option<Vec<Arc<Body>>> {
    match again {
        Some(again) => again.complete(bodies, bindings, classes),
        None => Some(bodies.into_iter().map(Body::kept).collect()),
    }
}
