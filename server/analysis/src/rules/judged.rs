//! What rules look at: one file with its flows, and what was seen on the walks from their roots. Owns the
//! questions that several rules ask; must not know any one rule.

mod ways;

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{Rule, Severity};
use crate::database::{
    Db, DeclarativeLogout, FileContext, Project, SourceFile, context, declarative_logouts, lowered, project_facts,
    vocabulary,
};
use crate::identity::{
    BodyAt, BodyKey, Deeds, FileFlows, Flow, LinkedFile, LinkedNode, NodeAt, Walk, deeds_of, file_flows, flow_of,
    linked, on_server, roots_above, walk,
};
use crate::lowering::{Body, BodyId, Call, LoweredFile, Node, NodeId};
use crate::source::Span;
use crate::vocabulary::{Anonymize, Effect, FileView, Identify, Platform, PlatformTexts, Reach, Vocabulary};

/// A walk from a root, with the flow that the root is.
pub(super) struct Unit<'a> {
    /// Where it starts.
    pub(super) root: BodyAt,
    /// The flow that the root is; `None` for a body that only does something with identity.
    pub(super) flow: Option<&'a Flow>,
    /// What was seen.
    pub(super) walk: &'a Walk,
}

/// A file as the rules see it.
pub(super) struct Judged<'a> {
    pub(super) db: &'a dyn Db,
    pub(super) file: SourceFile,
    pub(super) lowered: &'a LoweredFile,
    pub(super) links: &'a LinkedFile,
    pub(super) flows: &'a FileFlows,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) context: &'a FileContext,
    /// Whether identity is set in the file's project, or in that of a flow which runs one of this file's.
    pub(super) identity_is_set: bool,
    /// Whether an SDK is there in one of them.
    sdk_is_there: bool,
    /// The walks from the file's flows and from every other body that does something with identity.
    pub(super) units: Vec<Unit<'a>>,
    /// The units, by their place, whose walks come to a body.
    reaching: BTreeMap<BodyAt, Vec<usize>>,
    /// Which bodies run on a server.
    on_server: Vec<bool>,
    /// What each body does, with everything that it runs.
    deeds: &'a [Deeds],
    /// The effects of every node of this file that rules may report in, and of those that its flows come to.
    effects: Vec<(NodeAt, &'a Effect)>,
    /// The first copies of calls on the ways that walks took, as far as they were asked for.
    first_copies: RefCell<FxHashMap<NodeAt, NodeId>>,
    /// The places of events that come too late, each with the event, when they were asked for.
    pub(super) late_events: OnceCell<Vec<(NodeAt, NodeAt)>>,
}

impl<'a> Judged<'a> {
    pub(super) fn new(db: &'a dyn Db, file: SourceFile) -> Self {
        let project = file.project(db);
        let mut judged = Self {
            db,
            file,
            lowered: lowered(db, file),
            links: linked(db, file),
            flows: file_flows(db, file),
            vocabulary: vocabulary(db, project),
            context: context(db, file),
            identity_is_set: false,
            sdk_is_there: false,
            units: Vec::new(),
            reaching: BTreeMap::new(),
            on_server: Vec::new(),
            deeds: deeds_of(db, file),
            effects: Vec::new(),
            first_copies: RefCell::default(),
            late_events: OnceCell::new(),
        };
        let server = |(id, _)| on_server(judged.vocabulary, judged.lowered, &judged.context.server, id);
        judged.on_server = judged.lowered.bodies().map(server).collect();
        judged.walks();
        judged.effects = judged.all_effects();
        judged.ask_projects();
        judged
    }

    /// What a shared package's flow rests on is decided in the apps that run it.
    fn ask_projects(&mut self) {
        let roots = self.units.iter().map(|unit| unit.root.file.project(self.db));
        let projects: BTreeSet<Project> = roots.chain([self.file.project(self.db)]).collect();
        for project in projects {
            let facts = project_facts(self.db, project);
            self.identity_is_set |= facts.identity_is_set;
            self.sdk_is_there |= facts.sdk_is_there;
        }
    }

    /// The effects of this file's nodes, and of those that its flows come to in other files.
    fn all_effects(&self) -> Vec<(NodeAt, &'a Effect)> {
        let own = self.lowered.bodies().map(|(id, _)| id).filter(|id| !self.on_server(*id)).map(|id| self.at(id));
        let from_here = self.units.iter().filter(|unit| unit.root.file == self.file);
        let seen = from_here.flat_map(|unit| unit.walk.seen.keys()).map(|(at, _)| *at);
        let others: BTreeSet<BodyAt> = seen.filter(|at| at.file != self.file).collect();
        let mut effects = Vec::new();
        for at in own.chain(others) {
            for (node, link) in self.links_of(at.file).nodes(at.body) {
                effects.extend(link.meaning.effects.iter().map(|effect| ((at, node), effect)));
            }
        }
        effects
    }

    /// Walks from the flows, and from what else does something with identity.
    fn walks(&mut self) {
        for root in &self.flows.roots {
            self.add_walk(self.at(*root));
        }
        // A flow of another file that runs one of this file's is judged as a whole, from there.
        for root in roots_above(self.db, self.file) {
            self.add_walk(*root);
        }
        self.add_siblings();
        let about_identity = Deeds::ANONYMIZES.and(Deeds::IDENTIFIES).and(Deeds::TRACKS);
        let is_entry = |flows: &FileFlows, body: &BodyId| {
            !flows.part_of.contains_key(body) && flows.callers.get(body).is_none_or(Vec::is_empty)
        };
        let others: Vec<BodyId> = self
            .lowered
            .bodies()
            .map(|(id, _)| id)
            .filter(|id| !self.flows.roots.contains(id) && !self.on_server(*id))
            .filter(|id| self.deeds(*id).any(about_identity))
            .collect();
        for body in others.iter().filter(|body| is_entry(self.flows, body)).copied().collect::<Vec<_>>() {
            self.add_walk(self.at(body));
        }
        // What is left is called by nothing that starts: bodies that only call each other.
        for body in others {
            if !self.reaching.contains_key(&self.at(body)) {
                self.add_walk(self.at(body));
            }
        }
    }

    /// Walks from the other roots above the flows of other files that this file's flows come to: whether a
    /// fault there is this file's alone or everybody's is told by all of them.
    fn add_siblings(&mut self) {
        let is_shared = |at: &BodyAt| at.file != self.file && flow_of(self.db, *at).is_some();
        let seen: BTreeSet<BodyAt> = self.reaching.keys().copied().filter(is_shared).collect();
        let files: BTreeSet<SourceFile> = seen.iter().map(|at| at.file).collect();
        for file in files {
            let inside = file_flows(self.db, file).roots.iter().map(|body| BodyAt { file, body: *body });
            let roots: BTreeSet<BodyAt> = inside.chain(roots_above(self.db, file).iter().copied()).collect();
            for root in roots {
                let is_known = self.units.iter().any(|unit| unit.root == root);
                let comes_there =
                    || walk(self.db, BodyKey::new(self.db, root)).seen.keys().any(|(at, _)| seen.contains(at));
                if !is_known && comes_there() {
                    self.add_walk(root);
                }
            }
        }
    }

    fn add_walk(&mut self, root: BodyAt) {
        let key = BodyKey::new(self.db, root);
        let flow = flow_of(self.db, root);
        let walk: &'a Walk = walk(self.db, key);
        let index = self.units.len();
        for (at, _) in walk.seen.keys() {
            let units = self.reaching.entry(*at).or_default();
            if units.last() != Some(&index) {
                units.push(index);
            }
        }
        self.units.push(Unit { root, flow, walk });
    }

    /// The units whose walks come to a body.
    fn units_at(&self, at: BodyAt) -> impl Iterator<Item = &Unit<'a>> {
        self.reaching.get(&at).into_iter().flatten().map(|index| &self.units[*index])
    }

    pub(super) fn at(&self, body: BodyId) -> BodyAt {
        BodyAt { file: self.file, body }
    }

    pub(super) fn on_server(&self, body: BodyId) -> bool {
        self.on_server.get(body.0 as usize).copied().unwrap_or(false)
    }

    /// What a body of this file does, with everything that it runs.
    pub(super) fn deeds(&self, body: BodyId) -> Deeds {
        self.deeds.get(body.0 as usize).copied().unwrap_or_default()
    }

    pub(super) fn platform(&self) -> Platform {
        self.context.platform
    }

    pub(super) fn texts(&self) -> &'a PlatformTexts {
        self.vocabulary.texts(self.context.platform)
    }

    pub(super) fn view(&self) -> FileView<'a> {
        FileView {
            path: self.file.path(self.db),
            text: self.file.text(self.db),
            lowered: self.lowered,
            platform: self.context.platform,
        }
    }

    pub(super) fn text(&self, span: Span) -> &'a str {
        span.text(self.file.text(self.db))
    }

    pub(super) fn body(&self, at: BodyAt) -> &'a Body {
        let file = if at.file == self.file { self.lowered } else { lowered(self.db, at.file) };
        file.body(at.body)
    }

    pub(super) fn node(&self, at: NodeAt) -> &'a Node {
        self.body(at.0).node(at.1)
    }

    pub(super) fn link(&self, at: NodeAt) -> Option<&'a LinkedNode> {
        self.links_of(at.0.file).node(at.0.body, at.1)
    }

    fn links_of(&self, file: SourceFile) -> &'a LinkedFile {
        if file == self.file { self.links } else { linked(self.db, file) }
    }

    fn flows_of(&self, file: SourceFile) -> &'a FileFlows {
        if file == self.file { self.flows } else { file_flows(self.db, file) }
    }

    pub(super) fn call(&self, at: NodeAt) -> Option<&'a Call> {
        self.node(at).call()
    }

    /// The effects of every node of this file that rules may report in, with the node.
    pub(super) fn own_effects(&self) -> impl Iterator<Item = (NodeAt, &'a Effect)> + '_ {
        self.effects().filter(|(at, _)| at.0.file == self.file)
    }

    /// The same with those that this file's flows come to in other files, which are reported at a call here.
    pub(super) fn effects(&self) -> impl Iterator<Item = (NodeAt, &'a Effect)> + '_ {
        self.effects.iter().copied()
    }

    /// Every call that releases the identity, in this file or where its flows come to.
    pub(super) fn releases(&self) -> impl Iterator<Item = (NodeAt, &'a Anonymize)> + '_ {
        self.effects().filter_map(|(at, effect)| match effect {
            Effect::Anonymize(anonymize) if anonymize.fault.is_none() => Some((at, &**anonymize)),
            _ => None,
        })
    }

    /// Every call that identifies somebody, in this file or where its flows come to.
    pub(super) fn identifies(&self) -> impl Iterator<Item = (NodeAt, &'a Identify)> + '_ {
        self.effects().filter_map(|(at, effect)| match effect {
            Effect::Identify(identify) if identify.fault.is_none() => Some((at, &**identify)),
            _ => None,
        })
    }

    /// The flow that a body is, or is a part of.
    pub(super) fn flow_around(&self, at: BodyAt) -> Option<&'a Flow> {
        self.flows_of(at.file).flow_around(at.body)
    }

    /// The flow through which a body runs: its own, or that of a walk which reaches it.
    pub(super) fn flow_reaching(&self, at: NodeAt) -> Option<&'a Flow> {
        self.flow_around(at.0).or_else(|| self.seen(at).iter().find_map(|(unit, _)| unit.flow))
    }

    /// Whether nothing in a body can be judged: the parser could not read a part of it.
    pub(super) fn is_broken(&self, at: BodyAt) -> bool {
        let whole = BodyAt { body: self.flows_of(at.file).whole(at.body), ..at };
        self.body(at).broken || self.body(whole).broken
    }

    /// The listener or effect that releases the identity for the file's flows when the user is gone.
    pub(super) fn covered_by(&self) -> Option<DeclarativeLogout> {
        covering(self.db, self.file)
    }

    /// The severity of a rule that asks for identity to be set in the project, or `None` where there is no
    /// trace of Fullstory.
    pub(super) fn severity_if_set(&self, rule: Rule) -> Option<Severity> {
        if self.identity_is_set {
            return Some(rule.default_severity());
        }
        self.sdk_is_there.then_some(Severity::Hint)
    }

    /// Whether a navigation's own body or one that it runs leaves the page as a document.
    pub(super) fn reach(&self, at: NodeAt) -> Option<Reach> {
        self.link(at)?.meaning.reach()
    }

    /// The nodes of a flow's own body, its parts and its callees.
    pub(super) fn bodies_under(&self, root: BodyAt) -> BTreeSet<BodyAt> {
        let mut all = BTreeSet::new();
        let mut work = vec![root];
        while let Some(at) = work.pop() {
            if all.insert(at) {
                let links = self.links_of(at.file);
                work.extend(links.parts(at.body));
                work.extend(links.callees(at.body));
            }
        }
        all
    }

    /// Whether control can come from a node back to itself.
    pub(super) fn in_cycle(&self, at: NodeAt) -> bool {
        let body = self.body(at.0);
        let mut seen = BTreeSet::new();
        let mut work: Vec<NodeId> = body.node(at.1).next.to_vec();
        while let Some(id) = work.pop() {
            if id == at.1 {
                return true;
            }
            if seen.insert(id) {
                work.extend(body.node(id).next.iter().copied());
            }
        }
        false
    }
}

/// The listener or effect that releases the identity for a file's flows when the user is gone: one of
/// the file itself, or one anywhere in its project but in a screen, which covers only its own file.
pub(crate) fn covering(db: &dyn Db, file: SourceFile) -> Option<DeclarativeLogout> {
    let project = file.project(db);
    if let Some(own) = declarative_logouts(db, file).first() {
        return Some(own.clone());
    }
    if let Some(known) = project_facts(db, project).declarative_logouts.first() {
        return Some(known.clone());
    }
    covering_everywhere(db, project).clone()
}

/// The first listener or effect of a project, in the order of its files, that covers all of it. A query of its
/// own: to ask every file costs what all the rest of a file's verdict does.
#[salsa::tracked(returns(ref))]
fn covering_everywhere(db: &dyn Db, project: Project) -> Option<DeclarativeLogout> {
    let vocabulary = vocabulary(db, project);
    let everywhere = project.files(db).iter().filter(|other| !vocabulary.is_screen(other.path(db)));
    everywhere.filter_map(|other| declarative_logouts(db, *other).first()).next().cloned()
}
