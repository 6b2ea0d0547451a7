//! Farewell's engine: text in, findings out. It follows Fullstory's identity along the program's order of
//! execution. No LSP, no disk, no async, no clock.
//!
//! Data goes one way: text → tree ([`syntax`]) → bodies ([`lowering`]) → meanings ([`vocabulary`]) →
//! states ([`identity`]) → findings ([`rules`]) → fixes ([`fixes`]). Offsets are bytes everywhere.

pub mod database;
pub mod explain;
pub mod fixes;
pub mod identity;
pub mod linking;
pub mod lowering;
pub mod rules;
pub mod source;
pub mod syntax;
pub mod vocabulary;

use std::sync::Arc;

pub use database::{Database, Db, Manifest, Project, ProjectFacts, Settings, SourceFile, SyntaxTree};
use explain::Hover;
use fixes::Fix;
use rules::Finding;

/// What a file's analysis found. Equal results of two revisions are one: nothing behind them runs again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileReport {
    /// The findings, sorted by place and rule. Suppressed ones are left out.
    pub findings: Vec<Finding>,
    /// How many logout flows the file holds.
    pub flows: usize,
    /// Why the file was not analysed, where it was not: the parser gave up, NUL bytes.
    pub skipped: Option<&'static str>,
}

/// Analyses a file.
pub fn report(_db: &dyn Db, _file: SourceFile) -> Arc<FileReport> {
    Arc::default()
}

/// The fixes of one of a file's findings, each proved: applied in memory, parsed again, judged again.
/// The preferred one comes first. This costs an analysis of the file for each remedy.
pub fn fixes_of(_db: &dyn Db, _file: SourceFile, _finding: &Finding) -> Vec<Fix> {
    Vec::new()
}

/// The hover text at a byte offset, or `None` where there is nothing to say.
pub fn hover(_db: &dyn Db, _file: SourceFile, _offset: u32) -> Option<Hover> {
    None
}
