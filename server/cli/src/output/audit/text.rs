//! The map for a terminal: a tree from each flow through its calls to each way out. Owns its lines and
//! colours; must not know how the map is found.

use std::io::{self, Write};

use super::document::{Document, Finding, Flow};
use super::tree::{Branch, tree};
use super::words::{self, Tone, counted, cut, long};
use crate::output::document::Severity;
use crate::sources::printable;

/// Code is cut to this many characters.
const LONGEST_CODE: usize = 72;
/// How many callers of a flow are named before the rest is counted.
const NAMED_CALLERS: usize = 5;

/// Prints the map.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, document: &Document, coloured: bool) -> io::Result<()> {
    let mut page = Page { output, paint: Paint { coloured } };
    page.line(&words::sum(document))?;
    for totals in &document.by_kind {
        let flows = document.flows.iter().filter(|flow| flow.kind == totals.kind);
        let count = counted(totals.totals.flows, "flow", "flows");
        let heading = page.paint.bold(&format!("{}: {count}", words::heading(totals.kind)));
        page.line(&format!("\n{heading}"))?;
        for flow in flows {
            page.flow(flow)?;
        }
    }
    if !document.other_findings.is_empty() {
        page.section("Findings outside of these flows")?;
        for finding in &document.other_findings {
            page.finding("  ", finding)?;
        }
    }
    if !document.suppressions.is_empty() {
        page.section("Suppressions")?;
        for it in &document.suppressions {
            page.line(&format!("  {}  {}", printable(&words::suppression(it)), page.paint.place(&long(&it.place))))?;
        }
    }
    if document.projects.iter().any(|project| !project.identity_is_set) {
        page.section("Projects in which nothing was judged")?;
        for project in document.projects.iter().filter(|project| !project.identity_is_set) {
            page.line(&format!("  {}: {}", printable(&project.path), words::identity(project)))?;
        }
    }
    if let Some(missing) = words::missing(document) {
        page.line(&format!("\n{missing}"))?;
    }
    Ok(())
}

struct Page<'a, Output> {
    output: &'a mut Output,
    paint: Paint,
}

impl<Output: Write> Page<'_, Output> {
    fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.output, "{}", text.trim_end())
    }

    fn section(&mut self, heading: &str) -> io::Result<()> {
        let heading = self.paint.bold(heading);
        self.line(&format!("\n{heading}"))
    }

    fn flow(&mut self, flow: &Flow) -> io::Result<()> {
        let tone = words::flow_tone(flow);
        let title = self.paint.bold(&printable(&flow.title));
        let mark = self.paint.tone(tone, tone.mark());
        let place = self.paint.place(&long(&flow.place));
        self.line(&format!("\n{mark} {title}  {}  {place}", flow.platform))?;
        self.line(&format!("  {}", words::sum_of(flow)))?;
        if let Some(trigger) = &flow.trigger {
            self.line(&format!("  run by {}", printable(trigger)))?;
        }
        for caller in flow.callers.iter().take(NAMED_CALLERS) {
            let place = self.paint.place(&long(&caller.place));
            self.line(&format!("  called from {}  {place}", printable(&caller.title)))?;
        }
        if flow.callers.len() > NAMED_CALLERS {
            self.line(&format!("  and from {} more", flow.callers.len() - NAMED_CALLERS))?;
        }
        if let Some(place) = &flow.covered_by {
            let place = self.paint.place(&long(place));
            self.line(&format!("  covered when the user is gone  {place}"))?;
        }
        self.branches(flow, &tree(&flow.ways_out), "  ")?;
        for finding in &flow.findings {
            self.finding("  ", finding)?;
        }
        Ok(())
    }

    fn branches(&mut self, flow: &Flow, branches: &[Branch<'_>], indent: &str) -> io::Result<()> {
        for (index, branch) in branches.iter().enumerate() {
            let is_last = index + 1 == branches.len();
            let (arm, below) = if is_last { ("└─", "   ") } else { ("├─", "│  ") };
            match branch {
                Branch::Call(call, next) => {
                    let place = self.paint.place(&long(&call.place));
                    self.line(&format!("{indent}{arm} {}  {place}", printable(&call.title)))?;
                    self.branches(flow, next, &format!("{indent}{below}"))?;
                }
                Branch::Way(way) => {
                    let tone = words::tone(way.verdict);
                    let verdict = printable(&words::verdict(way, flow));
                    let verdict = self.paint.tone(tone, &format!("{} {verdict}", tone.mark()));
                    let code = printable(&cut(&way.code, LONGEST_CODE));
                    let place = self.paint.place(&long(&way.place));
                    let what = words::leaves(way, flow);
                    let what = if code.is_empty() { what } else { format!("{what}  {code}") };
                    self.line(&format!("{indent}{arm} {verdict}  {what}  {place}"))?;
                }
            }
        }
        Ok(())
    }

    fn finding(&mut self, indent: &str, finding: &Finding) -> io::Result<()> {
        let name = severity(finding.severity);
        let rule = self.paint.severity(finding.severity, &format!("{name}[{}]", finding.rule));
        let place = self.paint.place(&long(&finding.place));
        self.line(&format!("{indent}{rule}  {place}"))
    }
}

/// The name of a severity.
pub(crate) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "information",
        Severity::Hint => "hint",
    }
}

/// The colours of a terminal, or none.
#[derive(Clone, Copy)]
struct Paint {
    coloured: bool,
}

impl Paint {
    fn wrap(self, code: &str, text: &str) -> String {
        if self.coloured { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }

    fn place(self, text: &str) -> String {
        self.wrap("2", &printable(text))
    }

    fn tone(self, tone: Tone, text: &str) -> String {
        let code = match tone {
            Tone::Safe => "32",
            Tone::Kept => "31",
            Tone::Uncertain => "33",
            Tone::Unjudged => "2",
        };
        self.wrap(code, text)
    }

    fn severity(self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "33",
            Severity::Information => "34",
            Severity::Hint => "36",
        };
        self.wrap(code, text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::print;

    fn printed(coloured: bool) -> String {
        let mut bytes = Vec::new();
        print(&mut bytes, &samples::document(), coloured).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_flow_is_a_tree_of_its_calls() {
        insta::assert_snapshot!(printed(false));
    }

    #[test]
    fn colours_are_an_option() {
        assert!(printed(true).contains("\u{1b}[31m✗"));
        assert!(!printed(false).contains('\u{1b}'));
    }

    #[test]
    fn a_map_without_flows_says_so() {
        let mut bytes = Vec::new();
        print(&mut bytes, &samples::empty(), false).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("No flow was found in 0 files.\n"), "{text}");
        assert!(text.contains("No logout by the user, no session time-out, "), "{text}");
    }
}
