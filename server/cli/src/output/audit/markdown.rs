//! The map in Markdown: tables, with links to files and lines. Owns what has to be escaped there; must not
//! know how the map is found.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::document::{Call, Document, Finding, Flow, Place, Totals, WayOut};
use super::links::FileLinks;
use super::text::severity;
use super::words::{self, Tone, cut, short};
use crate::sources::printable;

/// Code is cut to this many characters.
const LONGEST_CODE: usize = 60;

/// Prints the map.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, document: &Document, links: &FileLinks) -> io::Result<()> {
    let page = Page { links };
    let mut text = String::from("# Logout map\n\n");
    text.push_str(&words::sum(document));
    text.push('\n');
    if let Some(missing) = words::missing(document) {
        let _ = write!(text, "\n**{missing}**\n");
    }
    let kinds = document.by_kind.iter().map(|it| (words::heading(it.kind).to_owned(), it.totals));
    totals(&mut text, "Kind", kinds);
    totals(&mut text, "Platform", document.by_platform.iter().map(|it| (it.platform.to_owned(), it.totals)));
    for kind in &document.by_kind {
        let _ = write!(text, "\n## {}\n", words::heading(kind.kind));
        for flow in document.flows.iter().filter(|flow| flow.kind == kind.kind) {
            page.flow(&mut text, flow);
        }
    }
    if !document.other_findings.is_empty() {
        text.push_str("\n## Findings outside of these flows\n\n");
        document.other_findings.iter().for_each(|it| page.finding(&mut text, it));
    }
    if !document.suppressions.is_empty() {
        text.push_str("\n## Suppressions\n\n");
        for it in &document.suppressions {
            let _ = writeln!(text, "- {} {}", page.link(&it.place), escaped(&words::suppression(it)));
        }
    }
    text.push_str("\n## Projects\n\n| Project | Identity | Flows |\n| --- | --- | ---: |\n");
    for project in &document.projects {
        let call = project.call.as_ref().map(|place| format!(" by {}", page.link(place))).unwrap_or_default();
        let (name, identity) = (code(&project.path), words::identity(project));
        let _ = writeln!(text, "| {name} | {identity}{call} | {} |", project.flows);
    }
    output.write_all(text.as_bytes())
}

fn totals(text: &mut String, of: &str, rows: impl Iterator<Item = (String, Totals)>) {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return;
    }
    let _ = write!(
        text,
        "\n| {of} | Flows | Ways out | ✓ released | ✗ kept | ? cannot be told | – not judged |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    );
    for (name, totals) in rows {
        let counts: Vec<String> = Tone::ALL.iter().map(|tone| tone.count(&totals).to_string()).collect();
        let _ = writeln!(text, "| {name} | {} | {} | {} |", totals.flows, totals.ways_out, counts.join(" | "));
    }
}

struct Page<'a> {
    links: &'a FileLinks,
}

impl Page<'_> {
    fn flow(&self, text: &mut String, flow: &Flow) {
        let mark = words::flow_tone(flow).mark();
        let _ = write!(text, "\n### {mark} {}\n\n", code(&flow.title));
        let trigger = flow.trigger.as_ref().map(|it| format!(", run by {}", code(it))).unwrap_or_default();
        let _ = writeln!(text, "{}{trigger}, {}: {}.", flow.platform, self.link(&flow.place), words::sum_of(flow));
        if !flow.callers.is_empty() {
            let callers: Vec<String> = flow.callers.iter().map(|it| self.call(it)).collect();
            let _ = write!(text, "\nCalled from {}.\n", callers.join(", "));
        }
        if let Some(place) = &flow.covered_by {
            let _ = write!(text, "\nCovered by {}, when the user is gone.\n", self.link(place));
        }
        if !flow.ways_out.is_empty() {
            text.push_str("\n| Identity | Way out | At | Through |\n| --- | --- | --- | --- |\n");
            flow.ways_out.iter().for_each(|way| self.way_out(text, flow, way));
        }
        if !flow.findings.is_empty() {
            text.push('\n');
            flow.findings.iter().for_each(|it| self.finding(text, it));
        }
    }

    fn way_out(&self, text: &mut String, flow: &Flow, way: &WayOut) {
        let tone = words::tone(way.verdict);
        let verdict = escaped(&words::verdict(way, flow));
        let what = words::leaves(way, flow);
        let shown = cut(&way.code, LONGEST_CODE);
        let what = if shown.is_empty() { what } else { format!("{what}: {}", code(&shown)) };
        let through: Vec<String> = way.calls.iter().map(|call| self.call(call)).collect();
        let (mark, at) = (tone.mark(), self.link(&way.place));
        let _ = writeln!(text, "| {mark} {verdict} | {what} | {at} | {} |", through.join(" → "));
    }

    fn call(&self, call: &Call) -> String {
        format!("{} ({})", code(&call.title), self.link(&call.place))
    }

    fn finding(&self, text: &mut String, finding: &Finding) {
        let (name, rule) = (severity(finding.severity), finding.rule);
        let _ = writeln!(text, "- {name} `{rule}` {}: {}", self.link(&finding.place), escaped(&finding.message));
    }

    fn link(&self, place: &Place) -> String {
        format!("[{}]({})", escaped(&short(place)), self.links.of(place))
    }
}

/// Code in a cell of a table: its fence is longer than any run of back ticks in it.
fn code(text: &str) -> String {
    let text = printable(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{space}{}{space}{fence}", text.replace('|', "\\|"))
}

/// Text in which nothing is markup, but code spans that are closed stay.
fn escaped(text: &str) -> String {
    let text = printable(text);
    let mut out = String::with_capacity(text.len());
    let is_closed = text.matches('`').count().is_multiple_of(2);
    for (index, part) in text.split('`').enumerate() {
        let in_code = index % 2 == 1 && is_closed;
        if index > 0 {
            out.push_str(if is_closed { "`" } else { "\\`" });
        }
        for character in part.chars() {
            let is_markup = matches!(character, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '&' | '!');
            if character == '|' || is_markup && !in_code {
                out.push('\\');
            }
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::samples;
    use super::{FileLinks, code, escaped, print};

    #[test]
    fn a_map_is_tables_with_links() {
        let mut bytes = Vec::new();
        let links = FileLinks::new(Path::new("/work/app"), Path::new("/work/app/docs"), Path::new("/work/app"), None);
        print(&mut bytes, &samples::document(), &links).unwrap();
        insta::assert_snapshot!(String::from_utf8(bytes).unwrap());
    }

    #[test]
    fn nothing_from_the_code_is_markup() {
        assert_eq!(code("a | b"), "`a \\| b`");
        assert_eq!(code("x`y``z"), "```x`y``z```");
        assert_eq!(code("`x`"), "`` `x` ``");
        assert_eq!(escaped("<b> [x](y) `a_b|c` *d* \u{1b}"), "\\<b\\> \\[x\\](y) `a_b\\|c` \\*d\\* \u{fffd}");
        assert_eq!(escaped("a ` b"), "a \\` b");
    }
}
