//! What stands at a byte offset of a file: a step of a flow, a flow's name. Owns which of several things is
//! meant; must not know what is said of it.

use std::collections::BTreeSet;

use crate::database::{Db, SourceFile, lowered};
use crate::identity::{BodyAt, Flow, LinkedNode, NodeAt, file_flows, linked};
use crate::lowering::Step;
use crate::source::Span;

/// The narrowest node at a byte offset for which `wanted` says yes.
pub(crate) fn node_at(
    db: &dyn Db,
    file: SourceFile,
    offset: u32,
    wanted: impl Fn(&LinkedNode) -> bool,
) -> Option<(NodeAt, &LinkedNode)> {
    let (lowered, links) = (lowered(db, file), linked(db, file));
    let nodes = lowered.bodies().flat_map(|(id, body)| {
        let at = BodyAt { file, body: id };
        links.nodes(id).map(move |(node, link)| ((at, node), link, body.node(node).span))
    });
    nodes
        .filter(|(_, link, span)| span.touches(offset) && wanted(link))
        .min_by_key(|(_, _, span)| span.len())
        .map(|(at, link, _)| (at, link))
}

/// Whether a byte offset is on what a call calls or on its first argument, or on what is assigned to: what
/// stands elsewhere in a step is somebody else's.
pub(crate) fn is_on_head(db: &dyn Db, at: NodeAt, offset: u32) -> bool {
    let node = lowered(db, at.0.file).body(at.0.body).node(at.1);
    match &node.step {
        Step::Call(call) => {
            let first = call.arguments.first().map(|argument| argument.span);
            call.callee_span.touches(offset) || first.is_some_and(|first| first.touches(offset))
        }
        Step::Assign { .. } => {
            let assigned = node.span.text(at.0.file.text(db)).find('=');
            assigned.is_none_or(|end| offset as usize <= node.span.start as usize + end)
        }
        _ => true,
    }
}

/// The flow whose name is at a byte offset.
pub(crate) fn flow_named_at(db: &dyn Db, file: SourceFile, offset: u32) -> Option<&Flow> {
    let lowered = lowered(db, file);
    let is_named_here = |flow: &&Flow| {
        let body = lowered.body(flow.at.body);
        body.name.is_some() && body.name_span.touches(offset)
    };
    file_flows(db, file).flows.values().find(is_named_here)
}

/// A node's bytes.
pub(crate) fn span_of(db: &dyn Db, at: NodeAt) -> Span {
    lowered(db, at.0.file).body(at.0.body).node(at.1).span
}

/// How many bodies are looked at on the way up from one.
const WAYS_UP: usize = 100;

/// The flows through which a body runs: the one that it is or is a part of, else the nearest ones among those
/// that come to it by calls, in any file; in a fixed order.
pub(crate) fn flows_around(db: &dyn Db, at: BodyAt) -> Vec<&Flow> {
    let mut seen = BTreeSet::new();
    let mut found: Vec<&Flow> = Vec::new();
    let mut work = vec![at];
    while let Some(at) = work.pop() {
        let flows = file_flows(db, at.file);
        let whole = BodyAt { file: at.file, body: flows.whole(at.body) };
        if seen.len() >= WAYS_UP || !seen.insert(whole) {
            continue;
        }
        match flows.flow_around(at.body) {
            Some(flow) => found.push(flow),
            None => work.extend(flows.callers.get(&whole.body).into_iter().flatten()),
        }
    }
    found.sort_by_key(|flow| flow.at);
    found.dedup_by_key(|flow| flow.at);
    found
}
