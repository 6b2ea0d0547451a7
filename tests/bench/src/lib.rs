//! Generated files that look like real code, and an editor's session over one: the parts that the
//! benchmarks share. Owns the workload; must not measure.

pub mod editor;
pub mod measure;
pub mod rivals;
mod script;
mod session;
pub mod soak;
mod workload;
pub mod workspace;

pub use script::{At, script};
pub use session::{Session, Stages};
pub use workload::{SAMPLES, Sample};
