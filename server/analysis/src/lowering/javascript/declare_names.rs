//! The first walk's declarations of names: variables, patterns, types, writes. Must not know graphs.

use tree_sitter::Node;

use super::declare::{Context, Walk};
use super::scope::{BindingFacts, Origin, Projection, ScopeId, Symbol};
use super::syntax::{
    all_children, first_named, has_token, is_function_value, key_name, named_children, span, text, unwrap,
};
use crate::lowering::{Binding, BindingId, BindingKind, Value};

/// How deep patterns are read.
const PATTERN_DEPTH_LIMIT: u32 = 24;

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
    pub(super) fn declarator(&mut self, node: Node<'t>, context: Context) {
        let Some(name) = node.child_by_field_name("name") else { return };
        let declaration = self.ancestors.last().map(|parent| parent.node.kind());
        let scope = if declaration == Some("variable_declaration") { context.variables } else { context.scope };
        if context.ambient {
            if name.kind() == "identifier" {
                let name = text(self.source, name);
                self.out.add_value(scope, name, Symbol::Ambient);
            }
            return;
        }
        let value = node.child_by_field_name("value");
        let type_node = node.child_by_field_name("type");
        let class = value.map(unwrap).and_then(|value| self.bound_class(value));
        let declaring = Declaring { kind: BindingKind::Variable, scope, value, type_node, undefined: value.is_none() };
        let mut names = Vec::new();
        self.pattern(name, declaring, context, &mut Vec::new(), &mut names, 0);
        if let (Some(value), [only]) = (class, names.as_slice())
            && name.kind() == "identifier"
        {
            self.class_names.insert(value, (*only, text(self.source, name)));
        }
        if let Some(value) = value {
            self.required_value(name, value, context.scope);
        }
    }

    /// The identity of a class or object literal that a variable is bound to.
    fn bound_class(&self, value: Node<'t>) -> Option<usize> {
        matches!(value.kind(), "class" | "object").then(|| value.id())
    }

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
        match node.kind() {
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
                    if child.kind() == "," {
                        index += 1;
                    } else if child.is_named() && !child.is_extra() {
                        projection.push(Projection::Element(index));
                        self.pattern(child, declaring, context, projection, names, depth + 1);
                        projection.pop();
                    }
                }
            }
            "assignment_pattern" | "object_assignment_pattern" => {
                let (left, right) = (node.child_by_field_name("left"), node.child_by_field_name("right"));
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
        let (key, value) = match node.kind() {
            "shorthand_property_identifier_pattern" => (Some(node), node),
            "pair_pattern" => match node.child_by_field_name("value") {
                Some(value) => (node.child_by_field_name("key"), value),
                None => return,
            },
            "object_assignment_pattern" => (node.child_by_field_name("left"), node),
            _ => (None, node),
        };
        let key = key.filter(|key| !key.kind().ends_with("_pattern") || key.kind().starts_with("shorthand"));
        let before = projection.len();
        if node.kind() != "rest_pattern" {
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
        let Some(left) = node.child_by_field_name("left") else { return inside };
        match node.child_by_field_name("kind") {
            Some(kind) => {
                let scope = if kind.kind() == "var" { context.variables } else { inside.scope };
                self.opaque(left, BindingKind::Other, scope, inside);
            }
            None => self.written_targets(left, context.scope, 0),
        }
        inside
    }

    pub(super) fn catch(&mut self, node: Node<'t>, context: Context) -> Context {
        let inside = self.block(node, context);
        if let Some(parameter) = node.child_by_field_name("parameter") {
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
        let Some(name) = node.child_by_field_name("name") else { return };
        let written = text(self.source, name);
        let (binding, facts) = self.binding(name, BindingKind::Other, context, context.scope, Origin::Unknown, None);
        let id = self.out.push_binding(binding, facts);
        self.out.add_type(context.scope, written, Symbol::Binding(id));
    }

    pub(super) fn enumeration(&mut self, node: Node<'t>, context: Context) {
        let Some(name) = node.child_by_field_name("name") else { return };
        let id = self.bind(name, BindingKind::Other, context, context.scope, Origin::Enumeration(node), None);
        self.out.add_type(context.scope, text(self.source, name), Symbol::Binding(id));
    }

    pub(super) fn namespace(&mut self, node: Node<'t>, context: Context) -> Context {
        let scope = self.out.add_scope(Some(context.scope));
        let inside = Context { scope, variables: scope, ..context };
        let Some(body) = node.child_by_field_name("body") else { return inside };
        self.out.scope_of.insert(body.id(), scope);
        let name = node.child_by_field_name("name").filter(|name| name.kind() == "identifier");
        if let Some(name) = name.filter(|_| !context.ambient) {
            let origin = Origin::Namespace(scope, exported_names(self.source, body));
            self.bind(name, BindingKind::Variable, context, context.scope, origin, None);
        }
        inside
    }

    /// Takes note of an assignment, `++` or `delete`.
    pub(super) fn writing(&mut self, node: Node<'t>, context: Context) {
        let target = match node.kind() {
            "update_expression" => node.child_by_field_name("argument"),
            "unary_expression" if has_token(node, "delete") => node.child_by_field_name("argument"),
            "unary_expression" => None,
            _ => node.child_by_field_name("left"),
        };
        let Some(target) = target else { return };
        self.written_targets(target, context.scope, 0);
        if node.kind() == "assignment_expression" && self.is_exports(target) {
            self.out.exports.push(node);
        }
    }

    fn is_exports(&self, target: Node<'t>) -> bool {
        target.kind() == "member_expression" && {
            let written = text(self.source, target);
            written.starts_with("exports.") || written.starts_with("module.exports")
        }
    }

    pub(super) fn written_targets(&mut self, target: Node<'t>, scope: ScopeId, depth: u32) {
        if depth > PATTERN_DEPTH_LIMIT {
            return;
        }
        let target = unwrap(target);
        match target.kind() {
            "identifier" | "shorthand_property_identifier_pattern" => {
                self.writes.push((scope, text(self.source, target), false));
            }
            "member_expression" | "subscript_expression" => self.written_member(target, scope),
            "object_pattern" | "array_pattern" | "rest_pattern" => {
                for child in named_children(target) {
                    self.written_targets(child, scope, depth + 1);
                }
            }
            "pair_pattern" => {
                if let Some(value) = target.child_by_field_name("value") {
                    self.written_targets(value, scope, depth + 1);
                }
            }
            "assignment_pattern" | "object_assignment_pattern" => {
                if let Some(left) = target.child_by_field_name("left") {
                    self.written_targets(left, scope, depth + 1);
                }
            }
            _ => {}
        }
    }

    /// `x.y = …` and `x.y.z = …` write to a member of `x`.
    pub(super) fn written_member(&mut self, target: Node<'t>, scope: ScopeId) {
        if let Some(property) = target.child_by_field_name("property") {
            self.out.written_members.insert(text(self.source, property));
        }
        let mut object = target;
        for _ in 0..PATTERN_DEPTH_LIMIT {
            let Some(inner) = object.child_by_field_name("object").map(unwrap) else { break };
            object = inner;
        }
        if object.kind() == "identifier" {
            self.writes.push((scope, text(self.source, object), true));
        }
    }

    /// Marks the bindings that were written to, now that every declaration is known.
    pub(super) fn settle_writes(&mut self) {
        for (scope, name, is_member) in std::mem::take(&mut self.writes) {
            let Some(Symbol::Binding(id)) = self.out.resolve(scope, name).cloned() else { continue };
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

/// The names that a namespace's block exports.
fn exported_names<'t>(source: &'t str, block: Node<'t>) -> Vec<&'t str> {
    let mut names = Vec::new();
    for statement in named_children(block) {
        let Some(declaration) = statement.child_by_field_name("declaration") else { continue };
        if let Some(name) = declaration.child_by_field_name("name") {
            names.push(text(source, name));
            continue;
        }
        for declarator in named_children(declaration) {
            let name = declarator.child_by_field_name("name").filter(|name| name.kind() == "identifier");
            names.extend(name.map(|name| text(source, name)));
        }
    }
    names
}

/// Whether a field's value is a function, which is then the body itself.
pub(super) fn is_function_field(value: Node) -> bool {
    is_function_value(unwrap(value))
}
