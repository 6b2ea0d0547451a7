//! Several moves of one statement. Owns which belong together; must not know what moves.

use crate::lowering::{BodyId, NodeId};
use crate::rules::RemedyAction;

/// The steps before which some actions move the statement of a step.
pub(super) fn of(actions: &[RemedyAction], body: BodyId, node: NodeId) -> Vec<(BodyId, NodeId)> {
    let moves = actions.iter().filter_map(|action| match action {
        RemedyAction::MoveBefore { body: of, node: moved, before } if (*of, *moved) == (body, node) => Some(*before),
        _ => None,
    });
    moves.collect()
}
