//! Rules: from identity's states to findings. Each rule is one file with its page beside it; a rule
//! must not know languages, LSP or other rules.

mod anonymize_after_redirect;
mod anonymize_in_error_handler;
mod anonymize_in_loop;
mod anonymize_on_screen_load;
mod asynchronous;
mod deprecated_anonymize;
mod duplicate_anonymize;
mod event_after_anonymize;
mod evidence;
mod finding;
mod judged;
mod missing_anonymize;
mod missing_logout_event;
mod occasions;
mod reidentify_after_anonymize;
mod rule;
mod switch_without_anonymize;
mod unawaited_anonymize;
mod unguarded_await;
mod unused_suppression;
mod wording;
mod wrong_anonymize_syntax;
mod wrong_platform_api;

pub use finding::{Finding, Related, Remedy, RemedyAction, Safety, Severity, Tag};
pub use rule::Rule;

use crate::database::{Db, SourceFile};
use crate::source::FileRole;
use judged::Judged;
pub(crate) use judged::covering;

/// A rule's check: it adds what it finds.
type Check = fn(&Judged<'_>, &mut Vec<Finding>);

/// The checks, one line a rule.
const CHECKS: [Check; 15] = [
    missing_anonymize::check,
    anonymize_after_redirect::check,
    wrong_anonymize_syntax::check,
    wrong_platform_api::check,
    unawaited_anonymize::check,
    unguarded_await::check,
    duplicate_anonymize::check,
    event_after_anonymize::check,
    missing_logout_event::check,
    anonymize_in_error_handler::check,
    anonymize_on_screen_load::check,
    anonymize_in_loop::check,
    reidentify_after_anonymize::check,
    switch_without_anonymize::check,
    deprecated_anonymize::check,
];

/// The findings of a file after suppressions and the configured severities, sorted by place and rule.
pub(crate) fn findings(db: &dyn Db, file: SourceFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    if file.role(db) == FileRole::Generated {
        return findings;
    }
    if file.role(db) == FileRole::Product {
        let judged = Judged::new(db, file);
        for check in CHECKS {
            check(&judged, &mut findings);
        }
    }
    unused_suppression::apply(db, file, &mut findings);
    let severities = &file.project(db).settings(db).severities;
    findings.retain_mut(|finding| match severities.get(&finding.rule) {
        Some(Some(severity)) => {
            finding.severity = *severity;
            true
        }
        Some(None) => false,
        None => true,
    });
    findings.sort_by(|a, b| (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message)));
    findings.dedup_by(|a, b| a.span == b.span && a.rule == b.rule);
    findings
}

/// The call that releases the identity, as a fix in a file would write it.
pub(crate) fn anonymize_call(db: &dyn Db, file: SourceFile) -> String {
    Judged::new(db, file).anonymize_call()
}
