//! From a call to the bodies that it may reach. Owns imports, declared names and members; must not know
//! what any name means to identity (which wrappers hand their callback back is asked of the caller).

mod asked;
mod exports;
mod members;
mod modules;
mod names;
mod surfaces;
#[cfg(test)]
mod tests;
mod types;
mod walk;
mod wanted;

pub use asked::Asked;
pub use modules::import_modules;
pub use names::{ClassAt, FileNames, NameIndex, file_names, name_index, shares_names};
pub use surfaces::{exports_alike, is_alike, surface};
pub use walk::{Callee, IsWrapper, Target, bodies_of, targets_of_value};
pub use wanted::{Demand, caller_names, demanded_types, demands};

use crate::database::SourceFile;
use crate::lowering::BodyId;

/// A body of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BodyAt {
    /// The file.
    pub file: SourceFile,
    /// The body.
    pub body: BodyId,
}
