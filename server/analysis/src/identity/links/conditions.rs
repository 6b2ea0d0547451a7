//! Conditions with their meanings in a body, and which of them are asked more than once. Must not know calls'
//! meanings or states.

use std::collections::BTreeMap;

use super::{LinkedNode, Linker};
use crate::lowering::{Body, BodyId, Condition, Name, NodeId, Relation, Root, Step, Value};
use crate::source::has_word;
use crate::vocabulary::{ConditionMeaning, Effect, Runs};

/// How many repeated conditions and later callbacks a body's path states can hold.
pub(super) const NUMBERS: u32 = 16;

impl Linker<'_> {
    /// What a condition means. In a listener for auth state the parameters are who is signed in.
    pub(super) fn condition(&self, at: (BodyId, NodeId), body: &Body, condition: &Condition) -> ConditionMeaning {
        let asked = self.meanings.asked(at.0, at.1);
        let meaning = asked.map_or(ConditionMeaning::Other, |asked| asked.in_project(condition, self.guards));
        let listens = self.runs.get(at.0.0 as usize) == Some(&Runs::OnAuthChange);
        if meaning != ConditionMeaning::Other || !listens || asked_parameter(body, condition).is_none() {
            return meaning;
        }
        match &condition.relation {
            Relation::Truthy | Relation::Present => ConditionMeaning::SomebodySignedIn,
            Relation::Equals(Value::Null | Value::Undefined | Value::Boolean(false)) => {
                ConditionMeaning::NobodySignedIn
            }
            _ => meaning,
        }
    }
}

/// The position of the parameter that a condition asks about, itself or a member of it.
pub(super) fn asked_parameter(body: &Body, condition: &Condition) -> Option<u32> {
    let Root::Local(binding) = condition.subject.path()?.root else { return None };
    body.parameters.iter().position(|parameter| *parameter == binding).map(|position| position as u32)
}

/// A condition that only asks whether what a call is made on is there (`tracker?.reset()`,
/// `if (onLogout) onLogout()`) guards that call alone: where the call may release the identity, it counts
/// as made. So does a way out behind `?.`: without a navigator there is no app to be in.
pub(super) fn take_own_guards(body: &Body, nodes: &mut [(NodeId, LinkedNode)]) {
    let releases = |node: &LinkedNode| {
        node.meaning.may_release
            || node.meaning.effects.iter().any(|effect| matches!(effect, Effect::Anonymize(_)))
            || node.invocations.iter().any(|invocation| invocation.by_name)
    };
    let mut callees: Vec<&[Name]> = Vec::new();
    let leaves = |node: &LinkedNode| node.meaning.effects.iter().any(|effect| matches!(effect, Effect::Navigate(_)));
    for (id, node) in body.nodes() {
        if let Step::Call(call) = &node.step
            && linked_at(nodes, id).is_some_and(|node| releases(node) || (call.optional && leaves(node)))
        {
            callees.push(&call.written);
        }
    }
    for (id, node) in body.nodes() {
        let Step::Assume { condition, .. } = &node.step else { continue };
        let Some(linked) = linked_at(nodes, id) else { continue };
        let asks = matches!(condition.relation, Relation::Truthy | Relation::Present);
        let written = &condition.written;
        if asks
            && !written.is_empty()
            && linked.condition == Some(ConditionMeaning::Other)
            && callees.iter().any(|callee| callee.starts_with(written))
        {
            linked.condition = Some(ConditionMeaning::SdkPresent);
        }
    }
}

/// Numbers the conditions that a body asks more than once, so that a path which found one to hold is not
/// followed to where it does not.
pub(super) fn number_conditions(body: &Body, nodes: &mut [(NodeId, LinkedNode)]) {
    let mut asked: BTreeMap<&Name, Vec<NodeId>> = BTreeMap::new();
    for (id, node) in body.nodes() {
        if let Step::Assume { condition, .. } = &node.step {
            asked.entry(&condition.text).or_default().push(id);
        }
    }
    let repeated = asked.iter().filter(|(_, places)| places.len() > 2);
    let numbered: Vec<(&Name, u32)> = repeated.map(|(text, _)| *text).zip(0..NUMBERS).collect();
    for (text, number) in &numbered {
        for id in &asked[text] {
            if let Some(node) = linked_at(nodes, *id) {
                node.condition_number = Some(*number);
            }
        }
    }
    if numbered.is_empty() {
        return;
    }
    for (id, node) in body.nodes() {
        let Step::Assign(assign) = &node.step else { continue };
        let Some(first) = assign.written.first() else { continue };
        let forgotten = numbered.iter().filter(|(text, _)| has_word(text, first)).map(|(_, number)| *number);
        if let Some(node) = linked_at(nodes, id) {
            node.forgets.extend(forgotten);
        }
    }
}

/// A node of a body among those that are linked, which stand in their order.
fn linked_at(nodes: &mut [(NodeId, LinkedNode)], id: NodeId) -> Option<&mut LinkedNode> {
    let place = nodes.binary_search_by_key(&id, |(id, _)| *id).ok()?;
    nodes.get_mut(place).map(|(_, linked)| linked)
}
