//! `anonymize-after-redirect`: the identity is released after the page or screen was left.

use std::collections::BTreeMap;

use super::duplicate_anonymize::only_releases;
use super::judged::{Judged, Unit};
use super::{Finding, Remedy, RemedyAction, Rule, Safety, Severity};
use crate::identity::{BodyAt, NodeAt, Seen, States};
use crate::lowering::NodeId;
use crate::vocabulary::{Effect, Reach};

/// Whether every way to a release has navigated, and none had released before.
fn is_late(states: &States) -> bool {
    !states.is_empty() && states.iter().all(|state| state.left_at.is_some() && state.identity.is_kept())
}

/// The walks on which a release comes too late, with the way to it and the place from which it does: the
/// release itself or the flow's call of what releases.
pub(super) fn late<'j>(judged: &'j Judged<'_>, at: NodeAt) -> Vec<(&'j Unit<'j>, Seen, NodeAt)> {
    let everywhere = is_late(&judged.states(at));
    judged.faults_from(
        at,
        |seen| is_late(&seen.states),
        |unit, way| if everywhere { judged.place(unit, at, way) } else { judged.through_root(unit, at, way) },
    )
}

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    let mut places: BTreeMap<NodeAt, (NodeAt, &Unit<'_>, Seen)> = BTreeMap::new();
    for (at, _) in judged.releases().filter(|(at, _)| !judged.is_broken(at.0)) {
        for (unit, way, place) in late(judged, at).into_iter().filter(|(.., place)| place.0.file == judged.file) {
            let (.., known) = places.entry(place).or_insert_with(|| (at, unit, way.clone()));
            known.states.extend(way.states);
        }
    }
    for (place, (at, unit, first)) in &places {
        let (place, at, states) = (*place, *at, &first.states);
        let document = states.iter().all(|state| state.navigated == Some(Reach::Document));
        let severity = if document { Severity::Error } else { Severity::Warning };
        let left = if document { "the page has already been left" } else { "the screen has already been left" };
        let why = if document {
            "the call may never run, and the next person's session goes under the last user's name"
        } else {
            "the next screen is still recorded under the user who is leaving"
        };
        let mut finding = judged.finding(
            Rule::AnonymizeAfterRedirect,
            severity,
            judged.node(place).span,
            format!("Fullstory's identity is released here after {left}: {why}."),
            "Move the call before the redirect.".to_owned(),
        );
        finding.related = judged.story(unit, first, place);
        let mut sites: Vec<NodeAt> = states
            .iter()
            .filter_map(|state| state.left_at)
            .map(|site| (BodyAt { file: site.file, body: site.body }, site.node))
            .collect();
        sites.sort_unstable();
        sites.dedup();
        finding.related.extend(sites.iter().map(|site| judged.related(*site, judged.leaves(*site))));
        if place != at {
            finding.related.push(judged.related(at, "anonymized here, too late"));
        }
        finding.remedies = remedies(judged, place, at, &sites);
        findings.push(finding);
    }
}

/// The events and user properties of a body that stand between a redirect and a late call, in order.
fn events_between(judged: &Judged<'_>, site: NodeAt, place: NodeAt) -> Vec<NodeId> {
    let (from, to) = (judged.node(site).span.end, judged.node(place).span.start);
    let is_told = |id: &NodeId| {
        let meaning = judged.link((place.0, *id)).map(|link| &link.meaning);
        let told = |effect: &Effect| matches!(effect, Effect::Track | Effect::UserProperty);
        meaning.is_some_and(|meaning| meaning.effects.iter().any(told))
    };
    let nodes = judged.body(place.0).nodes();
    let between = nodes.filter(|(_, node)| from <= node.span.start && node.span.end <= to);
    let mut events: Vec<(u32, NodeId)> =
        between.filter(|(id, _)| is_told(id)).map(|(id, node)| (node.span.start, id)).collect();
    events.sort_unstable();
    events.into_iter().map(|(_, id)| id).collect()
}

fn remedies(judged: &Judged<'_>, place: NodeAt, at: NodeAt, sites: &[NodeAt]) -> Vec<Remedy> {
    let mut remedies = Vec::new();
    if let [site] = sites
        && site.0 == place.0
    {
        remedies.push(Remedy {
            title: "Move the call before the redirect".to_owned(),
            safety: Safety::Safe,
            actions: vec![RemedyAction::MoveBefore {
                body: place.0.body,
                node: place.1,
                before: (site.0.body, site.1),
            }],
        });
        // What is told of the user who leaves goes with it.
        let events = events_between(judged, *site, place);
        if !events.is_empty() {
            let moved = events.into_iter().chain([place.1]);
            let actions =
                moved.map(|node| RemedyAction::MoveBefore { body: place.0.body, node, before: (site.0.body, site.1) });
            remedies.push(Remedy {
                title: "Move the event and the call before the redirect".to_owned(),
                safety: Safety::Safe,
                actions: actions.collect(),
            });
        }
    }
    // A call that does more than to release is not to be taken away.
    let is_release = place == at || only_releases(judged, place);
    if is_release && sites.iter().all(|site| site.0.file == judged.file) {
        let mut actions = vec![RemedyAction::Remove { body: place.0.body, node: place.1 }];
        actions.extend(sites.iter().map(|site| RemedyAction::AnonymizeBefore { body: site.0.body, node: site.1 }));
        remedies.push(Remedy {
            title: "Anonymize before the redirect instead".to_owned(),
            safety: Safety::Safe,
            actions,
        });
    }
    remedies
}
