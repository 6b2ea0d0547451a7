//! A flow as a tree: its calls, and behind them its ways out. Owns how ways through the same calls come
//! together; must not know how it is drawn.

use super::document::{Call, WayOut};

/// How many calls on the way to a way out are shown: nobody reads more, and a drawing recurs at each.
const SHOWN_CALLS: usize = 24;

/// What comes next in a flow.
pub(crate) enum Branch<'a> {
    /// A call, with what comes behind it.
    Call(&'a Call, Vec<Branch<'a>>),
    /// A way out.
    Way(&'a WayOut),
}

/// The tree of some ways out of a flow, in their order.
pub(crate) fn tree(ways_out: &[WayOut]) -> Vec<Branch<'_>> {
    let mut branches = Vec::new();
    for way in ways_out {
        add(&mut branches, shown_calls(way), way);
    }
    branches
}

/// The calls of a way out that are shown, the outermost first.
pub(crate) fn shown_calls(way: &WayOut) -> &[Call] {
    &way.calls[..way.calls.len().min(SHOWN_CALLS)]
}

fn add<'a>(branches: &mut Vec<Branch<'a>>, calls: &'a [Call], way: &'a WayOut) {
    let Some((call, rest)) = calls.split_first() else {
        branches.push(Branch::Way(way));
        return;
    };
    if let Some(Branch::Call(known, next)) = branches.last_mut()
        && *known == call
    {
        add(next, rest, way);
        return;
    }
    let mut next = Vec::new();
    add(&mut next, rest, way);
    branches.push(Branch::Call(call, next));
}
