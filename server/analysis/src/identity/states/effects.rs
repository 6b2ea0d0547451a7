//! What one step does to a state: its effect, and what a condition says of who is there. Must not know what else runs.

use super::super::links::LinkedNode;
use super::super::state::{PathState, Site, Steps};
use super::Flow;
use crate::lowering::{Handling, Relation, Step, Value};
use crate::vocabulary::{ConditionMeaning, Effect};

impl Flow<'_, '_> {
    pub(super) fn effect(
        &self,
        effect: &Effect,
        site: Site,
        handling: Handling,
        caught: bool,
        state: PathState,
    ) -> PathState {
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
                let node = self.body.code_anywhere().node(site.node);
                let raced = matches!(&node.step, Step::Call(call) if call.raced);
                let guarded = caught || node.handler.is_some();
                !(raced && guarded)
            }
            Handling::Returned | Handling::Chained | Handling::Used => false,
        }
    }
}

/// The state behind a condition, or `None` where no path goes on there.
pub(super) fn assume(link: &LinkedNode, relation: &Relation, holds: bool, state: PathState) -> Option<PathState> {
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
