//! `switch-without-anonymize`: another person is identified, or the page is left for another person, while
//! the last one still is identified.

use std::collections::BTreeSet;

use super::evidence::evidence;
use super::judged::{Judged, Unit};
use super::{Finding, Remedy, RemedyAction, Rule, Safety, Severity};
use crate::identity::{BodyAt, NodeAt};
use crate::lowering::{Path, Root};
use crate::vocabulary::{FlowKind, Identify, Reach};

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    let Some(severity) = judged.severity_if_set(Rule::SwitchWithoutAnonymize) else { return };
    let mut places: BTreeSet<NodeAt> = BTreeSet::new();
    for unit in &judged.units {
        let kind = unit.flow.map(|flow| flow.kind);
        let is_switch = kind == Some(FlowKind::Switch);
        if !(is_switch || kind == Some(FlowKind::ContextSwitch)) || judged.is_broken(unit.root) {
            continue;
        }
        let identifies: Vec<NodeAt> = judged
            .identifies()
            .filter(|(at, identify)| is_switch || is_somebody_else(judged, unit, *at, identify))
            .map(|(at, _)| at)
            .filter(|at| {
                unit.walk.seen.get(at).is_some_and(|seen| seen.states.iter().any(|state| state.identity.is_kept()))
            })
            .collect();
        for at in &identifies {
            let Some(seen) = unit.walk.seen.get(at) else { continue };
            let place = judged.place(unit, *at, seen);
            if place.0.file == judged.file && places.insert(place) {
                findings.push(at_identify(judged, unit, place, severity));
            }
        }
        if identifies.is_empty() && is_switch {
            for site in documents_left(judged, unit) {
                let Some(seen) = unit.walk.seen.get(&site) else { continue };
                let place = judged.place(unit, site, seen);
                if place.0.file == judged.file && places.insert(place) {
                    findings.push(at_navigation(judged, unit, place, severity));
                }
            }
        }
    }
}

/// Whether the switch of an organisation and its kin identifies another uid: one that it takes from what is
/// switched to, its only parameter: of several, one may be the user who stays.
fn is_somebody_else(judged: &Judged<'_>, unit: &Unit<'_>, at: NodeAt, identify: &Identify) -> bool {
    let Some(Path { root: Root::Local(binding), segments }) = identify.uid.path() else { return false };
    let is_own = at.0 == unit.root && judged.body(at.0).parameters == [binding];
    is_own && !segments.is_empty()
}

/// The document navigations that leave while the last person is identified.
fn documents_left(judged: &Judged<'_>, unit: &Unit<'_>) -> BTreeSet<NodeAt> {
    unit.walk
        .exits
        .iter()
        .filter(|exit| exit.identity.is_kept() && unit.flow.is_some_and(|flow| flow.is_left_on(exit)))
        .filter_map(|exit| exit.left_at)
        .map(|site| (BodyAt { file: site.file, body: site.body }, site.node))
        .filter(|site| judged.reach(*site) == Some(Reach::Document))
        .collect()
}

fn at_identify(judged: &Judged<'_>, unit: &Unit<'_>, place: NodeAt, severity: Severity) -> Finding {
    let message = "The next person is identified here while Fullstory still records the last one.";
    let mut finding = finding(judged, unit, place, severity, message);
    finding.remedies.push(before(place, "Anonymize before identifying the next person"));
    finding
}

fn at_navigation(judged: &Judged<'_>, unit: &Unit<'_>, place: NodeAt, severity: Severity) -> Finding {
    let message = "The page is left for the next person while Fullstory still records the last one.";
    let mut finding = finding(judged, unit, place, severity, message);
    finding.remedies.push(before(place, "Anonymize before leaving"));
    finding
}

fn finding(judged: &Judged<'_>, unit: &Unit<'_>, place: NodeAt, severity: Severity, message: &str) -> Finding {
    let help = format!("Call `{}` before it.", judged.anonymize_call());
    let message = format!("{message}{}{}", evidence(judged, unit.root), judged.not_set_yet());
    let mut finding = judged.finding(Rule::SwitchWithoutAnonymize, severity, judged.node(place).span, message, help);
    if let Some(seen) = unit.walk.seen.get(&place) {
        finding.related = judged.story(unit, seen, place);
    }
    finding
}

fn before(place: NodeAt, title: &str) -> Remedy {
    Remedy {
        title: title.to_owned(),
        safety: Safety::Safe,
        actions: vec![RemedyAction::AnonymizeBefore { body: place.0.body, node: place.1 }],
    }
}
