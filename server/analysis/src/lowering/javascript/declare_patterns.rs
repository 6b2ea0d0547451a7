//! The first walk's patterns: every name in one, and the way to it from the value. Must not know graphs.

use tree_sitter::Node;

use super::declare::{Context, Walk};
use super::scope::{Origin, Projection, ScopeId};
use super::syntax::{PATTERN_DEPTH_LIMIT, all_children, first_named, key_name, named_children};
use crate::lowering::grammar::Named;
use crate::lowering::{BindingId, BindingKind};

/// What declares the names of a pattern.
#[derive(Clone, Copy)]
pub(super) struct Declaring<'t> {
    pub(super) kind: BindingKind,
    pub(super) scope: ScopeId,
    /// The value that the pattern takes apart.
    pub(super) value: Option<Node<'t>>,
    pub(super) type_node: Option<Node<'t>>,
    /// Whether there is no value because the declaration has none.
    pub(super) undefined: bool,
}

impl<'t> Walk<'t> {
    /// Declares every name of a pattern. `projection` is the way from the value to this part of it.
    pub(super) fn pattern(
        &mut self,
        node: Node<'t>,
        declaring: Declaring<'t>,
        context: Context,
        projection: &mut Vec<Projection<'t>>,
        names: &mut Vec<BindingId>,
        depth: u32,
    ) {
        if depth > PATTERN_DEPTH_LIMIT {
            return;
        }
        match node.kind_name() {
            "identifier" | "shorthand_property_identifier_pattern" => {
                names.push(self.name(node, declaring, context, projection));
            }
            "object_pattern" => {
                for child in named_children(node) {
                    self.property_pattern(child, declaring, context, projection, names, depth);
                }
            }
            "array_pattern" => {
                let mut index = 0;
                for child in all_children(node) {
                    if child.kind_name() == "," {
                        index += 1;
                    } else if child.is_named() && !child.is_extra() {
                        projection.push(Projection::Element(index));
                        self.pattern(child, declaring, context, projection, names, depth + 1);
                        projection.pop();
                    }
                }
            }
            "assignment_pattern" | "object_assignment_pattern" => {
                let (left, right) = (node.field("left"), node.field("right"));
                let before = projection.len();
                projection.extend(right.map(Projection::Default));
                if let Some(left) = left {
                    self.pattern(left, declaring, context, projection, names, depth + 1);
                }
                projection.truncate(before);
            }
            "rest_pattern" => {
                projection.push(Projection::Unknown);
                if let Some(inner) = first_named(node) {
                    self.pattern(inner, declaring, context, projection, names, depth + 1);
                }
                projection.pop();
            }
            _ => {}
        }
    }

    fn property_pattern(
        &mut self,
        node: Node<'t>,
        declaring: Declaring<'t>,
        context: Context,
        projection: &mut Vec<Projection<'t>>,
        names: &mut Vec<BindingId>,
        depth: u32,
    ) {
        let (key, value) = match node.kind_name() {
            "shorthand_property_identifier_pattern" => (Some(node), node),
            "pair_pattern" => match node.field("value") {
                Some(value) => (node.field("key"), value),
                None => return,
            },
            "object_assignment_pattern" => (node.field("left"), node),
            _ => (None, node),
        };
        let key = key.filter(|key| !key.kind_name().ends_with("_pattern") || key.kind_name().starts_with("shorthand"));
        let before = projection.len();
        if node.kind_name() != "rest_pattern" {
            let key = key.and_then(|key| key_name(self.source, key));
            projection.push(key.map_or(Projection::Unknown, Projection::Member));
        }
        self.pattern(value, declaring, context, projection, names, depth + 1);
        projection.truncate(before);
    }

    fn name(
        &mut self,
        node: Node<'t>,
        declaring: Declaring<'t>,
        context: Context,
        projection: &[Projection<'t>],
    ) -> BindingId {
        let origin = match declaring.value {
            Some(value) => Origin::Initialiser { node: value, projection: projection.to_vec() },
            None if declaring.undefined => Origin::Undefined,
            None => Origin::Unknown,
        };
        // A pattern's type says nothing of its names.
        let type_node = declaring.type_node.filter(|_| projection.is_empty());
        self.bind(node, declaring.kind, context, declaring.scope, origin, type_node)
    }
}
