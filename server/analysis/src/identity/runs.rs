//! Runs of bodies: the states of a body and of all that it runs, each for one state at its entry. Owns the
//! table of runs and what is run again when a callee's states have grown; must not know the flow equations.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::state::PathState;
use super::states::{BodyStates, Flow, Part};
use crate::database::Db;
use crate::linking::BodyAt;

/// A body, which part of it is run, and the state in which it is entered.
pub(super) type Run = (BodyAt, Part, PathState);

/// How many calls are followed one inside of the other before a body waits for its turn: each takes stack.
const DEPTH: u32 = 48;
/// How many steps the runs below one root may take in all. What is entered beyond that is too hard to follow:
/// nothing is certain behind it. A logout and all that it leads to takes some hundreds.
const STEPS: u32 = 20_000;
/// How often a run is repeated because what it calls calls it again.
const ROUNDS: u32 = 64;

#[derive(Default)]
struct Entry {
    states: Rc<BodyStates>,
    /// The runs that have taken these states into account.
    readers: FxHashSet<Run>,
    rounds: u32,
}

/// The runs below one root.
pub(super) struct Runs<'db> {
    db: &'db dyn Db,
    table: RefCell<FxHashMap<Run, Entry>>,
    again: RefCell<Vec<Run>>,
    depth: Cell<u32>,
    /// How many steps are left.
    steps: Cell<u32>,
}

impl<'db> Runs<'db> {
    pub(super) fn new(db: &'db dyn Db) -> Self {
        Self { db, table: RefCell::default(), again: RefCell::default(), depth: Cell::new(0), steps: Cell::new(STEPS) }
    }

    /// The states of a run, once nothing new comes of recursion.
    pub(super) fn settled(&self, run: Run) -> Rc<BodyStates> {
        self.read(run, None);
        loop {
            let Some(next) = self.again.borrow_mut().pop() else { break };
            self.solve(next);
        }
        self.read(run, None)
    }

    /// Takes one step; `false` where too many were taken.
    pub(super) fn step(&self) -> bool {
        let left = self.steps.get().checked_sub(1);
        self.steps.set(left.unwrap_or_default());
        left.is_some()
    }

    /// The states of a run as far as they are known; `reader` hears of more.
    pub(super) fn read(&self, run: Run, reader: Option<Run>) -> Rc<BodyStates> {
        let is_new = !self.table.borrow().contains_key(&run);
        if is_new {
            if self.steps.get() == 0 {
                return Rc::new(Flow::new(self.db, run.0, self).given_up(run.2));
            }
            self.table.borrow_mut().insert(run, Entry::default());
            if self.depth.get() < DEPTH {
                self.depth.set(self.depth.get() + 1);
                self.solve(run);
                self.depth.set(self.depth.get() - 1);
            } else {
                self.again.borrow_mut().push(run);
            }
        }
        let mut table = self.table.borrow_mut();
        let entry = table.entry(run).or_default();
        entry.readers.extend(reader);
        Rc::clone(&entry.states)
    }

    /// Solves a run; whoever has read less of it is solved again.
    fn solve(&self, run: Run) {
        let (at, part, state) = run;
        let states = Flow::new(self.db, at, self).solve(part, state);
        let mut table = self.table.borrow_mut();
        let entry = table.entry(run).or_default();
        entry.rounds += 1;
        if *entry.states == states || entry.rounds > ROUNDS {
            return;
        }
        entry.states = Rc::new(states);
        let mut again = self.again.borrow_mut();
        // In a fixed order, whatever the hash says.
        let mut readers: Vec<Run> = entry.readers.iter().copied().filter(|reader| !again.contains(reader)).collect();
        readers.sort_unstable();
        again.extend(readers);
    }
}
