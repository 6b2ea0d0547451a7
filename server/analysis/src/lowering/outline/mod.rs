//! What the native languages have in common: an outline of a file, which each language's reader makes of
//! its tree, and the one lowering of that outline into bodies. Must not know any one grammar.
//!
//! One walk over the outline ([`declare`]) finds scopes, bodies and classes. Then constants are read, and
//! the graph of each body is built from its statements and expressions. Of a file that is edited, a function
//! that was not touched is taken over from the former lowering ([`former`]), if what is outside of functions is
//! what it was ([`compare`]).

mod bodies;
mod calls;
mod chains;
mod compare;
mod conditions;
mod control;
mod declare;
mod declare_bodies;
mod declare_control;
mod exceptions;
mod expressions;
mod form;
mod form_control;
mod form_declarations;
mod former;
mod labels;
mod lowerer;
mod members;
mod names;
mod notes;
mod scope;
#[cfg(test)]
pub(in crate::lowering) mod show;
mod spine;
mod take_over;

pub(super) use form::*;
pub(super) use form_control::*;
pub(super) use form_declarations::*;
pub(super) use former::{Former, Kept, Notes, Taking};

use super::LoweredFile;
use super::again::Again;
use lowerer::Lowerer;

/// Lowers an outline, which must be of this text. Whatever the outline, this does not fail.
pub(super) fn lower(source: &str, outline: &Outline) -> LoweredFile {
    lowered(source, outline, None).unwrap_or_default().0
}

/// Lowers the outline that is read of a text, of which `seen` is what the parser saw, as [`lower`] does. What an edit
/// has not touched is neither read again nor lowered, but taken over from a former text; the result is the same, with
/// what the next one of these has to know.
pub(super) fn lower_again(
    source: &str,
    seen: &str,
    read: impl Fn(Option<&Taking<'_>>) -> Outline,
    former: Option<&Former>,
) -> (LoweredFile, Notes) {
    let taking = former.and_then(|former| Taking::new(former, seen));
    let again = taking.and_then(|taking| lowered(source, &read(Some(&taking)), Some(&taking)));
    again.unwrap_or_else(|| lowered(source, &read(None), None).unwrap_or_default())
}

fn lowered(source: &str, outline: &Outline, taking: Option<&Taking<'_>>) -> Option<(LoweredFile, Notes)> {
    let declared = declare::declare(outline, taking)?;
    let mut lowerer = Lowerer::new(source, outline, declared);
    lowerer.read_everything();
    lowerer.complete();
    let count = lowerer.declared.bodies.len();
    if let Some(taking) = taking {
        let moves = lowerer.compared(taking)?;
        let former = (&*taking.former.lowered, taking.former.notes.declared);
        let again = Again::new(former, count, moves, taking.parts(&lowerer.declared.pieces));
        lowerer.again = Some(again.with_what_is_outside());
    }
    lowerer.build_graphs();
    lowerer.finish(count)
}
