//! `reidentify-after-anonymize`: the same flow identifies the same user again at once.

use std::collections::BTreeSet;

use super::judged::Judged;
use super::{Finding, Remedy, RemedyAction, Rule, Safety};
use crate::identity::{Identity, NodeAt, all_are};
use crate::lowering::{BindingKind, Body, BodyId, NodeId, Path, Root, Step, Value};
use crate::vocabulary::{Effect, Identify};

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    for (at, identify) in judged.identifies() {
        let released = all_are(&judged.states(at), Identity::Released);
        if !released || judged.is_broken(at.0) || !is_same_user(judged, at, identify) {
            continue;
        }
        let seen = judged.seen(at);
        let Some((unit, first)) = seen.first() else { continue };
        let place = judged.place(unit, at, first);
        let Some(release) = release_just_before(judged, at, &first.chain) else { continue };
        if place.0.file != judged.file {
            continue;
        }
        let mut finding = judged.finding(
            Rule::ReidentifyAfterAnonymize,
            Rule::ReidentifyAfterAnonymize.default_severity(),
            judged.node(place).span,
            "The identity was released just before, and this identifies the same user again.".to_owned(),
            "Identify after the next login, with the user who logged in.".to_owned(),
        );
        finding.related.push(judged.related(release, "the identity is released here"));
        finding.remedies.push(Remedy {
            title: "Remove the call that identifies the user again".to_owned(),
            safety: Safety::Suggestion,
            actions: vec![RemedyAction::Remove { body: place.0.body, node: place.1 }],
        });
        findings.push(finding);
    }
}

/// Whether the user is the one who was there before: the current user by the vocabulary, or the very
/// expression that the flow identified before the release. A parameter is somebody whom the caller names.
fn is_same_user(judged: &Judged<'_>, at: NodeAt, identify: &Identify) -> bool {
    let text = |span| judged.text(span).split_whitespace().collect::<String>();
    let own = identify.uid_span.map(text);
    let before = judged.identifies().filter(|(other, _)| other.0 == at.0 && *other != at);
    let identified_before = before.into_iter().any(|(other, before)| {
        let states = judged.states(other);
        let earlier = states.iter().any(|state| state.identity.is_kept());
        earlier && own.is_some() && before.uid_span.map(text) == own
    });
    if identified_before {
        return true;
    }
    if is_parameter(judged, &identify.uid) {
        return false;
    }
    judged.vocabulary.is_current_user(&judged.view(), &identify.uid) || is_written_as_own_user(judged, at, identify)
}

/// Whether a uid is written as that of a property of the class around it: where the property's type is known,
/// the value tells the type and no longer the property's name.
fn is_written_as_own_user(judged: &Judged<'_>, at: NodeAt, identify: &Identify) -> bool {
    let Some(span) = identify.uid_span.filter(|_| judged.platform().is_native()) else { return false };
    let text = judged.text(span);
    let is_plain = |character: char| character.is_alphanumeric() || "_.?!()".contains(character);
    if !text.chars().all(is_plain) {
        return false;
    }
    let names = text.split('.').map(|name| name.trim_end_matches(['?', '!', '(', ')']));
    let is_receiver = |name: &&str| matches!(*name, "self" | "this");
    let names: Vec<&str> = names.skip_while(is_receiver).collect();
    let Some(first) = names.first().copied() else { return false };
    let body = judged.body(at.0);
    let class = body.class.and_then(|class| judged.lowered.classes.get(class.0 as usize));
    let is_member = class.is_some_and(|class| class.members.iter().any(|member| &*member.name == first));
    let through_receiver = text.split('.').next().is_some_and(|name| is_receiver(&name.trim_end_matches('?')));
    let is_hidden = || judged.lowered.bindings.iter().any(|it| &*it.name == first && encloses(judged, it.body, at));
    let is_changed = body.code_anywhere().nodes.iter().any(|node| match &node.step {
        Step::Assign(assign) => assign.written.iter().any(|name| &**name == first),
        _ => false,
    });
    let own: Vec<&str> = std::iter::once("this").chain(names).collect();
    is_member && (through_receiver || !is_hidden()) && !is_changed && judged.vocabulary.are_current_user(&own)
}

/// Whether a binding's body is the one at a place or around it.
fn encloses(judged: &Judged<'_>, outer: BodyId, at: NodeAt) -> bool {
    let mut here = Some(at.0.body);
    while let Some(body) = here {
        if body == outer {
            return outer != BodyId(0);
        }
        here = judged.lowered.bodies.get(body.0 as usize).and_then(|body| body.parent);
    }
    false
}

fn is_parameter(judged: &Judged<'_>, uid: &Value) -> bool {
    let Some(Path { root: Root::Local(binding), .. }) = uid.path() else { return false };
    judged.lowered.binding(binding).kind == BindingKind::Parameter
}

/// The release behind which nothing changes who the user is on the way to a node: no wait but for Fullstory
/// itself, no assignment, no call but of Fullstory, a log, or what the node's own arguments read. Where the
/// way comes from a caller, it goes on there.
fn release_just_before(judged: &Judged<'_>, at: NodeAt, chain: &[NodeAt]) -> Option<NodeAt> {
    let body = judged.body(at.0);
    let own = body.node(at.1).span;
    let before = |id: NodeId| body.nodes().filter(move |(_, node)| node.next.contains(&id)).map(|(other, _)| other);
    let mut release = None;
    let mut seen = BTreeSet::new();
    let mut work: Vec<NodeId> = before(at.1).collect();
    while let Some(id) = work.pop() {
        if !seen.insert(id) {
            continue;
        }
        if id == Body::ENTRY {
            let (caller, outer) = chain.split_last()?;
            release = Some(release_just_before(judged, *caller, outer)?);
            continue;
        }
        let effects = judged.link((at.0, id)).map(|link| &link.meaning.effects[..]).unwrap_or_default();
        if effects.iter().any(|effect| matches!(effect, Effect::Anonymize(_))) {
            release = Some((at.0, id));
            continue;
        }
        let harmless = match &body.node(id).step {
            Step::Nothing | Step::Assume { .. } => true,
            Step::Await => before(id).all(|waited| is_fullstory(judged, (at.0, waited))),
            Step::Call(_) if own.contains(body.node(id).span) => true,
            Step::Call(_) => judged.link((at.0, id)).is_some_and(|link| {
                link.meaning.never_throws && link.invocations.is_empty() && !link.meaning.may_release
            }),
            _ => false,
        };
        if !harmless {
            return None;
        }
        work.extend(before(id));
    }
    release
}

/// Whether a node is a call of Fullstory that leaves the user who it is, or nobody.
fn is_fullstory(judged: &Judged<'_>, at: NodeAt) -> bool {
    let effects = judged.link(at).map(|link| &link.meaning.effects[..]).unwrap_or_default();
    effects.iter().any(|effect| matches!(effect, Effect::Anonymize(_) | Effect::Track | Effect::UserProperty))
}
