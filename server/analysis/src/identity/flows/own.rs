//! The flows of one file by its own names and deeds. Owns the definition of a flow; must not know rules.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::deeds::deeds_of;
use super::super::does::Deeds;
use super::super::links::{Invocation, LinkedFile, When, is_hook, linked};
use super::{Flow, ToldBy};
use crate::database::{Db, Meanings, SourceFile, context, lowered, meanings, vocabulary};
use crate::linking::BodyAt;
use crate::lowering::{Body, BodyId, BodyKind, LoweredFile};
use crate::vocabulary::{FileView, FlowKind, ServerScope, Vocabulary};

/// The flows of a file by its own names and deeds, and which bodies are parts of others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OwnFlows {
    pub(super) flows: BTreeMap<BodyId, Flow>,
    pub(super) part_of: BTreeMap<BodyId, BodyId>,
}

/// Finds the flows of a file that are told by their own names or deeds.
#[salsa::tracked(returns(ref))]
pub(super) fn own_flows(db: &dyn Db, file: SourceFile) -> Arc<OwnFlows> {
    let finder = Finder::new(db, file);
    let mut found = OwnFlows::default();
    for (id, _) in finder.lowered.bodies() {
        for part in finder.links.parts(id) {
            found.part_of.entry(part.body).or_insert(id);
        }
    }
    finder.by_name_and_deed(&mut found);
    Arc::new(found)
}

/// How many callbacks in callbacks are looked into.
const PARTS: u32 = 8;

pub(super) struct Finder<'a> {
    pub(super) db: &'a dyn Db,
    pub(super) file: SourceFile,
    pub(super) lowered: &'a LoweredFile,
    pub(super) links: &'a LinkedFile,
    pub(super) meanings: &'a Meanings,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) view: FileView<'a>,
    server: &'a ServerScope,
}

impl<'a> Finder<'a> {
    pub(super) fn new(db: &'a dyn Db, file: SourceFile) -> Self {
        let (lowered, context) = (lowered(db, file), context(db, file));
        Self {
            db,
            file,
            lowered,
            links: linked(db, file),
            meanings: meanings(db, file),
            vocabulary: vocabulary(db, file.project(db)),
            view: FileView { path: file.path(db), text: file.text(db), lowered, platform: context.platform },
            server: &context.server,
        }
    }

    pub(super) fn at(&self, body: BodyId) -> BodyAt {
        BodyAt { file: self.file, body }
    }

    fn by_name_and_deed(&self, found: &mut OwnFlows) {
        let deeds = deeds_of(self.db, self.file);
        for ((id, body), done) in self.lowered.bodies().zip(deeds.iter().copied()) {
            if self.links.is_idle(id) || !is_function(body) {
                continue;
            }
            if self.only_reduces(id, body) || self.only_links(id, done) {
                continue;
            }
            // What is looked up in many words is asked last.
            let is_none = || self.is_social(body) || self.on_server(id);
            let named = self.named(id, body).or_else(|| self.of_page(id, body, done));
            if let Some(named) = &named
                && done.any(Deeds::LOGOUT_STEP.and(Deeds::REQUESTS).and(Deeds::MAY_RELEASE).and(Deeds::ANONYMIZES))
                && !self.only_sends(id, body, done)
                && !self.only_hears_of_nobody(body, done)
                && !self.deletes_a_thing(id, body, named.kind)
                && !self.only_drops_a_session(id, body, done)
            {
                let is_certain = !self.of_some_device(body);
                if !is_none() {
                    found.flows.insert(id, Flow { is_certain, ..self.flow(id, named.kind, ToldBy::Name) });
                }
                continue;
            }
            // A part's deeds are its whole's: the flow is the body that a caller would name.
            if found.part_of.contains_key(&id) {
                continue;
            }
            let own = self.deeds_with_parts(id);
            let kind = named.map_or(FlowKind::UserInitiated, |named| named.kind);
            let clears = || {
                (own.any(Deeds::CLEARS_AUTH) || self.helper_clears(id, body))
                    && !self.in_arrival(body)
                    && self.goes_to_login(id)
            };
            if (own.any(Deeds::SIGNS_OUT) || clears()) && !self.arrives(&body.name) && !is_none() {
                found.flows.insert(id, self.flow(id, kind, ToldBy::Deed));
            }
        }
    }

    /// Whether a helper that a body calls clears auth state.
    fn helper_clears(&self, id: BodyId, body: &Body) -> bool {
        if body.kind == BodyKind::TopLevel || is_hook(body) {
            return false;
        }
        let clears = |helper: BodyAt| {
            let finder = Finder::new(self.db, helper.file);
            // A helper that is a flow of its own tells more than its deeds do.
            finder.deeds_with_parts(helper.body).any(Deeds::CLEARS_AUTH)
                && finder.named(helper.body, finder.lowered.body(helper.body)).is_none()
                && !finder.goes_to_login(helper.body)
        };
        self.with_parts(id).into_iter().flat_map(|part| self.links.callees(part)).copied().any(clears)
    }

    /// A body with the callbacks and chains written in it.
    fn with_parts(&self, id: BodyId) -> BTreeSet<BodyId> {
        let mut all = BTreeSet::from([id]);
        let mut work: Vec<BodyId> = self.links.parts(id).iter().map(|part| part.body).collect();
        while let Some(body) = work.pop() {
            if all.insert(body) {
                work.extend(self.links.parts(body).iter().map(|part| part.body));
            }
        }
        all
    }

    /// What a body does itself or in callbacks and chains written in it.
    fn deeds_with_parts(&self, id: BodyId) -> Deeds {
        let own = self.with_parts(id).into_iter().map(|body| self.links.deeds(body));
        own.fold(Deeds::default(), Deeds::and)
    }

    /// A body that calls a flow is one itself: what it calls weighs more than what it is called. That holds for
    /// what certainly leads to a logout: every request to a server may end in one.
    pub(super) fn by_callee<'f>(&self, id: BodyId, certain: &dyn Fn(BodyAt) -> Option<&'f Flow>) -> Option<Flow> {
        let body = self.lowered.body(id);
        if !self.may_be_flow(id, body) {
            return None;
        }
        let named = self.named(id, body);
        if named.is_none() && (self.arrives(&body.name) || self.in_arrival(body)) {
            return None;
        }
        let targets = self.with_parts(id).into_iter().flat_map(|part| self.links.callees(part)).copied();
        let callee = targets.filter(|target| *target != self.at(id)).find_map(certain)?;
        let kind = named.as_ref().map_or(callee.kind, |named| named.kind);
        if named.is_some() {
            return Some(self.flow(id, kind, ToldBy::Name));
        }
        Some(Flow { is_certain: self.ends_always(id, certain, PARTS), ..self.flow(id, kind, ToldBy::Callee) })
    }

    /// Whether every way through a body, but for exceptions, calls a flow.
    fn ends_always<'f>(&self, id: BodyId, certain: &dyn Fn(BodyAt) -> Option<&'f Flow>, depth: u32) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        let ends = |invocation: &Invocation| match invocation.by_name {
            true => certain(invocation.target).is_some(),
            false => {
                matches!(invocation.when, When::Now | When::Started | When::Afterwards)
                    && self.ends_always(invocation.target.body, certain, depth)
            }
        };
        let body = self.lowered.body(id);
        let mut seen = BTreeSet::new();
        let mut work = vec![Body::ENTRY];
        while let Some(node) = work.pop() {
            let link = self.links.node(id, node);
            if !seen.insert(node) || link.is_some_and(|link| link.invocations.iter().any(ends)) {
                continue;
            }
            if node == Body::EXIT {
                return false;
            }
            work.extend(body.code_anywhere().node(node).next.iter().copied());
        }
        true
    }

    fn flow(&self, id: BodyId, kind: FlowKind, told_by: ToldBy) -> Flow {
        Flow { at: self.at(id), kind, title: self.title(id), told_by, is_certain: true }
    }

    /// Whether a body can be a flow at all.
    fn may_be_flow(&self, id: BodyId, body: &Body) -> bool {
        is_function(body) && !self.on_server(id)
    }

    fn on_server(&self, id: BodyId) -> bool {
        super::super::on_server(self.vocabulary, self.lowered, self.server, id)
    }

    pub(super) fn goes_to_login(&self, id: BodyId) -> bool {
        let mut work = vec![self.at(id)];
        let mut seen = BTreeSet::new();
        while let Some(at) = work.pop() {
            if !seen.insert(at) {
                continue;
            }
            let other = (at.file != self.file).then(|| Finder::new(self.db, at.file));
            let finder = other.as_ref().unwrap_or(self);
            if finder.shows_login(at.body) {
                return true;
            }
            work.extend(finder.links.parts(at.body));
            // Where a flow goes is that flow's concern.
            work.extend(finder.links.callees(at.body).iter().filter(|callee| !self.is_named(**callee)));
        }
        false
    }

    /// Whether a node of a body goes to a login.
    pub(super) fn shows_login(&self, id: BodyId) -> bool {
        let body = self.lowered.body(id);
        self.links.nodes(id).any(|(node, link)| {
            link.meaning.reach().is_some() && self.vocabulary.goes_to_login(&self.view, body.node(node))
        })
    }
}

/// Whether a body is a function that could be read, and neither a component nor what a property or a promise runs.
fn is_function(body: &Body) -> bool {
    !(body.broken || body.returns_markup || matches!(body.kind, BodyKind::Getter | BodyKind::Continuation))
}
