//! `workspace/symbol`: the flows of the workspace by their names.

use std::collections::BTreeSet;

use farewell_analysis::{Project, views};
use tower_lsp_server::ls_types::{WorkspaceSymbolParams, WorkspaceSymbolResponse};

use crate::state::Snapshot;
use crate::to_proto;

/// The flows that a query asks for.
pub(crate) fn run(snapshot: &Snapshot, params: WorkspaceSymbolParams) -> Option<WorkspaceSymbolResponse> {
    let projects: BTreeSet<Project> = snapshot.files.all().map(|file| file.project(&snapshot.db)).collect();
    let projects: Vec<Project> = projects.into_iter().collect();
    let mut texts = to_proto::Texts::new(snapshot);
    let flows = views::workspace_flows(&snapshot.db, &projects, &params.query).into_iter();
    Some(WorkspaceSymbolResponse::Flat(flows.filter_map(|flow| to_proto::flow_symbol(&mut texts, flow)).collect()))
}
