//! What the steps and conditions of a file mean by the vocabulary alone. A query of its own, since both a project's
//! facts and a file's links ask for it; must not know what a project's other files say.
//!
//! A keystroke touches one function: the others are the same code, and so is what it means.

mod former;

use std::sync::Arc;

use rustc_hash::FxHashSet;

pub use self::former::FormerMeanings;

use self::former::Ground;
use super::{Db, SourceFile, context, lowered, vocabulary};
use crate::lowering::{Body, BodyId, BodyKind, Condition, Name, NodeId, Step};
use crate::vocabulary::{Asked, FileView, FlowName, Runs, StepMeaning, Vocabulary, is_name};

/// What the bodies of a file mean, each by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meanings {
    bodies: Vec<Arc<BodyMeaning>>,
}

/// What a body means, by itself.
#[derive(Debug, Default, PartialEq, Eq)]
struct BodyMeaning {
    /// The nodes whose steps mean anything, in order.
    steps: Vec<(NodeId, StepMeaning)>,
    /// The nodes that ask something, in order.
    conditions: Vec<(NodeId, Asked)>,
    runs: Runs,
    names: FlowNames,
    /// The names that it hands over and does not declare itself. What one stands for is looked for in all that is
    /// written before it.
    passes: Vec<Name>,
}

/// Which way out a body is called after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FlowNames {
    /// By its own name.
    pub own: Option<FlowName>,
    /// By its own name, its class's or its label.
    pub any: Option<FlowName>,
}

impl Meanings {
    /// What a node's step means; nothing where it means nothing.
    pub fn of(&self, body: BodyId, node: NodeId) -> Option<&StepMeaning> {
        found(&self.bodies.get(body.0 as usize)?.steps, node)
    }

    /// The nodes of a body that mean anything, in order.
    pub fn nodes(&self, body: BodyId) -> impl Iterator<Item = &(NodeId, StepMeaning)> {
        self.bodies.get(body.0 as usize).into_iter().flat_map(|body| &body.steps)
    }

    /// What the condition of a [`Step::Assume`] means by itself.
    pub fn asked(&self, body: BodyId, node: NodeId) -> Option<Asked> {
        found(&self.bodies.get(body.0 as usize)?.conditions, node).copied()
    }

    /// Which way out a body is called after.
    pub fn flow_names(&self, body: BodyId) -> FlowNames {
        self.bodies.get(body.0 as usize).map(|body| body.names).unwrap_or_default()
    }

    /// Whether a body means what it means in other meanings because it was taken from there, or the other way.
    pub fn is_same(&self, other: &Self, body: BodyId) -> bool {
        let of = |meanings: &Self| meanings.bodies.get(body.0 as usize).map(Arc::as_ptr);
        of(self).is_some() && of(self) == of(other)
    }

    /// When a body runs by its own name, or by what is done with it where it stands.
    pub fn runs(&self) -> impl Iterator<Item = Runs> {
        self.bodies.iter().map(|body| body.runs)
    }
}

fn found<T>(nodes: &[(NodeId, T)], node: NodeId) -> Option<&T> {
    let place = nodes.binary_search_by_key(&node, |(node, _)| *node).ok()?;
    nodes.get(place).map(|(_, it)| it)
}

/// What the bodies of a file mean, each by itself.
#[salsa::tracked(returns(ref))]
pub fn meanings(db: &dyn Db, file: SourceFile) -> Arc<Meanings> {
    if let Some(known) = file.known(db) {
        return Arc::clone(&known.meanings);
    }
    let lowered = lowered(db, file);
    let text = file.text(db);
    let vocabulary = vocabulary(db, file.project(db));
    let view = FileView { path: file.path(db), text, lowered, platform: context(db, file).platform };
    // A file that nobody has open is not edited key by key: nothing of it is kept.
    let is_edited = file.tree(db).is_some();
    let mut reader = Reader { vocabulary, view, is_edited, declared: FxHashSet::default() };
    // Most bodies mean nothing.
    let nothing = Arc::new(BodyMeaning::default());
    let read = |reader: &Reader<'_>, (place, body): (usize, &Arc<Body>)| {
        let meaning = reader.read(BodyId(place as u32), body);
        if meaning == *nothing { Arc::clone(&nothing) } else { Arc::new(meaning) }
    };
    let bodies = lowered.bodies.iter().enumerate();
    if !is_edited {
        return Arc::new(Meanings { bodies: bodies.map(|body| read(&reader, body)).collect() });
    }
    let ground = Ground::of(&reader, file.project(db).settings(db));
    let former = file.former_meanings(db).take();
    let kept = former.map(|former| former.kept(lowered, &ground)).unwrap_or_default();
    let is_read = |body: BodyId| !matches!(kept.get(body.0 as usize), Some(Some(_)));
    let declared = lowered.bindings.iter().filter(|binding| is_read(binding.body));
    reader.declared = declared.map(|binding| (binding.body, &*binding.name)).collect();
    let meaning = |(place, body)| kept.get(place).cloned().flatten().unwrap_or_else(|| read(&reader, (place, body)));
    let meanings = Arc::new(Meanings { bodies: bodies.map(meaning).collect() });
    let former = FormerMeanings { lowered: Arc::clone(lowered), meanings: Arc::clone(&meanings), ground };
    file.former_meanings(db).put(Some(former));
    meanings
}

/// How many conditions may stand between the two ways on from one.
const LOOKED_BACK: usize = 8;

struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    view: FileView<'a>,
    is_edited: bool,
    /// The names that the bodies declare which are read, where the file is edited.
    declared: FxHashSet<(BodyId, &'a str)>,
}

impl Reader<'_> {
    fn read(&self, id: BodyId, body: &Body) -> BodyMeaning {
        let (runs, names, passes) = (self.runs(body), self.names(body), self.passes(id, body));
        let mut meaning = BodyMeaning { runs, names, passes, ..BodyMeaning::default() };
        // What a condition means is asked once for the two ways on from it.
        let mut known: Vec<(&Condition, Asked)> = Vec::new();
        for (id, node) in body.nodes() {
            if let Step::Assume { condition, .. } = &node.step {
                let before = known.iter().rev().take(LOOKED_BACK).find(|(other, _)| **other == **condition);
                let asked = match before {
                    Some((_, asked)) => *asked,
                    None => {
                        let asked = self.vocabulary.asked(&self.view, condition);
                        known.push((condition, asked));
                        asked
                    }
                };
                meaning.conditions.push((id, asked));
                continue;
            }
            let step = self.vocabulary.step(&self.view, body, node);
            if step != StepMeaning::default() {
                meaning.steps.push((id, step));
            }
        }
        meaning
    }

    fn passes(&self, id: BodyId, body: &Body) -> Vec<Name> {
        let mut passes: Vec<Name> = Vec::new();
        for node in body.code().nodes.iter().filter(|_| self.is_edited) {
            let Step::Call(call) = &node.step else { continue };
            for argument in &call.arguments {
                let written = argument.span.text(self.view.text);
                if is_name(written)
                    && !self.declared.contains(&(id, written))
                    && !passes.iter().any(|name| **name == *written)
                {
                    passes.push(written.into());
                }
            }
        }
        passes
    }

    fn names(&self, body: &Body) -> FlowNames {
        let own = body.name.as_deref().and_then(|name| self.vocabulary.flow_name(name));
        let class = body.class.and_then(|class| self.view.lowered.class(class).name.as_deref());
        let by_class = || self.vocabulary.flow_class(class?, body.name.as_deref()?);
        let by_label = || self.vocabulary.flow_label(body.label.as_deref()?);
        FlowNames { own, any: own.or_else(by_class).or_else(by_label) }
    }

    fn runs(&self, body: &Body) -> Runs {
        let is_member = matches!(body.kind, BodyKind::Method | BodyKind::Constructor);
        let member = body.class.zip(body.name.as_deref()).filter(|_| is_member);
        let lifecycle = member
            .and_then(|(class, name)| self.vocabulary.lifecycle(&self.view, self.view.lowered.class(class), name));
        lifecycle.unwrap_or_else(|| self.vocabulary.runs(&self.view, &body.used_as))
    }
}
