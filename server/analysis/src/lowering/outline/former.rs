//! What a lowering of an outline leaves for the next one of the same file, and what that one takes over. Owns what a
//! function says to the rest of its file, and which functions an edit has not touched; must not know graphs.
//!
//! A keystroke touches one function. The others are the same code, and where all that is outside of functions is what
//! it was, they mean the same: neither are they read again, nor lowered.

use std::ops::Range;

use rustc_hash::FxHashMap;
use tree_sitter::Node;

use super::scope::{ClassFacts, Symbol};
use super::{ClassKind, Function, FunctionBody};
use crate::lowering::again::{self, Numbers, Part};
use crate::lowering::moved::{Change, Moves};
use crate::lowering::{BindingId, Body, BodyId, BodyKind, ClassId, Name};
use crate::source::Span;

/// A lowering, and what the next one has to know of it.
pub(in crate::lowering) type Former = again::Former<Notes>;

/// What a lowering's result does not tell.
#[derive(Debug, Default)]
pub(in crate::lowering) struct Notes {
    /// How many bodies were declared. Those behind them are made of chains of futures.
    pub(super) declared: usize,
    /// The functions that see no names but those of the file and of their classes, in the order of what is in them.
    pub(super) pieces: Vec<Piece>,
    /// What names stand for outside of functions: in the file, and in each class.
    pub(super) scopes: Vec<(Option<ClassId>, FxHashMap<Name, Symbol>)>,
    pub(super) class_named: FxHashMap<Name, ClassId>,
    /// By class.
    pub(super) classes: Vec<ToldOfClass>,
    /// What reading a function rests on beside its own text.
    pub(super) rests_on: Vec<Name>,
}

/// What is told of a class beside itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ToldOfClass {
    pub(super) kind: ClassKind,
    /// By member: its own body, and those that run when it is assigned to.
    pub(super) members: Vec<(Option<BodyId>, Vec<BodyId>)>,
}

impl ToldOfClass {
    pub(super) fn of(facts: &ClassFacts<'_>) -> Self {
        let members = facts.members.iter().map(|member| (member.body, member.observers.clone()));
        Self { kind: facts.kind.clone(), members: members.collect() }
    }

    /// The same with the numbers of another lowering.
    pub(super) fn moved(&self, moves: &impl Moves) -> Option<Self> {
        let body = |id: &BodyId| moves.body(*id);
        let members = self.members.iter().map(|(own, observers)| {
            let own = own.as_ref().map(|own| body(own).ok_or(())).transpose().ok()?;
            Some((own, observers.iter().map(body).collect::<Option<_>>()?))
        });
        Some(Self { kind: self.kind.clone(), members: members.collect::<Option<_>>()? })
    }
}

/// A function, and what is in it, its parameters too: that stands together in each list.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) span: Span,
    /// The function itself.
    pub(super) head: BodyId,
    /// What it says of itself before its body.
    pub(super) form: Function,
    /// The bodies inside.
    pub(super) bodies: Range<u32>,
    pub(super) bindings: Range<u32>,
    pub(super) classes: Range<u32>,
    /// The names outside that it assigns to, and whether they are declared there.
    pub(super) writes: Vec<(Name, bool)>,
    /// Whether the rest of the file sees nothing else of what is inside.
    pub(super) is_silent: bool,
    /// The former piece that was taken over, by its place in the notes.
    pub(super) taken: Option<usize>,
}

impl Piece {
    /// Whether a body is the function, or inside of it.
    pub(super) fn holds(&self, body: BodyId) -> bool {
        self.head == body || self.bodies.contains(&body.0)
    }

    /// Whether none of the places that could not be read is inside of the function or at its bounds.
    pub(super) fn is_clear_of(&self, broken: &[Span]) -> bool {
        let is_apart = |place: &Span| place.end < self.span.start || place.start > self.span.end;
        broken.len() <= BROKEN && broken.iter().all(is_apart)
    }

    /// Whether a binding is one of those inside.
    pub(super) fn declares(&self, binding: BindingId) -> bool {
        self.bindings.contains(&binding.0)
    }
}

/// With how many places that could not be read functions are still looked at one by one.
const BROKEN: usize = 64;

/// A function's inside that is taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lowering) struct Kept {
    /// Its piece's place in the notes.
    pub(super) piece: usize,
    /// The bytes between its braces, or of its expression.
    pub(in crate::lowering) inner: Span,
}

/// What may be taken over from a former lowering.
#[derive(Debug)]
pub(in crate::lowering) struct Taking<'f> {
    pub(super) former: &'f Former,
    pub(super) change: Change,
    /// The pieces by where they begin now.
    places: FxHashMap<u32, usize>,
}

impl<'f> Taking<'f> {
    /// What may be taken over into a text, as the parser sees it. `None` where nothing may.
    pub(super) fn new(former: &'f Former, seen: &str) -> Option<Self> {
        let change = former.change(seen);
        let lowered = &former.lowered;
        // A chain belongs to the function that it stands in.
        let owner =
            |(id, body): (BodyId, &Body)| body.parent.filter(|_| body.kind == BodyKind::Continuation).unwrap_or(id);
        let broken: Vec<BodyId> = lowered.bodies().filter(|(_, body)| body.broken).map(owner).collect();
        let is_whole =
            |piece: &Piece| !broken.iter().any(|body| piece.holds(*body)) && piece.is_clear_of(&lowered.broken);
        let pieces = former.notes.pieces.iter().enumerate();
        let pieces = pieces.filter(|(_, piece)| piece.is_silent && is_whole(piece));
        let places: FxHashMap<u32, usize> =
            pieces.filter_map(|(index, piece)| Some((change.span(piece.span)?.start, index))).collect();
        (!places.is_empty()).then_some(Self { former, change, places })
    }

    /// The inside of a function that stands at these bytes now, if it is taken over. The node is what holds all of it.
    pub(in crate::lowering) fn body(&self, node: Node, span: Span) -> Option<Kept> {
        let piece = *self.places.get(&span.start)?;
        let Piece { span: before, head, .. } = self.former.notes.pieces.get(piece)?;
        if self.change.span(*before) != Some(span) || node.has_error() {
            return None;
        }
        let inner = self.change.within(*before, self.former.lowered.body(*head).inner);
        Some(Kept { piece, inner })
    }

    /// A function of a kind that stands at these bytes now, if its inside is taken over, without another look at its
    /// head. To be asked where nothing outside of these bytes tells what it says of itself.
    pub(in crate::lowering) fn function(&self, node: Node, span: Span, kind: BodyKind) -> Option<Function> {
        let kept = self.body(node, span)?;
        let piece = self.former.notes.pieces.get(kept.piece)?;
        let place = |span: Span| self.change.within(piece.span, span);
        (piece.form.kind == kind).then(|| piece.form.head(place, FunctionBody::Kept(kept)))
    }

    /// Whether bytes of the text were there before, and the same.
    pub(in crate::lowering) fn spares(&self, now: Span) -> bool {
        self.change.spares(now)
    }

    /// What was taken over, and where it stands in the lists.
    pub(super) fn parts(&self, pieces: &[Piece]) -> Vec<Part> {
        let numbers = |before: &Range<u32>, now: &Range<u32>| Numbers { before: before.clone(), now: now.start };
        let part = |(here, piece): (&Piece, &Piece)| Part {
            home: piece.span,
            head: Some((piece.head, here.head)),
            bodies: numbers(&piece.bodies, &here.bodies),
            bindings: numbers(&piece.bindings, &here.bindings),
            classes: numbers(&piece.classes, &here.classes),
        };
        self.taken(pieces).map(part).collect()
    }

    /// What was taken over: where it is now, and what it was.
    pub(super) fn taken<'d>(&self, pieces: &'d [Piece]) -> impl Iterator<Item = (&'d Piece, &'f Piece)> {
        let former = &self.former.notes.pieces;
        pieces.iter().filter_map(|here| Some((here, former.get(here.taken?)?)))
    }
}
