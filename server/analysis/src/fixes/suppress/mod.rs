//! Suppressions as edits: the comment that ignores a finding, to which a person still has to write the reason.
//! Owns which comments are tried for a finding and that one is proved before it is offered; must not know how
//! a file is judged, or how a comment is read again.

mod place;
mod proof;
mod top;

use super::file::FileText;
use super::prove::Judged;
use super::{Edit, apply};
use crate::rules::{Finding, Rule};
use crate::source::{IGNORE, IGNORE_FILE, LineIndex, Span, Suppression, suppressions};

/// What a suppression speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IgnoreScope {
    /// The line on which the finding starts.
    Line,
    /// The whole file.
    File,
}

/// A comment that suppresses a finding as soon as somebody has written why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignore {
    /// What it speaks for.
    pub scope: IgnoreScope,
    /// What the user reads.
    pub title: String,
    /// The edit. Until the reason is written the comment suppresses nothing, and is reported itself.
    pub edit: Edit,
    /// The byte of the edit's text at which the reason goes; `None` where the comment has one already.
    pub reason_at: Option<usize>,
}

/// What is written where a reason goes, for the proof alone.
const PROBE: &str = "a reason";

impl IgnoreScope {
    /// Both, the narrower one first.
    pub const ALL: [IgnoreScope; 2] = [IgnoreScope::Line, IgnoreScope::File];

    const fn word(self) -> &'static str {
        match self {
            IgnoreScope::Line => IGNORE,
            IgnoreScope::File => IGNORE_FILE,
        }
    }

    const fn place(self) -> &'static str {
        match self {
            IgnoreScope::Line => "on this line",
            IgnoreScope::File => "in this file",
        }
    }
}

/// The comment that suppresses a finding, proved: with a reason in it the finding is gone, nothing else has
/// come or gone but what the comment speaks for too, and the parser reads no less than before. `None` where
/// no place takes one, or one for the rule is there already.
pub fn ignore(
    file: &FileText<'_>,
    scope: IgnoreScope,
    before: &Judged,
    finding: &Finding,
    judge: &mut dyn FnMut(&str) -> Option<Judged>,
) -> Option<Ignore> {
    // A suppression's own fault cannot be suppressed.
    if finding.rule == Rule::UnusedSuppression {
        return None;
    }
    let lines = LineIndex::new(file.text);
    let line = match scope {
        IgnoreScope::Line => Some(lines.line(finding.span.start)),
        IgnoreScope::File => None,
    };
    let there = suppressions(file.text, &lines, file.lowered.comments.iter().map(|comment| comment.span));
    let for_this: Vec<&Suppression> = there.iter().filter(|suppression| suppression.line == line).collect();
    let name = finding.rule.name();
    if for_this.iter().any(|suppression| suppression.rules.iter().any(|(rule, _)| rule == name)) {
        return None;
    }
    let fresh = match scope {
        IgnoreScope::Line => place::of_line(file, finding),
        IgnoreScope::File => top::of_file(file),
    };
    let joined = for_this.iter().find_map(|suppression| join(file, scope, suppression, name));
    let fresh = fresh.into_iter().map(|place| place.written(file, scope, name));
    joined.into_iter().chain(fresh).find(|ignore| {
        let probe = probe(ignore);
        judge(&apply(file.text, std::slice::from_ref(&probe)))
            .is_some_and(|after| proof::holds(&lines, &probe, line, before, &after, finding))
    })
}

/// A rule that is added to those of a comment which has its reason already.
fn join(file: &FileText<'_>, scope: IgnoreScope, suppression: &Suppression, name: &str) -> Option<Ignore> {
    suppression.reason.as_ref()?;
    let (_, last) = suppression.rules.last()?;
    let edit = Edit { path: file.path.clone(), span: Span::at(last.end), text: format!(", {name}") };
    let title = format!("Ignore {name} {} as well, for the reason that is given", scope.place());
    Some(Ignore { scope, title, edit, reason_at: None })
}

/// The edit with a reason in it.
fn probe(ignore: &Ignore) -> Edit {
    let mut edit = ignore.edit.clone();
    if let Some(at) = ignore.reason_at {
        edit.text.insert_str(at, PROBE);
    }
    edit
}
