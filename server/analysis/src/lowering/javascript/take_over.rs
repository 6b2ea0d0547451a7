//! The first walk's functions that are taken over from a former lowering: nothing inside of them is visited.
//! Must not know whether their surroundings are still the same, which is told when the walk is done.

use tree_sitter::Node;

use super::declare::{Context, Walk};
use super::former::{Function, Outermost, Taking};
use super::scope::{BindingFacts, BodyFacts, ClassFacts, Origin, ScopeId};
use super::syntax::span;
use crate::lowering::{Binding, Body, BodyId, BodyKind, Class, ClassKind, Import, Value};
use crate::lowering::{BindingKind, Comment};
use crate::source::Span;

/// How deep in the tree such a function may stand: bounds of depth never cut it off.
const NEAR: usize = 40;

impl<'t> Walk<'t> {
    /// Whether a function that stands here sees no names but the file's.
    pub(super) fn sees_only_the_file(&self, context: Context) -> bool {
        let in_class = || {
            let scope = self.out.scopes.get(context.scope.0 as usize);
            let is_plain = scope.is_some_and(|scope| {
                scope.parent == Some(ScopeId(0)) && scope.values.is_empty() && scope.types.is_empty()
            });
            context.class.is_some() && is_plain
        };
        context.body == BodyId(0)
            && !context.ambient
            && self.ancestors.len() < NEAR
            && (context.scope == ScopeId(0) || in_class())
    }

    /// Takes note of a function of the outermost level, whose parameters begin with the binding `first`, and takes
    /// over what is inside of it if that is known.
    pub(super) fn outermost(&mut self, node: Node<'t>, inside: Context, first: usize) {
        let mut here = Outermost {
            body: inside.body,
            binding: first,
            class: self.out.classes.len(),
            import: self.out.imports.len(),
            is_whole: !node.has_error(),
            taken: None,
        };
        if let Some(taking) = self.taking
            && here.is_whole
            && let Some((index, function)) = taking.function(span(node))
            && self.is_alike(taking, function, inside, first)
        {
            self.take_over(taking, function, node, inside);
            here.taken = Some(index);
        }
        self.out.outermost.push(here);
    }

    /// Whether a function's head was read as it was before.
    fn is_alike(&self, taking: &Taking<'_>, function: &Function, inside: Context, first: usize) -> bool {
        let old = taking.former.lowered.body(function.body());
        let new = self.out.bodies.get(inside.body.0 as usize);
        new.is_some_and(|new| {
            let head = |body: &Body| (body.kind, body.is_async, body.is_generator, body.parameters.len());
            head(new) == head(old) && self.out.bindings.len() - first == old.parameters.len()
        })
    }

    /// Keeps the places in the lists for what is inside, and notes what that does to the rest of the file.
    fn take_over(&mut self, taking: &Taking<'_>, function: &Function, node: Node<'t>, inside: Context) {
        let old = &*taking.former.lowered;
        let place = Span::at(span(node).start);
        for _ in function.bodies.clone().skip(1) {
            let parent = Some(inside.body);
            self.out.bodies.push(Body { parent, ..Body::without_graph(BodyKind::Closure, place) });
            self.out.body_facts.push(BodyFacts { node, scope: inside.scope, this_class: inside.this_class });
        }
        let parameters = old.body(function.body()).parameters.len();
        for index in function.bindings.clone().skip(parameters) {
            let name = old.bindings.get(index as usize).map(|binding| binding.name.clone()).unwrap_or_default();
            let binding = Binding {
                name,
                kind: BindingKind::Other,
                value: Value::Unknown,
                declared_type: None,
                class: None,
                body: inside.body,
                span: place,
            };
            let facts = BindingFacts {
                origin: Origin::Unknown,
                scope: inside.scope,
                reassigned: false,
                member_written: false,
                type_node: None,
            };
            self.out.push_binding(binding, facts);
        }
        for _ in function.classes.clone() {
            self.out.classes.push(Class {
                name: None,
                kind: ClassKind::Literal,
                parent: None,
                interfaces: Vec::new(),
                members: Vec::new(),
                span: place,
                decorators: Vec::new(),
            });
            self.out.class_facts.push(ClassFacts {
                node,
                scope: inside.scope,
                body: inside.body,
                members: Vec::new(),
                by_name: Default::default(),
            });
        }
        let moved = |inner: Span| taking.change.within(function.span, inner);
        let imports = old.imports.get(range(&function.imports)).unwrap_or_default();
        self.out.imports.extend(imports.iter().map(|import| Import {
            name_span: moved(import.name_span),
            span: moved(import.span),
            ..import.clone()
        }));
        let comments = old.comments.get(range(&function.comments)).unwrap_or_default();
        let comments = comments.iter().map(|it| Comment { span: moved(it.span), text: it.text.clone() });
        self.out.comments.extend(comments);
        let behind = |it: Span| Span::new(place.start + it.start, place.start + it.end);
        self.writes.extend(function.writes.iter().map(|(name, is_member)| (ScopeId(0), behind(*name), *is_member)));
        for name in &function.member_writes {
            self.write_member(behind(*name));
        }
        self.is_taken = true;
    }
}

pub(super) fn range(range: &std::ops::Range<u32>) -> std::ops::Range<usize> {
    range.start as usize..range.end as usize
}
