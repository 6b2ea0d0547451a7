//! `missing-anonymize`: a way out of the app keeps the identity. Each navigation that leaves while the
//! user is still identified, or the flow's name where a way out has no navigation.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::evidence::evidence;
use super::judged::{Judged, Unit};
use super::{Finding, Related, Remedy, RemedyAction, Rule, Safety, anonymize_after_redirect};
use crate::database::SourceFile;
use crate::identity::{
    BodyAt, BodyKey, Deeds, Flow, Identity, NodeAt, PathState, Seen, Site, ToldBy, all_are, body_states,
};
use crate::lowering::{BodyId, BodyKind, NodeId, Step};
use crate::source::FileRole;
use crate::vocabulary::{Effect, FlowKind, Reach, Runs, platform_form};

/// Where the rule would report, before roots are compared.
#[derive(Default)]
struct Leaks {
    /// The navigations that leave with the identity, and the roots (by place) from which they do.
    at: BTreeMap<NodeAt, BTreeSet<usize>>,
    /// The roots that end with the identity and without a navigation.
    ends: BTreeSet<usize>,
}

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    let Some(severity) = judged.severity_if_set(Rule::MissingAnonymize) else { return };
    let covered = judged.covered_by();
    let leaks = leaks(judged);
    let mut told: BTreeSet<usize> = BTreeSet::new();
    let mut places: BTreeSet<NodeAt> = BTreeSet::new();
    for (site, roots) in &leaks.at {
        let reach = judged.reach(*site).unwrap_or(Reach::InApp);
        if covered.is_some() && reach == Reach::InApp {
            told.extend(roots);
            continue;
        }
        told.extend(roots);
        for (index, place) in reported_at(judged, *site, roots) {
            if place.0.file != judged.file || judged.is_broken(place.0) || !places.insert(place) {
                continue;
            }
            let unit = &judged.units[index];
            let span = judged.node(place).span;
            let mut finding = judged.finding(
                Rule::MissingAnonymize,
                severity,
                span,
                message(judged, unit, reach, *site, place == *site),
                format!("Call `{}` before it.", judged.anonymize_call()),
            );
            if let Some(covered) = &covered {
                let place = judged.spoken_place(&covered.path, covered.line);
                finding.message.push_str(&format!(
                    " The effect {place} would release it, but the page goes away before it can run."
                ));
            }
            finding.message.push_str(&evidence(judged, unit.root));
            finding.message.push_str(judged.not_set_yet());
            if let Some(seen) = unit.walk.seen.get(site) {
                finding.related = judged.story(unit, seen, place);
            }
            if place != *site {
                finding.related.push(judged.related(*site, judged.leaves(*site)));
            }
            if let Some(covered) = &covered {
                let message = "would release it, but comes too late".to_owned();
                finding.related.push(Related { path: Arc::clone(&covered.path), span: covered.span, message });
            }
            finding.remedies = remedies(judged, unit, place);
            findings.push(finding);
        }
    }
    if covered.is_some() {
        return;
    }
    let mut flows: BTreeSet<BodyAt> = BTreeSet::new();
    for index in leaks.ends.difference(&told) {
        let unit = end_of(judged, *index, &leaks.ends);
        if flows.insert(unit.root) {
            findings.extend(unreleased_end(judged, &unit, severity));
        }
    }
}

/// Where a flow's end without a release is told: at the flow in which the session ends, where no root
/// that runs it releases the identity, so that many buttons of one logout are one finding, in whatever file it
/// stands; else at the root.
fn end_of<'a>(judged: &Judged<'a>, index: usize, leaking: &BTreeSet<usize>) -> Unit<'a> {
    let unit = &judged.units[index];
    let root = Unit { root: unit.root, flow: unit.flow, walk: unit.walk };
    let ending = first_step(judged, unit).and_then(|step| judged.flow_around(step.0));
    let Some(flow) = ending.filter(|flow| flow.at != unit.root) else { return root };
    let runs = |unit: &Unit<'_>| unit.flow.is_some() && unit.walk.seen.keys().any(|(at, _)| *at == flow.at);
    // A way on which nobody is signed in, or on which an exception passes, covers nothing.
    let covers = |exit: &PathState| !exit.identity.is_kept() && exit.identity != Identity::Nobody;
    let none_covers = judged.units.iter().enumerate().all(|(index, unit)| {
        let left_on = |exit: &&PathState| unit.flow.is_some_and(|flow| flow.is_left_on(exit));
        !runs(unit) || leaking.contains(&index) || !unit.walk.exits.iter().filter(left_on).any(covers)
    });
    if none_covers { Unit { root: flow.at, flow: Some(flow), walk: unit.walk } } else { root }
}

fn leaks(judged: &Judged<'_>) -> Leaks {
    let mut leaks = Leaks::default();
    // The ways on which each release comes too late, with their roots.
    let mut late_at: BTreeMap<NodeAt, Vec<(BodyAt, Seen)>> = BTreeMap::new();
    for (index, unit) in judged.units.iter().enumerate() {
        let Some(flow) = unit.flow else { continue };
        if matches!(flow.kind, FlowKind::Switch | FlowKind::ContextSwitch) || judged.is_broken(unit.root) {
            continue;
        }
        for exit in unit.walk.exits.iter().filter(|exit| flow.is_left_on(exit)) {
            // What left with the identity has done so, whatever came behind it out of sight.
            let unreleased = exit.identity.is_kept() || exit.identity == Identity::Uncertain && exit.left_at.is_some();
            if !unreleased {
                continue;
            }
            match exit.left_at {
                Some(site) => {
                    leaks.at.entry(node_at(site)).or_default().insert(index);
                }
                None if exit.steps.any => {
                    leaks.ends.insert(index);
                }
                None => {}
            }
        }
        // A release that only some ways to it come late to leaves the navigations before it unreleased.
        let mut told: BTreeSet<NodeAt> = BTreeSet::new();
        for at in unit.walk.apart.keys().copied() {
            if !judged.link(at).is_some_and(|link| link.meaning.releases()) {
                continue;
            }
            let of_all = late_at.entry(at).or_insert_with(|| {
                let late = anonymize_after_redirect::late(judged, at).into_iter();
                late.map(|(unit, way, _)| (unit.root, way)).collect()
            });
            let late: Vec<&Seen> = of_all.iter().filter(|(root, _)| *root == unit.root).map(|(_, way)| way).collect();
            told.extend(late.iter().flat_map(|way| &way.states).filter_map(|state| state.left_at).map(node_at));
            for way in judged.apart(unit, at).into_iter().filter(|way| !late.contains(&way)) {
                for site in way.states.iter().filter_map(|state| state.left_at) {
                    leaks.at.entry(node_at(site)).or_default().insert(index);
                }
            }
        }
        // To move the late release before the redirect mends what leaks on the ways that never come to it.
        for site in told {
            if let Some(roots) = leaks.at.get_mut(&site) {
                roots.remove(&index);
            }
        }
    }
    leaks.at.retain(|_, roots| !roots.is_empty());
    leaks
}

fn node_at(site: Site) -> NodeAt {
    (BodyAt { file: site.file, body: site.body }, site.node)
}

/// The places at which a navigation's leak is reported, each with the root whose story it tells: the
/// navigation itself, if its body is a flow and every root that reaches it leaks; else the call in each
/// root that does.
fn reported_at(judged: &Judged<'_>, site: NodeAt, roots: &BTreeSet<usize>) -> Vec<(usize, NodeAt)> {
    let is_logout = |unit: &Unit<'_>| unit.flow.is_some_and(|flow| flow.kind != FlowKind::ContextSwitch);
    let all_leak = judged
        .units
        .iter()
        .enumerate()
        .filter(|(_, unit)| is_logout(unit) && unit.walk.seen.contains_key(&site))
        .all(|(index, _)| roots.contains(&index));
    // Nothing is reported in what nobody writes by hand, or what is here only for what calls lead into it.
    let is_reported_in = |file: SourceFile| file.role(judged.db) == FileRole::Product && !file.linked_only(judged.db);
    if all_leak && judged.flow_around(site.0).is_some() && is_reported_in(site.0.file) {
        return roots.first().map(|index| (*index, site)).into_iter().collect();
    }
    roots
        .iter()
        .filter_map(|index| {
            let unit = &judged.units[*index];
            Some((*index, judged.through_root(unit, site, unit.walk.seen.get(&site)?)))
        })
        .collect()
}

fn message(judged: &Judged<'_>, unit: &Unit<'_>, reach: Reach, site: NodeAt, here: bool) -> String {
    let flow = judged.flow_around(site.0).filter(|_| here).or(unit.flow);
    let title = flow.map_or("this flow", |flow| &flow.title);
    let leaves = judged.leaves_what(Some(reach));
    let through = if here { "here" } else { "through this call" };
    format!(
        "`{title}` {leaves} {through} while Fullstory still records the user who is leaving: \
         the next person's session goes under this user's name."
    )
}

/// A flow that ends with the identity on a way without a navigation is reported at its name.
fn unreleased_end(judged: &Judged<'_>, unit: &Unit<'_>, severity: super::Severity) -> Option<Finding> {
    let body = judged.body(unit.root);
    let flow = unit.flow?;
    if unit.root.file != judged.file || judged.is_broken(unit.root) {
        return None;
    }
    let step = first_step(judged, unit);
    let span = if body.kind == BodyKind::TopLevel { judged.node(step?).span } else { body.name_span };
    let mut finding = judged.finding(
        Rule::MissingAnonymize,
        severity,
        span,
        format!(
            "`{}` ends while Fullstory still records the user who is leaving: \
             the next person's session goes under this user's name.",
            flow.title
        ),
        format!("Call `{}` before it ends.", judged.anonymize_call()),
    );
    finding.message.push_str(&evidence(judged, unit.root));
    finding.message.push_str(judged.not_set_yet());
    if let Some(step) = step {
        finding.related.push(judged.related(step, "the session ends here"));
    }
    finding.remedies = at_unreleased_ends(judged, unit);
    let before = before_first_step(judged, unit);
    // Where the body does something else as well, its end is reached by those who stay.
    let others_stay = flow.told_by != ToldBy::Name && unit.walk.exits.iter().any(|exit| stays(flow, exit));
    let place = if others_stay { 0 } else { finding.remedies.len() };
    finding.remedies.splice(place..place, before);
    Some(finding)
}

fn stays(flow: &Flow, exit: &PathState) -> bool {
    !flow.is_left_on(exit) && exit.identity.is_kept()
}

/// The release at the end of a flow: before each `return` that keeps the identity, and at its closing
/// brace. Which of them the ways out need shows when the fix is proved.
fn at_unreleased_ends(judged: &Judged<'_>, unit: &Unit<'_>) -> Vec<Remedy> {
    let body = unit.root.body;
    let keeps = |id: NodeId| {
        let seen = unit.walk.seen.get(&(unit.root, id));
        seen.is_some_and(|seen| seen.states.iter().any(|state| state.steps.any && state.identity.is_kept()))
    };
    let is_return = |id: &NodeId| matches!(judged.node((unit.root, *id)).step, Step::Return(_));
    let returns: Vec<RemedyAction> = judged
        .body(unit.root)
        .nodes()
        .map(|(id, _)| id)
        .filter(|id| is_return(id) && keeps(*id))
        .map(|node| RemedyAction::AnonymizeBefore { body, node })
        .collect();
    let at_end = vec![RemedyAction::AnonymizeAtEnd { body }];
    let both = [returns.clone(), at_end.clone()].concat();
    // What is only started here ends the session after this body has ended.
    let started = started_later(judged, unit).map(|body| RemedyAction::AnonymizeAtEnd { body });
    [started.into_iter().collect(), at_end, returns, both]
        .into_iter()
        .filter(|actions| !actions.is_empty())
        .map(|actions| Remedy { title: "Anonymize at the end of the flow".to_owned(), safety: Safety::Safe, actions })
        .collect()
}

/// The body in which a flow ends the session, where the flow's own body only starts that one: a coroutine, a task.
fn started_later(judged: &Judged<'_>, unit: &Unit<'_>) -> Option<BodyId> {
    let step = first_step(judged, unit).filter(|step| step.0.file == unit.root.file)?;
    let mut started = None;
    let mut id = step.0.body;
    while id != unit.root.body {
        let body = judged.lowered.bodies.get(id.0 as usize)?;
        if judged.vocabulary.runs(&judged.view(), &body.used_as) == Runs::Later {
            started = Some(id);
        }
        id = body.parent?;
    }
    started
}

/// The release before the first step of a flow, which covers every way out.
fn before_first_step(judged: &Judged<'_>, unit: &Unit<'_>) -> Option<Remedy> {
    let step = first_step(judged, unit)?;
    let seen = unit.walk.seen.get(&step)?;
    // The root may stand in another file than what is mended: there it is that file's first node on the way.
    let mut way = [judged.through_root(unit, step, seen)].into_iter().chain(seen.chain.iter().copied()).chain([step]);
    let place = way.find(|(body, _)| body.file == judged.file)?;
    Some(Remedy {
        title: "Anonymize before the session ends".to_owned(),
        safety: Safety::Safe,
        actions: vec![RemedyAction::AnonymizeBefore { body: place.0.body, node: place.1 }],
    })
}

/// The first node on a walk at which the session ends.
fn first_step(judged: &Judged<'_>, unit: &Unit<'_>) -> Option<NodeAt> {
    let ends = |at: &NodeAt| {
        judged.link(*at).is_some_and(|link| {
            link.meaning
                .effects
                .iter()
                .any(|effect| matches!(effect, Effect::SignOut(_) | Effect::ClearAuth | Effect::Navigate(_)))
        })
    };
    let steps = unit.walk.seen.iter().filter(|(at, _)| ends(at));
    let by_order = |(at, seen): &(&NodeAt, &Seen)| {
        (judged.node(judged.through_root(unit, **at, seen)).span, judged.node(**at).span)
    };
    steps.min_by_key(by_order).map(|(at, _)| *at)
}

fn remedies(judged: &Judged<'_>, unit: &Unit<'_>, place: NodeAt) -> Vec<Remedy> {
    let (body, node) = (place.0.body, place.1);
    let mut remedies = vec![Remedy {
        title: "Anonymize before leaving".to_owned(),
        safety: Safety::Safe,
        actions: vec![RemedyAction::AnonymizeBefore { body, node }],
    }];
    remedies.extend(before_first_step(judged, unit));
    if let Some(callee) = wrapper(judged, place.0) {
        remedies.push(Remedy {
            title: format!("Call `{callee}()` before leaving"),
            safety: Safety::Suggestion,
            actions: vec![RemedyAction::CallBefore { body, node, callee }],
        });
    }
    let tracks = unit.walk.seen.get(&place).is_some_and(|seen| seen.states.iter().all(|state| state.event));
    if !tracks && !judged.texts().event.is_empty() {
        let event = unit.flow.map_or("Logout", |flow| flow.kind.event_name()).to_owned();
        remedies.push(Remedy {
            title: format!("Track `{event}` and anonymize before leaving"),
            safety: Safety::Suggestion,
            actions: vec![
                RemedyAction::EventBefore { body, node, event },
                RemedyAction::AnonymizeBefore { body, node },
            ],
        });
    }
    remedies
}

/// The project's own function that releases the identity and does nothing else of a logout, as it is
/// called from a body of this file.
fn wrapper(judged: &Judged<'_>, from: BodyAt) -> Option<String> {
    let caller = judged.body(from);
    let receiver = platform_form(judged.platform()).map_or("", |form| form.receiver.as_str());
    for (id, body) in judged.lowered.bodies() {
        let done = judged.deeds(id);
        let only_releases = done.any(Deeds::ANONYMIZES) && !done.any(Deeds::LOGOUT_STEP.and(Deeds::IDENTIFIES));
        if !only_releases || !body.parameters.is_empty() || !releases_on_all_ways(judged, judged.at(id)) {
            continue;
        }
        let Some(name) = &body.name else { continue };
        match (body.kind, body.class) {
            (BodyKind::Method, Some(class)) if caller.class == Some(class) => return Some(format!("{receiver}{name}")),
            (BodyKind::Function | BodyKind::Closure, None) if body.parent == Some(BodyId(0)) => {
                return Some(name.to_string());
            }
            _ => {}
        }
    }
    None
}

fn releases_on_all_ways(judged: &Judged<'_>, at: BodyAt) -> bool {
    let states = body_states(judged.db, BodyKey::new(judged.db, at));
    all_are(&states.exits, Identity::Released)
}
