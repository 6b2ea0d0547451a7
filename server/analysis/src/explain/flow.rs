//! The hovers of a logout flow and of a redirect in one. Owns how they are told; must not know how they
//! were found.

use super::{Hover, Page};
use crate::source::Span;
use crate::vocabulary::{FlowKind, Reach};

/// How many callers are named before the rest is counted.
const NAMED_CALLERS: usize = 5;
/// How many ways out are told before the rest is counted.
const TOLD_WAYS_OUT: usize = 12;

/// Whether identity is released somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Release {
    /// On every way there.
    Released,
    /// Not on every way there.
    Kept,
    /// Not there, but by a listener or effect when the user is gone.
    Covered,
    /// It cannot be told.
    Unknown,
}

/// A way out of a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayOut {
    /// Its file, where that is not the flow's own.
    pub path: Option<String>,
    /// Its line, from 1.
    pub line: u32,
    /// What happens there: "leaves the page".
    pub what: String,
    /// Whether identity is released by then.
    pub released: Release,
}

/// What is known of a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowFacts {
    /// Its name.
    pub name: String,
    /// Why a user leaves by it.
    pub kind: FlowKind,
    /// Each way out, in order.
    pub ways_out: Vec<WayOut>,
    /// What is to be said where something else has the last word, a flow that runs it or a listener that covers
    /// it: `✓ released by …`.
    pub judged_elsewhere: Option<String>,
    /// Who calls it, as `(path, line from 1)`.
    pub callers: Vec<(String, u32)>,
    /// The listener or effect that anonymizes in its stead, as `(path, line from 1)`.
    pub covered_by: Option<(String, u32)>,
}

/// What is known of a redirect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectFacts {
    /// How far it goes.
    pub reach: Reach,
    /// The name of the flow that it stands in.
    pub flow: String,
    /// Whether identity is released by then.
    pub released: Release,
    /// The platform's anonymize call, to write before it.
    pub anonymize: String,
}

/// The hover of a flow's name, whose bytes are given.
pub fn hover_flow(facts: &FlowFacts, span: Span) -> Hover {
    let mut page = Page::default();
    page.paragraph(&format!("**Logout flow** `{}` · {}", facts.name, kind_text(facts.kind)));
    page.paragraph(&match &facts.judged_elsewhere {
        Some(verdict) => format!("{verdict}."),
        None => verdict(&facts.ways_out),
    });
    let told = facts.ways_out.iter().take(TOLD_WAYS_OUT);
    let rest = facts.ways_out.len().saturating_sub(TOLD_WAYS_OUT);
    page.list(told.map(way_out).chain((rest > 0).then(|| format!("and {rest} more"))));
    if !facts.callers.is_empty() {
        let named: Vec<String> = facts.callers.iter().take(NAMED_CALLERS).map(place).collect();
        let rest = facts.callers.len().saturating_sub(NAMED_CALLERS);
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        page.paragraph(&format!("Called from {}{more}.", named.join(", ")));
    }
    if let Some(covering) = &facts.covered_by {
        page.paragraph(&format!("Covered by {}, which releases the identity when the user is gone.", place(covering)));
    }
    page.hover(span)
}

/// The hover of a redirect inside a flow, whose bytes are given.
pub fn hover_redirect(facts: &RedirectFacts, span: Span) -> Hover {
    let mut page = Page::default();
    page.paragraph(match facts.reach {
        Reach::Document => {
            "**Leaves the page.** The document goes away with it: what stands behind it may never run, and an `…Async` call that nobody waits for is lost."
        }
        Reach::InApp => "**Leaves the screen.** The program lives on, and whoever comes next is still the identified user until the identity is released.",
    });
    page.paragraph(&match facts.released {
        Release::Released => format!("✓ In `{}` the identity is released before it.", facts.flow),
        Release::Kept => {
            format!("✗ In `{}` the identity is not released before it: write `{}` first.", facts.flow, facts.anonymize)
        }
        Release::Covered => format!("✓ Behind `{}` the identity is released when the user is gone.", facts.flow),
        Release::Unknown => {
            format!("? In `{}` it cannot be told whether the identity is released before it.", facts.flow)
        }
    });
    page.hover(span)
}

/// What a person reads about a flow's kind.
fn kind_text(kind: FlowKind) -> &'static str {
    match kind {
        FlowKind::UserInitiated => "the user asks for it",
        FlowKind::SessionTimeout => "the session timed out",
        FlowKind::TokenExpiry => "the token expired, or the server refused it",
        FlowKind::Forced => "the app or an administrator forces it",
        FlowKind::AccountDeletion => "the account is deleted",
        FlowKind::Switch => "another person takes over",
        FlowKind::ContextSwitch => "the organisation or server changes, the person stays",
    }
}

fn verdict(ways_out: &[WayOut]) -> String {
    let count = |release: Release| ways_out.iter().filter(|way| way.released == release).count();
    let (all, kept, unknown) = (ways_out.len(), count(Release::Kept), count(Release::Unknown));
    let ways = if all == 1 { "way out" } else { "ways out" };
    match (all, kept, unknown) {
        (0, _, _) => "No way out was found in it.".to_owned(),
        (1, 0, 0) => "✓ The identity is released on its one way out.".to_owned(),
        (2, 0, 0) => "✓ The identity is released on both ways out.".to_owned(),
        (_, 0, 0) => format!("✓ The identity is released on all {all} ways out."),
        (_, 0, _) => format!("? It cannot be told of {unknown} of {all} {ways} whether the identity is released."),
        (1, _, _) => "✗ The identity is kept on its one way out.".to_owned(),
        _ => format!("✗ The identity is kept on {kept} of {all} {ways}."),
    }
}

fn way_out(way: &WayOut) -> String {
    let (mark, release) = match way.released {
        Release::Released => ("✓", "identity released"),
        Release::Kept => ("✗", "identity kept"),
        Release::Covered => ("✓", "identity released when the user is gone"),
        Release::Unknown => ("?", "identity unknown"),
    };
    match &way.path {
        Some(path) => format!("{mark} `{path}:{}`: {}, {release}", way.line, way.what),
        None => format!("{mark} line {}: {}, {release}", way.line, way.what),
    }
}

fn place((path, line): &(String, u32)) -> String {
    format!("`{path}:{line}`")
}
