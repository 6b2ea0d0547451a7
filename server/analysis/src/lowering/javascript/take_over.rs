//! The first walk's functions and classes that are taken over from a former lowering: nothing inside of them is
//! visited. Must not know whether their surroundings are still the same, which is told when the walk is done.

use tree_sitter::Node;

use super::declare::{Context, Walk};
use super::declare_bodies::Head;
use super::former::{Outermost, Piece, Taking};
use super::scope::{BindingFacts, BodyFacts, ClassFacts, MemberFacts, Origin, ScopeId};
use super::syntax::span;
use crate::lowering::grammar::Named;
use crate::lowering::{
    Binding, BindingId, BindingKind, Body, BodyId, BodyKind, Class, ClassKind, Comment, Import, Name, Value,
};
use crate::source::Span;

/// A piece of the former lowering that stands where one stands now, with the same text.
pub(super) struct FormerPiece<'t> {
    taking: &'t Taking<'t>,
    /// Its place in the notes.
    index: usize,
    piece: &'t Piece,
}

impl<'t> FormerPiece<'t> {
    /// What a function's head says: the text is the same, and so is that.
    pub(super) fn head(&self) -> Head {
        let body = self.taking.former.lowered.body(self.piece.head());
        Head {
            kind: body.kind,
            inner: self.taking.change.within(self.piece.span, body.inner),
            is_async: body.is_async,
            is_generator: body.is_generator,
            directives: body.directives.clone(),
        }
    }

    /// The members of a class, whose values are known without their nodes.
    pub(super) fn members(&self) -> Vec<MemberFacts<'t>> {
        let Some(class) = self.piece.this_class else { return Vec::new() };
        let readonly = self.taking.former.notes.readonly.get(class.0 as usize).and_then(Option::as_deref);
        let members = self.taking.former.lowered.class(class).members.iter();
        let members = members.zip(readonly.unwrap_or_default()).map(|(member, is_readonly)| MemberFacts {
            name: member.name.clone(),
            is_static: member.is_static,
            is_private: member.is_private,
            is_readonly: *is_readonly,
            value: None,
            type_node: None,
            within: None,
        });
        members.collect()
    }
}

/// How deep in the tree such a piece may stand: bounds of depth never cut it off.
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

    /// Whether a class is declared at the file's outermost level.
    pub(super) fn is_declared_in_the_file(&self, class: Node<'t>, context: Context) -> bool {
        class.kind_name() != "class" && context.scope == ScopeId(0) && self.sees_only_the_file(context)
    }

    /// The function of the former lowering that stands here, if it does.
    pub(super) fn former(&self, node: Node<'t>) -> Option<FormerPiece<'t>> {
        self.former_piece(node, Taking::function)
    }

    /// The body of a class of the former lowering that stands here, if it does.
    pub(super) fn former_class(&self, node: Node<'t>) -> Option<FormerPiece<'t>> {
        self.former_piece(node, Taking::class)
    }

    fn former_piece(
        &self,
        node: Node<'t>,
        find: impl FnOnce(&'t Taking<'t>, Span) -> Option<(usize, &'t Piece)>,
    ) -> Option<FormerPiece<'t>> {
        let taking = self.taking?;
        let (index, piece) = find(taking, span(node))?;
        let is_same = piece.kind == node.kind_id() && !node.has_error();
        is_same.then_some(FormerPiece { taking, index, piece })
    }

    /// Takes note of a function of the outermost level, of which nothing is declared yet, and takes over what is
    /// inside if that may be.
    pub(super) fn outermost(&mut self, node: Node<'t>, inside: Context, former: Option<&FormerPiece<'t>>) {
        let here = self.beginning(node, inside.body, former);
        self.out.outermost.push(here);
        let Some(former) = former else { return };
        let first = self.out.bindings.len() as u32;
        let parameters = former.taking.former.lowered.body(former.piece.head()).parameters.iter();
        let parameters = parameters.map(|id| BindingId(id.0 - former.piece.bindings.start + first)).collect();
        if let Some(body) = self.out.bodies.get_mut(inside.body.0 as usize) {
            body.parameters = parameters;
        }
        self.take_over(former, node, inside, inside.body);
    }

    /// Takes over what stands in the body of a class of the outermost level if that may be.
    pub(super) fn class_body(&mut self, node: Node<'t>, context: Context) {
        let Some(former) = self.class_bodies.remove(&node.id()) else { return };
        let next = BodyId(self.out.bodies.len() as u32);
        let here = Outermost { of_class: context.class, ..self.beginning(node, next, former.as_ref()) };
        self.out.class_bodies.push(here);
        if let Some(former) = former {
            self.take_over(&former, node, context, next);
        }
    }

    fn beginning(&self, node: Node<'t>, body: BodyId, former: Option<&FormerPiece<'t>>) -> Outermost {
        Outermost {
            body,
            of_class: None,
            kind: node.kind_id(),
            binding: self.out.bindings.len(),
            class: self.out.classes.len(),
            import: self.out.imports.len(),
            is_whole: !node.has_error(),
            taken: former.map(|former| former.index),
        }
    }

    /// Keeps the places in the lists for what is inside of a piece, a function's parameters with it, and notes what
    /// that does to the rest of the file. `first` is the body that the piece's first one is now.
    fn take_over(&mut self, former: &FormerPiece<'t>, node: Node<'t>, inside: Context, first: BodyId) {
        let FormerPiece { taking, piece, .. } = *former;
        let old = &*taking.former.lowered;
        let place = Span::at(span(node).start);
        let body_now = |body: BodyId| match piece.bodies.contains(&body.0) {
            true => BodyId(body.0 - piece.bodies.start + first.0),
            false => BodyId(0),
        };
        // A function itself is there already.
        let known = self.out.bodies.len() - first.0 as usize;
        for body in old.bodies.get(range(&piece.bodies)).unwrap_or_default().iter().skip(known) {
            let parent = body.parent.map(body_now);
            self.out.bodies.push(Body { parent, ..Body::without_graph(BodyKind::Closure, place) });
            self.out.body_facts.push(BodyFacts { node, scope: inside.scope, this_class: inside.this_class });
        }
        let nameless = Name::from("");
        for binding in old.bindings.get(range(&piece.bindings)).unwrap_or_default() {
            let binding = Binding {
                name: nameless.clone(),
                kind: BindingKind::Other,
                value: Value::Unknown,
                declared_type: None,
                class: None,
                body: body_now(binding.body),
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
        for _ in piece.classes.clone() {
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
                body: first,
                members: Vec::new(),
                by_name: Default::default(),
                is_taken: true,
            });
        }
        let moved = |inner: Span| taking.change.within(piece.span, inner);
        let imports = old.imports.get(range(&piece.imports)).unwrap_or_default();
        self.out.imports.extend(imports.iter().map(|import| Import {
            name_span: moved(import.name_span),
            span: moved(import.span),
            ..import.clone()
        }));
        let comments = old.comments.get(range(&piece.comments)).unwrap_or_default();
        let comments = comments.iter().map(|it| Comment { span: moved(it.span), text: it.text.clone() });
        self.out.comments.extend(comments);
        let behind = |it: Span| Span::new(place.start + it.start, place.start + it.end);
        self.writes.extend(piece.writes.iter().map(|(name, is_member)| (ScopeId(0), behind(*name), *is_member)));
        for name in &piece.member_writes {
            self.write_member(behind(*name));
        }
        self.is_closed = true;
    }
}

pub(super) fn range(range: &std::ops::Range<u32>) -> std::ops::Range<usize> {
    range.start as usize..range.end as usize
}
