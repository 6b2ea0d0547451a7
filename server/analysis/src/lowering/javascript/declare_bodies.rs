//! The first walk's functions, field initialisers and static blocks: each becomes a body. Must not
//! know graphs.

use tree_sitter::Node;

use super::declare::{Context, Walk};
use super::declare_names::is_function_field;
use super::declare_patterns::Declaring;
use super::scope::Origin;
use super::syntax::{first_named, has_modifier, is_class, is_inert, named_children, span, string_text, text, unwrap};
use super::usage::{Usage, usage_of};
use crate::lowering::grammar::Named;
use crate::lowering::{BindingKind, BodyKind, BodyUse, ClassId, Name};
use crate::source::Span;

/// What a function's own text says of its body.
pub(super) struct Head {
    pub(super) kind: BodyKind,
    pub(super) inner: Span,
    pub(super) is_async: bool,
    pub(super) is_generator: bool,
    pub(super) directives: Vec<Name>,
}

impl<'t> Walk<'t> {
    pub(super) fn declare_function(&mut self, node: Node<'t>, context: Context) -> Context {
        let kind_name = node.kind_name();
        let mut usage = usage_of(self.source, node, &self.ancestors, &mut self.positions);
        let handler = self.handler(node);
        self.use_in_markup(node, handler, &mut usage);
        let scope = self.out.add_scope(Some(context.scope), span(node));
        self.out.scope_of.insert(node.id(), scope);
        let class = self.member_class(node, &usage, context);
        let this_class = if kind_name == "arrow_function" { context.this_class } else { class };
        let receives = usage.receives;
        let name = node.field("name");
        // An expression's own name may be declared again inside of it.
        let is_named = matches!(kind_name, "function_expression" | "generator_function") && name.is_some();
        let is_plain = receives.is_none() && handler.is_none() && !is_named;
        let is_outermost = context.functions == 0 && is_plain && self.sees_only_the_file(context);
        let former = if is_outermost { self.former(node) } else { None };
        let head = match &former {
            Some(former) => former.head(),
            None => self.head(node, name, class, context),
        };
        let id = self.add_body(node, head.kind, Some(context.body), scope, this_class, usage, head.inner);
        if let Some(body) = self.out.bodies.get_mut(id.0 as usize) {
            body.class = class;
            body.is_async = head.is_async;
            body.is_generator = head.is_generator;
            body.directives = head.directives;
        }
        if let Some(handler) = handler {
            self.add_handler(id, handler);
        }
        if let Some(name) = name {
            match kind_name {
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
        if is_outermost {
            self.outermost(node, inside, former.as_ref());
        }
        if former.is_none() {
            self.parameters(node, receives, inside);
        }
        inside
    }

    /// What a function's head says of its body.
    fn head(&self, node: Node<'t>, name: Option<Node<'t>>, class: Option<ClassId>, context: Context) -> Head {
        let kind_name = node.kind_name();
        // A method may have other words before it.
        let is_method = kind_name == "method_definition";
        let has = |token| has_modifier(self.source, node, name, token);
        let may_be_async = is_method || text(self.source, node).starts_with("async");
        let block = node.field("body");
        Head {
            kind: self.function_kind(node, name, class, context),
            inner: block.map_or(span(node), inner_span),
            is_async: may_be_async && has("async"),
            is_generator: kind_name.starts_with("generator") || is_method && has("*"),
            directives: block.map(|block| directives(self.source, block)).unwrap_or_default(),
        }
    }

    /// The class or object literal that a function is a member of.
    fn member_class(&self, node: Node<'t>, usage: &Usage<'t>, context: Context) -> Option<ClassId> {
        match usage.member_of {
            Some(member) if member.kind_name() == "object" => self.out.class_of.get(&member.id()).copied(),
            Some(_) => context.class,
            None if node.kind_name() == "method_definition" => context.class,
            None => None,
        }
    }

    fn function_kind(
        &self,
        node: Node<'t>,
        name: Option<Node<'t>>,
        class: Option<ClassId>,
        context: Context,
    ) -> BodyKind {
        let has = |token| has_modifier(self.source, node, name, token);
        match node.kind_name() {
            "method_definition" if has("get") => BodyKind::Getter,
            "method_definition" if has("set") => BodyKind::Setter,
            "method_definition" => {
                let name = name.map(|name| text(self.source, name));
                let is_constructor = name == Some("constructor") && class.is_some() && class == context.class;
                if is_constructor { BodyKind::Constructor } else { BodyKind::Method }
            }
            "arrow_function" => BodyKind::Closure,
            _ => BodyKind::Function,
        }
    }

    fn parameters(&mut self, node: Node<'t>, receives: Option<Node<'t>>, inside: Context) {
        let mut names = Vec::new();
        let single = node.field("parameter").map(|parameter| (parameter, None));
        let list = node.field("parameters").map(named_children).unwrap_or_default();
        let listed = list.into_iter().filter_map(|parameter| {
            let pattern = parameter.field("pattern").or_else(|| parameter.field("name"));
            Some((pattern?, parameter.field("type")))
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

    pub(super) fn field(&mut self, node: Node<'t>, context: Context) -> Context {
        let inside = Context { this_class: context.class, ..context };
        let Some(value) = node.field("value") else { return inside };
        if context.ambient || is_function_field(value) || is_inert(value) || is_class(unwrap(value)) {
            return inside;
        }
        self.initialiser(node, span(value), inside)
    }

    pub(super) fn static_block(&mut self, node: Node<'t>, context: Context) -> Context {
        let inside = Context { this_class: context.class, ..context };
        let inner = node.field("body").map_or(span(node), inner_span);
        let inside = self.initialiser(node, inner, inside);
        Context { class: None, ..inside }
    }

    fn initialiser(&mut self, node: Node<'t>, inner: Span, context: Context) -> Context {
        let scope = self.out.add_scope(Some(context.scope), span(node));
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
    if node.kind_name() != "statement_block" || whole.len() < 2 {
        return whole;
    }
    let closed = node
        .child(node.child_count().saturating_sub(1))
        .is_some_and(|last| last.kind_name() == "}" && !last.is_missing());
    Span::new(whole.start + 1, if closed { whole.end - 1 } else { whole.end })
}

/// The directive prologues at the start of a block or file.
pub(super) fn directives(source: &str, block: Node) -> Vec<Name> {
    // Most blocks have none, which their first statement tells.
    let may_be_one = |first: Node| text(source, first).starts_with(['"', '\'']) || first.is_extra();
    if !block.named_child(0).is_some_and(|first| may_be_one(first) || first.kind_name() == "hash_bang_line") {
        return Vec::new();
    }
    let mut cursor = block.walk();
    block
        .named_children(&mut cursor)
        .filter(|child| !child.is_extra() && child.kind_name() != "hash_bang_line")
        .map_while(|statement| {
            let expression =
                (statement.kind_name() == "expression_statement").then(|| first_named(statement)).flatten()?;
            (expression.kind_name() == "string").then(|| string_text(source, expression))
        })
        .collect()
}
