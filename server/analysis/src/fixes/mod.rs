//! Fixes: from a finding's remedies to edits of the user's file, proved before they are offered. Owns
//! the file's own style; must not know LSP.

mod edit;

pub use edit::{Edit, Fix, apply};
