//! Identity before each node, on every path. Owns the flow equations over one body and its callees;
//! must not know rules.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::deeds::deeds;
use super::does::Deeds;
use super::flows::{ToldBy, flow_of};
use super::links::{Invocation, LinkedNode, When, linked};
use super::runs::{Run, Runs};
use super::state::{Arguments, PathState, Site, Steps};
use super::state_set::States;
use crate::database::{Db, lowered};
use crate::linking::BodyAt;
use crate::lowering::{Body, BodyKind, Handling, Node, NodeId, Relation, Step, Value};
use crate::vocabulary::{ConditionMeaning, Effect};

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
    runs: &'r Runs<'db>,
    /// The run that is solved, where it is to hear when what it calls has grown.
    solved: Cell<Option<Run>>,
}

impl<'r, 'db> Flow<'r, 'db> {
    pub(super) fn new(db: &'db dyn Db, at: BodyAt, runs: &'r Runs<'db>) -> Self {
        Self { db, at, body: lowered(db, at.file).body(at.body), runs, solved: Cell::new(None) }
    }

    /// The states of another run.
    fn run(&self, at: BodyAt, part: Part, entry: PathState) -> Rc<BodyStates> {
        self.runs.read((at, part, entry), self.solved.get())
    }

    pub(super) fn solve(&self, part: Part, entry: PathState) -> BodyStates {
        self.solved.set(Some((self.at, part, entry)));
        let mut before: Vec<States> = vec![States::default(); self.body.nodes.len()];
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
            let node = self.body.node(id);
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
            before: vec![States::default(); self.body.nodes.len()],
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
        let link = linked(self.db, self.at.file).node(self.at.body, id);
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

    fn effect(&self, effect: &Effect, site: Site, handling: Handling, caught: bool, state: PathState) -> PathState {
        match effect {
            Effect::Anonymize(anonymize) => {
                if anonymize.fault.is_some() {
                    return state.attempt();
                }
                let mut after = state.release();
                if anonymize.asynchronous && self.is_loose(site, handling, caught) {
                    after.asynchronous = Some(site);
                }
                after
            }
            Effect::Identify(identify) if identify.fault.is_some() => state.attempt(),
            Effect::Identify(_) => state.identify(),
            Effect::Navigate(reach) => state.navigate(*reach, site),
            Effect::Track => PathState { event: true, ..state },
            Effect::SignOut(_) => PathState { steps: Steps { any: true, ended: true, ..state.steps }, ..state },
            Effect::ClearAuth => PathState { steps: Steps { any: true, cleared: true, ..state.steps }, ..state },
            Effect::ResetsOther(_) => PathState { steps: Steps { any: true, ..state.steps }, ..state },
            Effect::UserProperty | Effect::ThirdPartySignOut(_) | Effect::Lookalike(_) | Effect::Request => state,
        }
    }

    /// Whether an `…Async` anonymize is of interest to the rules: nobody waits for it, or it is awaited
    /// without both a catch and a time-out.
    fn is_loose(&self, site: Site, handling: Handling, caught: bool) -> bool {
        match handling {
            Handling::Discarded | Handling::Voided => true,
            Handling::Awaited => {
                let node = self.body.node(site.node);
                let raced = matches!(&node.step, Step::Call(call) if call.raced);
                let guarded = caught || node.handler.is_some();
                !(raced && guarded)
            }
            Handling::Returned | Handling::Chained | Handling::Used => false,
        }
    }

    fn invoke_all(&self, link: Option<&LinkedNode>, state: PathState, entered: Entered<'_>) -> Outcome {
        let mut outcome = Outcome { next: vec![state], throws: Vec::new() };
        let Some(link) = link else { return outcome };
        let mut states = vec![state];
        // Several bodies called by name are the alternatives of one call; callbacks run one after another behind
        // them, and so do implementations of one interface: what any of them does counts as done.
        let is_alternative =
            |invocation: &&Invocation| invocation.by_name && !invocation.is_one_of_many && invocation.when == When::Now;
        let named: Vec<&Invocation> = link.invocations.iter().filter(is_alternative).collect();
        if !named.is_empty() {
            states = named
                .iter()
                .flat_map(|invocation| self.invoke(link, invocation, &states, &mut outcome.throws, entered))
                .collect();
        }
        for invocation in &link.invocations {
            if is_alternative(&invocation) {
                continue;
            }
            states = self.invoke(link, invocation, &states, &mut outcome.throws, entered);
        }
        states.sort_unstable();
        states.dedup();
        outcome.next = states;
        outcome
    }

    fn invoke(
        &self,
        link: &LinkedNode,
        invocation: &Invocation,
        states: &[PathState],
        throws: &mut Vec<PathState>,
        entered: Entered<'_>,
    ) -> Vec<PathState> {
        let arguments = arguments_for(link, invocation);
        match invocation.when {
            When::Afterwards => match link.pending_number {
                Some(number) => states.iter().map(|state| state.put_off(number)).collect(),
                None => self.enter(invocation.target, Part::Whole, arguments, states, throws, entered),
            },
            When::Started => match link.pending_number {
                Some(number) => self.start(invocation.target, arguments, number, states, throws, entered),
                None => self.enter(invocation.target, Part::Whole, arguments, states, throws, entered),
            },
            When::Now | When::Perhaps => self.enter(invocation.target, Part::Whole, arguments, states, throws, entered),
            When::Each => {
                // At least one element is assumed: a list of trackers that is empty identifies nobody.
                let mut all = States::default();
                let mut round = self.enter(invocation.target, Part::Whole, arguments, states, throws, entered);
                while !round.is_empty() {
                    round.retain(|state| all.insert(*state));
                    round = self.enter(invocation.target, Part::Whole, arguments, &round, throws, entered);
                }
                all.into_iter().collect()
            }
        }
    }

    /// Runs a body, or the rest of one that was started, from each of some states.
    fn enter(
        &self,
        target: BodyAt,
        part: Part,
        arguments: Arguments,
        states: &[PathState],
        throws: &mut Vec<PathState>,
        entered: Entered<'_>,
    ) -> Vec<PathState> {
        if self.is_of_no_account(target) {
            throws.extend(states);
            return states.to_vec();
        }
        let mut after = BTreeSet::new();
        for state in states {
            let entry = self.entry_of(target, arguments, *state);
            entered(target, part, entry);
            let callee = self.run(target, part, entry);
            let exits: Vec<PathState> = callee.exits.iter().map(|exit| self.left(target, *exit)).collect();
            after.extend(exits_to(*state, &exits));
            throws.extend(callee.throws.iter().map(|thrown| self.thrown(target, *thrown, *state)));
        }
        after.into_iter().collect()
    }

    /// Whether a body of another file changes nothing about identity, whatever it runs: most of a project's
    /// helpers, which are passed by.
    fn is_of_no_account(&self, target: BodyAt) -> bool {
        let of_account =
            Deeds::LOGOUT_STEP.and(Deeds::ANONYMIZES).and(Deeds::IDENTIFIES).and(Deeds::TRACKS).and(Deeds::MAY_RELEASE);
        target.file != self.at.file && !deeds(self.db, target).any(of_account)
    }

    /// A state as a body sees it on entry: one that says so by its name ends the session on every way behind
    /// its start, until it turns out to have left early.
    fn entry_of(&self, target: BodyAt, arguments: Arguments, state: PathState) -> PathState {
        let flow = flow_of(self.db, target);
        let ends = flow.is_some_and(|flow| flow.told_by == ToldBy::Name);
        let steps = Steps { ended: state.steps.ended || ends, ..state.steps };
        PathState { steps, ..state.entering(arguments) }
    }

    /// A state as a body leaves it: one that is a flow by its deeds has ended the session where it did them.
    fn left(&self, target: BodyAt, state: PathState) -> PathState {
        let flow = flow_of(self.db, target);
        let ends = flow.is_some_and(|flow| flow.told_by == ToldBy::Deed && flow.is_left_on(&state));
        PathState { steps: Steps { ended: state.steps.ended || ends, ..state.steps }, ..state }
    }

    /// A state as an exception leaves a body that was entered with another one. A logout that it leaves is
    /// unfinished: whoever catches it hears that the user is still there.
    fn thrown(&self, target: BodyAt, thrown: PathState, entry: PathState) -> PathState {
        let is_flow = flow_of(self.db, target).is_some();
        if is_flow {
            return PathState { steps: entry.steps, ..thrown.returning_to(entry) };
        }
        self.left(target, thrown).returning_to(entry)
    }

    /// Starts an `async` body that nobody awaits, up to where it first waits; the rest is put off. What it
    /// throws reaches nobody but the promise chain behind it.
    fn start(
        &self,
        target: BodyAt,
        arguments: Arguments,
        number: u32,
        states: &[PathState],
        throws: &mut Vec<PathState>,
        entered: Entered<'_>,
    ) -> Vec<PathState> {
        let mut after = BTreeSet::new();
        for state in states {
            let entry = self.entry_of(target, arguments, *state);
            entered(target, Part::UntilWait, entry);
            let callee = self.run(target, Part::UntilWait, entry);
            after.extend(callee.exits.iter().map(|exit| self.left(target, *exit).returning_to(*state)));
            after.extend(callee.waits.iter().map(|(_, waited)| waited.returning_to(*state).put_off(number)));
            if self.body.kind == BodyKind::Continuation {
                throws.extend(callee.throws.iter().map(|thrown| self.left(target, *thrown).returning_to(*state)));
            }
        }
        // A body that only fails leaves what was before it.
        if after.is_empty() { states.to_vec() } else { after.into_iter().collect() }
    }

    /// Runs what was put off, in the order in which it was started.
    fn flush(&self, state: PathState, throws: &mut Vec<PathState>, entered: Entered<'_>) -> Vec<PathState> {
        if state.pending == 0 {
            return vec![state];
        }
        let pending = state.pending;
        let mut states = vec![PathState { pending: 0, ..state }];
        for (_, link) in linked(self.db, self.at.file).nodes(self.at.body) {
            let Some(number) = link.pending_number else { continue };
            if pending & (1 << number) == 0 {
                continue;
            }
            for invocation in &link.invocations {
                let (target, before) = (invocation.target, states);
                let arguments = arguments_for(link, invocation);
                states = match invocation.when {
                    When::Afterwards => {
                        self.enter(target, Part::Whole, Arguments::default(), &before, &mut Vec::new(), entered)
                    }
                    When::Started => self.enter(target, Part::FromWait, arguments, &before, throws, entered),
                    _ => before.clone(),
                };
                // A callback that only fails leaves what was before it.
                if states.is_empty() {
                    states = before;
                }
            }
        }
        states
    }
}

/// What a body that a node runs is given: a callback is given other things than the call that runs it.
fn arguments_for(link: &LinkedNode, invocation: &Invocation) -> Arguments {
    if invocation.by_name { link.arguments } else { Arguments::default() }
}

/// A callee's exits as its caller goes on with them. Where others of them have a step of a logout, one without
/// any has left early and ended nothing.
fn exits_to<'e>(
    caller: PathState,
    exits: impl IntoIterator<Item = &'e PathState> + Clone,
) -> impl Iterator<Item = PathState> {
    let does_steps = exits.clone().into_iter().any(|exit| exit.steps.any);
    exits.into_iter().map(move |exit| {
        let ended = exit.steps.ended && (exit.steps.any || !does_steps) || caller.steps.ended;
        PathState { steps: Steps { ended, ..exit.steps }, ..exit.returning_to(caller) }
    })
}

/// The state behind a condition, or `None` where no path goes on there.
fn assume(link: &LinkedNode, relation: &Relation, holds: bool, state: PathState) -> Option<PathState> {
    let is_absent = link.asks_parameter.is_some_and(|position| state.arguments.is_absent(position));
    let is_there = match relation {
        Relation::Truthy | Relation::Present => holds,
        Relation::Equals(Value::Null | Value::Undefined | Value::Boolean(false)) => !holds,
        _ => false,
    };
    if is_absent && is_there {
        return None;
    }
    let state = match link.condition_number {
        Some(number) => state.assume(number, holds)?,
        None => state,
    };
    match (link.condition.unwrap_or(ConditionMeaning::Other), holds) {
        (ConditionMeaning::SdkPresent, false) | (ConditionMeaning::SdkMissing, true) => None,
        // A way on which nobody is to leave is no logout's.
        (ConditionMeaning::Leaving, false) | (ConditionMeaning::Staying, true) => None,
        (ConditionMeaning::NobodySignedIn, true) | (ConditionMeaning::SomebodySignedIn, false) => Some(state.nobody()),
        // Whoever meant to leave has not: what comes on this way is no part of a logout.
        (ConditionMeaning::Failed, true) | (ConditionMeaning::Succeeded, false) if state.left_at.is_none() => {
            Some(state.stays())
        }
        _ => Some(state),
    }
}
