//! The map as one self-contained page: no script, no font, no image from anywhere else. Owns the page and
//! its order; must not know how the map is found.

mod escape;
mod flow;
mod graph;
mod picture;

use std::fmt::Write as _;
use std::io::{self, Write};

use super::FileLinks;
use super::document::{Document, Flow, Totals};
use super::words::{self, Tone, counted, flow_tone, heading, long};
use escape::escaped;

const STYLE: &str = include_str!("style.css");
/// How many flows that keep the identity are open at first: more drawings at once help nobody.
const OPEN_FLOWS: usize = 12;

/// Prints the page.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, document: &Document, links: &FileLinks) -> io::Result<()> {
    let mut page = String::new();
    head(&mut page, document);
    tiles(&mut page, document);
    page.push_str("<h2>From each kind to what becomes of the identity</h2>\n");
    page.push_str(&picture::picture(document));
    glance(&mut page, document);
    tables(&mut page, document);
    page.push_str("<main id=\"flows\">\n");
    let mut opened = 0;
    for kind in &document.by_kind {
        let slug = farewell_analysis::vocabulary::FlowKind::from(kind.kind).name();
        let count = counted(kind.totals.flows, "flow", "flows");
        let _ = writeln!(page, "<h2 id=\"kind-{slug}\">{}<small>{count}</small></h2>", heading(kind.kind));
        for (number, it) in document.flows.iter().enumerate().filter(|(_, it)| it.kind == kind.kind) {
            let is_open = flow_tone(it) == Tone::Kept && opened < OPEN_FLOWS;
            opened += usize::from(is_open);
            page.push_str(&flow::flow(it, number + 1, is_open, links));
        }
    }
    page.push_str("</main>\n");
    rest(&mut page, document, links);
    let _ =
        writeln!(page, "<footer>Made by farewell {}.</footer>\n</div>\n</body>\n</html>", env!("CARGO_PKG_VERSION"));
    output.write_all(page.as_bytes())
}

/// The class of a tone for boxes, bands and edges.
const fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Safe => "is-safe",
        Tone::Kept => "is-kept",
        Tone::Uncertain => "is-uncertain",
        Tone::Unjudged => "is-unjudged",
    }
}

/// The class of a tone for text.
const fn colour(tone: Tone) -> &'static str {
    match tone {
        Tone::Safe => "safe",
        Tone::Kept => "kept",
        Tone::Uncertain => "uncertain",
        Tone::Unjudged => "unjudged",
    }
}

/// The policy lets the page load and run nothing, whatever the code that it shows.
fn head(page: &mut String, document: &Document) {
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"farewell\">\n\
         <title>Logout map</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#flows\">To the flows</a>\n\
         <svg width=\"0\" height=\"0\" aria-hidden=\"true\" style=\"position:absolute\"><defs><pattern id=\"hatch\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path class=\"hatch\" d=\"M0 0V8\"/></pattern></defs></svg>\n\
         <div class=\"page\">\n<header>\n<h1>Logout map</h1>\n<p class=\"lead\">{}</p>\n",
        escaped(&words::sum(document))
    );
    if let Some(missing) = words::missing(document) {
        let _ = writeln!(page, "<p class=\"lead\"><strong>{}</strong></p>", escaped(&missing));
    }
    page.push_str("</header>\n");
}

fn tiles(page: &mut String, document: &Document) {
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
    tile("Released", None, &share, &format!("{} of {judged}", totals.safe));
    tile("Flows", None, &totals.flows.to_string(), &format!("{} keep it", totals.flows_kept));
    tile("Ways out", None, &totals.ways_out.to_string(), "");
    tile("Kept", Some(Tone::Kept), &totals.kept.to_string(), "ways out");
    tile("Cannot be told", Some(Tone::Uncertain), &totals.uncertain.to_string(), "ways out");
    tile("Kinds not found", None, &document.missing_kinds.len().to_string(), "of 6");
    page.push_str("</dl>\n");
}

/// Every flow as a link, by kind, with the kinds that were not found.
fn glance(page: &mut String, document: &Document) {
    page.push_str("<h2>Every flow at a glance</h2>\n<dl class=\"glance card\">\n");
    for kind in &document.by_kind {
        let _ = write!(page, "<dt>{}</dt><dd><ul class=\"chips\">", heading(kind.kind));
        for (number, it) in document.flows.iter().enumerate().filter(|(_, it)| it.kind == kind.kind) {
            page.push_str(&chip(it, number + 1));
        }
        page.push_str("</ul></dd>\n");
    }
    for kind in &document.missing_kinds {
        let _ = writeln!(page, "<dt>{}</dt><dd><span class=\"none\">none found</span></dd>", heading(*kind));
    }
    page.push_str("</dl>\n");
}

fn chip(it: &Flow, number: usize) -> String {
    let tone = flow_tone(it);
    let said = format!("{}: {} ({})", it.title, words::sum_of(it), words::short(&it.place));
    let (said, title) = (escaped(&said), escaped(&it.title));
    format!(
        "<li><a class=\"{}\" href=\"#flow-{number}\" title=\"{said}\">{}{title}</a></li>",
        class(tone),
        flow::mark(tone)
    )
}

fn tables(page: &mut String, document: &Document) {
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

fn rest(page: &mut String, document: &Document, links: &FileLinks) {
    if !document.other_findings.is_empty() {
        page.push_str("<h2>Findings outside of these flows</h2>\n");
        page.push_str(&flow::findings(&document.other_findings, links));
    }
    if !document.suppressions.is_empty() {
        page.push_str("<h2>Suppressions</h2>\n<ul class=\"plain\">");
        for it in &document.suppressions {
            let place = flow::link(&it.place, &long(&it.place), links);
            let _ = write!(page, "<li>{place} {}</li>", escaped(&words::suppression(it)));
        }
        page.push_str("</ul>\n");
    }
    if document.projects.is_empty() {
        return;
    }
    page.push_str("<h2>Projects</h2>\n<div class=\"card scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Projects\"><table><thead><tr><th scope=\"col\">Project</th><th scope=\"col\">Identity</th><th class=\"number\" scope=\"col\">Flows</th></tr></thead><tbody>\n");
    for project in &document.projects {
        let call = project.call.as_ref().map(|place| format!(" by {}", flow::link(place, &long(place), links)));
        let (path, identity, call) = (escaped(&project.path), words::identity(project), call.unwrap_or_default());
        let _ = writeln!(
            page,
            "<tr><th scope=\"row\"><code>{path}</code></th><td>{identity}{call}</td><td class=\"number\">{}</td></tr>",
            project.flows
        );
    }
    page.push_str("</tbody></table></div>\n");
}
