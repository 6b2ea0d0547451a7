//! What a grammar cannot read, blanked out before it sees the text: the bytes keep their places. Owns which
//! languages need it; must not know what the tree is for.

mod kotlin;
mod objective_c;
mod swift;

use std::borrow::Cow;

use crate::source::{Language, Regions};

/// The text as a language's grammar reads it: of the same length, with the same line breaks.
pub(super) fn masked<'t>(language: Language, text: &'t str, regions: &Regions) -> Cow<'t, str> {
    match language {
        _ if language.is_embedding() => Cow::Owned(regions.masked(text)),
        Language::ObjectiveC => objective_c::masked(text),
        Language::Kotlin => kotlin::masked(text),
        Language::Swift => swift::masked(text),
        _ => Cow::Borrowed(text),
    }
}
