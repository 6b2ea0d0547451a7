//! `unused-suppression`: a suppression that suppresses nothing, names no rule or an unknown one, or gives
//! no reason; and the application of those that do.

use super::{Finding, Remedy, RemedyAction, Rule, Safety, Severity, Tag};
use crate::database::{Db, SourceFile, lowered};
use crate::source::{LineIndex, Span, Suppression, may_suppress, suppressions};

/// Takes suppressed findings out, and adds one for each suppression that does nothing.
pub(super) fn apply(db: &dyn Db, file: SourceFile, findings: &mut Vec<Finding>) {
    let text = file.text(db);
    let comments = lowered(db, file).comments.iter().map(|comment| comment.span);
    if !comments.clone().any(|comment| may_suppress(comment.text(text))) {
        return;
    }
    let lines = LineIndex::new(text);
    let all = suppressions(text, &lines, comments);
    if all.is_empty() {
        return;
    }
    let mut used = vec![false; all.len()];
    // Where one for the line stands under one for the file, both do what they say.
    findings.retain(|finding| {
        let line = lines.line(finding.span.start);
        let mut is_suppressed = false;
        for (suppression, used) in all.iter().zip(&mut used) {
            if suppresses(suppression, finding, line) {
                (*used, is_suppressed) = (true, true);
            }
        }
        !is_suppressed
    });
    for (suppression, used) in all.iter().zip(used) {
        findings.extend(fault(text, suppression, used));
    }
}

fn suppresses(suppression: &Suppression, finding: &Finding, line: usize) -> bool {
    suppression.reason.is_some()
        && suppression.line.is_none_or(|own| own == line)
        && suppression.rules.iter().any(|(name, _)| name == finding.rule.name())
}

fn fault(text: &str, suppression: &Suppression, used: bool) -> Option<Finding> {
    let remove = Remedy {
        title: "Remove the comment".to_owned(),
        safety: Safety::Safe,
        actions: vec![RemedyAction::RemoveComment { span: suppression.span }],
    };
    let unknown = suppression.rules.iter().find(|(name, _)| Rule::of_name(name).is_none());
    let (message, help, remedies) = if suppression.rules.is_empty() {
        ("This suppression names no rule.".to_owned(), "Name the rule that it is for.".to_owned(), vec![remove])
    } else if let Some((name, span)) = unknown {
        let nearest = nearest(name);
        let replace = nearest.map(|rule| Remedy {
            title: format!("Change to `{}`", rule.name()),
            safety: Safety::Suggestion,
            actions: vec![RemedyAction::Replace { span: *span, text: rule.name().to_owned() }],
        });
        let help =
            nearest.map_or("Name a rule that there is.".to_owned(), |rule| format!("Did you mean `{}`?", rule.name()));
        (format!("There is no rule `{name}`."), help, std::iter::once(remove).chain(replace).collect())
    } else if suppression.reason.is_none() {
        let before = text.get(..suppression.reason_at as usize).unwrap_or_default();
        let colon = if before.ends_with(':') { "" } else { ":" };
        let add = Remedy {
            title: "Add a reason".to_owned(),
            safety: Safety::Suggestion,
            actions: vec![RemedyAction::Replace {
                span: Span::at(suppression.reason_at),
                text: format!("{colon} explain why this way out may keep the identity"),
            }],
        };
        let message = "A suppression without a reason suppresses nothing.".to_owned();
        (message, "Add `: reason` behind the rule.".to_owned(), vec![add, remove])
    } else if !used {
        let message = "This suppression suppresses nothing.".to_owned();
        (message, "Remove it.".to_owned(), vec![remove])
    } else {
        return None;
    };
    Some(Finding {
        rule: Rule::UnusedSuppression,
        severity: Severity::Warning,
        span: suppression.span,
        message,
        help,
        related: Vec::new(),
        tag: Some(Tag::Unnecessary),
        remedies,
    })
}

/// The rule whose name is nearest to a misspelt one.
fn nearest(name: &str) -> Option<Rule> {
    let distance = |rule: &Rule| strsim::damerau_levenshtein(rule.name(), name);
    Rule::ALL.into_iter().min_by_key(distance).filter(|rule| distance(rule) <= name.len() / 3)
}
