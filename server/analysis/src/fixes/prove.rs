//! The proof of a fix: apply it in memory and judge the result. Owns the conditions that a fix has to
//! meet; must not know how a file is judged.

use super::{Edit, apply};
use crate::rules::{Finding, Severity};
use crate::source::Span;

/// What an analysis says about a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Its findings.
    pub findings: Vec<Finding>,
    /// How many places the parser could not read.
    pub parse_errors: usize,
    /// How many findings of warning or above there are in the files that its calls lead into or come from.
    pub elsewhere: usize,
}

/// Whether a finding's edits are a fix. `before` is the judgement of `text`, `judge` gives that of another
/// text of the same file, or `None` where it cannot be analysed. The conditions: the finding is gone, so
/// that its fix is not offered again; nothing of its rule and nothing of warning or above has come up
/// that was not there; the parser reads no less of the file than before.
pub fn prove(
    text: &str,
    edits: &[Edit],
    before: &Judged,
    finding: &Finding,
    judge: &mut dyn FnMut(&str) -> Option<Judged>,
) -> bool {
    if !fits(text, edits) {
        return false;
    }
    let edited = apply(text, edits);
    if edited == text {
        return false;
    }
    let Some(after) = judge(&edited) else {
        return false;
    };
    after.parse_errors <= before.parse_errors
        && after.elsewhere <= before.elsewhere
        && nothing_new(edits, before, &after, finding)
}

/// Whether edits are sorted, free from overlaps, and of this text.
fn fits(text: &str, edits: &[Edit]) -> bool {
    let in_order = edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    let in_text = |edit: &Edit| text.get(edit.span.start as usize..edit.span.end as usize).is_some();
    in_order && edits.iter().all(in_text)
}

fn nothing_new(edits: &[Edit], before: &Judged, after: &Judged, finding: &Finding) -> bool {
    // Every earlier finding but the mended one may still be there, once each.
    let mut earlier: Vec<(&Finding, Option<Span>)> = Vec::new();
    let mut mended = false;
    for known in &before.findings {
        if !mended && known.rule == finding.rule && known.span == finding.span {
            mended = true;
            continue;
        }
        earlier.push((known, moved(edits, known.span)));
    }
    let own_place = moved(edits, finding.span);
    let mut unknown: Vec<&Finding> = Vec::new();
    for found in &after.findings {
        let same_place = |(known, span): &(&Finding, Option<Span>)| {
            known.rule == found.rule && span.is_some_and(|span| span.intersects(found.span))
        };
        match earlier.iter().position(same_place) {
            Some(index) => {
                earlier.remove(index);
            }
            None if found.rule == finding.rule && own_place == Some(found.span) => return false,
            None => unknown.push(found),
        }
    }
    // What stood inside an edit may have moved with it.
    for found in unknown {
        let same_fault =
            |(known, _): &(&Finding, Option<Span>)| known.rule == found.rule && known.message == found.message;
        match earlier.iter().position(same_fault) {
            Some(index) => {
                earlier.remove(index);
            }
            None if found.rule == finding.rule || found.severity >= Severity::Warning => return false,
            None => {}
        }
    }
    true
}

/// Where a span is after edits; `None` where an edit has taken a part of it.
fn moved(edits: &[Edit], span: Span) -> Option<Span> {
    let mut shift = 0_i64;
    for edit in edits {
        if edit.span.start >= span.end {
            break;
        }
        let is_before = edit.span.end <= span.start;
        if !is_before {
            return None;
        }
        shift += edit.text.len() as i64 - i64::from(edit.span.len());
    }
    let at = |offset: u32| u32::try_from(i64::from(offset) + shift).ok();
    Some(Span::new(at(span.start)?, at(span.end)?))
}

#[cfg(test)]
mod tests {
    use super::{Judged, prove};
    use crate::fixes::Edit;
    use crate::rules::{Finding, Rule, Severity};
    use crate::source::Span;

    fn finding(rule: Rule, start: u32, end: u32, severity: Severity) -> Finding {
        Finding {
            rule,
            severity,
            span: Span::new(start, end),
            message: "m".to_owned(),
            help: String::new(),
            related: Vec::new(),
            tag: None,
            remedies: Vec::new(),
        }
    }

    fn insertion(at: u32, text: &str) -> Edit {
        Edit { path: "a.ts".into(), span: Span::at(at), text: text.to_owned() }
    }

    fn judged(findings: Vec<Finding>) -> Judged {
        Judged { findings, ..Judged::default() }
    }

    const TEXT: &str = "leave(); leave();";

    #[test]
    fn a_finding_that_is_gone_while_its_neighbour_stays_is_proved() {
        let first = finding(Rule::MissingAnonymize, 0, 7, Severity::Warning);
        let second = finding(Rule::MissingAnonymize, 9, 16, Severity::Warning);
        let before = judged(vec![first.clone(), second]);
        let edits = [insertion(0, "free(); ")];
        let mut mended = |text: &str| {
            assert_eq!(text, "free(); leave(); leave();");
            Some(judged(vec![finding(Rule::MissingAnonymize, 17, 24, Severity::Warning)]))
        };
        assert!(prove(TEXT, &edits, &before, &first, &mut mended));
        let mut wrong_one = |_: &str| Some(judged(vec![finding(Rule::MissingAnonymize, 8, 15, Severity::Warning)]));
        assert!(!prove(TEXT, &edits, &before, &first, &mut wrong_one));
        let mut both = |_: &str| {
            Some(judged(vec![
                finding(Rule::MissingAnonymize, 8, 15, Severity::Warning),
                finding(Rule::MissingAnonymize, 17, 24, Severity::Warning),
            ]))
        };
        assert!(!prove(TEXT, &edits, &before, &first, &mut both));
    }

    #[test]
    fn a_new_warning_a_parse_error_or_no_change_is_refused() {
        let first = finding(Rule::MissingAnonymize, 0, 7, Severity::Warning);
        let before = judged(vec![first.clone()]);
        let edits = [insertion(0, "free(); ")];
        let new = |severity| move |_: &str| Some(judged(vec![finding(Rule::DuplicateAnonymize, 0, 6, severity)]));
        assert!(!prove(TEXT, &edits, &before, &first, &mut new(Severity::Warning)));
        assert!(prove(TEXT, &edits, &before, &first, &mut new(Severity::Hint)));
        assert!(!prove(TEXT, &edits, &before, &first, &mut |_| Some(Judged { parse_errors: 1, ..Judged::default() })));
        assert!(!prove(TEXT, &edits, &before, &first, &mut |_| None));
        assert!(!prove(TEXT, &[], &before, &first, &mut |_| Some(Judged::default())));
        assert!(!prove(TEXT, &[insertion(99, "x")], &before, &first, &mut |_| Some(Judged::default())));
    }
}
