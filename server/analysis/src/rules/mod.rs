//! Rules: from identity's states to findings. Each rule is one file with its page beside it; a rule
//! must not know languages, LSP or other rules.

mod finding;
mod rule;

pub use finding::{Finding, Related, Remedy, RemedyAction, Safety, Severity, Tag};
pub use rule::Rule;
