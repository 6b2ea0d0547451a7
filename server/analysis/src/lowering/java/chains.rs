//! Chains: `a.b().c[0].d()`. Owns how they are read without going down a level for each link; must not
//! know what is called.

use tree_sitter::Node;

use super::expressions::unwrapped;
use super::reader::{Reader, broken_at, expression_at, nothing_at};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{ArgumentForm, CallForm, Expression, Form, Member};
use crate::lowering::tree::{named_children, span};

/// How many links of a chain count as one level: they are read and lowered by loops, but the outline holds
/// each inside the next.
const LINKS_PER_LEVEL: usize = 4;

impl Reader<'_> {
    /// Reads a chain. One that is longer than there is room for is cut: its parts run in their order, and
    /// nothing is known of its value.
    pub(super) fn chain(&mut self, node: Node) -> Expression {
        let whole = span(node);
        let (base, links) = self.links(node);
        let room = self.room().saturating_sub(1) * LINKS_PER_LEVEL;
        if room == 0 {
            return broken_at(whole);
        }
        let levels = links.len().min(room) / LINKS_PER_LEVEL;
        let read = self.deeper(levels, |reader| reader.base(base));
        let mut current = read.unwrap_or_else(|| broken_at(span(base)));
        let mut parts = Vec::new();
        for (index, part) in links.chunks(room).enumerate() {
            if index > 0 {
                let end = current.span;
                parts.push(std::mem::replace(&mut current, nothing_at(end)));
            }
            for (position, link) in part.iter().enumerate() {
                let levels = 1 + (part.len() - position - 1) / LINKS_PER_LEVEL;
                let object = current;
                let (link_span, link) = (span(*link), *link);
                current = match self.deeper(levels, |reader| reader.link(link, object)) {
                    Some(form) => expression_at(link_span, form),
                    None => broken_at(link_span),
                };
            }
        }
        if parts.is_empty() {
            return current;
        }
        parts.push(current);
        expression_at(whole, Form::All(parts))
    }

    /// A chain's first part, and its links from the inside out.
    fn links<'t>(&self, node: Node<'t>) -> (Node<'t>, Vec<Node<'t>>) {
        let mut links = Vec::new();
        let mut node = node;
        loop {
            let object = match node.kind_name() {
                "method_invocation" => node.field("object"),
                "field_access" if !is_qualified_this(node) => node.field("object"),
                "array_access" => node.field("array"),
                _ => None,
            };
            let Some(object) = object else { break };
            links.push(node);
            node = unwrapped(object);
        }
        links.reverse();
        (node, links)
    }

    /// A chain's first part: a name, a call of a name, or anything else.
    fn base(&mut self, node: Node) -> Expression {
        match node.kind_name() {
            "method_invocation" => {
                let form = self.deeper(1, |reader| match node.field("name") {
                    Some(name) => {
                        let callee = expression_at(span(name), Form::Name(reader.name(name)));
                        reader.call(node, callee)
                    }
                    None => Form::Broken,
                });
                expression_at(span(node), form.unwrap_or(Form::Broken))
            }
            "field_access" => expression_at(span(node), Form::This),
            "array_access" => broken_at(span(node)),
            _ => self.expression(node),
        }
    }

    /// One link on what stands before it.
    fn link(&mut self, node: Node, object: Expression) -> Form {
        match node.kind_name() {
            "array_access" => {
                let index = self.required(node, "index");
                Form::Index(Box::new(object), Box::new(index))
            }
            "field_access" => match node.field("field") {
                Some(field) => self.member(object, field).form,
                None => Form::Broken,
            },
            _ => match node.field("name") {
                Some(name) => {
                    let is_parents = named_children(node).iter().any(|it| it.kind_name() == "super");
                    let object = if is_parents { expression_at(object.span, Form::Super) } else { object };
                    let callee = self.member(object, name);
                    self.call(node, callee)
                }
                None => Form::Broken,
            },
        }
    }

    /// `object.name`. `Outer.this.name` inside another class is what the bare name says there.
    fn member(&self, object: Expression, name: Node) -> Expression {
        let bytes = crate::source::Span::new(object.span.start, span(name).end);
        if matches!(object.form, Form::This) && self.is_outer_this(object.span.text(self.source)) {
            return expression_at(bytes, Form::Name(self.name(name)));
        }
        let member = Member { object: Some(object), name: self.name(name), optional: false };
        expression_at(bytes, Form::Member(Box::new(member)))
    }

    /// Whether a receiver as written, `Outer.this`, is that of a class around the innermost one.
    fn is_outer_this(&self, written: &str) -> bool {
        let Some((class, _)) = written.rsplit_once('.') else { return false };
        let class = class.trim().rsplit('.').next().unwrap_or_default();
        self.classes.last().is_some_and(|innermost| innermost.as_deref() != Some(class))
    }

    /// A call of this; one that only makes a map of its arguments is that map.
    fn call(&mut self, node: Node, callee: Expression) -> Form {
        let arguments = self.arguments(node.field("arguments"));
        if makes_map(&callee) && arguments.len().is_multiple_of(2) {
            let mut pairs = Vec::new();
            let mut values = arguments.into_iter().map(|argument| argument.value);
            while let (Some(key), Some(value)) = (values.next(), values.next()) {
                pairs.push((key, value));
            }
            return Form::Map(pairs);
        }
        Form::Call(Box::new(CallForm { callee, arguments, construct: false, optional: false }))
    }

    /// The arguments between parentheses.
    pub(super) fn arguments(&mut self, list: Option<Node>) -> Vec<ArgumentForm> {
        let list = list.into_iter().flat_map(named_children);
        list.map(|it| ArgumentForm { label: None, value: self.expression(it), span: span(it), spread: false }).collect()
    }
}

/// `Outer.this`.
fn is_qualified_this(node: Node) -> bool {
    node.field("field").is_some_and(|it| it.kind_name() == "this")
}

/// Whether a callee is one of the language's own that make a map of keys and values.
fn makes_map(callee: &Expression) -> bool {
    let Form::Member(member) = &callee.form else { return false };
    let Some(Form::Name(object)) = member.object.as_ref().map(|object| &object.form) else { return false };
    matches!((&**object, &*member.name), ("Map", "of") | ("Collections", "singletonMap" | "emptyMap"))
}
