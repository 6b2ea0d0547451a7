//! The first walk's declarations of names: variables, loops, types, namespaces. Must not know graphs.

use tree_sitter::Node;

use super::declare::{Context, Walk};
use super::declare_patterns::Declaring;
use super::scope::{BindingFacts, Origin, ScopeId, Symbol};
use super::syntax::{is_function_value, named_children, span, text, unwrap};
use crate::lowering::grammar::Named;
use crate::lowering::{Binding, BindingId, BindingKind, Value};

impl<'t> Walk<'t> {
    pub(super) fn declarator(&mut self, node: Node<'t>, context: Context) {
        let Some(name) = node.field("name") else { return };
        let declaration = self.ancestors.last().map(|parent| parent.kind_name());
        let scope = if declaration == Some("variable_declaration") { context.variables } else { context.scope };
        if context.ambient {
            if name.kind_name() == "identifier" {
                let name = text(self.source, name);
                self.out.add_value(scope, name, Symbol::Ambient);
            }
            return;
        }
        let value = node.field("value");
        let type_node = node.field("type");
        let class = value.map(unwrap).and_then(|value| self.bound_class(value));
        let declaring = Declaring { kind: BindingKind::Variable, scope, value, type_node, undefined: value.is_none() };
        let mut names = Vec::new();
        self.pattern(name, declaring, context, &mut Vec::new(), &mut names, 0);
        if let (Some(value), [only]) = (class, names.as_slice())
            && name.kind_name() == "identifier"
        {
            self.class_names.insert(value, (*only, text(self.source, name)));
        }
        if let Some(value) = value {
            self.required_value(name, value, context.scope);
        }
    }

    /// The identity of a class or object literal that a variable is bound to.
    fn bound_class(&self, value: Node<'t>) -> Option<usize> {
        matches!(value.kind_name(), "class" | "object").then(|| value.id())
    }

    /// Adds a binding of this name.
    pub(super) fn bind(
        &mut self,
        name: Node<'t>,
        kind: BindingKind,
        context: Context,
        scope: ScopeId,
        origin: Origin<'t>,
        type_node: Option<Node<'t>>,
    ) -> BindingId {
        let (binding, facts) = self.binding(name, kind, context, scope, origin, type_node);
        self.out.add_binding(text(self.source, name), binding, facts)
    }

    fn binding(
        &self,
        name: Node<'t>,
        kind: BindingKind,
        context: Context,
        scope: ScopeId,
        origin: Origin<'t>,
        type_node: Option<Node<'t>>,
    ) -> (Binding, BindingFacts<'t>) {
        let binding = Binding {
            name: text(self.source, name).into(),
            kind,
            value: Value::Unknown,
            declared_type: None,
            class: None,
            body: context.body,
            span: span(name),
        };
        (binding, BindingFacts { origin, scope, reassigned: false, member_written: false, type_node })
    }

    pub(super) fn for_in(&mut self, node: Node<'t>, context: Context) -> Context {
        let inside = self.block(node, context);
        let Some(left) = node.field("left") else { return inside };
        match node.field("kind") {
            Some(kind) => {
                let scope = if kind.kind_name() == "var" { context.variables } else { inside.scope };
                self.opaque(left, BindingKind::Other, scope, inside);
            }
            None => self.written_targets(left, context.scope, 0),
        }
        inside
    }

    pub(super) fn catch(&mut self, node: Node<'t>, context: Context) -> Context {
        let inside = self.block(node, context);
        if let Some(parameter) = node.field("parameter") {
            self.opaque(parameter, BindingKind::Other, inside.scope, inside);
        }
        inside
    }

    /// Declares a pattern's names, of whose values nothing is known.
    fn opaque(&mut self, pattern: Node<'t>, kind: BindingKind, scope: ScopeId, context: Context) {
        let declaring = Declaring { kind, scope, value: None, type_node: None, undefined: false };
        self.pattern(pattern, declaring, context, &mut Vec::new(), &mut Vec::new(), 0);
    }

    pub(super) fn type_declaration(&mut self, node: Node<'t>, context: Context) {
        let Some(name) = node.field("name") else { return };
        let written = text(self.source, name);
        let (binding, facts) = self.binding(name, BindingKind::Other, context, context.scope, Origin::Unknown, None);
        let id = self.out.push_binding(binding, facts);
        self.out.add_type(context.scope, written, Symbol::Binding(id));
    }

    pub(super) fn enumeration(&mut self, node: Node<'t>, context: Context) {
        let Some(name) = node.field("name") else { return };
        let id = self.bind(name, BindingKind::Other, context, context.scope, Origin::Enumeration(node), None);
        self.out.add_type(context.scope, text(self.source, name), Symbol::Binding(id));
    }

    pub(super) fn namespace(&mut self, node: Node<'t>, context: Context) -> Context {
        let scope = self.out.add_scope(Some(context.scope), span(node));
        let inside = Context { scope, variables: scope, ..context };
        let Some(body) = node.field("body") else { return inside };
        self.out.scope_of.insert(body.id(), scope);
        let name = node.field("name").filter(|name| name.kind_name() == "identifier");
        // A namespace that adds to a class or function of its name is found under that.
        let adds_to_another = name.is_some_and(|name| {
            let here = self.out.scopes.get(context.scope.0 as usize);
            here.is_some_and(|here| here.values.contains_key(text(self.source, name)))
        });
        if let Some(name) = name.filter(|_| !context.ambient && !adds_to_another) {
            let origin = Origin::Namespace(scope, exported_names(self.source, body));
            self.bind(name, BindingKind::Variable, context, context.scope, origin, None);
        }
        inside
    }
}

/// The names that a namespace's block exports.
fn exported_names<'t>(source: &'t str, block: Node<'t>) -> Vec<&'t str> {
    let mut names = Vec::new();
    for statement in named_children(block) {
        let Some(declaration) = statement.field("declaration") else { continue };
        if let Some(name) = declaration.field("name") {
            names.push(text(source, name));
            continue;
        }
        for declarator in named_children(declaration) {
            let name = declarator.field("name").filter(|name| name.kind_name() == "identifier");
            names.extend(name.map(|name| text(source, name)));
        }
    }
    names
}

/// Whether a field's value is a function, which is then the body itself.
pub(super) fn is_function_field(value: Node) -> bool {
    is_function_value(unwrap(value))
}
