//! Findings for people: each with its code, the path that leads there step by step, and what to do.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use farewell_analysis::fixes::Fix;
use farewell_analysis::rules::{Related, Severity};
use farewell_analysis::source::Span;

use super::{Located, Report, Summary};
use crate::sources::{Source, Sources, printable};

/// Code is cut to no fewer columns than this.
const LEAST_WIDTH: usize = 60;

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Style {
    /// With colours.
    pub(crate) coloured: bool,
    /// The terminal's columns, to which long lines of code are cut.
    pub(crate) width: Option<usize>,
}

/// Prints the findings and a closing line.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, report: &Report<'_>, style: &Style) -> io::Result<()> {
    let mut renderer = if style.coloured { Renderer::styled() } else { Renderer::plain() };
    if let Some(width) = style.width {
        renderer = renderer.term_width(width.max(LEAST_WIDTH));
    }
    for located in report.all {
        writeln!(output, "{}\n", render(&renderer, report.sources, located))?;
    }
    writeln!(output, "{}", closing_line(report.all, report.summary))
}

fn render(renderer: &Renderer, sources: &Sources, located: &Located<'_>) -> String {
    let finding = &located.found.finding;
    let steps = numbered(&finding.related);
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        steps.iter().partition(|(step, _)| sources.get(&step.path).is_some_and(|it| std::ptr::eq(it, located.source)));
    let frame = snippet(located.source)
        .annotation(AnnotationKind::Primary.span(first_line(&located.source.text, finding.span)))
        .annotations(here.iter().map(|(step, label)| {
            AnnotationKind::Context.span(first_line(&located.source.text, step.span)).label(label.as_str())
        }));
    let title = level(finding.severity).primary_title(finding.message.as_str()).id(finding.rule.name());
    let mut group = Group::with_title(title).element(frame);
    for (step, label) in &elsewhere {
        if let Some(source) = sources.get(&step.path) {
            let span = first_line(&source.text, step.span);
            group = group.element(snippet(source).annotation(AnnotationKind::Context.span(span).label(label.as_str())));
        }
    }
    if !finding.help.is_empty() {
        group = group.element(Level::HELP.message(finding.help.as_str()));
    }
    renderer.render(&[group])
}

fn snippet(source: &Source) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    Snippet::source(&*source.text).path(printable(&source.path))
}

/// The steps of a path with their labels; a lone one needs no number.
fn numbered(related: &[Related]) -> Vec<(&Related, String)> {
    let is_lone = related.len() == 1;
    let label = |(index, step): (usize, &Related)| {
        if is_lone { step.message.clone() } else { format!("{}. {}", index + 1, step.message) }
    };
    related.iter().enumerate().map(|step| (step.1, label(step))).collect()
}

/// The part of a span on its first line, in bytes: a frame that underlines a whole function says nothing.
fn first_line(text: &str, span: Span) -> Range<usize> {
    let whole = span.text(text);
    let line = whole.lines().next().unwrap_or_default().trim_end();
    let start = text.floor_char_boundary(span.start as usize);
    start..start + line.len()
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO.with_name("information"),
        Severity::Hint => Level::NOTE.with_name("hint"),
    }
}

/// `Found 1 error and 2 warnings in 12 files with 5 logout flows; 2 can be fixed with --fix.`
fn closing_line(all: &[Located<'_>], summary: &Summary) -> String {
    let scope = format!("in {} with {}", counted(summary.files_seen, "file"), counted(summary.flows, "logout flow"));
    let fixed =
        if summary.fixed > 0 { format!("Fixed {}. ", counted(summary.fixed, "finding")) } else { String::new() };
    let baseline = match summary.in_baseline {
        0 => String::new(),
        count => format!(" {count} more in the baseline."),
    };
    if all.is_empty() {
        return format!("{fixed}Nothing found {scope}.{baseline}");
    }
    let fixable = all.iter().filter(|it| it.found.fixes.iter().any(Fix::is_automatic)).count();
    let advice = if fixable > 0 { format!("; {fixable} can be fixed with --fix") } else { String::new() };
    format!("{fixed}Found {} {scope}{advice}.{baseline}", by_severity(all))
}

/// `1 error and 2 warnings`.
pub(crate) fn by_severity(all: &[Located<'_>]) -> String {
    let counts: Vec<String> = Severity::ALL
        .iter()
        .rev()
        .map(|severity| (*severity, all.iter().filter(|it| it.found.finding.severity == *severity).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| match severity {
            Severity::Information => format!("{count} information"),
            other => counted(count, other.name()),
        })
        .collect();
    joined(&counts)
}

/// `1 file`, `2 files`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::samples;
    use super::{Report, Style, Summary, print};

    fn printed(coloured: bool) -> String {
        let (sources, late, hint) = (samples::sources(), samples::late_anonymize(), samples::hint());
        let all = [samples::in_auth(&hint, &sources), samples::in_auth(&late, &sources)];
        let mut bytes = Vec::new();
        let report = Report { sources: &sources, all: &all, summary: &samples::summary() };
        print(&mut bytes, &report, &Style { coloured, width: None }).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_finding_shows_its_code_its_path_and_what_to_do() {
        let expected = "\
hint[missing-logout-event]: No event tells of this logout.
 --> app/src/auth.ts:3:1
  |
3 | export async function logout() {
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

error[anonymize-after-redirect]: The identity is released after the page was left.
 --> app/src/auth.ts:6:3
  |
5 |   /* \u{1F600} */ location.href = '/login';
  |            ------------------------ 2. leaves the page here
6 |   FS('setIdentity', { anonymous: true });
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
 ::: app/src/store.ts:2:3
  |
2 |   localStorage.clear();
  |   -------------------- 1. the logout starts here
  |
  = help: Anonymize before the redirect.

Found 1 error and 1 hint in 3 files with 1 logout flow; 1 can be fixed with --fix.
";
        assert_eq!(printed(false), expected);
    }

    #[test]
    fn colours_are_an_option() {
        assert!(printed(true).contains("\u{1b}["));
        assert!(!printed(false).contains('\u{1b}'));
    }

    #[test]
    fn the_closing_line_counts() {
        let closing = |summary: &Summary| {
            let mut bytes = Vec::new();
            print(&mut bytes, &Report { sources: &samples::sources(), all: &[], summary }, &Style::default()).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        assert_eq!(closing(&samples::summary()), "Nothing found in 3 files with 1 logout flow.\n");
        let one = Summary {
            files_seen: 1,
            files_parsed: 0,
            bytes_seen: 0,
            flows: 0,
            elapsed: Duration::ZERO,
            fixed: 2,
            in_baseline: 3,
        };
        let expected = "Fixed 2 findings. Nothing found in 1 file with 0 logout flows. 3 more in the baseline.\n";
        assert_eq!(closing(&one), expected);
    }
}
