//! What names mean. Owns the TOML tables of each platform and their matching against resolved paths,
//! the logout words, and the platforms' own texts; must not know grammars or control flow.

mod meaning;
mod platform;
mod stub;
pub use stub::*;

pub use meaning::{
    Anonymize, ApiForm, ConditionMeaning, Effect, Fault, FlowKind, FlowName, Identify, Lookalike, Reach, Runs,
    StepMeaning,
};
pub use platform::{Generation, Platform};
