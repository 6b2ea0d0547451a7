//! `unguarded-await`: an awaited `…Async` anonymize that can stop the logout.

use super::asynchronous::{followed_by_navigation, plain_or_timed};
use super::judged::Judged;
use super::{Finding, Rule};
use crate::identity::NodeAt;
use crate::lowering::Handling;
use crate::source::Span;
use crate::vocabulary::Reach;

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    let awaited = |handling| handling == Handling::Awaited;
    for (at, navigation) in followed_by_navigation(judged, Reach::InApp, awaited) {
        let Some(call) = judged.call(at) else { continue };
        let caught = call.caught || judged.node(at).handler.is_some() || caught_by_callers(judged, at);
        if caught && call.raced {
            continue;
        }
        let lacks = match (caught, call.raced) {
            (false, false) => "If Fullstory is blocked this promise rejects, or never settles",
            (true, false) => "If Fullstory's capture never starts this promise never settles",
            _ => "If Fullstory is blocked this promise rejects",
        };
        let mut finding = judged.finding(
            Rule::UnguardedAwait,
            Rule::UnguardedAwait.default_severity(),
            await_span(judged, at),
            format!("{lacks}, and the user cannot leave."),
            format!("Use the plain call `{}`, or await it in `try` with a time-out.", judged.anonymize_call()),
        );
        finding.related.push(judged.related(navigation, "is reached only when it has settled"));
        finding.remedies = plain_or_timed(at, "Await it in `try`, with a time-out");
        findings.push(finding);
    }
}

/// Whether a caller on the way catches what the call throws.
fn caught_by_callers(judged: &Judged<'_>, at: NodeAt) -> bool {
    let seen = judged.seen(at);
    !seen.is_empty() && seen.iter().all(|(_, seen)| seen.chain.iter().any(|link| judged.node(*link).handler.is_some()))
}

/// The `await` with its call: the narrowest node that waits and holds the call.
fn await_span(judged: &Judged<'_>, at: NodeAt) -> Span {
    let call = judged.node(at).span;
    let body = judged.body(at.0);
    let waits = body.code().nodes.iter().filter(|node| matches!(node.step, crate::lowering::Step::Await));
    waits.map(|node| node.span).filter(|span| span.contains(call)).min_by_key(|span| span.len()).unwrap_or(call)
}
