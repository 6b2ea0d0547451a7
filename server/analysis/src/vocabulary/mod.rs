//! What names mean. Owns the TOML tables of each platform and their matching against resolved paths,
//! the logout words, and the platforms' own texts; must not know grammars or control flow.

mod forms;
mod hover;
mod meaning;
mod platform;
mod stub;
pub use stub::*;
mod texts;

pub use forms::{
    ASYNCHRONOUS, CallForm, CallMeaning, CallStyle, ImportShape, PlatformForm, call_form, is_call_name, platform_form,
};
pub use hover::{CallTexts, PlatformCalls, call_texts, platform_calls};
pub use meaning::{
    Anonymize, ApiForm, ConditionMeaning, Effect, Fault, FlowKind, FlowName, Identify, Lookalike, Reach, Runs,
    StepMeaning,
};
pub use platform::{Generation, Platform};
pub use texts::PlatformTexts;
