//! The flows of one file, as an editor lists them. Owns what is told of each; must not know how.

use super::Place;
use super::judgement::{Judgement, judge};
use crate::audit::{callee_span, calls_of, is_product, name_span, title};
use crate::database::{Db, SourceFile, lowered};
use crate::explain::flow_sum;
use crate::identity::{BodyAt, Flow, file_flows};
use crate::lowering::{BodyId, BodyKind};
use crate::source::Span;
use crate::vocabulary::FlowKind;
use crate::ways::ways_out;

/// A flow of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowView {
    /// What a person would call it: its name, with its class, or its label.
    pub title: String,
    /// Why the user leaves.
    pub kind: FlowKind,
    /// Its bytes, its name among them.
    pub span: Span,
    /// Its name, or its first token where it has none.
    pub name: Span,
    /// Whether it is a member of a class.
    pub is_member: bool,
    /// The flow that it is written in, by its place in the list.
    pub outer: Option<usize>,
    /// What becomes of the identity, in a few words; `None` where nothing can be said.
    pub verdict: Option<String>,
    /// Where the flow is left, and behind that where it is called, in whatever file.
    pub places: Vec<Place>,
}

/// The flows of a file in the order of the code; none of a test or of generated code.
pub fn flows(db: &dyn Db, file: SourceFile) -> Vec<FlowView> {
    if !is_product(db, file) {
        return Vec::new();
    }
    let found = &file_flows(db, file).flows;
    let mut all: Vec<(BodyId, FlowView)> = found.iter().map(|(body, flow)| (*body, view(db, flow))).collect();
    all.sort_by_key(|(body, flow)| (flow.span.start, *body));
    let bodies: Vec<BodyId> = all.iter().map(|(body, _)| *body).collect();
    let lowered = lowered(db, file);
    for (body, flow) in &mut all {
        // A body stands behind the one that it is written in, so that this ends.
        let mut outer = std::iter::successors(lowered.body(*body).parent, |id| lowered.body(*id).parent);
        flow.outer = outer.find_map(|id| bodies.iter().position(|other| *other == id));
    }
    all.into_iter().map(|(_, flow)| flow).collect()
}

fn view(db: &dyn Db, flow: &Flow) -> FlowView {
    let body = lowered(db, flow.at.file).body(flow.at.body);
    let judgement = judge(db, flow);
    FlowView {
        title: title(db, flow.at),
        kind: flow.kind,
        span: whole_span(db, flow.at),
        name: name_span(db, flow.at),
        is_member: body.class.is_some() && body.kind == BodyKind::Method,
        outer: None,
        verdict: flow_sum(&judgement, flow.at.file.path(db)),
        places: if judgement == Judgement::Nothing { Vec::new() } else { places(db, flow) },
    }
}

/// A body's bytes together with its name, which may stand before it: `const logout = useCallback(…)`.
pub(super) fn whole_span(db: &dyn Db, at: BodyAt) -> Span {
    let (body, name) = (lowered(db, at.file).body(at.body).span, name_span(db, at));
    Span::new(body.start.min(name.start), body.end.max(name.end))
}

/// Where a flow is left and called, without doubles.
fn places(db: &dyn Db, flow: &Flow) -> Vec<Place> {
    let mut left: Vec<Place> = ways_out(db, flow)
        .into_iter()
        .map(|way| match way.at {
            Some((at, _)) => {
                let span = lowered(db, at.0.file).body(at.0.body).node(at.1).span;
                Place { path: at.0.file.path(db).clone(), span }
            }
            None => {
                let end = lowered(db, flow.at.file).body(flow.at.body).span.end;
                Place { path: flow.at.file.path(db).clone(), span: Span::new(end.saturating_sub(1), end) }
            }
        })
        .collect();
    left.sort();
    let call = |call: (BodyAt, _)| Place { path: call.0.file.path(db).clone(), span: callee_span(db, call) };
    let mut called: Vec<Place> = calls_of(db, flow.at).into_iter().map(call).collect();
    called.sort();
    for place in called {
        if !left.contains(&place) {
            left.push(place);
        }
    }
    left
}
