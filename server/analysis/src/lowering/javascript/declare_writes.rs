//! The first walk's assignments: what is written to is no constant. Must not know graphs.

use tree_sitter::Node;

use super::declare::{Context, Walk};
use super::scope::{ScopeId, Symbol};
use super::syntax::{PATTERN_DEPTH_LIMIT, has_token, named_children, span, text, unwrap};
use crate::lowering::grammar::Named;
use crate::source::Span;

impl<'t> Walk<'t> {
    /// Takes note of an assignment, `++` or `delete`.
    pub(super) fn writing(&mut self, node: Node<'t>, context: Context) {
        let target = match node.kind_name() {
            "update_expression" => node.field("argument"),
            "unary_expression" if has_token(node, "delete") => node.field("argument"),
            "unary_expression" => None,
            _ => node.field("left"),
        };
        let Some(target) = target else { return };
        self.written_targets(target, context.scope, 0);
        if node.kind_name() == "assignment_expression" && self.is_exports(target) {
            self.out.exports.push((node, context.scope));
        }
    }

    fn is_exports(&self, target: Node<'t>) -> bool {
        target.kind_name() == "member_expression" && {
            let written = text(self.source, target);
            written == "module.exports" || written.starts_with("exports.") || written.starts_with("module.exports.")
        }
    }

    pub(super) fn written_targets(&mut self, target: Node<'t>, scope: ScopeId, depth: u32) {
        if depth > PATTERN_DEPTH_LIMIT {
            return;
        }
        let target = unwrap(target);
        match target.kind_name() {
            "identifier" | "shorthand_property_identifier_pattern" => {
                self.writes.push((scope, span(target), false));
            }
            "member_expression" | "subscript_expression" => self.written_member(target, scope),
            "object_pattern" | "array_pattern" | "rest_pattern" => {
                for child in named_children(target) {
                    self.written_targets(child, scope, depth + 1);
                }
            }
            "pair_pattern" => {
                if let Some(value) = target.field("value") {
                    self.written_targets(value, scope, depth + 1);
                }
            }
            "assignment_pattern" | "object_assignment_pattern" => {
                if let Some(left) = target.field("left") {
                    self.written_targets(left, scope, depth + 1);
                }
            }
            _ => {}
        }
    }

    /// `x.y = …` and `x.y.z = …` write to a member of `x`.
    pub(super) fn written_member(&mut self, target: Node<'t>, scope: ScopeId) {
        if let Some(property) = target.field("property") {
            self.write_member(span(property));
        }
        let mut object = target;
        for _ in 0..PATTERN_DEPTH_LIMIT {
            let Some(inner) = object.field("object").map(unwrap) else { break };
            object = inner;
        }
        if object.kind_name() == "identifier" {
            self.writes.push((scope, span(object), true));
        }
    }

    /// Takes note of the name of a member that is assigned to.
    pub(super) fn write_member(&mut self, name: Span) {
        self.out.written_members.insert(name.text(self.source));
        self.out.member_writes.push(name);
    }

    /// Marks the bindings that were written to, now that every declaration is known.
    pub(super) fn settle_writes(&mut self) {
        for (scope, name, is_member) in std::mem::take(&mut self.writes) {
            let Some(Symbol::Binding(id)) = self.out.resolve(scope, name.text(self.source)).cloned() else { continue };
            self.out.writes.push((name, is_member, id));
            let Some(facts) = self.out.binding_facts.get_mut(id.0 as usize) else { continue };
            if is_member {
                facts.member_written = true;
            } else {
                facts.reassigned = true;
            }
        }
        for (node, (binding, name)) in std::mem::take(&mut self.class_names) {
            let Some(class) = self.out.class_of.get(&node) else { continue };
            if let Some(binding) = self.out.bindings.get_mut(binding.0 as usize) {
                binding.class = Some(*class);
            }
            if let Some(class) = self.out.classes.get_mut(class.0 as usize) {
                class.name.get_or_insert_with(|| name.into());
            }
        }
    }
}
