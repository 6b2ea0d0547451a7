//! From one file's syntax tree to bodies with control-flow graphs. Owns what a language's grammar says
//! about order; must not know Fullstory, rules or other files.

mod body;
mod value;

pub use body::{
    Binding, BindingId, BindingKind, Body, BodyId, BodyKind, BodyUse, Call, Class, ClassId, Comment, Condition,
    Handling, Import, ImportName, LoweredFile, Member, Node, NodeId, Placement, Relation, Statement, StatementId, Step,
    Timing,
};
pub use value::{Argument, Name, Path, Property, Root, Segment, Value};
use crate::source::Language; 
/// Temporary.
pub fn lower(_l: Language, _t: &str, _tree: &tree_sitter::Tree) -> LoweredFile { LoweredFile::unread() }
