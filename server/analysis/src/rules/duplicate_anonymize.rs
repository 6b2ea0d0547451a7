//! `duplicate-anonymize`: identity is already released on every way to the call.

use std::collections::BTreeMap;

use super::judged::{Judged, Unit};
use super::{Finding, Remedy, RemedyAction, Rule, Safety, Tag};
use crate::identity::{Identity, NodeAt, Seen};
use crate::source::LineIndex;

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    let mut places: BTreeMap<NodeAt, Vec<NodeAt>> = BTreeMap::new();
    let mut stories = BTreeMap::new();
    for (at, _) in judged.releases() {
        let seen = judged.seen(at);
        // A callee that others call too is no duplicate for them: each walk is judged on its own, and
        // its own call is the place.
        let all_again = !seen.is_empty() && seen.iter().all(|(_, seen)| is_again(seen));
        for (unit, first) in &seen {
            if !is_again(first) || judged.is_broken(at.0) {
                continue;
            }
            let place = if all_again { judged.place(unit, at, first) } else { judged.through_root(unit, at, first) };
            let place = own_call(judged, unit, at, place).unwrap_or(place);
            if place.0.file == judged.file {
                places.entry(place).or_default().push(at);
                stories.entry(place).or_insert((unit.root, at));
            }
        }
    }
    for (place, releases) in places {
        let (root, at) = stories[&place];
        let Some(unit) = judged.units.iter().find(|unit| unit.root == root) else { continue };
        // A call that also does other things of a logout is not the one to remove.
        let earlier = earlier(judged, unit, at).filter(|earlier| *earlier != place);
        let again = judged.seen(at).first().map(|(unit, seen)| judged.through_root(unit, at, seen));
        let by = earlier.map(|earlier| by_whom(judged, unit, earlier, place)).unwrap_or_default();
        let mut finding = judged.finding(
            Rule::DuplicateAnonymize,
            Rule::DuplicateAnonymize.default_severity(),
            judged.node(place).span,
            match again.filter(|_| earlier.is_none()) {
                Some(again) => format!(
                    "Fullstory's identity is released here and again right behind, by `{}()`.",
                    judged.callee_name(again)
                ),
                None => format!("Fullstory's identity is already released on every way to this call{by}."),
            },
            "Remove it: each call counts against the platform's limit.".to_owned(),
        );
        finding.tag = Some(Tag::Unnecessary);
        if let Some(earlier) = earlier {
            finding.related.push(judged.related(earlier, "released here already"));
        }
        if releases.contains(&place) || only_releases(judged, place) {
            finding.remedies.push(Remedy {
                title: "Remove the repeated call".to_owned(),
                safety: Safety::Safe,
                actions: vec![RemedyAction::Remove { body: place.0.body, node: place.1 }],
            });
        } else if let Some(earlier) = earlier.filter(|earlier| earlier.0.file == judged.file) {
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
    let own = earlier(judged, unit, at)?;
    (judged.flows.whole(own.0.body) == judged.flows.whole(place.0.body)).then_some(own)
}

fn is_again(seen: &Seen) -> bool {
    !seen.states.is_empty() && seen.states.iter().all(|state| state.identity == Identity::Released)
}

/// The first release on a walk other than the given one.
fn earlier(judged: &Judged<'_>, unit: &Unit<'_>, at: NodeAt) -> Option<NodeAt> {
    let releases: Vec<NodeAt> = judged.releases().map(|(at, _)| at).collect();
    releases
        .into_iter()
        .filter(|other| *other != at)
        .find(|other| unit.walk.seen.get(other).is_some_and(|seen| !is_again(seen)))
}

/// "`auth.logout()` already does, on line 12", where a callee released it.
fn by_whom(judged: &Judged<'_>, unit: &Unit<'_>, earlier: NodeAt, place: NodeAt) -> String {
    let Some(seen) = unit.walk.seen.get(&earlier) else { return String::new() };
    let call = judged.through_root(unit, earlier, seen);
    if call == earlier || call == place || judged.call(call).is_none() {
        return String::new();
    }
    let file = earlier.0.file;
    let line = LineIndex::new(file.text(judged.db)).line(judged.node(earlier).span.start) + 1;
    format!(": `{}()` already does, {}", judged.callee_name(call), judged.spoken_place(file.path(judged.db), line))
}

/// Whether a call runs nothing but releases.
fn only_releases(judged: &Judged<'_>, place: NodeAt) -> bool {
    use crate::identity::{BodyKey, Deeds, deeds};
    let Some(link) = judged.link(place) else { return false };
    let others = Deeds::LOGOUT_STEP.and(Deeds::IDENTIFIES).and(Deeds::TRACKS).and(Deeds::REQUESTS);
    link.invocations.iter().all(|run| !deeds(judged.db, BodyKey::new(judged.db, run.target)).any(others))
}
