//! What a body does, wherever it stands: code behind an edit is what it was, some bytes further on. Owns that its places
//! are not counted anew before somebody asks for them; must not know why it has moved.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt;
use std::hash::BuildHasher;
use std::sync::{Arc, LazyLock, OnceLock};

use rustc_hash::FxBuildHasher;

use super::moved::{Moved, Moves, Shift};
use super::{Node, NodeId, Statement, Value};
use crate::source::Span;

/// What a body does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// Its control-flow graph. Node 0 is the entry, node 1 the exit; both are [`Step::Nothing`](super::Step::Nothing).
    pub nodes: Vec<Node>,
    /// The statements that the nodes stand in.
    pub statements: Vec<Statement>,
    /// What it returns, one value for each `return` (an arrow's expression too).
    pub returns: Vec<Value>,
}

impl Code {
    /// The nodes with their numbers.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.nodes.iter().enumerate().map(|(index, node)| (NodeId(index as u32), node))
    }

    /// A node by its number.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }
}

/// Code, and how far it stands from where it was lowered. Two of these are equal where the code is, at equal places.
#[derive(Clone)]
pub struct Inside {
    lowered: Arc<Lowered>,
    shift: Shift,
    /// The code where it stands now, once somebody has asked for it.
    here: OnceLock<Box<Code>>,
}

/// Code as it was lowered.
#[derive(Clone, Default)]
struct Lowered {
    code: Code,
    /// What holds all of its places, once somebody has asked for that: a constant's value stands where that is
    /// declared.
    bounds: OnceLock<Span>,
    /// The names that its calls end with, likewise.
    called: OnceLock<Box<[NameHash]>>,
}

/// A name, told from most others by a number: it is nothing that has to be looked for in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameHash(u32);

impl NameHash {
    /// The number of a name.
    pub fn of(name: &str) -> Self {
        Self(FxBuildHasher.hash_one(name) as u32)
    }
}

impl Inside {
    /// The code, at its places in the text.
    pub(super) fn code(&self) -> &Code {
        if self.shift == Shift::default() {
            return &self.lowered.code;
        }
        // A shift has a place for every place.
        self.here.get_or_init(|| Box::new(self.lowered.code.moved(&self.shift).unwrap_or_default()))
    }

    /// The code, at its places in the text of which it was lowered.
    pub(super) fn code_anywhere(&self) -> &Code {
        &self.lowered.code
    }

    /// The names that its calls end with, each once.
    pub(super) fn called(&self) -> &[NameHash] {
        self.lowered.called.get_or_init(|| {
            let calls = self.lowered.code.nodes.iter().filter_map(Node::call);
            let names: BTreeSet<NameHash> =
                calls.filter_map(|it| it.written.last()).map(|it| NameHash::of(it)).collect();
            names.into_iter().collect()
        })
    }

    /// The code, to be changed.
    pub(super) fn code_mut(&mut self) -> &mut Code {
        if self.shift != Shift::default() {
            *self = self.code().clone().into();
        }
        let lowered = Arc::make_mut(&mut self.lowered);
        (lowered.bounds, lowered.called) = Default::default();
        &mut lowered.code
    }

    /// Whether all of its places lie in a part of the text.
    pub(super) fn is_within(&self, part: Span) -> bool {
        let bounds = self.lowered.bounds.get_or_init(|| Bounds::of(&self.lowered.code));
        self.shift.span(*bounds).is_some_and(|bounds| part.contains(bounds))
    }

    /// The same code, so much further on.
    pub(super) fn shifted(&self, by: Shift) -> Self {
        Self { lowered: Arc::clone(&self.lowered), shift: self.shift.then(by), here: OnceLock::new() }
    }

    /// Gives back the memory that the lists took while they grew.
    pub(super) fn shrink(&mut self) {
        if let Some(lowered) = Arc::get_mut(&mut self.lowered) {
            lowered.code.returns.shrink_to_fit();
        }
    }
}

impl From<Code> for Inside {
    fn from(code: Code) -> Self {
        let lowered = Lowered { code, ..Lowered::default() };
        Self { lowered: Arc::new(lowered), shift: Shift::default(), here: OnceLock::new() }
    }
}

impl Default for Inside {
    fn default() -> Self {
        static NOTHING: LazyLock<Arc<Lowered>> = LazyLock::new(Arc::default);
        Self { lowered: Arc::clone(&NOTHING), shift: Shift::default(), here: OnceLock::new() }
    }
}

impl PartialEq for Inside {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.lowered, &other.lowered) && self.shift == other.shift || self.code() == other.code()
    }
}

impl Eq for Inside {}

impl fmt::Debug for Inside {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.code().fmt(formatter)
    }
}

/// What holds all the places that are asked for.
struct Bounds(Cell<Option<Span>>);

impl Bounds {
    fn of(code: &Code) -> Span {
        let bounds = Self(Cell::default());
        code.moved(&bounds);
        bounds.0.get().unwrap_or_default()
    }
}

impl Moves for Bounds {
    fn span(&self, span: Span) -> Option<Span> {
        let around = self.0.get().unwrap_or(span);
        self.0.set(Some(Span::new(around.start.min(span.start), around.end.max(span.end))));
        Some(span)
    }
}
