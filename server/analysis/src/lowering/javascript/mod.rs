//! Lowers JavaScript and TypeScript, JSX included. Owns what their grammar says about order and names;
//! must not know Fullstory, rules or other files.
//!
//! One walk over the tree ([`declare`]) finds scopes, bodies, classes and comments. Then constants are
//! read, and the graph of each body is built from its statements and expressions.
//!
//! The scripts of a markup file are one program: its text is the masked one, and its handlers are functions.

mod assignments;
mod bodies;
mod calls;
mod chains;
mod classes;
mod compare;
mod components;
mod conditions;
mod constants;
mod declare;
mod declare_bodies;
mod declare_classes;
mod declare_modules;
mod declare_names;
mod declare_patterns;
mod declare_writes;
mod exceptions;
mod exports;
mod expressions;
mod former;
mod handlers;
mod labels;
mod literals;
mod loops;
mod lowerer;
mod markup;
mod names;
mod notes;
mod others;
mod plain;
mod promises;
mod scope;
mod statements;
mod syntax;
mod take_over;
mod types;
mod usage;

use tree_sitter::Tree;

use super::LoweredFile;
use super::again::Again;
use crate::source::Regions;
use crate::syntax::Parsed;
use compare::Unfit;
use former::Taking;
pub(super) use former::{Former, Notes};
use lowerer::Lowerer;

/// Lowers a file, whose text is the masked one where it is markup; `regions` are empty in all others.
/// Whatever the tree, this does not fail: what could not be read is in [`LoweredFile::broken`].
pub(super) fn lower(text: &str, tree: &Tree, regions: &Regions) -> LoweredFile {
    afresh(text, tree, regions, false).0
}

/// Lowers a file as [`lower`] does, and takes over from a former text of it what an edit has not touched. The result
/// is the same, with what the next one of these has to know.
pub(super) fn lower_again(
    text: &str,
    Parsed { tree, seen, .. }: &Parsed,
    regions: &Regions,
    former: Option<&Former>,
) -> (LoweredFile, Notes) {
    let mut taking = former.and_then(|former| Taking::new(former, seen));
    if let Some(taking) = &mut taking {
        for _ in 0..TRIES {
            match take_over(text, tree, regions, taking) {
                Ok(done) => return done,
                Err(Unfit::Some(unfit)) => taking.without(&unfit),
                Err(Unfit::All) => break,
            }
        }
    }
    afresh(text, tree, regions, true)
}

/// How often what turns out not to fit is left out.
const TRIES: usize = 3;

fn afresh(text: &str, tree: &Tree, regions: &Regions, notes: bool) -> (LoweredFile, Notes) {
    let declared = declare::declare(text, tree.root_node(), regions, None);
    let mut lowerer = Lowerer::new(text, declared, regions);
    lowerer.read_everything();
    let count = lowerer.declared.bodies.len();
    lowerer.build_graphs();
    lowerer.finish(notes.then_some(count)).unwrap_or_default()
}

fn take_over(text: &str, tree: &Tree, regions: &Regions, taking: &Taking<'_>) -> Result<(LoweredFile, Notes), Unfit> {
    let declared = declare::declare(text, tree.root_node(), regions, Some(taking));
    let mut lowerer = Lowerer::new(text, declared, regions);
    let mut moves = lowerer.matched(taking);
    lowerer.read_taken_members(taking, &mut moves)?;
    lowerer.read_everything();
    let moves = lowerer.compare(taking, moves)?;
    let count = lowerer.declared.bodies.len();
    let former = (&*taking.former.lowered, taking.former.notes.declared);
    lowerer.again = Some(Again::new(former, count, moves, taking.parts(&lowerer.declared)));
    lowerer.taking = Some(taking);
    lowerer.build_graphs();
    lowerer.finish(Some(count)).ok_or(Unfit::All)
}
