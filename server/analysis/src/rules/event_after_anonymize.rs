//! `event-after-anonymize`: an event of the user who has left already.

use std::collections::BTreeSet;

use super::judged::Judged;
use super::{Finding, Remedy, RemedyAction, Rule, Safety};
use crate::identity::{BodyAt, Identity, NodeAt, Seen, all_are};
use crate::vocabulary::Effect;

/// The places of events that come after the release of the same flow. `missing-logout-event` is silent
/// beside them.
pub(super) fn late_events<'j>(judged: &'j Judged<'_>) -> &'j [(NodeAt, NodeAt)] {
    judged.late_events.get_or_init(|| find_late_events(judged))
}

fn find_late_events(judged: &Judged<'_>) -> Vec<(NodeAt, NodeAt)> {
    let mut found = Vec::new();
    for (at, effect) in judged.effects() {
        if !matches!(effect, Effect::Track | Effect::UserProperty) || judged.is_broken(at.0) {
            continue;
        }
        let late = judged.faults(at, is_late).into_iter();
        found.extend(late.filter(|(.., place)| place.0.file == judged.file).map(|(.., place)| (place, at)));
    }
    found.sort_unstable();
    found.dedup_by_key(|(place, _)| *place);
    found
}

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    for (place, event) in late_events(judged).iter().copied() {
        let (what, recorded) = match is_event(judged, event) {
            true => ("event comes", "it is recorded for"),
            false => ("user property is set", "it describes"),
        };
        let mut finding = judged.finding(
            Rule::EventAfterAnonymize,
            Rule::EventAfterAnonymize.default_severity(),
            judged.node(place).span,
            format!(
                "This {what} after the identity was released: {recorded} the new anonymous user, \
                 not the one who is leaving."
            ),
            "Move it before the call that anonymizes.".to_owned(),
        );
        let releases = releases_before(judged, place, event);
        finding.related.extend(releases.iter().map(|at| judged.related(*at, "the identity is released here")));
        if place != event {
            let sent = if is_event(judged, event) { "the event is sent here" } else { "the property is set here" };
            finding.related.push(judged.related(event, sent));
        }
        let own: Vec<&NodeAt> = releases.iter().filter(|release| is_around(judged, release.0, place.0)).collect();
        if let [release] = own[..] {
            finding.remedies.push(Remedy {
                title: "Move it before the call that anonymizes".to_owned(),
                safety: Safety::Safe,
                actions: vec![RemedyAction::MoveBefore {
                    body: place.0.body,
                    node: place.1,
                    before: (release.0.body, release.1),
                }],
            });
        }
        findings.push(finding);
    }
}

/// Whether a body is another one or around it.
fn is_around(judged: &Judged<'_>, outer: BodyAt, inner: BodyAt) -> bool {
    let mut body = Some(inner.body);
    while let Some(id) = body {
        if outer.file == inner.file && outer.body == id {
            return true;
        }
        body = judged.lowered.bodies.get(id.0 as usize).and_then(|body| body.parent);
    }
    false
}

fn is_event(judged: &Judged<'_>, at: NodeAt) -> bool {
    judged.link(at).is_some_and(|link| link.meaning.effects.contains(&Effect::Track))
}

fn is_late(seen: &Seen) -> bool {
    all_are(&seen.states, Identity::Released)
}

/// The nodes, in the body of the place or through its calls, that released the identity before.
fn releases_before(judged: &Judged<'_>, place: NodeAt, event: NodeAt) -> Vec<NodeAt> {
    let mut releases: Vec<NodeAt> = Vec::new();
    let late = judged.faults(event, is_late).into_iter().filter(|(.., at)| *at == place);
    let roots: BTreeSet<BodyAt> = late.map(|(unit, ..)| unit.root).collect();
    for (at, _) in judged.releases() {
        for (unit, way, from) in judged.faults(at, |seen| !is_late(seen)) {
            if roots.contains(&unit.root) {
                let inside = judged.flow_around(at.0).is_some() || at.0 == event.0;
                releases.push(if inside || way.chain.is_empty() { at } else { from });
            }
        }
    }
    releases.sort_unstable();
    releases.dedup();
    releases
}
