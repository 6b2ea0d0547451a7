//! `unawaited-anonymize`: an `…Async` anonymize that nobody waits for before the page goes away.

use super::asynchronous::followed_by_navigation;
use super::judged::Judged;
use super::{Finding, Remedy, RemedyAction, Rule, Safety};
use crate::lowering::Handling;
use crate::vocabulary::Reach;

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    let loose = |handling| matches!(handling, Handling::Discarded | Handling::Voided);
    for (at, navigation) in followed_by_navigation(judged, Reach::Document, loose) {
        let (body, node) = (at.0.body, at.1);
        let mut finding = judged.finding(
            Rule::UnawaitedAnonymize,
            Rule::UnawaitedAnonymize.default_severity(),
            judged.node(at).span,
            "The page goes away before this asynchronous call has settled.".to_owned(),
            format!("Use the plain call `{}`, which is queued at once.", judged.anonymize_call()),
        );
        finding.related.push(judged.related(navigation, judged.leaves(navigation)));
        finding.remedies = vec![
            Remedy {
                title: "Use the plain call".to_owned(),
                safety: Safety::Safe,
                actions: vec![RemedyAction::ReplaceWithAnonymize { body, node }],
            },
            Remedy {
                title: "Await it, with a time-out".to_owned(),
                safety: Safety::Suggestion,
                actions: vec![RemedyAction::AwaitWithTimeout { body, node }],
            },
        ];
        findings.push(finding);
    }
}
