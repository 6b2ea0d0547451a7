//! `anonymize-in-error-handler`: an error, and no logout, releases the identity.

use super::judged::Judged;
use super::occasions::{Occasion, wrong_occasions};
use super::{Finding, Remedy, RemedyAction, Rule, Safety};

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    for (at, occasion) in wrong_occasions(judged) {
        if occasion != Occasion::Error {
            continue;
        }
        let mut finding = judged.finding(
            Rule::AnonymizeInErrorHandler,
            Rule::AnonymizeInErrorHandler.default_severity(),
            judged.node(at).span,
            "An error releases Fullstory's identity here, though the user stays signed in: \
             what follows is recorded for a new anonymous user."
                .to_owned(),
            "Log the error to Fullstory instead, and release the identity where the user logs out.".to_owned(),
        );
        finding.remedies.push(Remedy {
            title: "Remove the call".to_owned(),
            safety: Safety::Suggestion,
            actions: vec![RemedyAction::Remove { body: at.0.body, node: at.1 }],
        });
        findings.push(finding);
    }
}
