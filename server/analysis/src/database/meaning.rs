//! What each step of a file means by the vocabulary alone. A query of its own, since both a project's facts
//! and a file's links ask for it; must not know what a project's other files say.

use std::sync::Arc;

use super::{Db, SourceFile, context, lowered, vocabulary};
use crate::lowering::{BodyId, NodeId};
use crate::vocabulary::{FileView, StepMeaning};

/// The steps of a file that mean anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meanings {
    /// For each body its nodes, in order.
    bodies: Vec<Vec<(NodeId, StepMeaning)>>,
}

impl Meanings {
    /// What a node's step means; nothing where it means nothing.
    pub fn of(&self, body: BodyId, node: NodeId) -> Option<&StepMeaning> {
        let nodes = self.bodies.get(body.0 as usize)?;
        let place = nodes.binary_search_by_key(&node, |(node, _)| *node).ok()?;
        nodes.get(place).map(|(_, meaning)| meaning)
    }

    /// The nodes of a body that mean anything, in order.
    pub fn nodes(&self, body: BodyId) -> impl Iterator<Item = &(NodeId, StepMeaning)> {
        self.bodies.get(body.0 as usize).into_iter().flatten()
    }
}

/// What the steps of a file mean.
#[salsa::tracked(returns(ref))]
pub fn meanings(db: &dyn Db, file: SourceFile) -> Arc<Meanings> {
    let lowered = lowered(db, file);
    let vocabulary = vocabulary(db, file.project(db));
    let platform = context(db, file).platform;
    let view = FileView { path: file.path(db), text: file.text(db), lowered, platform };
    let of_body = |body| {
        let nodes = crate::lowering::Body::nodes(body);
        let meant = nodes.map(|(id, node)| (id, vocabulary.step(&view, body, node)));
        meant.filter(|(_, meaning)| *meaning != StepMeaning::default()).collect()
    };
    Arc::new(Meanings { bodies: lowered.bodies().map(|(_, body)| of_body(body)).collect() })
}
