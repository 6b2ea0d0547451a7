//! Chains: `a.b().c[0]!!`, `a to b`. Owns how a chain is read in a loop, whatever its length; scope
//! functions and a call's arguments are read beside it.

use tree_sitter::Node;

use super::Reader;
use super::expressions::type_value;
use super::links::{Link, Placed, last_name, link_of_suffix, links, literal_call, type_of_path};
use super::names::has_broken_child;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{ArgumentForm, CallForm, Expression, Form, Member, TypeName};
use crate::lowering::tree::{all_children, child_of_kind, has_child, named_children, span};
use crate::source::Span;

/// How many links of a chain are nested; of what comes behind only what runs is kept.
const LINK_LIMIT: usize = 64;

impl Reader<'_> {
    /// A chain from its outermost node.
    pub(super) fn chain(&mut self, node: Node) -> Form {
        let (base, links) = links(node);
        self.linked(base, &links).form
    }

    /// The target of an assignment, whose links stand side by side.
    pub(super) fn target(&mut self, node: Node) -> Expression {
        let mut children = all_children(node).into_iter();
        let Some(base) = children.next() else { return self.broken(node) };
        let (inner, mut all) = links(base);
        all.extend(children.map(|child| (link_of_suffix(child), child.end_byte())));
        self.linked(inner, &all)
    }

    fn linked(&mut self, base: Node, links: &[Placed]) -> Expression {
        let kept = links.len().min(LINK_LIMIT);
        let extra = (kept / 2) as u32;
        self.depth += extra;
        let (mut expression, mut next) = self.base(base, &links[..kept]);
        while next < kept {
            // What stands inside a link is as deep as the links behind it are many.
            self.depth = self.depth.saturating_sub(extra) + ((kept - next) / 2) as u32;
            let used;
            (expression, used) = self.link(expression, base.start_byte(), &links[next..kept]);
            self.depth = self.depth.saturating_sub(((kept - next) / 2) as u32) + extra;
            next += used.max(1);
        }
        self.depth = self.depth.saturating_sub(extra);
        if links.len() == kept { expression } else { self.overlong(expression, &links[kept..]) }
    }

    /// A chain longer than any that a person writes: what runs in it, in order.
    fn overlong(&mut self, first: Expression, links: &[Placed]) -> Expression {
        let mut span = first.span;
        let mut parts = vec![first];
        for (link, end) in links {
            span.end = *end as u32;
            match link {
                Link::Call(suffix) => parts.extend(self.arguments(*suffix, None).into_iter().map(|it| it.value)),
                Link::Index(suffix) => parts.extend(self.all_of(&named_children(*suffix))),
                Link::Infix { right, .. } => parts.push(self.expression(*right)),
                _ => {}
            }
        }
        Expression { span, form: Form::All(parts) }
    }

    /// The base, with the links that belong to it, and how many they are.
    fn base(&mut self, base: Node, links: &[Placed]) -> (Expression, usize) {
        if base.kind_name() == "callable_reference" {
            return (self.reference(base), 0);
        }
        if let ("object_literal", Some((Link::Call(suffix), end))) = (base.kind_name(), links.first())
            && let Some(form) = self.object_with_lambda(base, *suffix)
        {
            return (Expression { span: Span::from(base.start_byte()..*end), form }, 1);
        }
        if let ("simple_identifier", Some((Link::Call(_), _))) = (base.kind_name(), links.first())
            && let Some(found) = self.find_scope(base, links.first(), false)
        {
            return self.scope(&found, None, base.start_byte(), links);
        }
        (self.expression(base), 0)
    }

    /// One link behind an expression, with those that belong to it, and how many they are.
    fn link(&mut self, object: Expression, start: usize, links: &[Placed]) -> (Expression, usize) {
        let Some(&(link, end)) = links.first() else { return (object, 1) };
        let whole = Span::from(start..end);
        let form = match link {
            Link::Member { name, optional } => {
                if let Some(found) = self.find_scope(name, links.get(1), true) {
                    let (scoped, used) = self.scope(&found, Some((object, optional)), start, &links[1..]);
                    return (scoped, used + 1);
                }
                self.member(object, name, optional)
            }
            Link::Reference(name) => {
                let member = Member { object: Some(object), name: self.identifier(name), optional: false };
                let member = Expression { span: whole, form: Form::Member(Box::new(member)) };
                Form::Reference(Box::new(member))
            }
            Link::Class => match type_of_path(&object) {
                Some(parts) => Form::Type(TypeName { parts, span: object.span }),
                None => Form::All(vec![object]),
            },
            Link::Call(suffix) => self.call(object, suffix),
            Link::Index(suffix) => {
                let mut indices = self.all_of(&named_children(suffix));
                let index = match (indices.len(), indices.pop()) {
                    (1, Some(index)) => index,
                    (_, last) => {
                        indices.extend(last);
                        Expression { span: span(suffix), form: Form::All(indices) }
                    }
                };
                Form::Index(Box::new(object), Box::new(index))
            }
            Link::Unwrap => Form::Unwrap(Box::new(object)),
            Link::Infix { name, right } => {
                let callee_span = Span::new(object.span.start, name.end_byte() as u32);
                let member = Member { object: Some(object), name: self.identifier(name), optional: false };
                let callee = Expression { span: callee_span, form: Form::Member(Box::new(member)) };
                let value = self.expression(right);
                let argument = ArgumentForm { label: None, span: value.span, value, spread: false };
                Form::Call(Box::new(CallForm { callee, arguments: vec![argument], construct: false, optional: false }))
            }
            Link::Other(node) => {
                let inner = self.expression(node);
                Form::All(vec![object, inner])
            }
        };
        (Expression { span: whole, form }, 1)
    }

    /// `object.name`; `.java` behind a type is the type still.
    fn member(&self, object: Expression, name: Node, optional: bool) -> Form {
        let name = self.identifier(name);
        match object.form {
            Form::Type(type_name) if matches!(&*name, "java" | "javaObjectType" | "kotlin") => Form::Type(type_name),
            form => {
                let object = Expression { span: object.span, form };
                Form::Member(Box::new(Member { object: Some(object), name, optional }))
            }
        }
    }

    fn call(&mut self, callee: Expression, suffix: Node) -> Form {
        let values = child_of_kind(suffix, "value_arguments");
        let begins_line = values.is_some_and(|values| {
            values.start_byte() == suffix.start_byte()
                && self.breaks_line(callee.span.end as usize, values.start_byte())
        });
        let label = last_name(&callee);
        let mut arguments = self.arguments(suffix, label.as_ref());
        if begins_line && arguments.len() == 1 && !has_child(suffix, "annotated_lambda") {
            // A parenthesis that begins a line begins a statement, whatever the grammar says.
            return Form::All(std::iter::once(callee).chain(arguments.pop().map(|it| it.value)).collect());
        }
        if let Some(form) = literal_call(label.as_deref(), &callee, &mut arguments) {
            return form;
        }
        let types = self.type_arguments(suffix);
        let callee = match types.is_empty() {
            true => callee,
            false => Expression { span: callee.span, form: Form::Generic(Box::new(callee), types) },
        };
        let call = Form::Call(Box::new(CallForm { callee, arguments, construct: false, optional: false }));
        if !has_broken_child(suffix) && !values.is_some_and(has_broken_child) {
            return call;
        }
        let whole = Expression { span: span(suffix), form: call };
        Form::All(vec![whole, self.broken(suffix)])
    }

    /// `::name`, `name::other`, `Name::class`.
    fn reference(&mut self, node: Node) -> Expression {
        let whole = span(node);
        let owner = child_of_kind(node, "type_identifier");
        let Some(name) = child_of_kind(node, "simple_identifier") else {
            let Some(owner) = owner else { return self.broken(node) };
            let name = self.identifier(owner);
            let owner = Expression { span: span(owner), form: Form::Name(name) };
            return match type_of_path(&owner) {
                Some(parts) => Expression { span: whole, ..type_value(TypeName { parts, span: owner.span }) },
                None => Expression { span: whole, form: Form::All(vec![owner]) },
            };
        };
        let named = self.identifier(name);
        let target = match owner {
            None => Expression { span: span(name), form: Form::Name(named) },
            Some(owner) => {
                let object = Expression { span: span(owner), form: Form::Name(self.identifier(owner)) };
                let member = Member { object: Some(object), name: named, optional: false };
                Expression { span: whole, form: Form::Member(Box::new(member)) }
            }
        };
        Expression { span: whole, form: Form::Reference(Box::new(target)) }
    }
}
