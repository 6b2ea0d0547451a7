//! The map as one self-contained page: no script, no font, no image from anywhere else. Owns the page and
//! its order; must not know how the map is found.

mod escape;
mod flow;
mod graph;
mod overview;
mod picture;

use std::fmt::Write as _;
use std::io::{self, Write};

use super::FileLinks;
use super::document::Document;
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
    overview::tiles(&mut page, document);
    if document.flows.is_empty() {
        page.push_str("<h2>Nothing to draw</h2>\n<p class=\"card\">A flow is a function, handler or class that ends a session or changes whose it is. None of these files holds one.</p>\n");
    } else {
        page.push_str("<h2>From each kind to what becomes of the identity</h2>\n");
        page.push_str(&picture::picture(document));
        overview::glance(&mut page, document);
        overview::tables(&mut page, document);
    }
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
    page.push_str("<footer>Made by <code>farewell audit</code>.</footer>\n</div>\n</body>\n</html>\n");
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::document::{Document, Flow, Kind, WayOut};
    use super::super::samples;
    use super::{FileLinks, print};

    fn printed(document: &Document) -> String {
        let links = FileLinks::new(Path::new("/work"), Path::new("/work"), Path::new("/work"), None);
        let mut bytes = Vec::new();
        print(&mut bytes, document, &links).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    /// Every element is closed in its turn, and every attribute is quoted: nothing in the code has broken out.
    fn assert_well_formed(page: &str) {
        let mut open: Vec<&str> = Vec::new();
        let mut rest = page;
        while let Some(at) = rest.find('<') {
            let end = rest[at..].find('>').unwrap() + at;
            let tag = &rest[at + 1..end];
            let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
            match tag.strip_prefix('/') {
                Some(closed) => assert_eq!(open.pop(), Some(closed)),
                None if tag.ends_with('/') => {}
                None => open.push(name),
            }
            rest = &rest[end + 1..];
        }
        assert_eq!(open, Vec::<&str>::new());
    }

    fn body_of(page: &str) -> &str {
        let start = page.find("<body>").unwrap();
        &page[start..page.rfind("</html>").unwrap()]
    }

    #[test]
    fn the_page_is_well_formed_whatever_the_code() {
        let mut document = samples::document();
        let hostile = "</style></svg><script>alert(1)</script>\u{202e}\" onclick='x' &lt;".repeat(9);
        for flow in &mut document.flows {
            flow.title.clone_from(&hostile);
            flow.place.path = format!("{hostile}.ts");
            flow.ways_out.iter_mut().for_each(|way| way.code.clone_from(&hostile));
        }
        for document in [&document, &samples::document(), &samples::empty()] {
            let page = printed(document);
            assert_well_formed(body_of(&page));
            let style_end = page.find("</style>").unwrap();
            assert!(!page[style_end..].contains("<script"), "{page}");
            assert!(!page.contains('\u{202e}'));
        }
    }

    #[test]
    fn the_page_loads_nothing() {
        let page = printed(&samples::document());
        for other in ["http:", "https:", "src=", "@import", "<script", "<link", "javascript:"] {
            assert!(!page.contains(other), "{other}");
        }
        assert_eq!(page.matches("url(").count(), page.matches("url(#hatch)").count());
        assert!(page.contains("default-src 'none'"));
    }

    #[test]
    fn a_link_of_each_flow_leads_to_it() {
        let page = printed(&samples::document());
        for number in 1..=5 {
            assert!(
                page.contains(&format!("href=\"#flow-{number}\"")) && page.contains(&format!("id=\"flow-{number}\""))
            );
        }
        assert!(page.contains("href=\"app/src/%3Cmenu%3E.tsx#L3\""), "{page}");
    }

    #[test]
    fn a_map_of_nothing_and_one_of_very_much_are_drawn() {
        assert!(printed(&samples::empty()).contains("None of these files holds one."));
        let ways = |count: usize| -> Vec<WayOut> {
            (0..count).flat_map(|_| samples::document().flows.swap_remove(0).ways_out).collect()
        };
        let flow = |number: usize| -> Flow { samples::flow(&format!("f{number}"), Kind::Forced, ways(number % 30)) };
        let mut document = samples::document();
        document.flows.extend((0..100).map(flow));
        let page = printed(&document);
        assert!(page.contains("more ways out"));
        assert!(!page.contains("NaN") && !page.contains("\"inf"), "a figure could not be computed");
        let drawn = page.matches("<details class=\"flow is-kept\" open>").count();
        assert_eq!(drawn, super::OPEN_FLOWS);
    }
}
