//! `anonymize-on-screen-load`: showing a screen releases the identity.

use super::judged::Judged;
use super::occasions::{Occasion, wrong_occasions};
use super::{Finding, Remedy, RemedyAction, Rule, Safety};

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    for (at, occasion) in wrong_occasions(judged) {
        if occasion != Occasion::ScreenLoad {
            continue;
        }
        let mut finding = judged.finding(
            Rule::AnonymizeOnScreenLoad,
            Rule::AnonymizeOnScreenLoad.default_severity(),
            judged.node(at).span,
            "Showing this screen releases Fullstory's identity, whoever is signed in.".to_owned(),
            "Release the identity where the user logs out, or only if nobody is signed in.".to_owned(),
        );
        finding.remedies.push(Remedy {
            title: "Remove the call".to_owned(),
            safety: Safety::Suggestion,
            actions: vec![RemedyAction::Remove { body: at.0.body, node: at.1 }],
        });
        findings.push(finding);
    }
}
