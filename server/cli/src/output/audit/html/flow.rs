//! A flow on the page: its summary, its drawing, the same as a list for who cannot see it, and its findings.
//! Owns that part's markup; must not know the rest of the page.

use std::fmt::Write;

use super::class;
use super::escape::escaped;
use super::graph::graph;
use crate::output::audit::FileLinks;
use crate::output::audit::document::{Call, Finding, Flow, Place, WayOut};
use crate::output::audit::text::severity;
use crate::output::audit::words::{self, flow_tone, long, short, tone};

/// A flow under its number, opened or not. The number is the inner part's: a link to it opens the flow.
pub(super) fn flow(flow: &Flow, number: usize, is_open: bool, links: &FileLinks) -> String {
    let tone = flow_tone(flow);
    let open = if is_open { " open" } else { "" };
    let mut out = format!(
        "<details class=\"flow {class}\"{open}><summary>{mark}<h3>{title}</h3><span class=\"badge\">{platform}</span>\
         <span class=\"{tone}\">{sum}</span><span class=\"mono muted\">{place}</span></summary>\n<div class=\"inside\" id=\"flow-{number}\">\n",
        class = class(tone),
        mark = mark(tone),
        title = escaped(&flow.title),
        platform = flow.platform,
        tone = super::colour(tone),
        sum = words::sum_of(flow),
        place = escaped(&short(&flow.place)),
    );
    out.push_str(&graph(flow, links));
    about(&mut out, flow, links);
    if !flow.findings.is_empty() {
        out.push_str(&findings(&flow.findings, links));
    }
    if !flow.ways_out.is_empty() {
        out.push_str("<details><summary>The same as a list</summary><ul class=\"plain\">");
        flow.ways_out.iter().for_each(|way| way_out(&mut out, flow, way, links));
        out.push_str("</ul></details>\n");
    }
    out.push_str("</div></details>\n");
    out
}

/// Findings as a list.
pub(super) fn findings(findings: &[Finding], links: &FileLinks) -> String {
    let mut out = String::from("<ul class=\"plain\">");
    for finding in findings {
        let name = severity(finding.severity);
        let _ = write!(
            out,
            "<li><span class=\"tag {name}\">{name}</span> <code>{}</code> {} {}</li>",
            finding.rule,
            link(&finding.place, &long(&finding.place), links),
            prose(&finding.message)
        );
    }
    out.push_str("</ul>\n");
    out
}

/// A link to a place.
pub(super) fn link(place: &Place, text: &str, links: &FileLinks) -> String {
    format!("<a class=\"mono\" href=\"{}\">{}</a>", escaped(&links.of(place)), escaped(text))
}

/// The mark of a flow or a way out, with its words for who cannot see it.
pub(super) fn mark(tone: words::Tone) -> String {
    let (class, mark) = (super::colour(tone), tone.mark());
    format!("<span class=\"mark {class}\" role=\"img\" aria-label=\"{}\">{mark}</span>", tone.words())
}

/// A message in which back ticks mark code.
fn prose(message: &str) -> String {
    let parts: Vec<&str> = message.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escaped(message);
    }
    let part = |(index, part): (usize, &&str)| {
        if index % 2 == 1 { format!("<code>{}</code>", escaped(part)) } else { escaped(part) }
    };
    parts.iter().enumerate().map(part).collect()
}

fn about(out: &mut String, flow: &Flow, links: &FileLinks) {
    let mut said = Vec::new();
    if let Some(trigger) = &flow.trigger {
        said.push(format!("Run by <code>{}</code>.", escaped(trigger)));
    }
    if !flow.callers.is_empty() {
        let callers: Vec<String> = flow.callers.iter().map(|caller| call(caller, links)).collect();
        said.push(format!("Called from {}.", callers.join(", ")));
    }
    if let Some(place) = &flow.covered_by {
        said.push(format!("Covered by {} when the user is gone.", link(place, &short(place), links)));
    }
    if !said.is_empty() {
        let _ = writeln!(out, "<p>{}</p>", said.join(" "));
    }
}

fn call(call: &Call, links: &FileLinks) -> String {
    format!("<code>{}</code> ({})", escaped(&call.title), link(&call.place, &short(&call.place), links))
}

fn way_out(out: &mut String, flow: &Flow, way: &WayOut, links: &FileLinks) {
    let tone = tone(way.verdict);
    let through: Vec<String> = way.calls.iter().map(|it| call(it, links)).collect();
    let through = if through.is_empty() { String::new() } else { format!(", through {}", through.join(", then ")) };
    let code = if way.code.is_empty() { String::new() } else { format!(" <code>{}</code>", escaped(&way.code)) };
    let _ = write!(
        out,
        "<li>{} <span class=\"{}\">{}</span>: {}{code} at {}{through}</li>",
        mark(tone),
        super::colour(tone),
        escaped(&words::verdict(way, flow)),
        words::leaves(way, flow),
        link(&way.place, &long(&way.place), links)
    );
}
