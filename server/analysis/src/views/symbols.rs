//! The flows of a whole workspace by their names. Owns which of them a query asks for; must not know what
//! becomes of the identity in them: that would be asked of every file.

use std::sync::Arc;

use super::flows::whole_span;
use crate::audit::{is_product, name_span, title};
use crate::database::{Db, Project};
use crate::identity::{BodyAt, file_flows, files_with_flows};
use crate::lowering::BodyKind;
use crate::source::Span;
use crate::vocabulary::FlowKind;

/// A flow of a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowSymbol {
    /// Its file.
    pub path: Arc<str>,
    /// What a person would call it: its name, with its class, or its label.
    pub title: String,
    /// Why the user leaves.
    pub kind: FlowKind,
    /// Its bytes, its name among them.
    pub span: Span,
    /// Its name, or its first token where it has none.
    pub name: Span,
    /// Whether it is a member of a class.
    pub is_member: bool,
}

/// The flows of some projects whose names a query asks for, sorted by path and place. Files without flows are
/// not looked at.
pub fn workspace_flows(db: &dyn Db, projects: &[Project], query: &str) -> Vec<FlowSymbol> {
    let mut found = Vec::new();
    for project in projects {
        for file in files_with_flows(db, *project) {
            if !is_product(db, file) {
                continue;
            }
            for flow in file_flows(db, file).flows.values() {
                let title = title(db, flow.at);
                if is_asked_for(query, &title) {
                    found.push(symbol(db, flow.at, flow.kind, title));
                }
            }
        }
    }
    found.sort_by(|left, right| (&left.path, left.span).cmp(&(&right.path, right.span)));
    found.dedup();
    found
}

fn symbol(db: &dyn Db, at: BodyAt, kind: FlowKind, title: String) -> FlowSymbol {
    let body = crate::database::lowered(db, at.file).body(at.body);
    FlowSymbol {
        path: at.file.path(db).clone(),
        title,
        kind,
        span: whole_span(db, at),
        name: name_span(db, at),
        is_member: body.class.is_some() && body.kind == BodyKind::Method,
    }
}

/// Whether the letters of a query stand in a name in their order, whatever their case.
pub fn is_asked_for(query: &str, name: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    query
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .flat_map(char::to_lowercase)
        .all(|wanted| letters.any(|letter| letter == wanted))
}
