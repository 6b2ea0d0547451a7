//! The proof of a suppression: what it has to take away, and that it takes nothing else. Owns these
//! conditions; must not know where the comment stands.

use crate::fixes::Edit;
use crate::fixes::prove::Judged;
use crate::rules::{Finding, Rule};
use crate::source::{LineIndex, Span};

/// Whether an edit suppresses a finding and all else stays as it was. `lines` are those of the text before,
/// `line` is the one that the comment speaks for; `None` is the whole file.
pub(super) fn holds(
    lines: &LineIndex,
    edit: &Edit,
    line: Option<usize>,
    before: &Judged,
    after: &Judged,
    finding: &Finding,
) -> bool {
    if after.parse_errors > before.parse_errors || after.elsewhere != before.elsewhere {
        return false;
    }
    let is_meant =
        |known: &&Finding| known.rule == finding.rule && line.is_none_or(|line| lines.line(known.span.start) == line);
    let (meant, mut stays): (Vec<&Finding>, Vec<&Finding>) = before.findings.iter().partition(is_meant);
    let is_among_them = meant.iter().any(|known| known.span == finding.span);
    let mut is_same = true;
    for found in &after.findings {
        let same = |known: &&Finding| {
            known.rule == found.rule && known.severity == found.severity && moved(edit, known.span) == found.span
        };
        match stays.iter().position(same) {
            Some(index) => {
                stays.remove(index);
            }
            None => is_same = false,
        }
    }
    // A comment that suppressed nothing does now, where the rule was added to it.
    is_among_them && is_same && stays.iter().all(|known| known.rule == Rule::UnusedSuppression)
}

/// Where a span is after an insertion, which may lie inside.
fn moved(edit: &Edit, span: Span) -> Span {
    let by = edit.text.len() as u32;
    let shifted = |offset: u32, is_behind: bool| if is_behind { offset + by } else { offset };
    Span::new(shifted(span.start, edit.span.start <= span.start), shifted(span.end, edit.span.start < span.end))
}
