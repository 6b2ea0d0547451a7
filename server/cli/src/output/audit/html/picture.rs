//! The whole map in one picture: from the kinds of ways out on the left to what becomes of the identity on
//! the right, as bands that are as wide as there are ways out. Owns its layout; must not know flows.

use std::fmt::Write;

use super::class;
use super::escape::escaped;
use crate::output::audit::document::{Document, Kind, Totals};
use crate::output::audit::words::{Tone, counted, heading};

const WIDTH: f64 = 960.0;
const LEFT: f64 = 290.0;
const RIGHT: f64 = 690.0;
const BAR: f64 = 12.0;
/// The least height of a row, so that its two lines of text fit.
const ROW: f64 = 46.0;
/// How high the bands together may be, and one of them.
const BANDS: f64 = 420.0;
const BAND: f64 = 22.0;

/// Draws the picture.
pub(super) fn picture(document: &Document) -> String {
    let unit = (BANDS / document.totals.ways_out.max(1) as f64).min(BAND);
    let rows = rows(document);
    let tones: Vec<Tone> = Tone::ALL.into_iter().filter(|tone| tone.count(&document.totals) > 0).collect();
    let left_height: f64 = rows.iter().map(|(_, totals)| row_height(totals.ways_out, unit)).sum();
    let right_height: f64 = tones.iter().map(|tone| row_height(tone.count(&document.totals), unit)).sum();
    let height = left_height.max(right_height);
    let mut ends = Vec::new();
    let mut labels = String::new();
    let mut y = (height - right_height) / 2.0;
    for tone in &tones {
        let count = tone.count(&document.totals);
        let (row, bar) = (row_height(count, unit), bar_height(count, unit));
        ends.push(y + (row - bar) / 2.0);
        outcome(&mut labels, *tone, count, (y + (row - bar) / 2.0, bar));
        y += row;
    }
    let mut bands = String::new();
    let mut y = (height - left_height) / 2.0;
    for (kind, totals) in &rows {
        let (row, bar) = (row_height(totals.ways_out, unit), bar_height(totals.ways_out, unit));
        let top = y + (row - bar) / 2.0;
        kind_label(&mut labels, *kind, totals, (top, bar));
        let mut from = top;
        for (tone, to) in tones.iter().zip(&mut ends) {
            let count = tone.count(totals);
            if count > 0 {
                band(&mut bands, (*kind, *tone), count, (from, *to, count as f64 * unit));
                from += count as f64 * unit;
                *to += count as f64 * unit;
            }
        }
        y += row;
    }
    format!(
        "<div class=\"card scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Kinds and outcomes\"><svg class=\"picture\" viewBox=\"0 0 {WIDTH} {height}\" \
         width=\"{WIDTH}\" height=\"{height}\" role=\"group\" aria-label=\"From the kinds of ways out to what becomes of the identity; the table below has the same numbers\">\
         {bands}{labels}</svg></div>\n"
    )
}

/// The kinds that were found, then those that were not.
fn rows(document: &Document) -> Vec<(Kind, Totals)> {
    let mut rows: Vec<(Kind, Totals)> = document.by_kind.iter().map(|it| (it.kind, it.totals)).collect();
    rows.extend(document.missing_kinds.iter().map(|kind| (*kind, Totals::default())));
    rows.sort_by_key(|(kind, _)| *kind);
    rows.dedup_by_key(|(kind, _)| *kind);
    rows
}

fn bar_height(count: usize, unit: f64) -> f64 {
    (count as f64 * unit).max(8.0)
}

fn row_height(count: usize, unit: f64) -> f64 {
    (bar_height(count, unit) + 12.0).max(ROW)
}

fn kind_label(out: &mut String, kind: Kind, totals: &Totals, (top, height): (f64, f64)) {
    let middle = top + height / 2.0;
    let (x, text) = (LEFT - 14.0, LEFT - BAR);
    let name = escaped(heading(kind));
    let slug = farewell_analysis::vocabulary::FlowKind::from(kind).name();
    if totals.flows == 0 {
        let _ = write!(
            out,
            "<rect class=\"bar missing\" x=\"{text}\" y=\"{top}\" width=\"{BAR}\" height=\"{height}\" rx=\"2\"/>\
             <text class=\"title missing\" x=\"{x}\" y=\"{}\" text-anchor=\"end\" dx=\"-8\">{name}</text>\
             <text class=\"count\" x=\"{x}\" y=\"{}\" text-anchor=\"end\" dx=\"-8\">none found</text>",
            middle - 2.0,
            middle + 15.0
        );
        return;
    }
    let ways = counted(totals.ways_out, "way out", "ways out");
    let flows = counted(totals.flows, "flow", "flows");
    let _ = write!(
        out,
        "<rect class=\"bar kind\" x=\"{text}\" y=\"{top}\" width=\"{BAR}\" height=\"{height}\" rx=\"2\"/>\
         <a href=\"#kind-{slug}\"><text class=\"title\" x=\"{x}\" y=\"{}\" text-anchor=\"end\" dx=\"-8\">{name}</text></a>\
         <text class=\"count\" x=\"{x}\" y=\"{}\" text-anchor=\"end\" dx=\"-8\">{flows}, {ways}</text>",
        middle - 2.0,
        middle + 15.0
    );
}

fn outcome(out: &mut String, tone: Tone, count: usize, (top, height): (f64, f64)) {
    let middle = top + height / 2.0;
    let (class, mark, words) = (class(tone), tone.mark(), tone.words());
    let ways = counted(count, "way out", "ways out");
    let x = RIGHT + BAR + 12.0;
    let _ = write!(
        out,
        "<rect class=\"bar {class}\" x=\"{RIGHT}\" y=\"{top}\" width=\"{BAR}\" height=\"{height}\" rx=\"2\"/>\
         <text class=\"title {class}\" x=\"{x}\" y=\"{}\">{mark} {words}</text>\
         <text class=\"count\" x=\"{x}\" y=\"{}\">{ways}</text>",
        middle - 2.0,
        middle + 15.0
    );
}

fn band(out: &mut String, (kind, tone): (Kind, Tone), count: usize, (from, to, height): (f64, f64, f64)) {
    let middle = f64::midpoint(LEFT, RIGHT);
    let (bottom, end) = (from + height, to + height);
    let path = format!(
        "M{LEFT} {from}C{middle} {from} {middle} {to} {RIGHT} {to}V{end}C{middle} {end} {middle} {bottom} {LEFT} {bottom}Z"
    );
    let said = format!("{}: {} {}", heading(kind), counted(count, "way out", "ways out"), tone.words());
    let _ = write!(out, "<path class=\"band {}\" d=\"{path}\"><title>{}</title></path>", class(tone), escaped(&said));
    if tone == Tone::Kept {
        let _ = write!(out, "<path class=\"hatched\" d=\"{path}\"/>");
    }
}
