//! The first walk's functions, classes, object literals, fields and static blocks: each becomes a body
//! or a class. Must not know graphs.

use rustc_hash::FxHashMap;
use tree_sitter::Node;

use super::declare::{Context, Walk};
use super::declare_names::{Declaring, is_function_field};
use super::scope::{ClassFacts, MemberFacts, Origin, ScopeId, Symbol};
use super::syntax::{
    first_named, has_token, is_class, is_function, is_function_value, is_inert, key_name, named_children, span,
    string_text, text, unwrap,
};
use super::usage::{Ancestor, Usage, usage_of};
use crate::lowering::{BindingKind, BodyId, BodyKind, BodyUse, Class, ClassId, Name};
use crate::source::Span;

impl<'t> Walk<'t> {
    pub(super) fn declare_function(&mut self, at: Ancestor<'t>, context: Context) -> Context {
        let node = at.node;
        let usage = usage_of(self.source, node, at.position, &self.ancestors);
        let scope = self.out.add_scope(Some(context.scope));
        self.out.scope_of.insert(node.id(), scope);
        let class = self.member_class(node, &usage, context);
        let this_class = if node.kind() == "arrow_function" { context.this_class } else { class };
        let receives = usage.receives;
        let block = node.child_by_field_name("body");
        let inner = block.map_or(span(node), inner_span);
        let kind = self.function_kind(node, class, context);
        let id = self.add_body(node, kind, Some(context.body), scope, this_class, usage, inner);
        if let Some(body) = self.out.bodies.get_mut(id.0 as usize) {
            body.class = class;
            body.is_async = has_token(node, "async");
            body.is_generator = node.kind().starts_with("generator") || has_token(node, "*");
            body.directives = block.map(|block| directives(self.source, block)).unwrap_or_default();
        }
        if let Some(name) = node.child_by_field_name("name") {
            match node.kind() {
                "function_declaration" | "generator_function_declaration" => {
                    self.bind(name, BindingKind::Function, context, context.scope, Origin::Function(id), None);
                }
                "function_expression" | "generator_function" => {
                    self.bind(name, BindingKind::Function, context, scope, Origin::Function(id), None);
                }
                _ => {}
            }
        }
        let inside = Context {
            scope,
            variables: scope,
            body: id,
            this_class,
            class: None,
            functions: context.functions + 1,
            ..context
        };
        self.parameters(node, receives, inside);
        inside
    }

    /// The class or object literal that a function is a member of.
    fn member_class(&self, node: Node<'t>, usage: &Usage<'t>, context: Context) -> Option<ClassId> {
        match usage.member_of {
            Some(member) if member.kind() == "object" => self.out.class_of.get(&member.id()).copied(),
            Some(_) => context.class,
            None if node.kind() == "method_definition" => context.class,
            None => None,
        }
    }

    fn function_kind(&self, node: Node<'t>, class: Option<ClassId>, context: Context) -> BodyKind {
        match node.kind() {
            "method_definition" if has_token(node, "get") => BodyKind::Getter,
            "method_definition" if has_token(node, "set") => BodyKind::Setter,
            "method_definition" => {
                let name = node.child_by_field_name("name").map(|name| text(self.source, name));
                let is_constructor = name == Some("constructor") && class.is_some() && class == context.class;
                if is_constructor { BodyKind::Constructor } else { BodyKind::Method }
            }
            "arrow_function" => BodyKind::Closure,
            _ => BodyKind::Function,
        }
    }

    fn parameters(&mut self, node: Node<'t>, receives: Option<Node<'t>>, inside: Context) {
        let mut names = Vec::new();
        let single = node.child_by_field_name("parameter").map(|parameter| (parameter, None));
        let list = node.child_by_field_name("parameters").map(named_children).unwrap_or_default();
        let listed = list.into_iter().filter_map(|parameter| {
            let pattern = parameter.child_by_field_name("pattern").or_else(|| parameter.child_by_field_name("name"));
            Some((pattern?, parameter.child_by_field_name("type")))
        });
        for (index, (pattern, type_node)) in single.into_iter().chain(listed).enumerate() {
            let value = receives.filter(|_| index == 0);
            let declaring =
                Declaring { kind: BindingKind::Parameter, scope: inside.scope, value, type_node, undefined: false };
            self.pattern(pattern, declaring, inside, &mut Vec::new(), &mut names, 0);
        }
        if let Some(body) = self.out.bodies.get_mut(inside.body.0 as usize) {
            body.parameters = names;
        }
    }

    pub(super) fn class(&mut self, node: Node<'t>, context: Context) -> Context {
        let id = ClassId(self.out.classes.len() as u32);
        self.out.class_of.insert(node.id(), id);
        let name = node.child_by_field_name("name");
        let scope = self.out.add_scope(Some(context.scope));
        self.out.scope_of.insert(node.id(), scope);
        if context.ambient {
            self.ambient_name(node, context.scope);
        } else if let Some(name) = name {
            // A class expression's name is known inside it alone.
            let home = if node.kind() == "class" { scope } else { context.scope };
            let binding = self.bind(name, BindingKind::Class, context, home, Origin::Class, None);
            self.out.add_type(home, text(self.source, name), Symbol::Binding(binding));
            if let Some(binding) = self.out.bindings.get_mut(binding.0 as usize) {
                binding.class = Some(id);
            }
        }
        let members = node.child_by_field_name("body").map(|body| self.class_members(body)).unwrap_or_default();
        let class = Class {
            name: name.map(|name| text(self.source, name).into()),
            parent: None,
            members: Vec::new(),
            span: span(node),
            literal: false,
            decorators: self.decorators(node),
        };
        self.add_class(class, node, scope, context.body, members);
        Context { scope, this_class: None, class: Some(id), ..context }
    }

    fn add_class(&mut self, class: Class, node: Node<'t>, scope: ScopeId, body: BodyId, members: Vec<MemberFacts<'t>>) {
        let mut by_name = FxHashMap::default();
        for (index, member) in members.iter().enumerate() {
            by_name.insert(member.name.clone(), index);
        }
        self.out.classes.push(class);
        self.out.class_facts.push(ClassFacts { node, scope, body, members, by_name });
    }

    /// The names of the decorators on a class, in front of `export` or behind it.
    fn decorators(&self, node: Node<'t>) -> Vec<Name> {
        let outside = self.ancestors.last().map(|parent| parent.node).filter(|it| it.kind() == "export_statement");
        let all = outside.into_iter().chain([node]).flat_map(named_children);
        all.filter(|child| child.kind() == "decorator")
            .filter_map(|decorator| {
                let mut named = first_named(decorator)?;
                if named.kind() == "call_expression" {
                    named = named.child_by_field_name("function")?;
                }
                Some(text(self.source, named).into())
            })
            .collect()
    }

    fn class_members(&self, body: Node<'t>) -> Vec<MemberFacts<'t>> {
        let mut members = Vec::new();
        for child in named_children(body) {
            match child.kind() {
                "method_definition" => members.extend(self.member(child, Some(child))),
                "public_field_definition" => {
                    members.extend(self.member(child, child.child_by_field_name("value")));
                }
                _ => continue,
            }
            let is_constructor =
                child.child_by_field_name("name").is_some_and(|it| text(self.source, it) == "constructor");
            if is_constructor {
                self.parameter_properties(child, &mut members);
            }
        }
        members
    }

    fn member(&self, node: Node<'t>, value: Option<Node<'t>>) -> Option<MemberFacts<'t>> {
        let name = node.child_by_field_name("name")?;
        Some(MemberFacts {
            name: key_name(self.source, name)?,
            is_static: has_token(node, "static"),
            is_private: name.kind() == "private_property_identifier" || self.is_hidden(node),
            is_readonly: has_token(node, "readonly"),
            value,
            type_node: node.child_by_field_name("type"),
        })
    }

    fn is_hidden(&self, node: Node<'t>) -> bool {
        let modifier = named_children(node).into_iter().find(|child| child.kind() == "accessibility_modifier");
        modifier.is_some_and(|modifier| text(self.source, modifier) != "public")
    }

    /// `constructor(private router: Router)` declares a member.
    fn parameter_properties(&self, constructor: Node<'t>, members: &mut Vec<MemberFacts<'t>>) {
        let Some(parameters) = constructor.child_by_field_name("parameters") else { return };
        for parameter in named_children(parameters) {
            let is_property = has_token(parameter, "accessibility_modifier") || has_token(parameter, "readonly");
            let pattern =
                parameter.child_by_field_name("pattern").filter(|it| it.kind() == "identifier" && is_property);
            let Some(pattern) = pattern else { continue };
            members.push(MemberFacts {
                name: text(self.source, pattern).into(),
                is_static: false,
                is_private: self.is_hidden(parameter),
                is_readonly: has_token(parameter, "readonly"),
                value: None,
                type_node: parameter.child_by_field_name("type"),
            });
        }
    }

    /// Makes a class of an object literal that holds functions or is bound to a name.
    pub(super) fn literal(&mut self, node: Node<'t>, context: Context) {
        let is_bound = self.ancestors.last().is_some_and(|parent| {
            matches!(
                parent.node.kind(),
                "variable_declarator" | "as_expression" | "satisfies_expression" | "export_statement"
            )
        });
        let children = named_children(node);
        let holds_functions = children.iter().any(|child| {
            is_function(*child)
                || child.child_by_field_name("value").is_some_and(|value| is_function_value(unwrap(value)))
        });
        if !is_bound && !holds_functions {
            return;
        }
        let members = children.into_iter().filter_map(|child| {
            let (key, value) = match child.kind() {
                "pair" => (child.child_by_field_name("key")?, child.child_by_field_name("value")?),
                "method_definition" => (child.child_by_field_name("name")?, child),
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
            })
        });
        let members = members.collect();
        let id = ClassId(self.out.classes.len() as u32);
        self.out.class_of.insert(node.id(), id);
        let class = Class {
            name: None,
            parent: None,
            members: Vec::new(),
            span: span(node),
            literal: true,
            decorators: Vec::new(),
        };
        self.add_class(class, node, context.scope, context.body, members);
    }

    pub(super) fn field(&mut self, node: Node<'t>, context: Context) -> Context {
        let inside = Context { this_class: context.class, ..context };
        let Some(value) = node.child_by_field_name("value") else { return inside };
        if context.ambient || is_function_field(value) || is_inert(value) || is_class(unwrap(value)) {
            return inside;
        }
        self.initialiser(node, span(value), inside)
    }

    pub(super) fn static_block(&mut self, node: Node<'t>, context: Context) -> Context {
        let inside = Context { this_class: context.class, ..context };
        let inner = node.child_by_field_name("body").map_or(span(node), inner_span);
        let inside = self.initialiser(node, inner, inside);
        Context { class: None, ..inside }
    }

    fn initialiser(&mut self, node: Node<'t>, inner: Span, context: Context) -> Context {
        let scope = self.out.add_scope(Some(context.scope));
        self.out.scope_of.insert(node.id(), scope);
        let usage = Usage::none(BodyUse::InPlace { on_error: false });
        let parent = Some(context.body);
        let id = self.add_body(node, BodyKind::Initialiser, parent, scope, context.this_class, usage, inner);
        if let Some(body) = self.out.bodies.get_mut(id.0 as usize) {
            body.class = context.class;
        }
        Context { scope, variables: scope, body: id, ..context }
    }
}

/// The bytes between a block's braces, or an expression's bytes.
pub(super) fn inner_span(node: Node) -> Span {
    let whole = span(node);
    if node.kind() != "statement_block" || whole.len() < 2 {
        return whole;
    }
    let closed =
        node.child(node.child_count().saturating_sub(1)).is_some_and(|last| last.kind() == "}" && !last.is_missing());
    Span::new(whole.start + 1, if closed { whole.end - 1 } else { whole.end })
}

/// The directive prologues at the start of a block or file.
pub(super) fn directives(source: &str, block: Node) -> Vec<Name> {
    let mut cursor = block.walk();
    block
        .named_children(&mut cursor)
        .filter(|child| !child.is_extra() && child.kind() != "hash_bang_line")
        .map_while(|statement| {
            let expression = (statement.kind() == "expression_statement").then(|| first_named(statement)).flatten()?;
            (expression.kind() == "string").then(|| string_text(source, expression))
        })
        .collect()
}
