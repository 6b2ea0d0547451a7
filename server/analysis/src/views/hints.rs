//! What becomes of the identity behind each step of a flow that changes it. Owns where that is certain; must
//! not know how it is shown.

use std::collections::{BTreeMap, BTreeSet};

use super::judgement::{comes_to, is_broken};
use crate::audit::is_product;
use crate::database::{Db, SourceFile, lowered};
use crate::identity::{
    BodyAt, BodyKey, Deeds, Identity, LinkedNode, PathState, When, body_states, deeds, file_flows, linked, roots_above,
    walk,
};
use crate::lowering::{BodyId, Handling, Step};
use crate::source::Span;
use crate::vocabulary::Effect;

/// What a step does to the identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IdentityChange {
    /// It is released behind the step.
    Released,
    /// Somebody is identified behind it.
    Set,
}

/// The steps of a file's flows behind which the identity is another one on every path, by the byte offset at
/// which they end; those that end in `within`, sorted.
pub fn identity_changes(db: &dyn Db, file: SourceFile, within: Span) -> Vec<(u32, IdentityChange)> {
    if !is_product(db, file) {
        return Vec::new();
    }
    let own = file_flows(db, file).roots.iter().map(|body| BodyAt { file, body: *body });
    let roots: Vec<BodyAt> =
        own.chain(roots_above(db, file).iter().copied()).filter(|root| !is_broken(db, *root)).collect();
    // What stands in a `finally` is lowered once for each way out of its `try`: copies are one step.
    let mut steps: BTreeMap<(BodyId, Span, IdentityChange), BTreeSet<PathState>> = BTreeMap::new();
    for (body, lowered) in lowered(db, file).bodies() {
        let at = BodyAt { file, body };
        let mut running: Option<Vec<BodyAt>> = None;
        for (node, link) in linked(db, file).nodes(body) {
            let span = lowered.node(node).span;
            if !within.touches(span.end) {
                continue;
            }
            let Some(change) = change(db, &lowered.node(node).step, link) else { continue };
            let running =
                running.get_or_insert_with(|| roots.iter().copied().filter(|root| comes_to(db, *root, at)).collect());
            let seen = running.iter().filter_map(|root| walk(db, BodyKey::new(db, *root)).seen.get(&(at, node)));
            steps.entry((body, span, change)).or_default().extend(seen.flat_map(|seen| &seen.states).copied());
        }
    }
    let changes = |change: IdentityChange, states: &BTreeSet<PathState>| match change {
        IdentityChange::Released => states.iter().any(|state| state.identity != Identity::Released),
        // Whoever was identified before, it is another person.
        IdentityChange::Set => !states.is_empty(),
    };
    let shown: BTreeSet<(u32, IdentityChange)> = steps
        .iter()
        .filter(|((_, _, change), states)| changes(*change, states))
        .map(|((_, span, change), _)| (span.end, *change))
        .collect();
    shown.into_iter().collect()
}

/// What a step does by itself, or what the one function that it calls and waits for does on all its paths.
fn change(db: &dyn Db, step: &Step, link: &LinkedNode) -> Option<IdentityChange> {
    let own = link.meaning.effects.iter().find_map(|effect| match effect {
        Effect::Anonymize(it) if it.fault.is_none() => Some(IdentityChange::Released),
        Effect::Identify(it) if it.fault.is_none() => Some(IdentityChange::Set),
        _ => None,
    });
    if own.is_some() {
        return own;
    }
    let [run] = &link.invocations[..] else { return None };
    if !run.by_name || run.is_one_of_many || run.when != When::Now || is_put_off(db, run.target) {
        return None;
    }
    // A function that waits has done nothing yet where nobody waits for it.
    let is_awaited = matches!(step, Step::Call(call) if call.handling == Handling::Awaited);
    if lowered(db, run.target.file).body(run.target.body).is_async && !is_awaited {
        return None;
    }
    let exits = &body_states(db, BodyKey::new(db, run.target)).exits;
    let all = |wanted: &[Identity]| !exits.is_empty() && exits.iter().all(|exit| wanted.contains(&exit.identity));
    if all(&[Identity::Released]) {
        return Some(IdentityChange::Released);
    }
    all(&[Identity::Identified, Identity::Reidentified]).then_some(IdentityChange::Set)
}

/// How many bodies are looked at below a call.
const BELOW: usize = 100;

/// Whether anything that a body runs puts off what it does to the identity, as a timer does: behind the call
/// nothing has happened yet. So it is where there is too much to look at.
fn is_put_off(db: &dyn Db, at: BodyAt) -> bool {
    let about_identity = Deeds::ANONYMIZES.and(Deeds::IDENTIFIES);
    let mut seen = BTreeSet::new();
    let mut work = vec![at];
    while let Some(at) = work.pop() {
        if !seen.insert(at) {
            continue;
        }
        if seen.len() > BELOW {
            return true;
        }
        let runs = linked(db, at.file).nodes(at.body).flat_map(|(_, link)| &link.invocations);
        for run in runs.filter(|run| deeds(db, run.target).any(about_identity)) {
            if run.when != When::Now {
                return true;
            }
            work.push(run.target);
        }
    }
    false
}
