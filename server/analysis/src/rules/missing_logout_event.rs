//! `missing-logout-event`: a flow anonymizes, and no event was tracked on any way to it.

use std::collections::BTreeSet;

use super::judged::Judged;
use super::{Finding, Remedy, RemedyAction, Rule, Safety, event_after_anonymize};
use crate::identity::{NodeAt, Seen};
use crate::vocabulary::FlowKind;

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    let Some(severity) = judged.severity_if_set(Rule::MissingLogoutEvent) else { return };
    let late = event_after_anonymize::late_events(judged);
    let releases: Vec<NodeAt> = judged.releases().map(|(at, _)| at).collect();
    let mut places: BTreeSet<NodeAt> = BTreeSet::new();
    for unit in &judged.units {
        let Some(flow) = unit.flow else { continue };
        if flow.kind == FlowKind::ContextSwitch || judged.is_broken(unit.root) {
            continue;
        }
        let has_late_event = late.iter().any(|(place, _)| unit.walk.seen.contains_key(place));
        if has_late_event {
            continue;
        }
        // One fault, one finding: the first call of a flow stands for those of its other ways out.
        let reached: Vec<(NodeAt, &Seen)> =
            releases.iter().filter_map(|at| Some((*at, unit.walk.seen.get(at)?))).collect();
        let tracked = reached.iter().any(|(_, seen)| seen.states.iter().any(|state| state.event));
        let first = reached.into_iter().min_by_key(|(at, _)| judged.node(*at).span);
        let Some((first, seen)) = first.filter(|_| !tracked) else { continue };
        let place = judged.place(unit, first, seen);
        if place.0.file != judged.file || !places.insert(place) {
            continue;
        }
        let mut finding = judged.finding(
            Rule::MissingLogoutEvent,
            severity,
            judged.node(place).span,
            format!("No event is tracked before `{}` releases the identity.", flow.title),
            "Track the logout as the user's last event, before the identity is released.".to_owned(),
        );
        finding.message.push_str(judged.not_set_yet());
        finding.remedies.push(Remedy {
            title: format!("Track `{}` before the identity is released", flow.kind.event_name()),
            safety: Safety::Suggestion,
            actions: vec![RemedyAction::EventBefore {
                body: place.0.body,
                node: place.1,
                event: flow.kind.event_name().to_owned(),
            }],
        });
        findings.push(finding);
    }
}
