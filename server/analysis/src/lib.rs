//! Farewell's engine: text in, findings out. It follows Fullstory's identity along the program's order of
//! execution. No LSP, no disk, no async, no clock.
//!
//! Data goes one way: text → tree ([`syntax`]) → bodies ([`lowering`]) → meanings ([`vocabulary`]) →
//! states ([`identity`]) → findings ([`rules`]) → fixes ([`fixes`]). Offsets are bytes everywhere.

pub mod database;
pub mod explain;
pub mod fixes;
pub mod identity;
mod judge;
pub mod linking;
pub mod lowering;
pub mod rules;
pub mod source;
pub mod syntax;
pub mod vocabulary;

pub use database::{
    Database, Db, DeclarativeLogout, Manifest, Project, ProjectFacts, Settings, SourceFile, SyntaxTree,
};
pub use judge::{FileReport, fixes_of, report};

use explain::Hover;

/// The hover text at a byte offset, or `None` where there is nothing to say.
pub fn hover(_db: &dyn Db, _file: SourceFile, _offset: u32) -> Option<Hover> {
    None
}
