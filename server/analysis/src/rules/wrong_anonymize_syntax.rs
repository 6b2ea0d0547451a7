//! `wrong-anonymize-syntax`: a call means to anonymize and does not, or names a fake user.

use super::judged::Judged;
use super::{Finding, Remedy, RemedyAction, Rule, Safety};
use crate::identity::NodeAt;
use crate::source::Span;
use crate::vocabulary::{Effect, Fault};

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    for (at, effect) in judged.own_effects() {
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
            None if matches!(effect, Effect::Identify(_)) && !fallback => {
                (&**message, format!("Write `{}`.", judged.written(&judged.texts().identify)))
            }
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
        match effect {
            Effect::Identify(_) if *fallback => finding.remedies.extend([
                Remedy {
                    title: "Identify the user, or anonymize where there is none".to_owned(),
                    safety: Safety::Suggestion,
                    actions: vec![RemedyAction::BranchOnUser { body, node }],
                },
                anonymize(at, Safety::Suggestion),
            ]),
            // A real user under a misspelt name: only the name is wrong.
            Effect::Identify(_) => finding.remedies.push(Remedy {
                title: "Replace with the call that identifies".to_owned(),
                safety: Safety::Safe,
                actions: vec![RemedyAction::ReplaceWithPlatformForm { body, node }],
            }),
            _ if *contradictory => {
                finding.remedies.push(anonymize(at, Safety::Suggestion));
                finding.remedies.extend(without_anonymous(judged, at, *span));
            }
            // Options that say nothing may be an identify that lost its user, unless a flow stands around.
            _ if span.is_empty() || says_nothing(judged, at, *span) => {
                let in_flow = judged.flow_reaching(at).is_some();
                finding.remedies.push(anonymize(at, if in_flow { Safety::Safe } else { Safety::Suggestion }));
            }
            _ => finding.remedies.push(anonymize(at, Safety::Safe)),
        }
        findings.push(finding);
    }
}

fn anonymize(at: NodeAt, safety: Safety) -> Remedy {
    Remedy {
        title: "Replace with the call that anonymizes".to_owned(),
        safety,
        actions: vec![RemedyAction::ReplaceWithAnonymize { body: at.0.body, node: at.1 }],
    }
}

/// Whether a call has no options, or none that are about anybody: neither a user nor `anonymous`.
fn says_nothing(judged: &Judged<'_>, at: NodeAt, wrong: Span) -> bool {
    let Some(call) = judged.call(at) else { return true };
    let text: String = judged.text(wrong).split_whitespace().collect();
    wrong == call.callee_span || text == "{}"
}

/// Keeps the user of a call that names one beside `anonymous`: that property goes, with its comma.
fn without_anonymous(judged: &Judged<'_>, at: NodeAt, property: Span) -> Option<Remedy> {
    let call = judged.node(at).span;
    if !call.contains(property) {
        return None;
    }
    let behind = judged.text(Span::new(property.end, call.end));
    let span = match behind.trim_start().strip_prefix(',') {
        // Alone on its line, it goes with that line.
        Some(rest) if rest.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']) => {
            let before = judged.text(Span::new(call.start, property.start)).trim_end();
            Span::new(call.start + before.len() as u32, call.end - rest.len() as u32)
        }
        Some(rest) => Span::new(property.start, call.end - rest.trim_start().len() as u32),
        None => {
            let before = judged.text(Span::new(call.start, property.start)).trim_end();
            let kept = before.strip_suffix(',').unwrap_or(before);
            Span::new(call.start + kept.len() as u32, property.end)
        }
    };
    Some(Remedy {
        title: "Keep the user: remove `anonymous`".to_owned(),
        safety: Safety::Suggestion,
        actions: vec![RemedyAction::Replace { span, text: String::new() }],
    })
}
