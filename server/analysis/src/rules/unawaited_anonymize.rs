//! `unawaited-anonymize`: an `…Async` anonymize that nobody waits for before the page goes away.

use super::asynchronous::{followed_by_navigation, plain_or_timed};
use super::judged::Judged;
use super::{Finding, Rule};
use crate::lowering::Handling;
use crate::vocabulary::Reach;

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    let loose = |handling| matches!(handling, Handling::Discarded | Handling::Voided);
    for (at, navigation) in followed_by_navigation(judged, Reach::Document, loose) {
        let mut finding = judged.finding(
            Rule::UnawaitedAnonymize,
            Rule::UnawaitedAnonymize.default_severity(),
            judged.node(at).span,
            "The page goes away before this asynchronous call has settled.".to_owned(),
            format!("Use the plain call `{}`, which is queued at once.", judged.anonymize_call()),
        );
        finding.related.push(judged.related(navigation, judged.leaves(navigation)));
        finding.remedies = plain_or_timed(at, "Await it, with a time-out");
        findings.push(finding);
    }
}
