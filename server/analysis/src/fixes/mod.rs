//! Fixes: from a finding's remedies to edits of the user's file, proved before they are offered. Owns
//! the file's own style; must not know LSP.

mod after;
mod before;
mod branch;
mod callable;
mod calls;
mod comments;
mod draft;
mod edit;
mod file;
mod imports;
mod lexis;
mod lines;
mod markup;
mod merge;
mod moves;
mod native;
mod piece;
mod place;
mod plan;
mod prove;
mod relocate;
mod remove;
mod replace;
mod scope;
mod style;
mod suppress;
mod timeout;
mod typed;
mod unwrap;
mod write;

#[cfg(test)]
mod tests;

pub use edit::{Edit, Fix, apply};
pub use file::FileText;
pub use merge::{Merged, merge};
pub use prove::{Judged, prove};
pub use style::KnownStyle;
pub use suppress::{Ignore, IgnoreScope, ignore};
pub(crate) use typed::{Part, Typed, Wanted, typed};
pub use write::write;
