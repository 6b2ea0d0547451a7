//! `deprecated-anonymize`: a v1 web form where the v2 API is there.

use super::judged::Judged;
use super::{Finding, Remedy, RemedyAction, Rule, Safety, Tag};

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    for (at, anonymize) in judged.releases().filter(|(at, _)| at.0.file == judged.file) {
        let Some(message) = &anonymize.deprecated else { continue };
        let (what, help) = match message.split_once(" Write `") {
            Some((what, right)) => (what, format!("Write `{right}")),
            None => (&**message, format!("Write `{}`.", judged.anonymize_call())),
        };
        let mut finding = judged.finding(
            Rule::DeprecatedAnonymize,
            Rule::DeprecatedAnonymize.default_severity(),
            judged.node(at).span,
            what.to_owned(),
            help,
        );
        finding.tag = Some(Tag::Deprecated);
        finding.remedies.push(Remedy {
            title: "Replace with the current API".to_owned(),
            safety: Safety::Safe,
            actions: vec![RemedyAction::ReplaceWithAnonymize { body: at.0.body, node: at.1 }],
        });
        findings.push(finding);
    }
}
