//! `list_flows`: the ways out of the app, those that keep the identity first. Owns that each takes a line, and each
//! of its ways out that is not safe another.

use std::cmp::Reverse;
use std::fmt::Write;
use std::time::Instant;

use super::answers::{about_skipped, scan};
use super::arguments::{ListFlows, bounded};
use super::folder::Folder;
use crate::commands::audit::document;
use crate::output::audit::text::severity;
use crate::output::audit::words::{self, Tone};
use crate::output::audit::{Document, Flow};
use crate::sources::printable;

/// Code is cut to this many characters.
const LONGEST_CODE: usize = 60;

/// Lists the flows.
///
/// # Errors
/// No such path in the folder, or a broken configuration.
pub(super) fn list(folder: &Folder, asked: &ListFlows) -> anyhow::Result<String> {
    let started = Instant::now();
    let path = folder.existing(&asked.path)?;
    let scan = scan(&path, None, Default::default())?;
    let found = scan.analyse_without_fixes();
    let document = document(&scan, &found, started)?;
    Ok(told(&document, bounded(asked.limit))? + &about_skipped(&scan, &found))
}

fn told(document: &Document, limit: usize) -> Result<String, std::fmt::Error> {
    let mut answer = format!("{}\n", words::sum(document));
    let mut flows: Vec<&Flow> = document.flows.iter().collect();
    flows.sort_by_key(|flow| Reverse(flow.verdict));
    for flow in flows.iter().take(limit) {
        line(&mut answer, flow)?;
    }
    if let Some(left @ 1..) = flows.len().checked_sub(limit) {
        let left = words::counted(left, "more flow", "more flows");
        writeln!(answer, "\n… and {left}: raise the limit, or ask for a folder.")?;
    }
    let mut unjudged = document.projects.iter().filter(|project| !project.identity_is_set).peekable();
    if unjudged.peek().is_some() {
        answer.push('\n');
    }
    for project in unjudged {
        writeln!(answer, "Nothing is judged in {}: {}.", printable(&project.path), words::identity(project))?;
    }
    if let Some(missing) = words::missing(document) {
        writeln!(answer, "\n{missing} Ask whether the app has them by another name.")?;
    }
    Ok(answer)
}

fn line(answer: &mut String, flow: &Flow) -> std::fmt::Result {
    let (title, place, sum) = (printable(&flow.title), printable(&words::long(&flow.place)), words::sum_of(flow));
    let (mark, kind) = (words::flow_tone(flow).mark(), words::heading(flow.kind).to_lowercase());
    writeln!(answer, "\n{mark} {title} ({kind}, {}) {place}: {sum}", flow.platform)?;
    for way in flow.ways_out.iter().filter(|way| words::tone(way.verdict) != Tone::Safe) {
        let code = printable(&words::cut(&way.code, LONGEST_CODE));
        let what = [words::verdict(way, flow), words::leaves(way, flow), code].join(", ");
        writeln!(answer, "  - {}: {}", printable(&words::long(&way.place)), printable(what.trim_end_matches(", ")))?;
    }
    for finding in &flow.findings {
        let place = printable(&words::long(&finding.place));
        writeln!(answer, "  - {place}: {} {}", severity(finding.severity), finding.rule)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::told;
    use crate::output::audit::samples;

    #[test]
    fn flows_that_keep_the_identity_come_first() {
        insta::assert_snapshot!(told(&samples::document(), 20).unwrap());
    }

    #[test]
    fn the_rest_is_counted() {
        let answer = told(&samples::document(), 1).unwrap();
        assert!(answer.contains("more flow"), "{answer}");
    }

    #[test]
    fn an_app_without_flows_says_so() {
        let answer = told(&samples::empty(), 20).unwrap();
        assert!(answer.starts_with("No flow was found in 0 files.\n"), "{answer}");
    }
}
