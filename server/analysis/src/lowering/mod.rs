//! From one file's syntax tree to bodies with control-flow graphs. Owns what a language's grammar says
//! about order; must not know Fullstory, rules or other files.

mod body;
mod builder;
mod javascript;
mod value;

use tree_sitter::Tree;

use crate::source::Language;

pub use body::{
    Binding, BindingId, BindingKind, Body, BodyId, BodyKind, BodyUse, Call, Class, ClassId, Comment, Condition,
    Handling, Import, ImportName, LoweredFile, Member, Node, NodeId, Placement, Relation, Statement, StatementId, Step,
    Timing,
};
pub use value::{Argument, Name, Path, Property, Root, Segment, Value};

/// Lowers a file's tree, which must be of this text. It never fails: what could not be read is in
/// [`LoweredFile::broken`]. The time is linear in the text's length.
pub fn lower(language: Language, text: &str, tree: &Tree) -> LoweredFile {
    match language {
        Language::JavaScript | Language::TypeScript | Language::Tsx => javascript::lower(text, tree),
    }
}
