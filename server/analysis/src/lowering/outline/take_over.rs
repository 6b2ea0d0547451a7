//! The first walk's functions that are taken over from a former lowering: nothing inside of them is visited. Must not
//! know whether their surroundings are still the same, which is told when the walk is done.

use super::declare::{Context, Walk};
use super::former::{Kept, Piece};
use super::scope::{BindingFacts, BodyFacts, ClassFacts, Origin, Resolved, Source};
use super::{ClassKind, Function, FunctionBody};
use crate::lowering::{Binding, BindingId, BindingKind, Body, BodyId, BodyKind, Class, Value};
use crate::source::Span;

/// Where what is inside of a function begins in each list.
pub(super) struct Beginning {
    bodies: usize,
    bindings: usize,
    classes: usize,
    writes: usize,
}

impl<'o> Walk<'o> {
    /// Where what is inside of the next function begins.
    pub(super) fn beginning(&self) -> Beginning {
        let out = &self.out;
        let (bodies, bindings, classes) = (out.bodies.len(), out.bindings.len(), out.classes.len());
        Beginning { bodies, bindings, classes, writes: self.writes.len() }
    }

    /// Takes note of a function whose inside was walked over.
    pub(super) fn piece(&mut self, function: &Function, head: BodyId, context: Context, from: &Beginning) {
        if !self.out.is_outermost(context.scope) {
            self.is_fit &= !matches!(function.body, FunctionBody::Kept(_));
            return;
        }
        let range = |start: usize, end: usize| start as u32..end as u32;
        let taken = match function.body {
            FunctionBody::Kept(Kept { piece, .. }) => Some(piece),
            _ => None,
        };
        let classes = self.out.classes.get(from.classes..).unwrap_or_default();
        // What runs in a constructor stands outside of it too, and a class is known by its name wherever it stands.
        let is_silent = function.kind != BodyKind::Constructor && classes.iter().all(|class| class.name.is_none());
        self.is_fit &= taken.is_none() || is_silent;
        self.written.push(from.writes..self.writes.len());
        self.out.pieces.push(Piece {
            span: function.span,
            head,
            form: function.head(|span| span, FunctionBody::None),
            bodies: range(from.bodies, self.out.bodies.len()),
            bindings: range(from.bindings, self.out.bindings.len()),
            classes: range(from.classes, self.out.classes.len()),
            writes: Vec::new(),
            is_silent,
            taken,
        });
    }

    /// Notes what each function assigns to outside of itself. To be asked when all names are known.
    pub(super) fn note_writes(&mut self) {
        let writes = self.out.pieces.iter().zip(&self.written).map(|(piece, range)| {
            let writes = self.writes.get(range.clone()).unwrap_or_default();
            let outside = writes.iter().filter_map(|(scope, name)| match scope.map(|it| self.out.resolve(it, name)) {
                Some(Resolved::Binding(id)) if piece.declares(id) => None,
                Some(Resolved::Binding(_)) => Some((name.clone(), true)),
                _ => Some((name.clone(), false)),
            });
            outside.collect()
        });
        let writes: Vec<_> = writes.collect();
        for (piece, writes) in self.out.pieces.iter_mut().zip(writes) {
            piece.writes = writes;
        }
    }

    /// Keeps the places in the lists for what is inside of a function that is taken over, its parameters with it, and
    /// notes what that does to the rest of the file.
    pub(super) fn take_over(&mut self, kept: Kept, function: &Function, context: Context, inside: Context) {
        let Some(taking) = self.taking else { return };
        let Some(piece) = taking.former.notes.pieces.get(kept.piece) else { return };
        let old = &*taking.former.lowered;
        let place = Span::at(function.span.start);
        let first = self.out.bindings.len() as u32;
        let parameters = old.body(piece.head).parameters.iter();
        let parameters = parameters.map(|id| BindingId(id.0 - piece.bindings.start + first)).collect();
        if let Some(body) = self.out.bodies.get_mut(inside.body.0 as usize) {
            body.parameters = parameters;
        }
        for _ in piece.bodies.clone() {
            self.out.bodies.push(Body { parent: Some(inside.body), ..Body::without_graph(BodyKind::Closure, place) });
            self.out.body_facts.push(BodyFacts {
                source: Source::Done,
                scope: inside.scope,
                this_class: inside.this_class,
                constructs: None,
            });
        }
        let nameless: crate::lowering::Name = "".into();
        for _ in piece.bindings.clone() {
            self.out.bindings.push(Binding {
                name: nameless.clone(),
                kind: BindingKind::Other,
                value: Value::Unknown,
                declared_type: None,
                class: None,
                body: inside.body,
                span: place,
            });
            self.out.binding_facts.push(BindingFacts {
                origin: Origin::Unknown,
                scope: inside.scope,
                this_class: None,
                reassigned: false,
                type_name: None,
            });
        }
        for _ in piece.classes.clone() {
            self.out.classes.push(Class {
                name: None,
                kind: crate::lowering::ClassKind::Class,
                parent: None,
                interfaces: Vec::new(),
                members: Vec::new(),
                span: place,
                decorators: Vec::new(),
            });
            self.out.class_facts.push(ClassFacts {
                kind: ClassKind::Anonymous,
                forms: Vec::new(),
                members: Vec::new(),
                by_name: Default::default(),
            });
        }
        self.writes.extend(piece.writes.iter().map(|(name, is_declared)| {
            let scope = is_declared.then_some(context.scope);
            (scope, name.clone())
        }));
    }
}
