//! `anonymize-after-redirect`: the identity is released after the page or screen was left.

use std::collections::BTreeSet;

use super::judged::Judged;
use super::{Finding, Remedy, RemedyAction, Rule, Safety, Severity};
use crate::identity::{BodyAt, NodeAt, PathState};
use crate::vocabulary::Reach;

/// Whether every way to a release has navigated, and none had released before.
pub(super) fn is_late(states: &BTreeSet<PathState>) -> bool {
    !states.is_empty() && states.iter().all(|state| state.left_at.is_some() && state.identity.is_kept())
}

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    for (at, _) in judged.releases() {
        let states = judged.states(at);
        if !is_late(&states) || judged.is_broken(at.0) {
            continue;
        }
        let seen = judged.seen(at);
        let Some((unit, first)) = seen.first() else { continue };
        let place = judged.place(unit, at, first);
        if place.0.file != judged.file {
            continue;
        }
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
        finding.remedies = remedies(judged, place, &sites);
        findings.push(finding);
    }
}

fn remedies(judged: &Judged<'_>, place: NodeAt, sites: &[NodeAt]) -> Vec<Remedy> {
    let mut remedies = Vec::new();
    if let [site] = sites
        && site.0 == place.0
    {
        remedies.push(Remedy {
            title: "Move the call before the redirect".to_owned(),
            safety: Safety::Safe,
            actions: vec![RemedyAction::MoveBefore { body: place.0.body, node: place.1, before: site.1 }],
        });
    }
    if sites.iter().all(|site| site.0.file == judged.file) {
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
