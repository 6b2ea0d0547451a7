//! What there is to say at a place of a file. Owns which of a call, a flow's name, a redirect and a
//! finding is meant; how it is said is in [`crate::explain`].

use crate::audit::{Verdict, calls_of};
use crate::database::{Db, SourceFile, context, lowered, vocabulary};
use crate::explain::{
    CallFacts, CallKind, FlowFacts, Hover, RedirectFacts, Release, WayOut, flow_sum, hover_call, hover_finding,
    hover_flow, hover_redirect,
};
use crate::identity::{BodyAt, BodyKey, Flow, LinkedNode, NodeAt, Walk, file_flows, walk};
use crate::judge::report;
use crate::lowering::{BodyId, Step};
use crate::places::{flow_named_at, is_on_head, node_at, span_of};
use crate::rules::{anonymize_call, covering};
use crate::source::LineIndex;
use crate::views::{Judgement, judge};
use crate::vocabulary::{Effect, Fault, Reach};
use crate::ways::{Outcome, WayOutAt, ways_out};

/// The hover text at a byte offset, or `None` where there is nothing to say: about the narrowest of a
/// Fullstory call, a flow's name and a redirect inside a flow, and about the findings there.
pub fn hover(db: &dyn Db, file: SourceFile, offset: u32) -> Option<Hover> {
    let place = Place { db, file, offset };
    let about = place.call().or_else(|| place.redirect()).or_else(|| place.flow());
    let report = report(db, file);
    let findings: Vec<Hover> =
        report.findings.iter().filter(|finding| finding.span.touches(offset)).map(hover_finding).collect();
    let span = about.as_ref().or(findings.first())?.span;
    let parts: Vec<String> = about.into_iter().chain(findings).map(|hover| hover.markdown).collect();
    Some(Hover { span, markdown: parts.join("\n\n---\n\n") })
}

struct Place<'a> {
    db: &'a dyn Db,
    file: SourceFile,
    offset: u32,
}

impl Place<'_> {
    fn node(&self, wanted: impl Fn(&LinkedNode) -> bool) -> Option<(NodeAt, &LinkedNode)> {
        node_at(self.db, self.file, self.offset, wanted)
    }

    fn call(&self) -> Option<Hover> {
        let (at, link) = self.node(|link| link.meaning.effects.iter().any(is_fullstory))?;
        let lowered = lowered(self.db, self.file);
        let Step::Call(call) = &lowered.body(at.0.body).node(at.1).step else { return None };
        // Inside the arguments of an event the hover would stand in the way of the editor's own.
        let text = self.file.text(self.db);
        if !is_on_head(self.db, at, self.offset) {
            return None;
        }
        let effect = link.meaning.effects.iter().find(|effect| is_fullstory(effect))?;
        let written = call.callee_span.text(text);
        let (kind, asynchronous, callable, problem) = match effect {
            Effect::Anonymize(it) => (
                CallKind::Anonymize,
                it.asynchronous,
                &*it.callable,
                it.fault.as_ref().map(message).or(it.deprecated.as_deref()),
            ),
            Effect::Identify(it) => {
                (CallKind::Identify, it.asynchronous, &*it.callable, it.fault.as_ref().map(message))
            }
            Effect::Track => (CallKind::Event, false, written, None),
            Effect::UserProperty => (CallKind::UserProperty, false, written, None),
            Effect::Lookalike(it) => (CallKind::Lookalike(&it.message), false, written, None),
            _ => return None,
        };
        let platform = context(self.db, self.file).platform;
        let texts = vocabulary(self.db, self.file.project(self.db)).texts(platform);
        Some(hover_call(&CallFacts {
            span: span_of(self.db, at),
            kind,
            asynchronous,
            callable,
            problem,
            platform,
            texts,
        }))
    }

    fn redirect(&self) -> Option<Hover> {
        let (at, link) = self.node(|link| link.meaning.reach().is_some())?;
        let flow = file_flows(self.db, self.file).flow_around(at.0.body)?;
        let states =
            self.walks().iter().filter_map(|walk| walk.seen.get(&at)).flat_map(|seen| seen.states.clone()).collect();
        let facts = RedirectFacts {
            reach: link.meaning.reach()?,
            flow: flow.title.to_string(),
            released: release(Outcome::of(&states)),
            anonymize: anonymize_call(self.db, self.file),
        };
        Some(hover_redirect(&facts, span_of(self.db, at)))
    }

    fn flow(&self) -> Option<Hover> {
        let flow = flow_named_at(self.db, self.file, self.offset)?;
        let span = lowered(self.db, self.file).body(flow.at.body).name_span;
        let judgement = judge(self.db, flow);
        let covered_by = covering(self.db, self.file).map(|logout| (logout.path.to_string(), logout.line));
        let facts = FlowFacts {
            name: flow.title.to_string(),
            kind: flow.kind,
            ways_out: self.ways_out(flow, &judgement),
            judged_elsewhere: has_last_word_elsewhere(&judgement)
                .then(|| flow_sum(&judgement, self.file.path(self.db)))
                .flatten(),
            callers: self.callers(flow.at),
            covered_by,
        };
        Some(hover_flow(&facts, span))
    }

    /// Each way out of a flow: its navigations in order, and its end where a way has none.
    fn ways_out(&self, flow: &Flow, judgement: &Judgement) -> Vec<WayOut> {
        let told = |way: &WayOutAt, released: Release| {
            let (line, what) = match way.at {
                Some((at, Reach::Document)) => (self.line(at), "leaves the page"),
                Some((at, Reach::InApp)) => (self.line(at), "leaves the screen"),
                None => (self.last_line(flow), "ends"),
            };
            let elsewhere = way.at.map(|((at, _), _)| at.file).filter(|file| *file != self.file);
            let path = elsewhere.map(|file| file.path(self.db).to_string());
            WayOut { path, line, what: what.to_owned(), released }
        };
        let mut ways: Vec<WayOut> = match judgement {
            Judgement::WaysOut(ways) => ways.iter().map(|(at, way)| told(at, release_told(&way.verdict))).collect(),
            _ => {
                let own = ways_out(self.db, flow);
                own.iter().map(|way| told(way, release_elsewhere(judgement, way.outcome))).collect()
            }
        };
        ways.sort_by(|left, right| (&left.path, left.line).cmp(&(&right.path, right.line)));
        ways
    }

    fn last_line(&self, flow: &Flow) -> u32 {
        let end = lowered(self.db, flow.at.file).body(flow.at.body).span.end.saturating_sub(1);
        LineIndex::new(flow.at.file.text(self.db)).line(end) as u32 + 1
    }

    fn callers(&self, callee: BodyAt) -> Vec<(String, u32)> {
        let place = |call: NodeAt| (call.0.file.path(self.db).to_string(), self.line(call));
        let mut places: Vec<(String, u32)> = calls_of(self.db, callee).into_iter().map(place).collect();
        places.sort();
        places.dedup();
        places
    }

    fn line(&self, at: NodeAt) -> u32 {
        LineIndex::new(at.0.file.text(self.db)).line(span_of(self.db, at).start) as u32 + 1
    }

    /// The walks from the flows of the file.
    fn walks(&self) -> Vec<&Walk> {
        let roots = &file_flows(self.db, self.file).roots;
        let key = |body: &BodyId| BodyKey::new(self.db, BodyAt { file: self.file, body: *body });
        roots.iter().map(|root| &**walk(self.db, key(root))).collect()
    }
}

fn is_fullstory(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Anonymize(_) | Effect::Identify(_) | Effect::Track | Effect::UserProperty | Effect::Lookalike(_)
    )
}

fn message(fault: &Fault) -> &str {
    match fault {
        Fault::Syntax { message, .. } | Fault::Platform { message, .. } => message,
    }
}

/// Whether something outside of a flow decides what becomes of the identity in it.
fn has_last_word_elsewhere(judgement: &Judgement) -> bool {
    match judgement {
        Judgement::ReleasedByCallers(_) | Judgement::PartOf(_) => true,
        Judgement::WaysOut(ways) => ways.iter().any(|(_, way)| matches!(way.verdict, Verdict::Covered(_))),
        Judgement::Nothing => false,
    }
}

/// What a hover says of a way out that was judged.
fn release_told(verdict: &Verdict) -> Release {
    match verdict {
        verdict if verdict.is_kept() => Release::Kept,
        Verdict::Released | Verdict::NobodySignedIn => Release::Released,
        Verdict::Covered(_) => Release::Covered,
        _ => Release::Unknown,
    }
}

/// The same of a way out on which the flows that run this one have the last word.
fn release_elsewhere(judgement: &Judgement, outcome: Outcome) -> Release {
    match (judgement, release(outcome)) {
        (Judgement::ReleasedByCallers(_), _) => Release::Released,
        (Judgement::PartOf(_), Release::Kept) => Release::Unknown,
        (_, own) => own,
    }
}

/// What a hover says of identity where a flow is left.
fn release(outcome: Outcome) -> Release {
    match outcome {
        Outcome::Released | Outcome::NobodySignedIn => Release::Released,
        Outcome::Kept | Outcome::Late | Outcome::Attempted => Release::Kept,
        Outcome::Uncertain => Release::Unknown,
    }
}
