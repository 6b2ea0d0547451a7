//! Bodies with meanings: for each node what it means, which bodies it runs and when. Owns the join of
//! vocabulary and linking; must not know states or rules.

mod alone;
mod calls;
mod conditions;
mod former;
mod uses;

use std::sync::Arc;

pub(super) use self::alone::{body_of, links_of};
use self::conditions::{NUMBERS, asked_parameter, number_conditions, take_own_guards};
pub use self::former::FormerLinks;
use self::former::Kept;
use self::uses::{Attributes, Uses};
use super::does::{Deeds, Does};
use super::state::Arguments;
use crate::SortedMap;
use crate::database::{Db, Meanings, SourceFile, context, lowered, meanings, vocabulary};
use crate::linking::{Asked, BodyAt, Target, surface, targets_of_value};
use crate::lowering::{Body, BodyId, Call, LoweredFile, Node, NodeId, Path, Step, Timing, Value};
use crate::vocabulary::{ConditionMeaning, FileView, Runs, StepMeaning, Vocabulary};

/// When a body that a node runs does run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// Here, once.
    Now,
    /// Here until it first waits, the rest when the caller has run to its end or waits.
    Started,
    /// Here, once for each of some elements.
    Each,
    /// Here or later, if at all: an unknown callee has it.
    Perhaps,
    /// When the caller has run to its end or waits.
    Afterwards,
}

/// A body that a node runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invocation {
    /// The body.
    pub target: BodyAt,
    /// When.
    pub when: When,
    /// Whether it is called by name (else it is a callback, or part of the same promise chain).
    pub by_name: bool,
    /// Whether it is one of several implementations of what is called: a step happens if any of them does it.
    pub is_one_of_many: bool,
}

impl Invocation {
    /// Whether its body runs in the name of the one that it stands in, now or later.
    pub(super) fn is_part(&self) -> bool {
        let runs = matches!(self.when, When::Now | When::Started | When::Each | When::Afterwards | When::Perhaps);
        runs && !self.by_name
    }
}

/// What a node means, and what it runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkedNode {
    /// Its own meaning. Nothing where it only runs bodies of the project.
    pub meaning: StepMeaning,
    /// The bodies that it runs.
    pub invocations: Vec<Invocation>,
    /// What its condition means, for [`Step::Assume`], when the condition holds.
    pub condition: Option<ConditionMeaning>,
    /// The number of its condition among those that this body asks more than once.
    pub condition_number: Option<u32>,
    /// The numbers of conditions that an assignment here makes unknown again.
    pub forgets: Vec<u32>,
    /// Its number among the nodes of this body that start something which runs afterwards.
    pub pending_number: Option<u32>,
    /// Whether it only hands an action to a store or a message to a bus: it ends no session by itself.
    pub emits: bool,
    /// What is known of its arguments.
    pub arguments: Arguments,
    /// The parameter that it calls, where it calls one.
    pub calls_parameter: Option<u32>,
    /// The parameter that its condition asks about, for [`Step::Assume`].
    pub asks_parameter: Option<u32>,
}

impl LinkedNode {
    /// Whether it means or runs something.
    fn is_active(&self) -> bool {
        !self.meaning.effects.is_empty() || self.meaning.may_release || !self.invocations.is_empty()
    }

    /// Whether it may be a part of a flow by its name alone: it may release, or hands on an action that means nothing
    /// by itself.
    fn may_matter(&self) -> bool {
        self.meaning.may_release || self.emits && self.meaning.effects.is_empty()
    }
}

/// A body's nodes with their meanings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LinkedBody {
    nodes: SortedMap<NodeId, LinkedNode>,
    /// Whether any of them means or runs something, and may matter: each keystroke asks it of every body.
    is_active: bool,
    may_matter: bool,
    does: Does,
}

impl LinkedBody {
    fn new(nodes: Vec<(NodeId, LinkedNode)>) -> Self {
        let is_active = nodes.iter().any(|(_, node)| node.is_active());
        let may_matter = nodes.iter().any(|(_, node)| node.may_matter());
        let does = Does::of(&nodes);
        Self { nodes: nodes.into_iter().collect(), is_active, may_matter, does }
    }

    /// A node that means or runs something, or asks something; `None` for all others.
    pub(super) fn node(&self, node: NodeId) -> Option<&LinkedNode> {
        self.nodes.get(&node)
    }

    /// The nodes that mean, run or ask something, in order.
    pub(super) fn nodes(&self) -> impl Iterator<Item = (NodeId, &LinkedNode)> {
        self.nodes.iter().map(|(id, node)| (*id, node))
    }
}

/// A file's bodies with their meanings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkedFile {
    bodies: Vec<Arc<LinkedBody>>,
    runs: Vec<Runs>,
}

impl LinkedFile {
    /// A node that means or runs something, or asks something; `None` for all others.
    pub fn node(&self, body: BodyId, node: NodeId) -> Option<&LinkedNode> {
        self.bodies.get(body.0 as usize)?.node(node)
    }

    /// The nodes of a body that mean, run or ask something, in order.
    pub fn nodes(&self, body: BodyId) -> impl Iterator<Item = (NodeId, &LinkedNode)> {
        self.bodies.get(body.0 as usize).into_iter().flat_map(|body| body.nodes())
    }

    /// Whether a body neither means nor runs anything.
    pub fn is_idle(&self, body: BodyId) -> bool {
        self.bodies.get(body.0 as usize).is_none_or(|body| !body.is_active)
    }

    /// The nodes of a body that may be a part of a flow by their names alone, in order.
    pub fn may_matter(&self, body: BodyId) -> impl Iterator<Item = NodeId> {
        let body = self.bodies.get(body.0 as usize).filter(|body| body.may_matter);
        let nodes = body.into_iter().flat_map(|body| body.nodes());
        nodes.filter(|(_, node)| node.may_matter()).map(|(id, _)| id)
    }

    /// What a body does itself, without what it runs.
    pub fn deeds(&self, body: BodyId) -> Deeds {
        self.bodies.get(body.0 as usize).map_or_else(Deeds::default, |body| body.does.deeds)
    }

    /// The bodies that a body runs in its own name, in order: callbacks and promise chains written in it.
    pub fn parts(&self, body: BodyId) -> &[BodyAt] {
        self.bodies.get(body.0 as usize).map_or(&[], |body| &body.does.parts)
    }

    /// The bodies that a body runs where they are called by name, in order: what a reader would call its callees.
    pub fn callees(&self, body: BodyId) -> &[BodyAt] {
        self.bodies.get(body.0 as usize).map_or(&[], |body| &body.does.callees)
    }

    /// When a body runs by what is done with it where it stands.
    pub fn runs(&self, body: BodyId) -> Runs {
        self.runs.get(body.0 as usize).copied().unwrap_or(Runs::Unknown)
    }
}

/// Links a file.
#[salsa::tracked(returns(ref))]
pub fn linked(db: &dyn Db, file: SourceFile) -> Arc<LinkedFile> {
    let lowered = lowered(db, file);
    let vocabulary = vocabulary(db, file.project(db));
    let context = context(db, file);
    let view = FileView { path: file.path(db), text: file.text(db), lowered, platform: context.platform };
    let guards = crate::database::identify_guards(db, file.project(db));
    let meanings = meanings(db, file);
    let (runs, asked) = (meanings.runs().collect(), Asked::default());
    let mut linker = Linker { db, file, lowered, vocabulary, view, guards, meanings, runs, asked };
    let kept = Kept::of(&linker);
    let mut known = Attributes::default();
    let mut asks = vec![false; lowered.bodies.len()];
    let mut uses = Vec::with_capacity(lowered.bodies.len());
    for ((id, body), asks) in lowered.bodies().zip(&mut asks) {
        uses.push(kept.uses(id).unwrap_or_else(|| Arc::new(linker.uses(body, &mut known))));
        *asks = linker.asked.take_all();
    }
    let mut runs = std::mem::take(&mut linker.runs);
    Uses::tell(&uses, &mut runs);
    linker.runs = runs;
    // Most bodies mean nothing.
    let nothing = Arc::new(LinkedBody::default());
    let mut bodies = Vec::with_capacity(lowered.bodies.len());
    for ((id, body), asks) in lowered.bodies().zip(&mut asks) {
        let links = kept.links(id, linker.runs.get(id.0 as usize)).unwrap_or_else(|| match linker.body(id, body) {
            linked if linked == *nothing => Arc::clone(&nothing),
            linked => Arc::new(linked),
        });
        bodies.push(links);
        *asks |= linker.asked.take_all();
    }
    let linked = Arc::new(LinkedFile { bodies, runs: linker.runs.clone() });
    kept.put(&linker, &linked, uses, &asks);
    linked
}

struct Linker<'a> {
    db: &'a dyn Db,
    file: SourceFile,
    lowered: &'a Arc<LoweredFile>,
    vocabulary: &'a Vocabulary,
    view: FileView<'a>,
    guards: &'a [Arc<str>],
    meanings: &'a Arc<Meanings>,
    runs: Vec<Runs>,
    asked: Asked,
}

impl Linker<'_> {
    fn body(&self, body_id: BodyId, body: &Body) -> LinkedBody {
        let mut nodes = Vec::new();
        let mut pending = 0;
        for (id, node) in body.nodes() {
            let Some(mut linked) = self.node((body_id, id), body, node) else { continue };
            let put_off = |invocation: &Invocation| matches!(invocation.when, When::Started | When::Afterwards);
            if pending < NUMBERS && linked.invocations.iter().any(put_off) {
                linked.pending_number = Some(pending);
                pending += 1;
            }
            nodes.push((id, linked));
        }
        take_own_guards(body, &mut nodes);
        number_conditions(body, &mut nodes);
        // Most calls mean nothing: what is not told of them is kept by nobody.
        nodes.retain(|(_, node)| *node != LinkedNode::default());
        LinkedBody::new(nodes)
    }

    fn node(&self, at: (BodyId, NodeId), body: &Body, node: &Node) -> Option<LinkedNode> {
        let linked = match &node.step {
            Step::Call(call) => self.call(at, body, call),
            Step::Assign(_) => LinkedNode { meaning: self.meaning(at), ..Default::default() },
            Step::Assume { condition, .. } => LinkedNode {
                condition: Some(self.condition(at, body, condition)),
                asks_parameter: asked_parameter(body, condition),
                ..Default::default()
            },
            Step::Run { body, timing } => {
                let when = match timing {
                    Timing::Now => When::Now,
                    Timing::Started => When::Started,
                    Timing::Afterwards => When::Afterwards,
                };
                LinkedNode { invocations: vec![self.invocation(*body, when, false)], ..Default::default() }
            }
            _ => return None,
        };
        Some(linked)
    }

    /// The functions of this file that a value is, through names and wrappers.
    fn bodies_in(&self, value: &Value) -> Vec<BodyId> {
        let own = |at: BodyAt| (at.file == self.file).then_some(at.body);
        self.all_bodies_in(value).into_iter().filter_map(own).collect()
    }

    /// The functions of the project that a value is, through names and wrappers.
    fn all_bodies_in(&self, value: &Value) -> Vec<BodyAt> {
        let is_wrapper = |file: SourceFile, callee: &Path, position: u32| self.is_wrapper(file, callee, position);
        let targets = targets_of_value(self.db, self.file, value, &is_wrapper, &self.asked);
        targets
            .into_iter()
            .filter_map(|target| match target {
                Target::Body(at, _) => Some(at),
                _ => None,
            })
            .collect()
    }

    fn is_wrapper(&self, file: SourceFile, callee: &Path, position: u32) -> bool {
        if file == self.file {
            return self.vocabulary.runs_argument(&self.view, callee, &[], &[], position, None) == Runs::Wrapped;
        }
        is_wrapper(self.db, self.file, file, callee, position)
    }

    fn invocation(&self, body: BodyId, when: When, by_name: bool) -> Invocation {
        Invocation { target: BodyAt { file: self.file, body }, when, by_name, is_one_of_many: false }
    }

    /// What a node's step means by the vocabulary.
    fn meaning(&self, (body, node): (BodyId, NodeId)) -> StepMeaning {
        self.meanings.of(body, node).cloned().unwrap_or_default()
    }
}

/// Every call of a file.
pub(super) fn calls(file: &LoweredFile) -> impl Iterator<Item = &Call> {
    file.bodies.iter().flat_map(|body| &body.code_anywhere().nodes).filter_map(Node::call)
}

/// Whether a call of a path in a file hands back the callback at a position. Of another file than the asking
/// one no more than its surface is asked.
pub(super) fn is_wrapper(db: &dyn Db, own: SourceFile, file: SourceFile, callee: &Path, position: u32) -> bool {
    let declared = if file == own { lowered(db, file) } else { surface(db, file) };
    let text = if file == own { file.text(db) } else { "" };
    let view = FileView { path: file.path(db), text, lowered: declared, platform: context(db, file).platform };
    vocabulary(db, own.project(db)).runs_argument(&view, callee, &[], &[], position, None) == Runs::Wrapped
}

/// Whether a body is a hook by the naming convention that React itself relies on: its callbacks are
/// definitions, and run when what it returns is used.
pub(super) fn is_hook(body: &Body) -> bool {
    let Some(rest) = body.name.as_deref().and_then(|name| name.strip_prefix("use")) else { return false };
    rest.chars().next().is_some_and(char::is_uppercase)
}
