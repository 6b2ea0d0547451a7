//! What a lowering leaves for the next one of the same file, and what that one takes over. Owns what a function or a
//! class of the file's outermost level says to the rest of the file; must not know graphs.
//!
//! A keystroke touches one function. The others are the same code in the same surroundings, so that what was
//! lowered of them is taken over, moved to where it stands now: of a class that was not touched, all that stands
//! between its braces, and of one that was, its other functions.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::scope::{BindingFacts, Declarations, Symbol};
use crate::lowering::again::{self, Numbers, Part};
use crate::lowering::moved::Change;
use crate::lowering::{BodyId, ClassId, Name};
use crate::source::Span;

/// A lowering, and what the next one has to know of it.
pub(in crate::lowering) type Former = again::Former<Notes>;

/// What a lowering's result does not tell.
#[derive(Debug, Default)]
pub(in crate::lowering) struct Notes {
    /// How many bodies were declared. Those behind them are made of promise chains.
    pub(super) declared: usize,
    /// The functions of the outermost level whose insides may be taken over, in order.
    pub(super) functions: Vec<Piece>,
    /// The bodies of classes of the outermost level that may be taken over, in order. Functions of theirs are among
    /// the others too.
    pub(super) classes: Vec<Piece>,
    /// What the names of the file's scope stand for.
    pub(super) values: FxHashMap<Name, Symbol>,
    pub(super) types: FxHashMap<Name, Symbol>,
    /// By binding: what is told of it beside the binding itself.
    pub(super) told: Vec<Told>,
    /// Names of members that are assigned to.
    pub(super) written_members: FxHashSet<Name>,
    pub(super) required: FxHashSet<Name>,
    /// By class: which of its members are read-only; `None` inside of functions.
    pub(super) readonly: Vec<Option<Vec<bool>>>,
}

impl Notes {
    /// Whether a name that stands somewhere in a function is one that the function declares.
    pub(super) fn is_own(&self, name: &Name, place: Span) -> bool {
        let function = place_of(&self.functions, place).and_then(|index| self.functions.get(index));
        function.is_some_and(|function| {
            let place = place.inside(function.span);
            function.own.iter().any(|(own, hides)| own == name && hides.contains(place))
        })
    }

    /// The functions of a class's body, with their places.
    pub(super) fn functions_in(&self, class: &Piece) -> impl Iterator<Item = (usize, &Piece)> {
        let first = self.functions.partition_point(|function| function.span.start < class.span.start);
        let functions = self.functions.iter().enumerate().skip(first);
        functions.take_while(move |(_, function)| class.span.contains(function.span))
    }
}

/// The place of the piece in which something stands, among pieces in order.
pub(super) fn place_of(pieces: &[Piece], span: Span) -> Option<usize> {
    let behind = pieces.partition_point(|piece| piece.span.start <= span.start);
    behind.checked_sub(1).filter(|index| pieces.get(*index).is_some_and(|it| it.span.contains(span)))
}

/// What is told of a binding beside itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Told {
    is_assigned_to: bool,
    has_members_assigned_to: bool,
    has_type: bool,
    /// Whether types may be named through it.
    pub(super) holds_types: bool,
}

impl Told {
    pub(super) fn of(facts: &BindingFacts<'_>) -> Self {
        Self {
            is_assigned_to: facts.reassigned,
            has_members_assigned_to: facts.member_written,
            has_type: facts.type_node.is_some(),
            holds_types: facts.origin.holds_types(),
        }
    }
}

/// A function of the outermost level, or the body of a class, with everything inside. What it holds stands together
/// in each list.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) span: Span,
    /// The kind of its node, by its number in the grammar.
    pub(super) kind: u16,
    /// A function itself, and the bodies inside.
    pub(super) bodies: Range<u32>,
    /// A function's parameters, and what is declared inside.
    pub(super) bindings: Range<u32>,
    pub(super) classes: Range<u32>,
    pub(super) imports: Range<u32>,
    pub(super) comments: Range<u32>,
    /// The class that `this` is an instance of; of a class's body that class.
    pub(super) this_class: Option<ClassId>,
    /// Names outside that it assigns to, or to a member of; from its first byte.
    pub(super) writes: Vec<(Span, bool)>,
    /// Names of members that it assigns to; from its first byte.
    pub(super) member_writes: Vec<Span>,
    /// The names that a function declares, and where each hides one from outside; from its first byte.
    pub(super) own: Arc<[(Name, Span)]>,
}

impl Piece {
    /// The function itself, where it is one.
    pub(super) fn head(&self) -> BodyId {
        BodyId(self.bodies.start)
    }
}

/// Pieces by their places in the notes.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub(super) functions: FxHashSet<usize>,
    pub(super) classes: FxHashSet<usize>,
}

impl Pieces {
    pub(super) fn is_empty(&self) -> bool {
        self.functions.is_empty() && self.classes.is_empty()
    }
}

/// What may be taken over from a former lowering.
#[derive(Debug)]
pub(super) struct Taking<'f> {
    pub(super) former: &'f Former,
    pub(super) change: Change,
    /// The functions by where they begin now.
    functions: FxHashMap<u32, usize>,
    /// The bodies of classes by where they begin now.
    classes: FxHashMap<u32, usize>,
}

impl<'f> Taking<'f> {
    /// What may be taken over into a text, as the parser sees it. `None` where nothing may.
    pub(super) fn new(former: &'f Former, seen: &str) -> Option<Self> {
        let change = former.change(seen);
        let places = |pieces: &[Piece]| -> FxHashMap<u32, usize> {
            pieces.iter().zip(0..).filter_map(|(it, index)| Some((change.span(it.span)?.start, index))).collect()
        };
        let (functions, classes) = (places(&former.notes.functions), places(&former.notes.classes));
        let is_anything = !functions.is_empty() || !classes.is_empty();
        is_anything.then_some(Self { former, change, functions, classes })
    }

    /// Leaves pieces out.
    pub(super) fn without(&mut self, unfit: &Pieces) {
        self.functions.retain(|_, index| !unfit.functions.contains(index));
        self.classes.retain(|_, index| !unfit.classes.contains(index));
    }

    /// The function that stood where one stands now.
    pub(super) fn function(&self, now: Span) -> Option<(usize, &'f Piece)> {
        self.piece(&self.functions, &self.former.notes.functions, now)
    }

    /// The body of a class that stood where one stands now.
    pub(super) fn class(&self, now: Span) -> Option<(usize, &'f Piece)> {
        self.piece(&self.classes, &self.former.notes.classes, now)
    }

    fn piece(&self, places: &FxHashMap<u32, usize>, pieces: &'f [Piece], now: Span) -> Option<(usize, &'f Piece)> {
        let index = *places.get(&now.start)?;
        let piece = pieces.get(index)?;
        (self.change.span(piece.span) == Some(now)).then_some((index, piece))
    }

    /// What was taken over, and where it stands in the lists.
    pub(super) fn parts(&self, declared: &Declarations<'_>) -> Vec<Part> {
        let part = |(here, piece): (&Outermost, &Piece)| Part {
            home: piece.span,
            head: here.of_class.is_none().then(|| (piece.head(), here.body)),
            bodies: Numbers { before: piece.bodies.clone(), now: here.body.0 },
            bindings: Numbers { before: piece.bindings.clone(), now: here.binding as u32 },
            classes: Numbers { before: piece.classes.clone(), now: here.class as u32 },
        };
        self.taken(declared).map(part).collect()
    }

    /// What was taken over, with where it begins now.
    pub(super) fn taken<'d>(&self, declared: &'d Declarations<'_>) -> impl Iterator<Item = (&'d Outermost, &'f Piece)> {
        let notes = &self.former.notes;
        let functions = declared.outermost.iter().map(|here| (here, &notes.functions));
        let classes = declared.class_bodies.iter().map(|here| (here, &notes.classes));
        functions.chain(classes).filter_map(|(here, pieces)| Some((here, pieces.get(here.taken?)?)))
    }
}

/// A function of the outermost level, or the body of a class, while the tree is walked over: where it begins in each
/// list.
#[derive(Debug)]
pub(super) struct Outermost {
    /// The function itself; of a class's body what is declared in it next.
    pub(super) body: BodyId,
    /// The class that a class's body is of.
    pub(super) of_class: Option<ClassId>,
    /// The kind of its node, by its number in the grammar.
    pub(super) kind: u16,
    pub(super) binding: usize,
    pub(super) class: usize,
    pub(super) import: usize,
    /// Whether the parser read all of it.
    pub(super) is_whole: bool,
    /// The former piece that was taken over, by its place in the notes.
    pub(super) taken: Option<usize>,
}
