//! A flow as a drawing: who calls it, the flow, its calls, and each way out on the right. Owns the layout of
//! boxes and edges; must not know where links lead.

use std::fmt::Write;

use super::class;
use super::escape::{end_of, escaped, name_of, start_of};
use crate::output::audit::FileLinks;
use crate::output::audit::document::{Call, Flow, Place, WayOut};
use crate::output::audit::tree::{Branch, shown_calls, tree};
use crate::output::audit::words::{self, Tone, flow_tone, leaves, short, tone};

const GAP: f64 = 46.0;
const CALL: (f64, f64) = (212.0, 46.0);
const WAY: (f64, f64) = (330.0, 84.0);
const BETWEEN: f64 = 12.0;
const MARGIN: f64 = 4.0;
/// How many ways out are drawn, and how many callers; the rest is counted.
const DRAWN_WAYS: usize = 40;
const DRAWN_CALLERS: usize = 5;

/// Draws a flow.
pub(super) fn graph(flow: &Flow, links: &FileLinks) -> String {
    let drawn = &flow.ways_out[..flow.ways_out.len().min(DRAWN_WAYS)];
    let branches = tree(drawn);
    let depth = drawn.iter().map(|way| shown_calls(way).len()).max().unwrap_or_default() as f64;
    let root_x = if flow.callers.is_empty() { MARGIN } else { MARGIN + CALL.0 + GAP };
    let ways_x = root_x + (CALL.0 + GAP) * (depth + 1.0);
    let mut drawing = Drawing { flow, links, ways_x, next: MARGIN, edges: String::new(), boxes: String::new() };
    let callers = flow.callers.len().min(DRAWN_CALLERS) + usize::from(flow.callers.len() > DRAWN_CALLERS);
    let callers_height = callers as f64 * (CALL.1 + BETWEEN) - BETWEEN;
    let rest = flow.ways_out.len() - drawn.len();
    let ghosts = usize::from(rest > 0 || drawn.is_empty()) as f64;
    let ways_height = drawn.len() as f64 * (WAY.1 + BETWEEN) + ghosts * (CALL.1 + BETWEEN) - BETWEEN;
    drawing.next += ((callers_height - ways_height) / 2.0).max(0.0);
    let mut middles = drawing.branches(&branches, root_x + CALL.0 + GAP);
    if drawn.is_empty() {
        middles.push((drawing.ghost("no way out was found in it"), Edge::Call));
    } else if rest > 0 {
        middles.push((drawing.ghost(&format!("and {rest} more ways out")), Edge::Call));
    }
    let root = middle_of(&middles);
    for (middle, edge) in middles {
        drawing.edge(
            (root_x + CALL.0, root),
            middle,
            edge,
            if matches!(edge, Edge::Way(_)) { ways_x } else { root_x + CALL.0 + GAP },
        );
    }
    drawing.root((root_x, root - CALL.1 / 2.0));
    drawing.callers((root_x, root), callers_height.max(0.0));
    let height = drawing.next.max(root + callers_height / 2.0 + MARGIN).max(root + CALL.1 / 2.0 + MARGIN);
    let width = ways_x + WAY.0 + MARGIN;
    let label = escaped(&format!("{}: {}", flow.title, words::sum_of(flow)));
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"group\" aria-label=\"{label}\">{}{}</svg></div>\n",
        drawing.edges, drawing.boxes
    )
}

#[derive(Clone, Copy)]
enum Edge {
    Call,
    Caller,
    Way(Tone),
}

struct Drawing<'a> {
    flow: &'a Flow,
    links: &'a FileLinks,
    ways_x: f64,
    /// Where the next way out goes.
    next: f64,
    edges: String,
    boxes: String,
}

/// The middle between the first and the last of some.
fn middle_of(middles: &[(f64, Edge)]) -> f64 {
    match (middles.first(), middles.last()) {
        (Some(first), Some(last)) => f64::midpoint(first.0, last.0),
        _ => MARGIN + CALL.1 / 2.0,
    }
}

impl Drawing<'_> {
    /// Draws what comes next from one box, and answers the middle of each with the edge to it.
    fn branches(&mut self, branches: &[Branch<'_>], x: f64) -> Vec<(f64, Edge)> {
        let mut middles = Vec::new();
        for branch in branches {
            match branch {
                Branch::Way(way) => {
                    let top = self.next;
                    self.way((self.ways_x, top), way);
                    self.next += WAY.1 + BETWEEN;
                    middles.push((top + WAY.1 / 2.0, Edge::Way(tone(way.verdict))));
                }
                Branch::Call(call, behind) => {
                    let next = self.branches(behind, x + CALL.0 + GAP);
                    let middle = middle_of(&next);
                    for (to, edge) in next {
                        let to_x = if matches!(edge, Edge::Way(_)) { self.ways_x } else { x + CALL.0 + GAP };
                        self.edge((x + CALL.0, middle), to, edge, to_x);
                    }
                    self.call((x, middle - CALL.1 / 2.0), call, "call");
                    middles.push((middle, Edge::Call));
                }
            }
        }
        middles
    }

    fn edge(&mut self, (x, y): (f64, f64), to: f64, edge: Edge, to_x: f64) {
        let class = match edge {
            Edge::Call => "",
            Edge::Caller => "caller",
            Edge::Way(tone) => class(tone),
        };
        // The bend is close to where the edge starts, so that long edges run straight.
        let (bend, end) = (x + GAP / 2.0, to_x - 7.0);
        let turn = x + GAP - 8.0;
        let _ = write!(
            self.edges,
            "<path class=\"edge {class}\" d=\"M{x} {y}C{bend} {y} {bend} {to} {turn} {to}H{end}\"/>\
             <path class=\"arrow\" d=\"M{to_x} {to}l-8 -4v8z\"/>"
        );
    }

    fn root(&mut self, at: (f64, f64)) {
        let title = format!("{} {}", flow_tone(self.flow).mark(), self.flow.title);
        let lines = [("title", name_of(&title, 23)), ("place", end_of(&short(&self.flow.place), 30))];
        let place = self.flow.place.clone();
        self.boxed(at, CALL, ("root", &self.flow.title), &lines, Some(&place));
    }

    fn call(&mut self, at: (f64, f64), call: &Call, kind: &str) {
        let lines = [("title", name_of(&call.title, 23)), ("place", end_of(&short(&call.place), 30))];
        self.boxed(at, CALL, (kind, &call.title), &lines, Some(&call.place));
    }

    fn callers(&mut self, (root_x, root): (f64, f64), height: f64) {
        let mut top = (root - height / 2.0).max(MARGIN);
        let flow = self.flow;
        for caller in flow.callers.iter().take(DRAWN_CALLERS) {
            self.edge((MARGIN + CALL.0, top + CALL.1 / 2.0), root, Edge::Caller, root_x);
            self.call((MARGIN, top), caller, "caller");
            top += CALL.1 + BETWEEN;
        }
        if flow.callers.len() > DRAWN_CALLERS {
            let more = format!("and {} more callers", flow.callers.len() - DRAWN_CALLERS);
            self.boxed((MARGIN, top), CALL, ("ghost", &more), &[("place", more.clone())], None);
        }
    }

    fn way(&mut self, at: (f64, f64), way: &WayOut) {
        let tone = tone(way.verdict);
        let verdict = words::verdict(way, self.flow);
        let what = leaves(way, self.flow);
        let title = format!("{} {verdict}", tone.mark());
        let code = if way.code.is_empty() { "without a navigation of its own" } else { &way.code };
        let lines = [
            ("title", start_of(&title, 37)),
            ("what", start_of(&what, 48)),
            ("code", start_of(code, 45)),
            ("place", end_of(&short(&way.place), 48)),
        ];
        let full = format!("{verdict}: {what} {}", way.code);
        self.boxed(at, WAY, (class(tone), &full), &lines, Some(&way.place));
    }

    /// A box for what is not drawn; the middle of it.
    fn ghost(&mut self, text: &str) -> f64 {
        let top = self.next;
        self.boxed((self.ways_x, top), CALL, ("ghost", text), &[("place", text.to_owned())], None);
        self.next += CALL.1 + BETWEEN;
        top + CALL.1 / 2.0
    }

    fn boxed(
        &mut self,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
        (kind, full): (&str, &str),
        lines: &[(&str, String)],
        place: Option<&Place>,
    ) {
        let mut drawn = format!(
            "<g class=\"box {kind}\"><title>{}</title><rect class=\"frame\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"7\"/>",
            escaped(full)
        );
        let first = y + (height - (lines.len() as f64 - 1.0) * 17.0) / 2.0 + 4.5;
        for (index, (class, text)) in lines.iter().enumerate() {
            let line = first + index as f64 * 17.0;
            let _ = write!(drawn, "<text class=\"{class}\" x=\"{}\" y=\"{line}\">{}</text>", x + 11.0, escaped(text));
        }
        drawn.push_str("</g>");
        match place {
            Some(place) => {
                let _ = write!(self.boxes, "<a href=\"{}\">{drawn}</a>", escaped(&self.links.of(place)));
            }
            None => self.boxes.push_str(&drawn),
        }
    }
}
