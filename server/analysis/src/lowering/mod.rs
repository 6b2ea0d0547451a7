//! From one file's syntax tree to bodies with control-flow graphs. Owns what a language's grammar says
//! about order; must not know Fullstory, rules or other files.

mod again;
mod body;
mod builder;
mod code;
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

use crate::source::{Language, Span};
use crate::syntax::Parsed;

pub use body::{Body, BodyId, BodyKind, BodyUse, Made, Placement, Statement, StatementId};
pub use code::{Code, Inside, NameHash};
pub use file::{
    Binding, BindingId, BindingKind, Class, ClassId, ClassKind, Comment, Import, ImportName, LoweredFile, Member,
};
pub use step::{Assign, Call, Condition, Handling, Node, NodeId, Relation, Step, Successors, Timing};
pub use value::{Argument, Name, Path, Property, Root, Segment, Value};

/// Lowers a file's tree, which must be of this text. It never fails: what could not be read is in
/// [`LoweredFile::broken`]. The time is linear in the text's length.
pub fn lower(language: Language, text: &str, parsed: &Parsed) -> LoweredFile {
    let tree = &parsed.tree;
    let mut lowered = if language.is_script() {
        javascript::lower(&parsed.code, tree, &parsed.regions)
    } else {
        outline::lower(text, &read(language, text, tree, None))
    };
    mark_open(&mut lowered, parsed);
    lowered.shrunk()
}

/// Tells what is half typed: the innermost body around each place where something was closed that the text leaves
/// open, and the function around a line that was left out.
fn mark_open(lowered: &mut LoweredFile, parsed: &Parsed) {
    if let Some(line) = parsed.left_out {
        // The top level is whole without it.
        mark_around(lowered, line, 1);
    }
    for place in parsed.closed.iter() {
        mark_around(lowered, Span::new(*place, place + 1), 0);
    }
    lowered.broken.sort_unstable_by_key(|span| span.start);
}

/// Marks the innermost body around what is half typed, of those from a number on.
fn mark_around(lowered: &mut LoweredFile, half_typed: Span, first: usize) {
    lowered.broken.push(half_typed);
    let around = lowered.bodies.iter_mut().skip(first).filter(|body| body.span.contains(half_typed));
    if let Some(innermost) = around.min_by_key(|body| body.span.len()) {
        Arc::make_mut(innermost).broken = true;
    }
}

/// Reads the outline of a file in a native language, with what may be taken over from a former text.
fn read(language: Language, text: &str, tree: &Tree, taking: Option<&outline::Taking<'_>>) -> outline::Outline {
    match language {
        Language::Swift => swift::read(text, tree, taking),
        Language::ObjectiveC => objective_c::read(text, tree, taking),
        Language::Kotlin => kotlin::read(text, tree, taking),
        Language::Java => java::read(text, tree, taking),
        _ => dart::read(text, tree, taking),
    }
}

/// A lowering of a file, from which the next one takes over what an edit did not touch.
#[derive(Debug)]
pub struct Former {
    language: Language,
    kind: FormerKind,
}

#[derive(Debug)]
enum FormerKind {
    Script(javascript::Former),
    Native(outline::Former),
}

/// Lowers a file's tree, which must be of this text, as [`lower`] does. With a former lowering of the same file,
/// what an edit did not touch is taken over from it; the result is the same. The answer has what the next one of
/// these takes over.
pub fn lower_again(
    language: Language,
    text: &Arc<str>,
    parsed: &Parsed,
    former: Option<&Former>,
) -> (Arc<LoweredFile>, Former) {
    let former = former.filter(|former| former.language == language).map(|former| &former.kind);
    let seen = Arc::clone(&parsed.seen);
    let whole = |mut lowered: LoweredFile| {
        mark_open(&mut lowered, parsed);
        Arc::new(lowered.shrunk())
    };
    let (lowered, kind) = if language.is_script() {
        let former = match former {
            Some(FormerKind::Script(former)) => Some(former),
            _ => None,
        };
        let (lowered, notes) = javascript::lower_again(&parsed.code, parsed, &parsed.regions, former);
        let lowered = whole(lowered);
        (Arc::clone(&lowered), FormerKind::Script(javascript::Former::new(seen, lowered, notes)))
    } else {
        let former = match former {
            Some(FormerKind::Native(former)) => Some(former),
            _ => None,
        };
        let read = |taking: Option<&outline::Taking<'_>>| read(language, text, &parsed.tree, taking);
        let (lowered, notes) = outline::lower_again(text, &seen, read, former);
        let lowered = whole(lowered);
        (Arc::clone(&lowered), FormerKind::Native(outline::Former::new(seen, lowered, notes)))
    };
    (lowered, Former { language, kind })
}
