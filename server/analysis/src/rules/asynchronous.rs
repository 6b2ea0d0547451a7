//! What the two rules about `…Async` calls share: a call of that form behind which a navigation comes.

use std::collections::BTreeMap;

use super::judged::Judged;
use crate::identity::{BodyAt, NodeAt};
use crate::lowering::Handling;
use crate::vocabulary::Reach;

/// The `…Async` anonymize calls of a file that a navigation of at least the given reach follows, with
/// the first such navigation.
pub(super) fn followed_by_navigation(
    judged: &Judged<'_>,
    at_least: Reach,
    wanted: impl Fn(Handling) -> bool,
) -> BTreeMap<NodeAt, NodeAt> {
    let mut found = BTreeMap::new();
    for unit in &judged.units {
        for (at, seen) in &unit.walk.seen {
            if judged.reach(*at).is_none_or(|reach| reach < at_least) {
                continue;
            }
            for site in seen.states.iter().filter_map(|state| state.asynchronous) {
                let call_at = (BodyAt { file: site.file, body: site.body }, site.node);
                let handling = judged.call(call_at).map(|call| call.handling);
                if site.file == judged.file && handling.is_some_and(&wanted) && !judged.is_broken(call_at.0) {
                    found.entry(call_at).or_insert(*at);
                }
            }
        }
    }
    found
}
