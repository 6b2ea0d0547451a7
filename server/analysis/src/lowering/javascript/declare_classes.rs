//! The first walk's classes and object literals with their members. Must not know graphs.

use tree_sitter::Node;

use super::declare::{Context, Walk};
use super::scope::{ClassFacts, MemberFacts, Origin, ScopeId, Symbol};
use super::syntax::{
    child_of_kind, first_named, has_modifier, has_token, is_function, is_function_value, key_name, named_children,
    span, text, unwrap,
};
use crate::lowering::grammar::Named;
use crate::lowering::{BindingKind, BodyId, Class, ClassId, ClassKind, Name};

impl<'t> Walk<'t> {
    pub(super) fn class(&mut self, node: Node<'t>, context: Context) -> Context {
        let id = ClassId(self.out.classes.len() as u32);
        self.out.class_of.insert(node.id(), id);
        let name = node.field("name");
        let scope = self.out.add_scope(Some(context.scope), span(node));
        self.out.scope_of.insert(node.id(), scope);
        if context.ambient {
            self.ambient_name(node, context.scope);
        } else if let Some(name) = name {
            // A class expression's name is known inside it alone.
            let home = if node.kind_name() == "class" { scope } else { context.scope };
            let binding = self.bind(name, BindingKind::Class, context, home, Origin::Class, None);
            self.out.add_type(home, text(self.source, name), Symbol::Binding(binding));
            if let Some(binding) = self.out.bindings.get_mut(binding.0 as usize) {
                binding.class = Some(id);
            }
        }
        let body = node.field("body");
        let is_outermost = self.is_declared_in_the_file(node, context);
        let former = body.filter(|_| is_outermost).and_then(|body| self.former_class(body));
        let members = match (&former, body) {
            (Some(former), _) => former.members(),
            (None, Some(body)) => self.class_members(body),
            (None, None) => Vec::new(),
        };
        let is_taken = former.is_some();
        if let Some(body) = body.filter(|_| is_outermost) {
            self.class_bodies.insert(body.id(), former);
        }
        let class = Class {
            name: name.map(|name| text(self.source, name).into()),
            kind: ClassKind::Class,
            parent: None,
            interfaces: Vec::new(),
            members: Vec::new(),
            span: span(node),
            decorators: self.decorators(node),
        };
        self.add_class(class, node, scope, context.body, members, is_taken);
        Context { scope, this_class: None, class: Some(id), ..context }
    }

    fn add_class(
        &mut self,
        class: Class,
        node: Node<'t>,
        scope: ScopeId,
        body: BodyId,
        members: Vec<MemberFacts<'t>>,
        is_taken: bool,
    ) {
        let by_name = members.iter().map(|member| member.name.clone()).zip(0..).collect();
        self.out.classes.push(class);
        self.out.class_facts.push(ClassFacts { node, scope, body, members, by_name, is_taken });
    }

    /// The names of the decorators on a class, in front of `export` or behind it.
    fn decorators(&self, node: Node<'t>) -> Vec<Name> {
        let outside = self.ancestors.last().copied().filter(|it| it.kind_name() == "export_statement");
        let start = outside.unwrap_or(node).start_byte();
        let end = node.field("body").map_or(node.end_byte(), |body| body.start_byte());
        if !self.source.get(start..end).unwrap_or_default().contains('@') {
            return Vec::new();
        }
        let all = outside.into_iter().chain([node]).flat_map(named_children);
        all.filter(|child| child.kind_name() == "decorator")
            .filter_map(|decorator| {
                let mut named = first_named(decorator)?;
                if named.kind_name() == "call_expression" {
                    named = named.field("function")?;
                }
                Some(text(self.source, named).into())
            })
            .collect()
    }

    fn class_members(&self, body: Node<'t>) -> Vec<MemberFacts<'t>> {
        let mut members = Vec::new();
        for child in named_children(body) {
            let is_method = match child.kind_name() {
                "method_definition" => true,
                "public_field_definition" => false,
                _ => continue,
            };
            let Some(name) = child.field("name") else { continue };
            let (value, type_node) =
                if is_method { (Some(child), None) } else { (child.field("value"), child.field("type")) };
            members.extend(self.member(child, name, value, type_node));
            if text(self.source, name) == "constructor" {
                self.parameter_properties(child, &mut members);
            }
        }
        members
    }

    fn member(
        &self,
        node: Node<'t>,
        name: Node<'t>,
        value: Option<Node<'t>>,
        type_node: Option<Node<'t>>,
    ) -> Option<MemberFacts<'t>> {
        let has = |token| has_modifier(self.source, node, Some(name), token);
        Some(MemberFacts {
            name: key_name(self.source, name)?,
            is_static: has("static"),
            is_private: name.kind_name() == "private_property_identifier" || self.is_hidden(node, name),
            is_readonly: has("readonly"),
            value,
            type_node,
            within: None,
        })
    }

    fn is_hidden(&self, node: Node<'t>, name: Node<'t>) -> bool {
        // Most say nothing of that, which the text in front of the name tells.
        let before = self.source.get(node.start_byte()..name.start_byte()).unwrap_or_default();
        (before.contains("private") || before.contains("protected"))
            && child_of_kind(node, "accessibility_modifier").is_some_and(|it| text(self.source, it) != "public")
    }

    /// `constructor(private router: Router)` declares a member.
    fn parameter_properties(&self, constructor: Node<'t>, members: &mut Vec<MemberFacts<'t>>) {
        let Some(parameters) = constructor.field("parameters") else { return };
        for parameter in named_children(parameters) {
            let Some(pattern) = parameter.field("pattern").filter(|it| it.kind_name() == "identifier") else {
                continue;
            };
            let has = |token| has_modifier(self.source, parameter, Some(pattern), token);
            let is_bare = parameter.start_byte() == pattern.start_byte();
            if is_bare || !has("readonly") && !has_token(parameter, "accessibility_modifier") {
                continue;
            }
            members.push(MemberFacts {
                name: text(self.source, pattern).into(),
                is_static: false,
                is_private: self.is_hidden(parameter, pattern),
                is_readonly: has("readonly"),
                value: None,
                type_node: parameter.field("type"),
                within: None,
            });
        }
    }

    /// Makes a class of an object literal that holds functions or is bound to a name.
    pub(super) fn literal(&mut self, node: Node<'t>, context: Context) {
        // The options of a component are parts of it.
        if self.out.class_of.contains_key(&node.id()) {
            return;
        }
        let is_bound = self.ancestors.last().is_some_and(|parent| {
            matches!(
                parent.kind_name(),
                "variable_declarator" | "as_expression" | "satisfies_expression" | "export_statement"
            )
        });
        let children = named_children(node);
        let holds_functions = children.iter().any(|child| {
            is_function(*child) || child.field("value").is_some_and(|value| is_function_value(unwrap(value)))
        });
        let is_component = self.is_component(node);
        if !is_bound && !holds_functions && !is_component {
            return;
        }
        let mut members = self.properties(node, None);
        let id = ClassId(self.out.classes.len() as u32);
        self.out.class_of.insert(node.id(), id);
        if is_component {
            self.component(node, id, &mut members);
        }
        let class = Class {
            name: is_component.then(|| self.component_name(node)).flatten(),
            kind: ClassKind::Literal,
            parent: None,
            interfaces: Vec::new(),
            members: Vec::new(),
            span: span(node),
            decorators: Vec::new(),
        };
        self.add_class(class, node, context.scope, context.body, members, false);
    }

    /// The properties of an object literal that stands in a function, or where the walk is.
    pub(super) fn properties(&self, object: Node<'t>, within: Option<Node<'t>>) -> Vec<MemberFacts<'t>> {
        let properties = named_children(object).into_iter().filter_map(|child| {
            let (key, value) = match child.kind_name() {
                "pair" => (child.field("key")?, child.field("value")?),
                "method_definition" => (child.field("name")?, child),
                "shorthand_property_identifier" => (child, child),
                _ => return None,
            };
            Some(MemberFacts {
                name: key_name(self.source, key)?,
                is_static: false,
                is_private: false,
                is_readonly: false,
                value: Some(value),
                type_node: None,
                within,
            })
        });
        properties.collect()
    }
}
