//! Fixes in Swift, Objective-C, Kotlin, Java and Dart. Owns how an edit is written in a language that has a
//! table of its grammar; must not know any one of these languages but by its table.

mod after;
mod before;
mod block;
mod branch;
mod callable;
mod effects;
mod emptied;
mod expression;
mod grammar;
mod imports;
mod languages;
mod place;
mod plan;
mod pure;
mod relocate;
mod remove;
mod replace;
mod results;
mod typed;
mod write;

pub(super) use grammar::Grammar;
pub(super) use imports::top_of_file;
pub(super) use typed::typed;
pub(super) use write::write;
