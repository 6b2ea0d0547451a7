//! The first walk's functions that are taken over from a former lowering: nothing inside of them is visited.
//! Must not know whether their surroundings are still the same, which is told when the walk is done.

use tree_sitter::Node;

use super::declare::{Context, Walk};
use super::declare_bodies::Head;
use super::former::{Function, Outermost, Taking};
use super::scope::{BindingFacts, BodyFacts, ClassFacts, Origin, ScopeId};
use super::syntax::span;
use crate::lowering::{
    Binding, BindingId, BindingKind, Body, BodyId, BodyKind, Class, ClassKind, Comment, Import, Value,
};
use crate::source::Span;

/// A function of the former lowering that stands where one stands now, with the same text.
pub(super) struct FormerFunction<'t> {
    taking: &'t Taking<'t>,
    /// Its place in the notes.
    index: usize,
    function: &'t Function,
}

impl FormerFunction<'_> {
    /// What its head says: the text is the same, and so is that.
    pub(super) fn head(&self) -> Head {
        let body = self.taking.former.lowered.body(self.function.body());
        Head {
            kind: body.kind,
            inner: self.taking.change.within(self.function.span, body.inner),
            is_async: body.is_async,
            is_generator: body.is_generator,
            directives: body.directives.clone(),
        }
    }
}

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

    /// The function of the former lowering that stands here, if it does.
    pub(super) fn former(&self, node: Node<'t>) -> Option<FormerFunction<'t>> {
        let taking = self.taking?;
        let (index, function) = taking.function(span(node))?;
        let is_same = function.kind == node.kind_id() && !node.has_error();
        is_same.then_some(FormerFunction { taking, index, function })
    }

    /// Takes note of a function of the outermost level, of which nothing is declared yet.
    pub(super) fn outermost(&mut self, node: Node<'t>, inside: Context, former: Option<&FormerFunction<'t>>) {
        self.out.outermost.push(Outermost {
            body: inside.body,
            kind: node.kind_id(),
            binding: self.out.bindings.len(),
            class: self.out.classes.len(),
            import: self.out.imports.len(),
            is_whole: !node.has_error(),
            taken: former.map(|former| former.index),
        });
    }

    /// Keeps the places in the lists for a function's parameters and what is inside, and notes what that does to the
    /// rest of the file.
    pub(super) fn take_over(&mut self, former: &FormerFunction<'t>, node: Node<'t>, inside: Context) {
        let FormerFunction { taking, function, .. } = *former;
        let old = &*taking.former.lowered;
        let place = Span::at(span(node).start);
        for _ in function.bodies.clone().skip(1) {
            let parent = Some(inside.body);
            self.out.bodies.push(Body { parent, ..Body::without_graph(BodyKind::Closure, place) });
            self.out.body_facts.push(BodyFacts { node, scope: inside.scope, this_class: inside.this_class });
        }
        let first = self.out.bindings.len() as u32;
        let parameters = old.body(function.body()).parameters.iter();
        let parameters = parameters.map(|id| BindingId(id.0 - function.bindings.start + first)).collect();
        if let Some(body) = self.out.bodies.get_mut(inside.body.0 as usize) {
            body.parameters = parameters;
        }
        for binding in old.bindings.get(range(&function.bindings)).unwrap_or_default() {
            let binding = Binding {
                name: binding.name.clone(),
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
        self.is_closed = true;
    }
}

pub(super) fn range(range: &std::ops::Range<u32>) -> std::ops::Range<usize> {
    range.start as usize..range.end as usize
}
