//! The steps of one flow, in the order in which they should come: event, release, way out. Owns which steps
//! these are; must not know how they are marked.

use std::collections::BTreeSet;

use crate::database::{Db, SourceFile};
use crate::identity::{BodyKey, Flow, LinkedNode, NodeAt, linked, walk};
use crate::places::{flow_named_at, flows_around, is_on_head, node_at, span_of};
use crate::source::Span;
use crate::vocabulary::Effect;
use crate::ways::ways_out;

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FlowStep {
    /// It tracks an event, or sets properties of the user.
    Event,
    /// It releases the identity, or means to.
    Release,
    /// It identifies somebody.
    Identify,
    /// The flow is left there.
    WayOut,
}

/// The steps, in a file, of the flow whose name or step is at a byte offset, sorted by place; none where there
/// is no flow.
pub fn flow_steps(db: &dyn Db, file: SourceFile, offset: u32) -> Vec<(Span, FlowStep)> {
    if let Some(flow) = flow_named_at(db, file, offset) {
        return steps_of(db, file, &[flow]);
    }
    let Some((at, _)) = node_at(db, file, offset, is_step).filter(|(at, _)| is_on_head(db, *at, offset)) else {
        return Vec::new();
    };
    let steps = steps_of(db, file, &flows_around(db, at.0));
    // On a navigation by which no flow is left there is nothing to show.
    let is_shown = steps.iter().any(|(span, _)| *span == span_of(db, at));
    if is_shown { steps } else { Vec::new() }
}

fn steps_of(db: &dyn Db, file: SourceFile, flows: &[&Flow]) -> Vec<(Span, FlowStep)> {
    let mut steps = BTreeSet::new();
    for flow in flows {
        for at in walk(db, BodyKey::new(db, flow.at)).seen.keys().filter(|at| at.0.file == file) {
            let Some(link) = linked(db, file).node(at.0.body, at.1) else { continue };
            steps.extend(link.meaning.effects.iter().filter_map(step_of).map(|step| (span_of(db, *at), step)));
        }
        let left_at = |at: NodeAt| (at.0.file == file).then(|| (span_of(db, at), FlowStep::WayOut));
        steps.extend(ways_out(db, flow).into_iter().filter_map(|way| left_at(way.at?.0)));
    }
    steps.into_iter().collect()
}

fn step_of(effect: &Effect) -> Option<FlowStep> {
    match effect {
        Effect::Track | Effect::UserProperty => Some(FlowStep::Event),
        Effect::Anonymize(_) => Some(FlowStep::Release),
        Effect::Identify(_) => Some(FlowStep::Identify),
        _ => None,
    }
}

fn is_step(link: &LinkedNode) -> bool {
    link.meaning.reach().is_some() || link.meaning.effects.iter().any(|effect| step_of(effect).is_some())
}
