//! `anonymize-in-loop`: the identity is released again and again.

use super::judged::Judged;
use super::occasions::{Occasion, wrong_occasions};
use super::{Finding, Remedy, RemedyAction, Rule, Safety};

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    for (at, occasion) in wrong_occasions(judged) {
        if occasion != Occasion::Loop {
            continue;
        }
        let limit = judged.identity_limit();
        let mut finding = judged.finding(
            Rule::AnonymizeInLoop,
            Rule::AnonymizeInLoop.default_severity(),
            judged.node(at).span,
            format!("This call runs again and again; Fullstory takes at most {limit}."),
            "Release the identity once, where the user logs out.".to_owned(),
        );
        let (body, node) = (at.0.body, at.1);
        let behind = judged.node(at).in_loop.filter(|_| judged.flow_reaching(at).is_some());
        if let Some(behind) = behind {
            finding.remedies.push(Remedy {
                title: "Move the call behind the loop".to_owned(),
                safety: Safety::Suggestion,
                actions: vec![RemedyAction::MoveBehind { body, node, behind }],
            });
        }
        finding.remedies.push(Remedy {
            title: "Remove the call".to_owned(),
            safety: Safety::Suggestion,
            actions: vec![RemedyAction::Remove { body, node }],
        });
        findings.push(finding);
    }
}
