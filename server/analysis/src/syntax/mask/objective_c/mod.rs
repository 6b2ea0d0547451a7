//! What the Objective-C grammar cannot read: macros, and `#if` in the middle of a statement. Must not know
//! what the tree is for.

mod conditionals;
mod macros;
mod names;
mod scan;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

/// The text with all of that blanked out.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    let without_macros = macros::masked(text);
    match conditionals::masked(&without_macros) {
        Some(joined) => Cow::Owned(joined),
        None => without_macros,
    }
}
