//! Whether an expression of one place means the same at another. Owns names and `this`; must not know
//! what the expression is for.

use tree_sitter::Node;

use super::file::FileText;
use crate::lowering::{Binding, BindingId, BodyId};
use crate::source::Span;

/// A place in a file: a body and a byte offset in it.
pub(super) type PlaceInBody = (BodyId, usize);

/// Whether an expression that stands at one place can be written at another: what its first name is
/// bound to there must be what it is bound to here.
pub(super) fn in_scope(file: &FileText<'_>, text: &str, from: PlaceInBody, to: PlaceInBody) -> bool {
    let root = root_name(text);
    if root == "this" {
        let owner = this_owner(file, from.1);
        return owner.is_some() && owner == this_owner(file, to.1);
    }
    let bound = binding_of(file, root, from.0);
    if bound != binding_of(file, root, to.0) {
        return false;
    }
    let Some(BindingId(index)) = bound else {
        return true;
    };
    file.lowered.bindings.get(index as usize).is_some_and(|binding| {
        let body_of_binding = file.lowered.bodies.get(binding.body.0 as usize);
        let is_top_level = body_of_binding.is_some_and(|body| body.parent.is_none());
        binding.body != to.0 || (binding.span.start as usize) < to.1 || is_top_level
    })
}

/// Whether a name is declared nowhere in the file, so that it is a global.
pub(super) fn is_free(file: &FileText<'_>, name: &str) -> bool {
    let is_ambient = |binding: &Binding| {
        let start = binding.span.start as usize;
        file.between(file.line_start(start), start).contains("declare ")
    };
    let mut bindings = file.lowered.bindings.iter().filter(|binding| &*binding.name == name);
    let imported = file.lowered.imports.iter().any(|import| import.local.as_deref() == Some(name));
    name != "this" && !imported && bindings.all(is_ambient)
}

/// The first name of an expression: `window` of `(window as any).FS`.
pub(super) fn root_name(text: &str) -> &str {
    let text = text.trim_start_matches(['(', ' ']);
    let end = text.find(|character: char| !character.is_alphanumeric() && character != '_' && character != '$');
    end.map_or(text, |end| &text[..end])
}

fn binding_of(file: &FileText<'_>, name: &str, body: BodyId) -> Option<BindingId> {
    let mut scope = Some(body);
    while let Some(id) = scope {
        let here = |(_, binding): &(usize, &Binding)| binding.body == id && &*binding.name == name;
        if let Some((index, _)) = file.lowered.bindings.iter().enumerate().find(here) {
            return Some(BindingId(index as u32));
        }
        scope = file.lowered.bodies.get(id.0 as usize)?.parent;
    }
    None
}

/// The class or object whose instance `this` is at a byte offset, by its node's bytes.
fn this_owner(file: &FileText<'_>, offset: usize) -> Option<Span> {
    let mut node: Node<'_> = file.tree.root_node().descendant_for_byte_range(offset, offset)?;
    loop {
        node = match node.kind() {
            "function_expression"
            | "function_declaration"
            | "generator_function"
            | "generator_function_declaration" => {
                return None;
            }
            "method_definition" | "public_field_definition" => {
                return node.parent().map(|owner| Span::from(owner.byte_range()));
            }
            _ => node.parent()?,
        };
    }
}
