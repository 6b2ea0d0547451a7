//! Identity before each node, on every path. Owns the flow equations over one body and its callees;
//! must not know rules.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::links::{LinkedBody, LinkedNode, body_of, links_of};
use super::runs::{Run, Runs};
use super::state::{PathState, Site};
use super::state_set::States;
use crate::database::Db;
use crate::linking::BodyAt;
use crate::lowering::{Body, BodyKind, Handling, Node, NodeId, Step};
use crate::vocabulary::Effect;

mod effects;
mod invocations;

use effects::assume;
pub use key::BodyKey;

/// The macro of the incremental engine makes a constructor that cannot carry documentation.
#[allow(missing_docs)]
mod key {
    use crate::linking::BodyAt;

    /// A body, as a key of queries.
    #[salsa::interned(debug)]
    pub struct BodyKey<'db> {
        /// The body.
        #[returns(copy)]
        pub at: BodyAt,
    }
}

/// The states of a body for one state at its entry. All lists are sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BodyStates {
    /// The states before each node, by the node's place.
    pub before: Vec<States>,
    /// The states with which it ends other than by an exception.
    pub exits: Vec<PathState>,
    /// Where it first waits, with the state there, in a run that ends there.
    pub waits: Vec<(NodeId, PathState)>,
    /// The states with which an exception leaves it.
    pub throws: Vec<PathState>,
}

/// Which part of a body is run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// All of it.
    #[default]
    Whole,
    /// An `async` body until it first waits: what runs before its caller goes on.
    UntilWait,
    /// The rest of it, for the state that the caller has come to in the meantime.
    FromWait,
}

/// How many states a node may have before the body is given up as too hard to follow: nothing is
/// certain behind it then.
const STATES: usize = 512;

/// The states of a body that is entered with nothing known. A recursive call contributes what is known of it
/// so far, until nothing new is found.
#[salsa::tracked(returns(ref))]
pub fn body_states<'db>(db: &'db dyn Db, key: BodyKey<'db>) -> BodyStates {
    let run = (key.at(db), Part::Whole, PathState::default());
    BodyStates::clone(&Runs::new(db).settled(run))
}

/// Where one state goes from one node.
#[derive(Default)]
pub(super) struct Outcome {
    next: Vec<PathState>,
    throws: Vec<PathState>,
}

/// What hears of every body that a node runs, with the state in which it is entered.
pub(super) type Entered<'a> = &'a mut dyn FnMut(BodyAt, Part, PathState);

/// The flow equations of one body.
pub(super) struct Flow<'r, 'db> {
    db: &'db dyn Db,
    at: BodyAt,
    body: &'db Body,
    links: &'db LinkedBody,
    runs: &'r Runs<'db>,
    /// The run that is solved, where it is to hear when what it calls has grown.
    solved: Cell<Option<Run>>,
}

impl<'r, 'db> Flow<'r, 'db> {
    pub(super) fn new(db: &'db dyn Db, at: BodyAt, runs: &'r Runs<'db>) -> Self {
        Self { db, at, body: body_of(db, at), links: links_of(db, at), runs, solved: Cell::new(None) }
    }

    /// The states of another run.
    fn run(&self, at: BodyAt, part: Part, entry: PathState) -> Rc<BodyStates> {
        self.runs.read((at, part, entry), self.solved.get())
    }

    pub(super) fn solve(&self, part: Part, entry: PathState) -> BodyStates {
        self.solved.set(Some((self.at, part, entry)));
        let mut before: Vec<States> = vec![States::default(); self.body.code_anywhere().nodes.len()];
        let mut exits = BTreeSet::new();
        let mut throws = BTreeSet::new();
        let mut waits = BTreeSet::new();
        let mut work = self.entries(part, entry);
        while let Some((id, state)) = work.pop() {
            let Some(states) = before.get_mut(id.0 as usize) else { continue };
            if !states.insert(state) {
                continue;
            }
            if states.len() > STATES || !self.runs.step() {
                return self.given_up(entry);
            }
            let node = self.body.code_anywhere().node(id);
            if part == Part::UntilWait && matches!(node.step, Step::Await) {
                waits.insert((id, state));
                continue;
            }
            let outcome = self.step(id, node, state, &mut |_, _, _| {});
            if id == Body::EXIT {
                exits.extend(outcome.next);
                continue;
            }
            work.extend(outcome.next.iter().flat_map(|state| node.next.iter().map(|next| (*next, *state))));
            match node.handler {
                Some(handler) => work.extend(outcome.throws.into_iter().map(|state| (handler, state))),
                None => throws.extend(outcome.throws),
            }
        }
        BodyStates {
            before,
            exits: exits.into_iter().collect(),
            waits: waits.into_iter().collect(),
            throws: throws.into_iter().collect(),
        }
    }

    /// Where a run of a part starts. The rest of a body starts where it first waited: what it had put off
    /// there is still to come. Of several such places those count at which the identity was what it is now:
    /// a `catch` that releases it waits later than the `try` that did not come so far.
    fn entries(&self, part: Part, entry: PathState) -> Vec<(NodeId, PathState)> {
        if part != Part::FromWait {
            return vec![(Body::ENTRY, entry)];
        }
        let first = self.run(self.at, Part::UntilWait, entry);
        let resumed = |waited: &PathState| PathState { assumed: waited.assumed, pending: waited.pending, ..entry };
        let waits = || first.waits.iter();
        let is_known = waits().any(|(_, waited)| entry.may_come_from(waited));
        let fits = |waited: &PathState| !is_known || entry.may_come_from(waited);
        waits().filter(|(_, waited)| fits(waited)).map(|(node, waited)| (*node, resumed(waited))).collect()
    }

    pub(super) fn given_up(&self, entry: PathState) -> BodyStates {
        BodyStates {
            before: vec![States::default(); self.body.code_anywhere().nodes.len()],
            exits: vec![PathState { left_at: None, ..entry.perhaps_release() }],
            waits: Vec::new(),
            throws: Vec::new(),
        }
    }

    /// Where a state goes from a node. `entered` hears of every body that runs on the way.
    pub(super) fn step(&self, id: NodeId, node: &Node, state: PathState, entered: Entered<'_>) -> Outcome {
        if id == Body::EXIT {
            return Outcome { next: self.flush(state, &mut Vec::new(), entered), throws: Vec::new() };
        }
        let link = self.links.node(id);
        match &node.step {
            Step::Assume { condition, holds } => {
                let next = match link {
                    Some(link) => assume(link, &condition.relation, *holds, state),
                    None => Some(state),
                };
                Outcome { next: next.into_iter().collect(), throws: Vec::new() }
            }
            Step::Await => self.wait(state, entered),
            Step::Throw => Outcome { next: Vec::new(), throws: vec![state] },
            Step::Call(call) => self.call(id, call.handling, call.caught, link, state, entered),
            Step::Assign(_) => {
                let forgotten = link.into_iter().flat_map(|link| &link.forgets);
                let state = forgotten.fold(state, |state, number| state.forget(*number));
                self.call(id, Handling::Used, true, link, state, entered)
            }
            Step::Run { .. } => self.invoke_all(link, state, entered),
            Step::Nothing | Step::Yield | Step::Return(_) | Step::Broken => {
                Outcome { next: vec![state], throws: Vec::new() }
            }
        }
    }

    fn wait(&self, state: PathState, entered: Entered<'_>) -> Outcome {
        let mut outcome = Outcome { next: Vec::new(), throws: vec![state.rejected()] };
        let mut rejected = Vec::new();
        outcome.next = self.flush(state.fulfilled(), &mut rejected, entered);
        // Only the promise chain behind a body that was started sees that body's rejection.
        if self.body.kind == BodyKind::Continuation {
            outcome.throws.extend(rejected);
        }
        outcome
    }

    fn call(
        &self,
        id: NodeId,
        handling: Handling,
        caught: bool,
        link: Option<&LinkedNode>,
        state: PathState,
        entered: Entered<'_>,
    ) -> Outcome {
        let awaited = matches!(handling, Handling::Awaited | Handling::Chained);
        let Some(link) = link else {
            let next = if awaited { state.awaiting(state) } else { state };
            return Outcome { next: vec![next], throws: vec![state] };
        };
        let site = Site { file: self.at.file, body: self.at.body, node: id };
        let mut after = state;
        for effect in &link.meaning.effects {
            // An action that empties a store ends nothing by itself: whoever listens to it does.
            if link.emits && *effect == Effect::ClearAuth {
                after.steps.cleared = true;
                continue;
            }
            after = self.effect(effect, site, handling, caught, after);
        }
        let is_run_by_caller = link.calls_parameter.is_some_and(|position| state.arguments.is_callback(position));
        if link.meaning.may_release && !is_run_by_caller {
            after = after.perhaps_release();
        }
        let mut outcome = self.invoke_all(Some(link), after, entered);
        if awaited {
            outcome.next = outcome.next.into_iter().map(|next| next.awaiting(state)).collect();
        }
        if !link.meaning.never_throws {
            // On the exceptional edge of a release the identity counts as released: only what throws
            // before it matters. What may release out of sight may have done so before it threw. Every
            // other step that throws has not happened.
            let released = link.meaning.effects.iter().any(|effect| matches!(effect, Effect::Anonymize(_)));
            let unwound = if link.meaning.may_release { state.perhaps_release() } else { state };
            outcome.throws.push(if released { after } else { unwound });
        }
        outcome
    }
}
