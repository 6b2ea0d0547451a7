//! Logout flows: which bodies end or change who the user is, and from which of them a flow is judged.
//! Owns what a flow is to the other stages, over all files; must not know rules.

mod callers;
mod innocent;
mod named;
mod own;
mod roots;
mod spread;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::state::PathState;
use crate::database::{Db, SourceFile};
use crate::linking::BodyAt;
use crate::lowering::{BodyId, Name};
use crate::vocabulary::FlowKind;
use callers::file_callers;
pub(crate) use callers::{counted, file_calls};
use own::own_flows;
pub use roots::roots_above;
use spread::all_flows;
pub(crate) use spread::files_with_flows;

/// By what a flow is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToldBy {
    /// Its name, its label, or its class: whatever it does is part of leaving.
    Name,
    /// What it does itself.
    Deed,
    /// A flow that it calls.
    Callee,
}

/// What is known of a logout flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The body.
    pub at: BodyAt,
    /// Why the user leaves.
    pub kind: FlowKind,
    /// What a person would call it: its name, or its label.
    pub title: Name,
    /// By what it is told.
    pub told_by: ToldBy,
    /// Whether it is there to end the session: by its name or its deeds, or because every way through it does.
    pub is_certain: bool,
}

impl Flow {
    /// Whether a path through the flow is one on which the user leaves. In a body that says so by its name
    /// each one is that has a step of a logout; in another one, which may do something else as well, only
    /// those on which the session does end.
    pub fn is_left_on(&self, path: &PathState) -> bool {
        match self.told_by {
            ToldBy::Name => path.steps.any,
            ToldBy::Deed => path.steps.ended || path.steps.cleared && path.navigated.is_some(),
            ToldBy::Callee => path.steps.ended,
        }
    }
}

/// The flows of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileFlows {
    /// Each flow by its body.
    pub flows: BTreeMap<BodyId, Flow>,
    /// The flow bodies that no other flow body calls.
    pub roots: Vec<BodyId>,
    /// For each body that runs as a part of another one (a callback in place, a promise chain), that one.
    pub part_of: BTreeMap<BodyId, BodyId>,
    /// Which bodies call a body by its name, in this file and others; tests do not count.
    pub callers: Arc<BTreeMap<BodyId, Vec<BodyAt>>>,
}

impl FileFlows {
    /// A body and what it is a part of, the innermost first.
    pub fn around(&self, body: BodyId) -> impl Iterator<Item = BodyId> {
        around(&self.part_of, body)
    }

    /// The body that a part belongs to in the end; the body itself where it is no part.
    pub fn whole(&self, body: BodyId) -> BodyId {
        self.around(body).last().unwrap_or(body)
    }

    /// The flow that a body is, or is a part of.
    pub fn flow_around(&self, body: BodyId) -> Option<&Flow> {
        self.around(body).find_map(|here| self.flows.get(&here))
    }
}

/// The flow that a body is, whatever file it stands in.
pub fn flow_of(db: &dyn Db, at: BodyAt) -> Option<&Flow> {
    all_flows(db, at.file).get(&at.body)
}

/// A body and what it is a part of, the innermost first. A part is written inside its whole, so this ends; the
/// bound only keeps it from resting on that.
fn around(part_of: &BTreeMap<BodyId, BodyId>, body: BodyId) -> impl Iterator<Item = BodyId> {
    std::iter::successors(Some(body), |part| part_of.get(part).copied()).take(part_of.len() + 1)
}

/// Finds the flows of a file.
#[salsa::tracked(returns(ref))]
pub fn file_flows(db: &dyn Db, file: SourceFile) -> Arc<FileFlows> {
    Arc::new(FileFlows {
        flows: BTreeMap::clone(all_flows(db, file)),
        roots: roots::roots(db, file),
        part_of: own_flows(db, file).part_of.clone(),
        callers: Arc::clone(file_callers(db, file)),
    })
}
