//! `duplicate-anonymize`: identity is already released on every way to the call.

use std::collections::BTreeMap;

use super::judged::{Judged, Unit};
use super::{Finding, Remedy, RemedyAction, Rule, Safety, Tag};
use crate::identity::{Deeds, Identity, NodeAt, Seen, all_are, deeds};
use crate::source::LineIndex;

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    let mut places: BTreeMap<NodeAt, Vec<NodeAt>> = BTreeMap::new();
    let mut stories = BTreeMap::new();
    for (at, _) in judged.releases() {
        if judged.is_broken(at.0) {
            continue;
        }
        // A callee that others call too is no duplicate for them: each walk is judged on its own, and
        // its own call is the place.
        let seen = judged.seen(at);
        let all_again = !seen.is_empty() && seen.iter().all(|(_, seen)| is_again(seen));
        let outermost = |unit: &Unit<'_>, way: &Seen| match all_again {
            true => judged.place(unit, at, way),
            false => judged.through_root(unit, at, way),
        };
        for (unit, _, place) in judged.faults_from(at, is_again, outermost) {
            let own = own_call(judged, unit, at, place);
            let again = own.map(|_| place);
            let place = own.unwrap_or(place);
            if place.0.file == judged.file {
                places.entry(place).or_default().push(at);
                stories.entry(place).or_insert((unit.root, again));
            }
        }
    }
    for (place, releases) in places {
        let (root, again) = stories[&place];
        let Some(unit) = judged.units.iter().find(|unit| unit.root == root) else { continue };
        // A call that also does other things of a logout is not the one to remove.
        let earlier = earlier(judged, unit, place).filter(|_| again.is_none());
        let by = earlier.map(|(at, call)| by_whom(judged, at, call)).unwrap_or_default();
        let mut finding = judged.finding(
            Rule::DuplicateAnonymize,
            Rule::DuplicateAnonymize.default_severity(),
            judged.node(place).span,
            match again {
                Some(again) => format!(
                    "Fullstory's identity is released here and again right behind, by `{}()`.",
                    judged.callee_name(again)
                ),
                None => format!("Fullstory's identity is already released on every way to this call{by}."),
            },
            "Remove it: each call counts against the platform's limit.".to_owned(),
        );
        finding.tag = Some(Tag::Unnecessary);
        if let Some((at, _)) = earlier {
            finding.related.push(judged.related(at, "released here already"));
        }
        if let Some(again) = again {
            finding.related.push(judged.related(again, "releases it again"));
        }
        if releases.contains(&place) || only_releases(judged, place) {
            finding.remedies.push(Remedy {
                title: "Remove the repeated call".to_owned(),
                safety: Safety::Safe,
                actions: vec![RemedyAction::Remove { body: place.0.body, node: place.1 }],
            });
        } else if let Some((earlier, _)) = earlier.filter(|(earlier, _)| earlier.0.file == judged.file) {
            finding.remedies.push(Remedy {
                title: "Remove the earlier call".to_owned(),
                safety: Safety::Suggestion,
                actions: vec![RemedyAction::Remove { body: earlier.0.body, node: earlier.1 }],
            });
        }
        findings.push(finding);
    }
}

/// The flow's own release before a callee that releases again and has other callers: they need the
/// callee's, so the flow's own one is too much.
fn own_call(judged: &Judged<'_>, unit: &Unit<'_>, at: NodeAt, place: NodeAt) -> Option<NodeAt> {
    let callers = judged.flows.callers.get(&at.0.body).map_or(0, Vec::len);
    if place == at || callers < 2 {
        return None;
    }
    let (own, _) = earlier(judged, unit, place)?;
    (judged.flows.whole(own.0.body) == judged.flows.whole(place.0.body)).then_some(own)
}

fn is_again(seen: &Seen) -> bool {
    all_are(&seen.states, Identity::Released)
}

/// The first release on a walk that does not come from the given place, with the call of it in that
/// place's body, else the root's.
fn earlier(judged: &Judged<'_>, unit: &Unit<'_>, place: NodeAt) -> Option<(NodeAt, NodeAt)> {
    let first = |at: NodeAt| {
        let ways = judged.apart(unit, at).into_iter().filter(|way| !is_again(way));
        let beside = |way: &Seen| way.chain.iter().copied().chain([at]).find(|link| link.0 == place.0);
        let calls = ways.map(|way| (at, beside(&way).unwrap_or_else(|| judged.through_root(unit, at, &way))));
        calls.into_iter().find(|(_, call)| *call != place)
    };
    let releases: Vec<NodeAt> = judged.releases().map(|(at, _)| at).collect();
    releases.into_iter().find_map(first)
}

/// "`auth.logout()` already does, on line 12", where a callee released it.
fn by_whom(judged: &Judged<'_>, earlier: NodeAt, call: NodeAt) -> String {
    if call == earlier || judged.call(call).is_none() {
        return String::new();
    }
    let file = earlier.0.file;
    let line = LineIndex::new(file.text(judged.db)).line(judged.node(earlier).span.start) + 1;
    format!(": `{}()` already does, {}", judged.callee_name(call), judged.spoken_place(file.path(judged.db), line))
}

/// Whether a call runs nothing but releases.
pub(super) fn only_releases(judged: &Judged<'_>, place: NodeAt) -> bool {
    let Some(link) = judged.link(place) else { return false };
    let others = Deeds::LOGOUT_STEP.and(Deeds::IDENTIFIES).and(Deeds::TRACKS).and(Deeds::REQUESTS);
    link.invocations.iter().all(|run| !deeds(judged.db, run.target).any(others))
}
