//! Farewell's engine: text in, findings out. It follows Fullstory's identity along the program's order of
//! execution. No LSP, no disk, no async, no clock.
//!
//! Data goes one way: text → tree ([`syntax`]) → bodies ([`lowering`]) → meanings ([`vocabulary`]) →
//! states ([`identity`]) → findings ([`rules`]) → fixes ([`fixes`]). Offsets are bytes everywhere.

mod audit;
mod computed;
pub mod database;
pub mod explain;
pub mod fixes;
mod hover;
pub mod identity;
mod judge;
pub mod linking;
pub mod lowering;
mod places;
mod reading;
pub mod rules;
mod scratch;
mod sorted_map;
pub mod source;
pub mod syntax;
#[cfg(test)]
mod testing;
pub mod views;
pub mod vocabulary;
mod ways;

pub use audit::{
    Audit, AuditedCall, AuditedCaller, AuditedFinding, AuditedFlow, AuditedProject, AuditedSuppression, AuditedWayOut,
    IdentityFact, Leaves, Totals, Unjudged, Verdict, audit,
};
pub use computed::{Computed, computed};
pub use database::{Database, Db, DeclarativeLogout, Manifest, Project, ProjectFacts, Settings, SourceFile};
pub use hover::hover;
pub use judge::{FileReport, fixes_of, ignores_of, report};
pub use linking::{Demand, caller_names, demanded_types, demands, import_modules};
pub use reading::{Reading, reading};
pub use scratch::Scratch;
pub use sorted_map::SortedMap;
