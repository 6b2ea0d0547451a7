//! Who leads to a way out, call by call. Owns which bodies and calls are shown; must not know protocols. An
//! item is found again by its name and place, as the file may have been edited since it was shown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::flows::whole_span;
use super::judgement::judge;
use crate::audit::{callee_span, calls_of, name_span, one_line, title};
use crate::database::{Db, SourceFile, lowered};
use crate::explain::flow_sum;
use crate::identity::{BodyAt, Deeds, NodeAt, deeds, file_flows, flow_of, linked};
use crate::lowering::BodyKind;
use crate::places::{flow_named_at, flows_around, is_on_head, node_at, span_of};
use crate::source::Span;
use crate::vocabulary::Reach;
use crate::ways::ways_out;

/// A body on the way to a way out, or a way out itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallItem {
    /// Its file.
    pub path: Arc<str>,
    /// What a person would call it; the code of a way out.
    pub title: String,
    /// What is known of it, in a few words.
    pub detail: String,
    /// What it is.
    pub kind: CallItemKind,
    /// Its bytes, its name among them.
    pub span: Span,
    /// Its name, or its first token where it has none; the whole of a way out.
    pub name: Span,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallItemKind {
    /// A function.
    Function,
    /// A member of a class.
    Member,
    /// A file's own statements.
    TopLevel,
    /// A navigation by which a flow is left.
    WayOut,
}

/// By what an item is found again in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallItemKey {
    /// [`CallItem::title`].
    pub title: String,
    /// Where [`CallItem::name`] started, in bytes.
    pub start: u32,
    /// Whether it is a way out.
    pub is_way_out: bool,
}

/// The calls between an item and the one that was asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemCalls {
    /// The other item.
    pub item: CallItem,
    /// The bytes of the calls, in the caller's file.
    pub calls: Vec<Span>,
}

/// The flow whose name is at a byte offset, or the way out there.
pub fn call_item(db: &dyn Db, file: SourceFile, offset: u32) -> Option<CallItem> {
    if let Some(flow) = flow_named_at(db, file, offset) {
        return Some(body_item(db, flow.at));
    }
    let (at, _) = node_at(db, file, offset, |link| link.meaning.reach().is_some())?;
    let is_way_out =
        is_on_head(db, at, offset) && ways_in(db, at.0).iter().any(|way| span_of(db, *way) == span_of(db, at));
    is_way_out.then(|| way_item(db, at))
}

/// Who leads to an item by calls; `None` where it is not there any more. To a way out leads the body in which
/// it stands.
pub fn incoming_calls(db: &dyn Db, file: SourceFile, key: &CallItemKey) -> Option<Vec<ItemCalls>> {
    let body = match find(db, file, key)? {
        Found::WayOut(at) => {
            let item = body_item(db, whole(db, at.0));
            return Some(vec![ItemCalls { item, calls: vec![span_of(db, at)] }]);
        }
        Found::Body(body) => body,
    };
    let mut callers: BTreeMap<BodyAt, Vec<Span>> = BTreeMap::new();
    for call in calls_of(db, body) {
        callers.entry(whole(db, call.0)).or_default().push(callee_span(db, call));
    }
    let mut found: Vec<ItemCalls> = callers
        .into_iter()
        .map(|(caller, calls)| ItemCalls { item: body_item(db, caller), calls: sorted(calls) })
        .collect();
    found.sort_by(|left, right| (&left.item.path, left.item.name).cmp(&(&right.item.path, right.item.name)));
    Some(found)
}

/// Where an item leads: the calls of bodies that do a step of a logout or speak to Fullstory, and its ways out,
/// in the order of the code; `None` where it is not there any more.
pub fn outgoing_calls(db: &dyn Db, file: SourceFile, key: &CallItemKey) -> Option<Vec<ItemCalls>> {
    let Found::Body(body) = find(db, file, key)? else { return Some(Vec::new()) };
    let bodies = with_parts(db, body);
    let mut called: BTreeMap<BodyAt, Vec<Span>> = BTreeMap::new();
    for part in &bodies {
        for (node, link) in linked(db, file).nodes(part.body) {
            for run in link.invocations.iter().filter(|run| run.by_name && run.target != body) {
                if deeds(db, run.target).any(SHOWN) {
                    called.entry(whole(db, run.target)).or_default().push(callee_span(db, (*part, node)));
                }
            }
        }
    }
    let calls =
        called.into_iter().map(|(callee, calls)| ItemCalls { item: body_item(db, callee), calls: sorted(calls) });
    let ways = ways_in(db, body).into_iter().filter(|way| bodies.contains(&way.0));
    let ways = ways.map(|way| ItemCalls { item: way_item(db, way), calls: vec![span_of(db, way)] });
    let mut found: Vec<ItemCalls> = calls.chain(ways).collect();
    found.sort_by(|left, right| {
        (&left.calls, &left.item.path, left.item.name).cmp(&(&right.calls, &right.item.path, right.item.name))
    });
    Some(found)
}

/// What a callee does for which it is shown.
const SHOWN: Deeds = Deeds::LOGOUT_STEP.and(Deeds::ANONYMIZES).and(Deeds::IDENTIFIES).and(Deeds::TRACKS);

enum Found {
    Body(BodyAt),
    WayOut(NodeAt),
}

/// The item of a key: of several with its name the one that is nearest to where it was.
fn find(db: &dyn Db, file: SourceFile, key: &CallItemKey) -> Option<Found> {
    let distance = |span: Span| (span.start.abs_diff(key.start), span);
    let lowered = lowered(db, file);
    if key.is_way_out {
        let links = linked(db, file);
        let nodes = lowered.bodies().flat_map(|(body, _)| {
            let leaves = links.nodes(body).filter(|(_, link)| link.meaning.reach().is_some());
            leaves.map(move |(node, _)| (BodyAt { file, body }, node))
        });
        let is_it = |at: &NodeAt| code(db, *at) == key.title;
        return nodes.filter(is_it).min_by_key(|at| distance(span_of(db, *at))).map(Found::WayOut);
    }
    let flows = file_flows(db, file);
    let bodies = lowered.bodies().map(|(body, _)| BodyAt { file, body }).filter(|at| flows.whole(at.body) == at.body);
    let is_it = |at: &BodyAt| title(db, *at) == key.title;
    bodies.filter(is_it).min_by_key(|at| distance(name_span(db, *at))).map(Found::Body)
}

/// The navigations by which the flows around a body are left, in their order; copies of one place are one.
fn ways_in(db: &dyn Db, at: BodyAt) -> Vec<NodeAt> {
    let mut places: BTreeMap<(BodyAt, Span), NodeAt> = BTreeMap::new();
    for way in flows_around(db, at).into_iter().flat_map(|flow| ways_out(db, flow)) {
        if let Some((node, _)) = way.at {
            places.entry((node.0, span_of(db, node))).or_insert(node);
        }
    }
    places.into_values().collect()
}

/// A body with what runs in its name in the same file.
fn with_parts(db: &dyn Db, body: BodyAt) -> BTreeSet<BodyAt> {
    let mut all = BTreeSet::new();
    let mut work = vec![body];
    while let Some(at) = work.pop() {
        if at.file == body.file && all.insert(at) {
            work.extend(linked(db, at.file).parts(at.body));
        }
    }
    all
}

fn whole(db: &dyn Db, at: BodyAt) -> BodyAt {
    BodyAt { file: at.file, body: file_flows(db, at.file).whole(at.body) }
}

fn body_item(db: &dyn Db, at: BodyAt) -> CallItem {
    let body = lowered(db, at.file).body(at.body);
    let kind = match body.kind {
        BodyKind::TopLevel => CallItemKind::TopLevel,
        BodyKind::Method if body.class.is_some() => CallItemKind::Member,
        _ => CallItemKind::Function,
    };
    let path = Arc::clone(at.file.path(db));
    let detail = match flow_of(db, at) {
        Some(flow) => match flow_sum(&judge(db, flow), &path) {
            Some(verdict) => format!("{} · {verdict}", flow.kind.heading()),
            None => flow.kind.heading().to_owned(),
        },
        None => path.to_string(),
    };
    CallItem { title: title(db, at), detail, kind, span: whole_span(db, at), name: name_span(db, at), path }
}

fn way_item(db: &dyn Db, at: NodeAt) -> CallItem {
    let reach = linked(db, at.0.file).node(at.0.body, at.1).and_then(|link| link.meaning.reach());
    let detail = if reach == Some(Reach::Document) { "leaves the page" } else { "leaves the screen" };
    let span = span_of(db, at);
    CallItem {
        path: Arc::clone(at.0.file.path(db)),
        title: code(db, at),
        detail: detail.to_owned(),
        kind: CallItemKind::WayOut,
        span,
        name: span,
    }
}

/// A node's code on one line.
fn code(db: &dyn Db, at: NodeAt) -> String {
    one_line(span_of(db, at).text(at.0.file.text(db)))
}

fn sorted(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    spans.dedup();
    spans
}
