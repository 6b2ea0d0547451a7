//! Text and where things are in it. Owns byte spans, line tables, languages by file name, what a file
//! is for (product code, test, generated) and suppression comments; must not know what code means.

mod file_kind;
mod lines;
mod span;
mod suppressions;

pub use file_kind::{FileRole, Language, role_of};
pub use lines::{LineColumn, LineIndex};
pub use span::Span;
pub use suppressions::{Suppression, suppressions};
