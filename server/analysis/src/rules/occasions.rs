//! What the three rules about wrong occasions share: a release that belongs to no logout flow. Owns the
//! order in which they yield to each other; must not know what each says.

use super::judged::Judged;
use crate::identity::{BodyAt, BodyKey, Deeds, Identity, NodeAt, deeds};
use crate::lowering::{BodyKind, BodyUse};
use crate::vocabulary::{Anonymize, Runs};

/// Why a release runs at the wrong time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occasion {
    /// Something failed.
    Error,
    /// It runs again and again.
    Loop,
    /// A screen comes up.
    ScreenLoad,
}

/// The releases of a file that run on a wrong occasion: the first of error handler, loop and screen load
/// that fits.
pub(super) fn wrong_occasions(judged: &Judged<'_>) -> Vec<(NodeAt, Occasion)> {
    judged.releases().filter_map(|(at, anonymize)| Some((at, occasion(judged, at, anonymize)?))).collect()
}

fn occasion(judged: &Judged<'_>, at: NodeAt, _: &Anonymize) -> Option<Occasion> {
    if judged.is_broken(at.0) {
        return None;
    }
    let states = judged.states(at);
    let nobody = !states.is_empty() && states.iter().all(|state| state.identity == Identity::Nobody);
    let in_flow = judged.flow_reaching(at).is_some();
    if !in_flow && !nobody && in_error_handler(judged, at) && !leaves(judged, at.0) {
        return Some(Occasion::Error);
    }
    if repeats(judged, at) && !nobody {
        return Some(Occasion::Loop);
    }
    if !in_flow && !nobody && on_screen_load(judged, at.0) && !leaves(judged, at.0) {
        return Some(Occasion::ScreenLoad);
    }
    None
}

/// Whether the body (with what encloses it as one) ends a session or leaves: then it is a logout, whatever
/// its occasion.
fn leaves(judged: &Judged<'_>, at: BodyAt) -> bool {
    let whole = BodyAt { file: at.file, body: judged.flows.whole(at.body) };
    [at, whole].into_iter().any(|at| deeds(judged.db, BodyKey::new(judged.db, at)).any(Deeds::LOGOUT_STEP))
}

fn in_error_handler(judged: &Judged<'_>, at: NodeAt) -> bool {
    let node = judged.node(at);
    if node.in_catch {
        return true;
    }
    let mut here = Some(at.0.body);
    while let Some(id) = here {
        let body = judged.lowered.body(id);
        if matches!(body.used_as, BodyUse::InPlace { on_error: true }) || judged.links.runs(id) == Runs::OnError {
            return true;
        }
        here = judged.flows.part_of.get(&id).copied();
        if here == Some(id) {
            return false;
        }
        if let (Some(whole), BodyUse::InPlace { .. } | BodyUse::Argument { .. }) = (here, &body.used_as) {
            let whole = judged.lowered.body(whole);
            let caught = whole.nodes.iter().any(|node| {
                node.in_catch && matches!(node.step, crate::lowering::Step::Run { body, .. } if body == id)
            });
            if caught {
                return true;
            }
        }
    }
    false
}

fn repeats(judged: &Judged<'_>, at: NodeAt) -> bool {
    if judged.in_cycle(at) {
        return true;
    }
    let runs = judged.links.runs(at.0.body);
    match runs {
        Runs::Each => true,
        Runs::Repeatedly => !cancels_before(judged, at),
        _ => false,
    }
}

/// Whether the timer is cancelled on the way to the call, or behind it in the same body.
fn cancels_before(judged: &Judged<'_>, at: NodeAt) -> bool {
    let body = judged.body(at.0);
    body.nodes.iter().any(|node| judged.vocabulary.stops_timer(node))
}

fn on_screen_load(judged: &Judged<'_>, at: BodyAt) -> bool {
    let mut here = Some(at.body);
    while let Some(id) = here {
        let body = judged.lowered.body(id);
        let runs = judged.links.runs(id);
        let renders =
            body.returns_markup && matches!(body.kind, BodyKind::Function | BodyKind::Closure | BodyKind::Method);
        if renders || runs == Runs::OnMount || body.kind == BodyKind::Constructor {
            return true;
        }
        let next = judged.flows.part_of.get(&id).copied();
        here = next.filter(|next| *next != id);
    }
    false
}
