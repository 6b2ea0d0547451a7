//! What the native languages have in common: an outline of a file, which each language's reader makes of
//! its tree, and the one lowering of that outline into bodies. Must not know any one grammar.

mod form;

pub(super) use form::*;

use super::LoweredFile;

/// Lowers an outline, which must be of this text.
pub(super) fn lower(_source: &str, outline: &Outline) -> LoweredFile {
    LoweredFile {
        imports: outline.imports.clone(),
        comments: outline.comments.clone(),
        broken: outline.broken.clone(),
        ..LoweredFile::unread()
    }
}
