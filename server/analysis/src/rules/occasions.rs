//! What the three rules about wrong occasions share: a release that belongs to no logout flow. Owns the
//! order in which they yield to each other; must not know what each says.

use super::judged::Judged;
use crate::identity::{BodyAt, Deeds, Identity, NodeAt, all_are, deeds};
use crate::lowering::{Body, BodyId, BodyKind, BodyUse, Node, Step};
use crate::vocabulary::Runs;

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
    let own = judged.releases().filter(|(at, _)| at.0.file == judged.file);
    own.filter_map(|(at, _)| Some((at, occasion(judged, at)?))).collect()
}

fn occasion(judged: &Judged<'_>, at: NodeAt) -> Option<Occasion> {
    if judged.is_broken(at.0) {
        return None;
    }
    let nobody = all_are(&judged.states(at), Identity::Nobody);
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
    [at, whole].into_iter().any(|at| deeds(judged.db, at).any(Deeds::LOGOUT_STEP))
}

fn in_error_handler(judged: &Judged<'_>, at: NodeAt) -> bool {
    judged.node(at).in_catch
        || judged.flows.around(at.0.body).any(|id| {
            let body = judged.lowered.body(id);
            matches!(body.used_as, BodyUse::InPlace { on_error: true })
                || judged.links.runs(id) == Runs::OnError
                || runs_in_catch(judged, id, body)
        })
}

/// Whether a part runs in a `catch` clause of what it is a part of.
fn runs_in_catch(judged: &Judged<'_>, id: BodyId, part: &Body) -> bool {
    let in_place = matches!(part.used_as, BodyUse::InPlace { .. } | BodyUse::Argument { .. });
    let Some(whole) = judged.flows.part_of.get(&id).filter(|_| in_place) else { return false };
    let runs_it = |node: &Node| matches!(node.step, Step::Run { body, .. } if body == id);
    judged.lowered.body(*whole).code_anywhere().nodes.iter().any(|node| node.in_catch && runs_it(node))
}

fn repeats(judged: &Judged<'_>, at: NodeAt) -> bool {
    if judged.in_cycle(at) {
        return true;
    }
    match judged.links.runs(at.0.body) {
        Runs::Each => true,
        Runs::Repeatedly => !cancels_before(judged, at),
        _ => false,
    }
}

/// Whether the timer is cancelled on the way to the call, or behind it in the same body.
fn cancels_before(judged: &Judged<'_>, at: NodeAt) -> bool {
    let body = judged.body(at.0);
    body.code_anywhere().nodes.iter().any(|node| judged.vocabulary.stops_timer(node))
}

fn on_screen_load(judged: &Judged<'_>, at: BodyAt) -> bool {
    judged.flows.around(at.body).any(|id| {
        let body = judged.lowered.body(id);
        let renders =
            body.returns_markup && matches!(body.kind, BodyKind::Function | BodyKind::Closure | BodyKind::Method);
        renders || judged.links.runs(id) == Runs::OnMount || body.kind == BodyKind::Constructor
    })
}
