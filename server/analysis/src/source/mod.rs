//! Text and where things are in it. Owns byte spans, line tables, languages by file name, what a file
//! is for (product code, test, generated), the code inside markup, suppression comments and words; must not know
//! what code means.

mod file_kind;
mod lines;
mod markup;
mod span;
mod suppressions;
mod words;

pub use file_kind::{FileRole, Language, role_of};
pub use lines::{LineColumn, LineIndex};
pub(crate) use markup::is_between_tags;
pub(crate) use markup::server_script;
pub use markup::{Dialect, Handler, HandlerForm, Regions, Script, ScriptKind, decode, decode_all, regions};
pub use span::Span;
pub(crate) use suppressions::{COMMENT_SIGNS, IGNORE, IGNORE_FILE, may_suppress};
pub use suppressions::{Suppression, suppressions};
pub(crate) use words::{has_word, words};
