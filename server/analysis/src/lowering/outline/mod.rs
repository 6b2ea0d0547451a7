//! What the native languages have in common: an outline of a file, which each language's reader makes of
//! its tree, and the one lowering of that outline into bodies. Must not know any one grammar.
//!
//! One walk over the outline ([`declare`]) finds scopes, bodies and classes. Then constants are read, and
//! the graph of each body is built from its statements and expressions.

mod bodies;
mod calls;
mod chains;
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
mod labels;
mod lowerer;
mod members;
mod names;
mod scope;
#[cfg(test)]
pub(in crate::lowering) mod show;
mod spine;

pub(super) use form::*;
pub(super) use form_control::*;
pub(super) use form_declarations::*;

use super::LoweredFile;
use lowerer::Lowerer;

/// Lowers an outline, which must be of this text. Whatever the outline, this does not fail.
pub(super) fn lower(source: &str, outline: &Outline) -> LoweredFile {
    let declared = declare::declare(outline);
    let mut lowerer = Lowerer::new(source, outline, declared);
    lowerer.read_everything();
    lowerer.build_graphs();
    lowerer.finish()
}
