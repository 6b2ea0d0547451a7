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
mod handlers;
mod labels;
mod literals;
mod loops;
mod lowerer;
mod markup;
mod names;
mod plain;
mod promises;
mod scope;
mod statements;
mod syntax;
mod types;
mod usage;

use super::LoweredFile;
use crate::source::Regions;
use lowerer::Lowerer;

/// Lowers a file, whose text is the masked one where it is markup; `regions` are empty in all others.
/// Whatever the tree, this does not fail: what could not be read is in [`LoweredFile::broken`].
pub(super) fn lower(text: &str, tree: &tree_sitter::Tree, regions: &Regions) -> LoweredFile {
    let declared = declare::declare(text, tree.root_node(), regions);
    let mut lowerer = Lowerer::new(text, declared, regions);
    lowerer.read_everything();
    lowerer.build_graphs();
    lowerer.finish()
}
