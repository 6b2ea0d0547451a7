//! Declared types as far as they name a class or module's export. Must not know control flow.

use tree_sitter::Node;

use super::lowerer::{Fate, Lowerer};
use super::names::{Operand, extended};
use super::scope::{ScopeId, Symbol};
use super::syntax::{first_named, named_children};
use crate::lowering::grammar::Named;
use crate::lowering::{BindingId, BindingKind, Path, Root, Segment};

/// How many layers of a type are looked through.
const LAYERS: usize = 8;

impl<'t> Lowerer<'t> {
    /// The path of the type that an annotation names.
    pub(super) fn type_path(&mut self, annotation: Node<'t>, scope: ScopeId) -> Option<Path> {
        let mut node = annotation;
        for _ in 0..LAYERS {
            node = match node.kind_name() {
                "type_annotation" | "parenthesized_type" | "readonly_type" => first_named(node)?,
                "generic_type" => node.field("name")?,
                "union_type" => sole_member(node)?,
                "type_identifier" | "identifier" => return self.type_name(node, scope),
                "nested_type_identifier" => return self.qualified_type(node, scope),
                _ => return None,
            };
        }
        None
    }

    /// The path of a value of the type that an annotation names, where its members can be resolved: the
    /// type is imported, or a class of this file.
    pub(super) fn instance_of_type(&mut self, annotation: Node<'t>, scope: ScopeId) -> Option<Path> {
        self.read_type(annotation, |lowerer| lowerer.instance(annotation, scope))
    }

    fn instance(&mut self, annotation: Node<'t>, scope: ScopeId) -> Option<Path> {
        if let Some(path) = self.queried(annotation, scope) {
            return Some(path);
        }
        let path = self.type_path(annotation, scope)?;
        let is_resolvable = match &path.root {
            Root::Import { .. } => true,
            Root::Local(id) => {
                self.declared.bindings.get(id.0 as usize).is_some_and(|binding| binding.kind == BindingKind::Class)
            }
            _ => false,
        };
        is_resolvable.then(|| extended(path, Segment::Instance))
    }

    /// The path of a value of a binding's declared type.
    pub(super) fn declared_instance(&mut self, id: BindingId) -> Option<Path> {
        let facts = self.declared.binding_facts.get(id.0 as usize)?;
        let (annotation, scope) = (facts.type_node?, facts.scope);
        self.instance_of_type(annotation, scope)
    }

    fn type_name(&self, node: Node<'t>, scope: ScopeId) -> Option<Path> {
        let name = self.text(node);
        Some(match self.declared.resolve_type(scope, name) {
            Some(Symbol::Import(path)) => path.clone(),
            Some(Symbol::Binding(id)) => Path::root(Root::Local(*id)),
            _ => Path::root(Root::Global(name.into())),
        })
    }

    /// `ns.Type`. The module is never a parameter or variable, though one of that name may hide it from the code.
    fn qualified_type(&mut self, node: Node<'t>, scope: ScopeId) -> Option<Path> {
        let module = node.field("module").filter(|module| module.kind_name() == "identifier")?;
        let name = self.text(node.field("name")?);
        let named = self.declared.resolve_namespace(scope, self.text(module)).cloned();
        let operand = self.muted(scope, self.flow.body, None, |lowerer| {
            let module = match named {
                Some(Symbol::Import(path)) => Operand::of_path(path),
                Some(Symbol::Binding(id)) => lowerer.bound(id),
                Some(Symbol::Ambient) | None => lowerer.identifier(module),
            };
            lowerer.member(&module, name)
        });
        Some(operand.place)
    }

    /// `typeof x` and `ReturnType<typeof useX>`.
    fn queried(&mut self, annotation: Node<'t>, scope: ScopeId) -> Option<Path> {
        let mut node = if annotation.kind_name() == "type_annotation" { first_named(annotation)? } else { annotation };
        let mut is_called = false;
        if node.kind_name() == "generic_type" && self.text(node.field("name")?) == "ReturnType" {
            node = first_named(node.field("type_arguments")?)?;
            is_called = true;
        }
        let subject = (node.kind_name() == "type_query").then(|| first_named(node)).flatten()?;
        if !matches!(subject.kind_name(), "identifier" | "member_expression") {
            return None;
        }
        let value = self.muted(scope, self.flow.body, None, |lowerer| lowerer.expression(subject, Fate::USED));
        let path = value.path().filter(|path| matches!(path.root, Root::Import { .. }))?;
        Some(if is_called { extended(path, Segment::Call) } else { path })
    }
}

/// The one member of a union that is neither `null` nor `undefined`.
fn sole_member(union: Node<'_>) -> Option<Node<'_>> {
    let mut members = named_children(union).into_iter().filter(|member| {
        let is_empty = member.kind_name() == "literal_type"
            || member.kind_name() == "predefined_type"
            || member.kind_name() == "undefined";
        !is_empty
    });
    let only = members.next()?;
    members.next().is_none().then_some(only)
}
