//! From the engine's findings to those that are printed. Owns where byte offsets become lines and columns, and which
//! lines of code are shown; must not know how.

use farewell_analysis::Database;
use farewell_analysis::fixes::{Edit, Fix};
use farewell_analysis::rules;
use farewell_analysis::source::LineColumn;

use super::document::{Finding, Line, Position, Range, Related, Remedy, Replacement, Safety};
use crate::scan::{FileFindings, Found};
use crate::sources::{Source, Sources};

/// A longer line is cut, in characters. No person writes one.
const LONGEST_LINE: usize = 400;
/// How many characters of a line that is cut stand before the place that it is shown for.
const BEFORE_PLACE: usize = 60;

/// Every finding, sorted by path, place and rule.
pub(crate) fn findings(db: &Database, sources: &Sources, files: &[FileFindings]) -> Vec<Finding> {
    let with_source = files.iter().filter_map(|file| Some((file, sources.get(file.file.path(db))?)));
    let mut all: Vec<Finding> = with_source
        .flat_map(|(file, source)| file.findings.iter().map(|found| finding(sources, source, found)))
        .collect();
    sort(&mut all);
    all
}

/// Brings findings into the order of every report: by path, place and rule.
pub(crate) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|left, right| key(left).cmp(&key(right)));
}

/// A finding in a text.
pub(crate) fn finding(sources: &Sources, source: &Source, found: &Found) -> Finding {
    let it = &found.finding;
    let related: Vec<Related> = it.related.iter().filter_map(|step| related(sources, step)).collect();
    let range = range(source.places(it.span));
    let mut lines = vec![line(source, range.start)];
    lines.extend(between(source, range, &related));
    lines.sort_by_key(|line| line.line);
    Finding {
        rule: it.rule,
        severity: it.severity.into(),
        path: source.path.clone(),
        range,
        message: it.message.clone(),
        help: it.help.clone(),
        fixes: found.fixes.iter().filter_map(|fix| remedy(sources, fix)).collect(),
        fingerprint: found.fingerprint.clone(),
        related,
        lines,
    }
}

/// A span's ends as a range.
pub(crate) fn range((start, end): (LineColumn, LineColumn)) -> Range {
    let position = |place: LineColumn| Position { line: place.line, column: place.column };
    Range { start: position(start), end: position(end) }
}

fn key(finding: &Finding) -> (&str, Range, &str) {
    (&finding.path, finding.range, finding.rule.name())
}

fn related(sources: &Sources, step: &rules::Related) -> Option<Related> {
    let source = sources.get(&step.path)?;
    let range = range(source.places(step.span));
    let lines = vec![line(source, range.start)];
    Some(Related { path: source.path.clone(), range, message: step.message.clone(), lines })
}

/// A fix; `None` where one of its edits is in a file that is not known, as half a fix is none.
fn remedy(sources: &Sources, fix: &Fix) -> Option<Remedy> {
    let edits: Option<Vec<Replacement>> = fix.edits.iter().map(|edit| replacement(sources, edit)).collect();
    Some(Remedy {
        title: fix.title.clone(),
        preferred: fix.preferred,
        safety: match fix.safety {
            rules::Safety::Safe => Safety::Safe,
            rules::Safety::Suggestion => Safety::Suggestion,
        },
        edits: edits?,
    })
}

fn replacement(sources: &Sources, edit: &Edit) -> Option<Replacement> {
    let source = sources.get(&edit.path)?;
    Some(Replacement { path: source.path.clone(), range: range(source.places(edit.span)), text: edit.text.clone() })
}

/// The lines that lie alone between two others: to leave one out takes as much room as to show it.
fn between(source: &Source, range: Range, related: &[Related]) -> Vec<Line> {
    let own_steps = related.iter().filter(|step| step.path == source.path);
    let mut shown: Vec<u32> = own_steps.map(|step| step.range.start.line).chain([range.start.line]).collect();
    shown.sort_unstable();
    let alone = shown.windows(2).filter_map(|pair| match pair {
        [before, after] if before + 2 == *after => Some(before + 1),
        _ => None,
    });
    alone.map(|number| line(source, Position { line: number, column: 1 })).collect()
}

/// The line of a place, cut around it where it is too long.
fn line(source: &Source, place: Position) -> Line {
    let whole = source.line(place.line);
    if whole.len() <= LONGEST_LINE || whole.chars().nth(LONGEST_LINE).is_none() {
        return Line { line: place.line, column: 1, text: whole.to_owned() };
    }
    let before = (place.column as usize - 1).saturating_sub(BEFORE_PLACE);
    let text = whole.chars().skip(before).take(LONGEST_LINE).collect();
    Line { line: place.line, column: u32::try_from(before + 1).unwrap_or(u32::MAX), text }
}

#[cfg(test)]
mod tests {
    use super::line;
    use crate::output::document::Position;
    use crate::sources::Sources;

    fn cut(text: &str, column: u32) -> (u32, String) {
        let mut sources = Sources::default();
        sources.add("a.js".into(), "a.js".into(), text.into());
        let line = line(sources.get("a.js").unwrap(), Position { line: 2, column });
        (line.column, line.text)
    }

    #[test]
    fn lines_are_given_whole_unless_they_are_too_long() {
        assert_eq!(cut("a\r\n  é b\r\nc", 3), (1, "  é b".to_owned()));
        assert_eq!(cut("a", 1), (1, String::new()));
        let long = format!("a\n{}leave(){}", "é".repeat(1000), "x".repeat(1000));
        let (column, text) = cut(&long, 1001);
        assert_eq!((column, text.chars().count()), (941, 400));
        assert!(text.trim_start_matches('é').starts_with("leave()"));
        assert_eq!(cut(&long, 3).0, 1);
    }
}
