//! The user's tree on disk: which files there are, which project each belongs to, what manifests and
//! `farewell.toml` say, and which files are worth parsing. Knows the disk; must not know what code means,
//! how findings look, or LSP.
//!
//! [`Workspace::discover`] looks at names and small files only; [`Workspace::load`] reads the sources and
//! makes the engine's inputs.

mod configuration;
mod error;
mod extension;
mod first_read;
mod linked;
mod links;
mod load;
mod manifest;
mod membership;
mod parts;
mod path_map;
mod paths;
mod prefilter;
mod read;
mod resolution;
mod root;
mod shard;
mod snippet;
mod suggest;
mod walk;
mod watch;
mod workspace;

pub use configuration::{
    CONFIGURATION_FILE, Configuration, ConfigurationProblem, Severities, rule_named, rule_severity,
};
pub use error::{ProjectError, SkipReason, Skipped};
pub use linked::Linked;
pub use links::{Lacks, LoadedFiles, Reread, Wanted};
pub use load::Loaded;
pub use path_map::PathMap;
pub use paths::{absolute, relative, with_forward_slashes};
pub use prefilter::{Prefilter, prepare};
pub use read::{DEFAULT_MAX_SIZE, read_text};
pub use root::{marked_root_of, root_of};
pub use shard::Shard;
pub use suggest::{nearest, unknown_word};
pub use watch::{Change, shaping_globs};
pub use workspace::{ScanOptions, Workspace};
