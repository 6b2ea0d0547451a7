//! What the steps and conditions of a file mean by the vocabulary alone. A query of its own, since both a project's
//! facts and a file's links ask for it; must not know what a project's other files say.
//!
//! A keystroke lowers one function: what stands before it is the very same, and so is what it means.

use std::sync::Arc;

use super::{Db, SourceFile, context, lowered, vocabulary};
use crate::lowering::{Body, BodyId, BodyKind, BodyUse, Condition, LoweredFile, NodeId, Step};
use crate::syntax::same_start;
use crate::vocabulary::{Asked, FileView, FlowName, Platform, Runs, StepMeaning, Vocabulary};

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
    let lowered = lowered(db, file);
    let text = file.text(db);
    let project = file.project(db);
    let vocabulary = vocabulary(db, project);
    let platform = context(db, file).platform;
    let tables = project.settings(db).vocabulary.clone();
    let former = file.former_meanings(db).take();
    let former = former.filter(|former| former.platform == platform && former.tables == tables);
    let kept = former.as_ref().map(|former| former.kept(lowered, text)).unwrap_or_default();
    let reader = Reader { vocabulary, view: FileView { path: file.path(db), text, lowered, platform } };
    // Most bodies mean nothing.
    let nothing = Arc::new(BodyMeaning::default());
    let read = |body: &Body| {
        Some(reader.read(body)).filter(|it| *it != *nothing).map_or_else(|| Arc::clone(&nothing), Arc::new)
    };
    let bodies = lowered.bodies.iter().enumerate();
    let bodies = bodies.map(|(place, body)| kept.get(place).cloned().flatten().unwrap_or_else(|| read(body)));
    let meanings = Arc::new(Meanings { bodies: bodies.collect() });
    // A file that nobody has open is not edited key by key.
    if file.tree(db).is_some() {
        let (text, lowered, meanings) = (Arc::clone(text), Arc::clone(lowered), Arc::clone(&meanings));
        file.former_meanings(db).put(Some(FormerMeanings { text, lowered, meanings, platform, tables }));
    }
    meanings
}

/// How many conditions may stand between the two ways on from one.
const LOOKED_BACK: usize = 8;

struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    view: FileView<'a>,
}

impl Reader<'_> {
    fn read(&self, body: &Body) -> BodyMeaning {
        let mut meaning = BodyMeaning { runs: self.runs(body), names: self.names(body), ..BodyMeaning::default() };
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

/// What a file's steps meant last, and of what that was told.
#[derive(Debug)]
pub struct FormerMeanings {
    text: Arc<str>,
    lowered: Arc<LoweredFile>,
    meanings: Arc<Meanings>,
    platform: Platform,
    /// The project's own tables.
    tables: Option<Arc<str>>,
}

impl FormerMeanings {
    /// By body: what it means still. One that was taken over has the same names, which mean the same; beside them
    /// the vocabulary looks at what stands before a step, at what classes are called and extend, and at the call that
    /// a function is an argument of.
    fn kept(&self, lowered: &LoweredFile, text: &str) -> Vec<Option<Arc<BodyMeaning>>> {
        let standing = self.standing(lowered, text);
        let mut kept: Vec<Option<Arc<BodyMeaning>>> = Vec::with_capacity(lowered.bodies.len());
        for (place, body) in lowered.bodies.iter().enumerate() {
            let is_same = body.span.end <= standing
                && self.lowered.bodies.get(place).is_some_and(|old| Arc::ptr_eq(old, body))
                && (!matches!(body.used_as, BodyUse::Argument { .. })
                    || body.parent.is_some_and(|parent| matches!(kept.get(parent.0 as usize), Some(Some(_)))));
            kept.push(self.meanings.bodies.get(place).filter(|_| is_same).cloned());
        }
        kept
    }

    /// Up to where the text, what it declares and the heads of the file's classes are what they were.
    fn standing(&self, lowered: &LoweredFile, text: &str) -> u32 {
        let (old, now) = (&self.lowered, lowered);
        let has_same_classes = old.classes.len() == now.classes.len()
            && old.classes.iter().zip(&now.classes).all(|(old, now)| {
                (old.kind, &old.name, &old.parent, &old.interfaces, &old.decorators)
                    == (now.kind, &now.name, &now.parent, &now.interfaces, &now.decorators)
            });
        if !has_same_classes {
            return 0;
        }
        let start = same_start(self.text.as_bytes(), text.as_bytes()) as u32;
        let both = old.bindings.iter().zip(&now.bindings);
        let others = both.filter(|(old, now)| old.span != now.span || old.name != now.name);
        let others = others.map(|(old, now)| old.span.start.min(now.span.start));
        let known = old.bindings.len().min(now.bindings.len());
        let more = old.bindings.iter().skip(known).chain(now.bindings.iter().skip(known));
        others.chain(more.map(|binding| binding.span.start)).fold(start, u32::min)
    }
}
