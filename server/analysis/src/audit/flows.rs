//! The roots of flows with their ways out. Owns the verdict on each way out; must not know findings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::callers::{audited as audited_callers, callee_span};
use super::titles::{one_line, title, trigger};
use super::{AuditedCall, AuditedFlow, AuditedWayOut, Leaves, Unjudged, Verdict};
use crate::database::{Db, DeclarativeLogout, SourceFile, context, lowered, project_facts};
use crate::identity::{BodyAt, BodyKey, Chain, Flow, NodeAt, file_flows, linked, walk};
use crate::lowering::BodyKind;
use crate::places::span_of;
use crate::rules::{Rule, covering};
use crate::source::{LineIndex, Span, Suppression, suppressions};
use crate::vocabulary::{FlowKind, Reach};
use crate::ways::{Outcome, WayOutAt, ways_out};

/// A root with the bodies that its walk comes to.
pub(super) struct Root {
    pub(super) flow: AuditedFlow,
    pub(super) bodies: BTreeSet<BodyAt>,
}

/// The roots of some files.
pub(super) fn audited(db: &dyn Db, files: &[SourceFile]) -> Vec<Root> {
    let mut accepted = Accepted::new(db);
    let mut roots = Vec::new();
    for file in files {
        let flows = file_flows(db, *file);
        for flow in flows.roots.iter().filter_map(|root| flows.flows.get(root)) {
            roots.push(root(db, flow, &mut accepted));
        }
    }
    roots
}

fn root(db: &dyn Db, flow: &Flow, accepted: &mut Accepted<'_>) -> Root {
    let file = flow.at.file;
    let name = title(db, flow.at);
    let bodies: BTreeSet<BodyAt> = walk(db, BodyKey::new(db, flow.at)).seen.keys().map(|(at, _)| *at).collect();
    let flow = AuditedFlow {
        trigger: trigger(db, flow.at, &name),
        title: name,
        kind: flow.kind,
        platform: context(db, file).platform,
        path: file.path(db).clone(),
        span: name_span(db, flow.at),
        ways_out: ways_out_of(db, flow, accepted).into_iter().map(|(_, way)| way).collect(),
        callers: audited_callers(db, flow.at),
        covered_by: covering(db, file),
        files: bodies.iter().map(|body| body.file).chain([file]).map(|file| file.path(db).clone()).collect(),
        findings: Vec::new(),
    };
    Root { flow, bodies }
}

/// The ways out of a flow with what is told of each, in the order of the code.
pub(crate) fn ways_out_of(db: &dyn Db, flow: &Flow, accepted: &mut Accepted<'_>) -> Vec<(WayOutAt, AuditedWayOut)> {
    let covered_by = covering(db, flow.at.file);
    let mut ways: Vec<(WayOutAt, AuditedWayOut)> = ways_out(db, flow)
        .into_iter()
        .map(|way| {
            let audited = way_out(db, flow, &way, covered_by.as_ref(), accepted);
            (way, audited)
        })
        .collect();
    ways.sort_by_cached_key(|(way, _)| order(db, way));
    ways
}

/// The name of a body; a script's top level has none, and is told by its first step.
pub(crate) fn name_span(db: &dyn Db, at: BodyAt) -> Span {
    let body = lowered(db, at.file).body(at.body);
    if body.kind != BodyKind::TopLevel {
        return body.name_span;
    }
    let first = linked(db, at.file).nodes(at.body).map(|(node, _)| body.node(node).span).min();
    first.unwrap_or(body.name_span)
}

fn way_out(
    db: &dyn Db,
    flow: &Flow,
    way: &WayOutAt,
    covered_by: Option<&DeclarativeLogout>,
    accepted: &mut Accepted<'_>,
) -> AuditedWayOut {
    let (file, span, leaves, code) = match way.at {
        Some((at, reach)) => {
            let span = span_of(db, at);
            let leaves = if reach == Reach::Document { Leaves::Document } else { Leaves::Screen };
            (at.0.file, span, leaves, one_line(span.text(at.0.file.text(db))))
        }
        None => {
            let end = lowered(db, flow.at.file).body(flow.at.body).span.end;
            (flow.at.file, Span::new(end.saturating_sub(1), end), Leaves::End, String::new())
        }
    };
    let verdict = verdict(db, flow, way, covered_by);
    // What ends without a navigation is told at the flow's name.
    let told = if leaves == Leaves::End { name_span(db, flow.at) } else { span };
    AuditedWayOut {
        path: file.path(db).clone(),
        span,
        leaves,
        kind: kind(db, flow, way),
        code,
        calls: calls(db, &way.chain, way.at.map(|(at, _)| at.0)),
        accepted: if verdict.is_kept() { accepted.reason(file, told) } else { None },
        verdict,
    }
}

/// The kind of the innermost flow on a way. A switch of context stays one.
fn kind(db: &dyn Db, flow: &Flow, way: &WayOutAt) -> FlowKind {
    let last = way.at.map(|(at, _)| at.0);
    let mut inner = last.into_iter().chain(way.chain.iter().rev().map(|(at, _)| *at));
    let kind = inner.find_map(|at| file_flows(db, at.file).flow_around(at.body).map(|flow| flow.kind));
    kind.filter(|_| flow.kind != FlowKind::ContextSwitch).unwrap_or(flow.kind)
}

fn verdict(db: &dyn Db, flow: &Flow, way: &WayOutAt, covered_by: Option<&DeclarativeLogout>) -> Verdict {
    let lowered = lowered(db, flow.at.file);
    let is_document = matches!(way.at, Some((_, Reach::Document)));
    if flow.kind == FlowKind::ContextSwitch {
        return Verdict::Unjudged(Unjudged::PersonStays);
    }
    if lowered.body(flow.at.body).broken {
        return Verdict::Unjudged(Unjudged::Broken);
    }
    match (way.outcome, covered_by) {
        (Outcome::Released, _) => Verdict::Released,
        (Outcome::NobodySignedIn, _) => Verdict::NobodySignedIn,
        _ if !project_facts(db, flow.at.file.project(db)).identity_is_set => {
            Verdict::Unjudged(Unjudged::IdentityNotSet)
        }
        // A document that goes away gives no listener the time to run.
        (Outcome::Kept, Some(logout)) if !is_document => Verdict::Covered(logout.clone()),
        (Outcome::Kept, _) => Verdict::Kept,
        (Outcome::Late, _) => Verdict::Late,
        (Outcome::Attempted, _) => Verdict::Attempted,
        (Outcome::Uncertain, _) => Verdict::Uncertain,
    }
}

/// The calls by name among the nodes of a way: callbacks and promise chains are parts of who wrote them.
fn calls(db: &dyn Db, chain: &Chain, last: Option<BodyAt>) -> Vec<AuditedCall> {
    let entered = chain.iter().skip(1).map(|(at, _)| *at).chain(last);
    let by_name = |(at, target): &(&NodeAt, BodyAt)| {
        let link = linked(db, at.0.file).node(at.0.body, at.1);
        link.is_some_and(|link| link.invocations.iter().any(|it| it.by_name && it.target == *target))
    };
    let call = |(at, target): (&NodeAt, BodyAt)| AuditedCall {
        path: at.0.file.path(db).clone(),
        span: callee_span(db, *at),
        title: title(db, target),
    };
    chain.iter().zip(entered).filter(by_name).map(call).collect()
}

/// Ways out come in the order of the code at each call on the way; the flow's end comes last.
fn order(db: &dyn Db, way: &WayOutAt) -> (bool, Vec<(Arc<str>, Span)>) {
    let nodes = way.chain.iter().copied().chain(way.at.map(|(at, _)| at));
    (way.at.is_none(), nodes.map(|at| (at.0.file.path(db).clone(), span_of(db, at))).collect())
}

/// The rules whose findings say that a way out keeps the identity.
const OF_WAYS_OUT: [Rule; 3] = [Rule::MissingAnonymize, Rule::AnonymizeAfterRedirect, Rule::SwitchWithoutAnonymize];

/// The reasons for which ways out may keep the identity.
pub(crate) struct Accepted<'a> {
    db: &'a dyn Db,
    files: BTreeMap<SourceFile, (LineIndex, Vec<Suppression>)>,
}

impl<'a> Accepted<'a> {
    /// Nothing is read before it is asked for.
    pub(crate) fn new(db: &'a dyn Db) -> Self {
        Self { db, files: BTreeMap::new() }
    }

    fn reason(&mut self, file: SourceFile, span: Span) -> Option<String> {
        let db = self.db;
        let (lines, all) = self.files.entry(file).or_insert_with(|| {
            let lines = LineIndex::new(file.text(db));
            let comments = lowered(db, file).comments.iter().map(|comment| comment.span);
            let all = suppressions(file.text(db), &lines, comments);
            (lines, all)
        });
        let line = lines.line(span.start);
        let speaks = |it: &&Suppression| {
            let names = |(name, _): &(String, Span)| OF_WAYS_OUT.iter().any(|rule| rule.name() == name);
            it.line.is_none_or(|own| own == line) && it.rules.iter().any(names)
        };
        all.iter().filter(speaks).find_map(|it| it.reason.clone())
    }
}
