//! What the two rules about `…Async` calls share: a call of that form behind which a navigation comes, and
//! the ways to mend it.

use std::collections::BTreeMap;

use super::judged::Judged;
use super::{Remedy, RemedyAction, Safety};
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
        for (at, seen) in unit.walk.seen.iter() {
            let mut sites = seen.states.iter().filter_map(|state| state.asynchronous).peekable();
            if sites.peek().is_none() || judged.reach(*at).is_none_or(|reach| reach < at_least) {
                continue;
            }
            for site in sites {
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

/// The plain call in the place of an `…Async` one; or, under a title of the rule's own, an `await` that
/// cannot hang.
pub(super) fn plain_or_timed(at: NodeAt, timed: &str) -> Vec<Remedy> {
    let (body, node) = (at.0.body, at.1);
    vec![
        Remedy {
            title: "Use the plain call".to_owned(),
            safety: Safety::Safe,
            actions: vec![RemedyAction::ReplaceWithAnonymize { body, node }],
        },
        Remedy {
            title: timed.to_owned(),
            safety: Safety::Suggestion,
            actions: vec![RemedyAction::AwaitWithTimeout { body, node }],
        },
    ]
}
