//! One file a target.

pub mod configuration;
#[cfg(feature = "libfuzzer")]
pub mod edits;
pub mod fixes;
#[cfg(feature = "libfuzzer")]
pub mod frames;
pub mod lowering;

/// A target: its name, which its folders of inputs bear, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// Every target that can be tried without libFuzzer: the others reach what the server shows to fuzzers alone.
pub const PLAIN: [Target; 3] =
    [("lowering", lowering::run), ("fixes", fixes::run), ("configuration", configuration::run)];
