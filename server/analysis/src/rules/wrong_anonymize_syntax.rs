//! `wrong-anonymize-syntax`: a call means to anonymize and does not, or names a fake user.

use super::judged::Judged;
use super::{Finding, Remedy, RemedyAction, Rule, Safety};
use crate::vocabulary::{Effect, Fault};

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    for (at, effect) in judged.effects() {
        let fault = match effect {
            Effect::Anonymize(anonymize) => &anonymize.fault,
            Effect::Identify(identify) => &identify.fault,
            _ => continue,
        };
        let Some(Fault::Syntax { message, span, contradictory, fallback }) = fault else { continue };
        let (body, node) = (at.0.body, at.1);
        // What to write is the help's part; the tables' sentences end with it.
        let (what, help) = match message.split_once(" Write `") {
            Some((what, right)) => (what, format!("Write `{right}")),
            None => (&**message, format!("Write `{}`.", judged.anonymize_call())),
        };
        let mut finding = judged.finding(
            Rule::WrongAnonymizeSyntax,
            Rule::WrongAnonymizeSyntax.default_severity(),
            judged.node(at).span,
            what.to_owned(),
            help,
        );
        if *span != finding.span && !span.is_empty() {
            finding.related.push(judged.related_span(judged.file, *span, "this part is wrong"));
        }
        let anonymize = Remedy {
            title: "Replace with the call that anonymizes".to_owned(),
            safety: Safety::Suggestion,
            actions: vec![RemedyAction::ReplaceWithAnonymize { body, node }],
        };
        if *fallback {
            finding.remedies.push(Remedy {
                title: "Identify the user, or anonymize where there is none".to_owned(),
                safety: Safety::Suggestion,
                actions: vec![RemedyAction::BranchOnUser { body, node }],
            });
        }
        finding.remedies.push(anonymize);
        if *contradictory {
            finding.remedies.push(Remedy {
                title: "Keep the user: remove `anonymous`".to_owned(),
                safety: Safety::Suggestion,
                actions: vec![RemedyAction::ReplaceWithPlatformForm { body, node }],
            });
        }
        findings.push(finding);
    }
}
