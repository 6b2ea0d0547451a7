//! Findings for people: each with its code, the path that leads there step by step, and what to do.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use farewell_analysis::rules;

use super::document::{Document, Finding, Related, Severity};
use super::excerpt::{Excerpt, is_near};
use crate::sources::printable;

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
pub(crate) fn print(output: &mut impl Write, document: &Document, style: &Style) -> io::Result<()> {
    let mut renderer = if style.coloured { Renderer::styled() } else { Renderer::plain() };
    if let Some(width) = style.width {
        renderer = renderer.term_width(width.max(LEAST_WIDTH));
    }
    for finding in &document.findings {
        writeln!(output, "{}\n", render(&renderer, finding))?;
    }
    writeln!(output, "{}", closing_line(document))
}

fn render(renderer: &Renderer, finding: &Finding) -> String {
    let steps = numbered(&finding.related);
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        steps.iter().partition(|(step, _)| step.path == finding.path && is_near(finding.range, step.range.start.line));
    let lines = finding.lines.iter().chain(here.iter().flat_map(|(step, _)| &step.lines));
    let code = Excerpt::new(finding.range, lines);
    let frame =
        snippet(&finding.path, &code)
            .annotation(AnnotationKind::Primary.span(code.first_line_of(finding.range)))
            .annotations(here.iter().map(|(step, label)| {
                AnnotationKind::Context.span(code.first_line_of(step.range)).label(label.as_str())
            }));
    let title = level(finding.severity).primary_title(finding.message.as_str()).id(finding.rule.name());
    let mut group = Group::with_title(title).element(frame);
    for (step, label) in &elsewhere {
        let code = Excerpt::new(step.range, &step.lines);
        let span = code.first_line_of(step.range);
        group = group
            .element(snippet(&step.path, &code).annotation(AnnotationKind::Context.span(span).label(label.as_str())));
    }
    if !finding.help.is_empty() {
        group = group.element(Level::HELP.message(finding.help.as_str()));
    }
    renderer.render(&[group])
}

fn snippet<'code>(path: &str, code: &Excerpt) -> Snippet<'code, annotate_snippets::Annotation<'code>> {
    Snippet::source(code.text.clone()).line_start(code.first_line as usize).path(printable(path))
}

/// The steps of a path with their labels; a lone one needs no number.
fn numbered(related: &[Related]) -> Vec<(&Related, String)> {
    let is_lone = related.len() == 1;
    let label = |(index, step): (usize, &Related)| {
        if is_lone { step.message.clone() } else { format!("{}. {}", index + 1, step.message) }
    };
    related.iter().enumerate().map(|step| (step.1, label(step))).collect()
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
fn closing_line(document: &Document) -> String {
    let Document { findings, summary, .. } = document;
    let scope = format!("in {} with {}", counted(summary.files_seen, "file"), counted(summary.flows, "logout flow"));
    let fixed =
        if summary.fixed > 0 { format!("Fixed {}. ", counted(summary.fixed, "finding")) } else { String::new() };
    let baseline = match summary.in_baseline {
        0 => String::new(),
        count => format!(" {count} more in the baseline."),
    };
    if findings.is_empty() {
        return format!("{fixed}Nothing found {scope}.{baseline}");
    }
    let fixable = findings.iter().filter(|it| it.is_automatic()).count();
    let advice = if fixable > 0 { format!("; {fixable} can be fixed with --fix") } else { String::new() };
    format!("{fixed}Found {} {scope}{advice}.{baseline}", by_severity(findings))
}

/// `1 error and 2 warnings`.
pub(crate) fn by_severity(findings: &[Finding]) -> String {
    let counts: Vec<String> = rules::Severity::ALL
        .into_iter()
        .rev()
        .map(Severity::from)
        .map(|severity| (severity, findings.iter().filter(|it| it.severity == severity).count()))
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
    use super::super::samples;
    use super::{Document, Style, print};
    use crate::output::document::Totals;

    fn printed(coloured: bool) -> String {
        let mut bytes = Vec::new();
        print(&mut bytes, &samples::document(), &Style { coloured, width: None }).unwrap();
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
        let closing = |summary: Totals| {
            let mut bytes = Vec::new();
            let document = Document { summary, findings: Vec::new(), ..samples::document() };
            print(&mut bytes, &document, &Style::default()).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        assert_eq!(closing(samples::document().summary), "Nothing found in 3 files with 1 logout flow.\n");
        let one = Totals { files_seen: 1, fixed: 2, in_baseline: 3, ..Totals::default() };
        let expected = "Fixed 2 findings. Nothing found in 1 file with 0 logout flows. 3 more in the baseline.\n";
        assert_eq!(closing(one), expected);
    }
}
