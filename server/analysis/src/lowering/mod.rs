//! From one file's syntax tree to bodies with control-flow graphs. Owns what a language's grammar says
//! about order; must not know Fullstory, rules or other files.

mod body;
mod builder;
mod dart;
mod file;
mod frames;
mod grammar;
mod java;
mod javascript;
mod kotlin;
mod moved;
mod objective_c;
mod operand;
mod outline;
mod step;
mod swift;
mod tree;
mod value;

use std::sync::Arc;

use tree_sitter::Tree;

use crate::source::{Language, Regions, regions};

pub use body::{Body, BodyId, BodyKind, BodyUse, Placement, Statement, StatementId};
pub use file::{
    Binding, BindingId, BindingKind, Class, ClassId, ClassKind, Comment, Import, ImportName, LoweredFile, Member,
};
pub use step::{Assign, Call, Condition, Handling, Node, NodeId, Relation, Step, Successors, Timing};
pub use value::{Argument, Name, Path, Property, Root, Segment, Value};

/// Lowers a file's tree, which must be of this text. It never fails: what could not be read is in
/// [`LoweredFile::broken`]. The time is linear in the text's length.
pub fn lower(language: Language, text: &str, tree: &Tree) -> LoweredFile {
    let lowered = match language {
        Language::JavaScript | Language::TypeScript | Language::Tsx => {
            javascript::lower(text, tree, &Regions::default())
        }
        Language::Swift => outline::lower(text, &swift::read(text, tree)),
        Language::ObjectiveC => outline::lower(text, &objective_c::read(text, tree)),
        Language::Kotlin => outline::lower(text, &kotlin::read(text, tree)),
        Language::Java => outline::lower(text, &java::read(text, tree)),
        Language::Dart => outline::lower(text, &dart::read(text, tree)),
        Language::Vue | Language::Svelte | Language::Astro | Language::Html => {
            let regions = regions(language, text);
            javascript::lower(&regions.masked(text), tree, &regions)
        }
    };
    lowered.shrunk()
}

/// A lowering of a file, from which the next one takes over what an edit did not touch.
#[derive(Debug)]
pub struct Former {
    language: Language,
    inner: javascript::Former,
}

/// Lowers a file's tree, which must be of this text, as [`lower`] does. With a former lowering of the same file,
/// what an edit did not touch is taken over from it; the result is the same. The answer has what the next one of
/// these takes over, in the languages in which something is.
pub fn lower_again(
    language: Language,
    text: &Arc<str>,
    tree: &Tree,
    former: Option<&Former>,
) -> (Arc<LoweredFile>, Option<Former>) {
    let (source, regions) = match language {
        Language::JavaScript | Language::TypeScript | Language::Tsx => (Arc::clone(text), Regions::default()),
        Language::Vue | Language::Svelte | Language::Astro | Language::Html => {
            let regions = regions(language, text);
            (Arc::from(regions.masked(text)), regions)
        }
        _ => return (Arc::new(lower(language, text, tree)), None),
    };
    let former = former.filter(|former| former.language == language).map(|former| &former.inner);
    let (lowered, notes) = javascript::lower_again(&source, tree, &regions, former);
    let lowered = Arc::new(lowered.shrunk());
    let inner = javascript::Former::new(source, Arc::clone(&lowered), notes);
    (lowered, Some(Former { language, inner }))
}
