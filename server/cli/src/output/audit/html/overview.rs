//! What a reader sees first: the figures, every flow as a link, the numbers. Owns those parts' markup; must not
//! know the rest of the page.

use std::fmt::Write;

use super::escape::escaped;
use super::flow::mark;
use super::{class, colour};
use crate::output::audit::document::{Document, Flow, Totals};
use crate::output::audit::words::{self, Tone, flow_tone, heading};

/// How many flows of a kind are shown at once; of more, those that release the identity are folded.
const MOST_CHIPS: usize = 40;

/// The figures that a reader looks for first.
pub(super) fn tiles(page: &mut String, document: &Document) {
    let totals = &document.totals;
    let share = words::share(totals).map_or("–".to_owned(), |share| format!("{share} %"));
    let judged = totals.safe + totals.kept + totals.uncertain;
    page.push_str("<dl class=\"tiles\">");
    let mut tile = |name: &str, tone: Option<Tone>, number: &str, more: &str| {
        let class = tone.map_or("", colour);
        let mark = tone.map_or(String::new(), |tone| format!("{} ", tone.mark()));
        let _ = write!(
            page,
            "<div class=\"tile\"><dt>{name}</dt><dd class=\"{class}\">{mark}{number} <small>{more}</small></dd></div>"
        );
    };
    // What there is none of needs no colour.
    let toned = |tone: Tone| Some(tone).filter(|tone| tone.count(totals) > 0);
    tile("Released", None, &share, &format!("{} of {judged}", totals.safe));
    tile("Flows", None, &totals.flows.to_string(), &format!("{} keep the identity", totals.flows_kept));
    tile("Ways out", None, &totals.ways_out.to_string(), "");
    tile("Kept", toned(Tone::Kept), &totals.kept.to_string(), "ways out");
    tile("Cannot be told", toned(Tone::Uncertain), &totals.uncertain.to_string(), "ways out");
    tile("Kinds not found", None, &document.missing_kinds.len().to_string(), "of 6");
    page.push_str("</dl>\n");
}

/// Every flow as a link, by kind, with the kinds that were not found.
pub(super) fn glance(page: &mut String, document: &Document) {
    page.push_str("<h2>Every flow at a glance</h2>\n<dl class=\"glance card\">\n");
    for kind in &document.by_kind {
        let flows = document.flows.iter().enumerate().filter(|(_, flow)| flow.kind == kind.kind);
        let (worse, safe): (Vec<_>, Vec<_>) = flows.partition(|(_, flow)| flow_tone(flow) != Tone::Safe);
        let _ = write!(page, "<dt>{}</dt><dd>", heading(kind.kind));
        if worse.len() + safe.len() > MOST_CHIPS && !worse.is_empty() {
            page.push_str(&chips(&worse));
            let more = format!("and {} that release it", safe.len());
            let _ = write!(page, "<details><summary>{more}</summary>{}</details>", chips(&safe));
        } else {
            let mut all = [worse, safe].concat();
            all.sort_by_key(|(number, _)| *number);
            page.push_str(&chips(&all));
        }
        page.push_str("</dd>\n");
    }
    for kind in &document.missing_kinds {
        let _ = writeln!(page, "<dt>{}</dt><dd><span class=\"none\">none found</span></dd>", heading(*kind));
    }
    page.push_str("</dl>\n");
}

fn chips(flows: &[(usize, &Flow)]) -> String {
    let mut out = String::from("<ul class=\"chips\">");
    for (number, flow) in flows {
        let tone = flow_tone(flow);
        let said = format!("{}: {} ({})", flow.title, words::sum_of(flow), words::short(&flow.place));
        let (class, mark) = (class(tone), mark(tone));
        let (number, said, title) = (number + 1, escaped(&said), escaped(&flow.title));
        let _ = write!(out, "<li><a class=\"{class}\" href=\"#flow-{number}\" title=\"{said}\">{mark}{title}</a></li>");
    }
    out.push_str("</ul>");
    out
}

/// The numbers by kind and by platform.
pub(super) fn tables(page: &mut String, document: &Document) {
    page.push_str(
        "<h2>In numbers</h2>\n<div class=\"card scroll\" tabindex=\"0\" role=\"region\" aria-label=\"In numbers\">\n",
    );
    let kinds = document.by_kind.iter().map(|it| (heading(it.kind), it.totals));
    let missing = document.missing_kinds.iter().map(|kind| (heading(*kind), Totals::default()));
    table(page, "Kind", kinds.chain(missing));
    if !document.by_platform.is_empty() {
        table(page, "Platform", document.by_platform.iter().map(|it| (it.platform, it.totals)));
    }
    page.push_str("</div>\n");
}

fn table<'a>(page: &mut String, of: &str, rows: impl Iterator<Item = (&'a str, Totals)>) {
    let _ = write!(
        page,
        "<table><thead><tr><th scope=\"col\">{of}</th><th class=\"number\" scope=\"col\">Flows</th><th class=\"number\" scope=\"col\">Ways out</th>"
    );
    for tone in Tone::ALL {
        let (class, mark, words) = (colour(tone), tone.mark(), tone.words());
        let _ = write!(page, "<th class=\"number {class}\" scope=\"col\">{mark} {words}</th>");
    }
    page.push_str("</tr></thead><tbody>\n");
    for (name, totals) in rows {
        let _ = write!(page, "<tr><th scope=\"row\">{name}</th>");
        let counts = [totals.flows, totals.ways_out].into_iter().chain(Tone::ALL.map(|tone| tone.count(&totals)));
        for count in counts {
            let class = if count == 0 { "number muted" } else { "number" };
            let _ = write!(page, "<td class=\"{class}\">{count}</td>");
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody></table>\n");
}
