//! What the bodies that a node runs do to a state, now or when the caller has waited. Must not know single effects.

use std::collections::BTreeSet;

use super::super::deeds::deeds;
use super::super::does::Deeds;
use super::super::flows::{ToldBy, flow_of};
use super::super::links::{Invocation, LinkedNode, When};
use super::super::state::{Arguments, PathState, Steps};
use super::super::state_set::States;
use super::{Entered, Flow, Outcome, Part};
use crate::linking::BodyAt;
use crate::lowering::BodyKind;

impl Flow<'_, '_> {
    pub(super) fn invoke_all(&self, link: Option<&LinkedNode>, state: PathState, entered: Entered<'_>) -> Outcome {
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
    pub(super) fn flush(&self, state: PathState, throws: &mut Vec<PathState>, entered: Entered<'_>) -> Vec<PathState> {
        if state.pending == 0 {
            return vec![state];
        }
        let pending = state.pending;
        let mut states = vec![PathState { pending: 0, ..state }];
        for (_, link) in self.links.nodes() {
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
