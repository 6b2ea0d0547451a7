//! What a lowering leaves for the next one of the same file. Must not know what of it that one takes over.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::former::{Notes, Outermost, Piece, Taking, Told, place_of};
use super::lowerer::Lowerer;
use super::scope::{Scope, ScopeId, Symbol};
use super::syntax::span;
use super::take_over::range;
use crate::lowering::grammar::Named;
use crate::lowering::{BodyId, BodyKind, ClassId, Name};
use crate::source::{Span, has_word};

/// What makes a function's inside say more to the rest of the file than is noted: it declares a module.
const SAYS_MORE: [&str; 3] = ["require", "exports", "export"];

impl Lowerer<'_> {
    /// What the names of the outermost level stand for.
    pub(super) fn scope_notes(&self) -> Notes {
        let scope = self.declared.scopes.first();
        let named = |symbols: Option<&FxHashMap<&str, Symbol>>| {
            symbols.into_iter().flatten().map(|(name, symbol)| ((*name).into(), symbol.clone())).collect()
        };
        Notes {
            values: named(scope.map(|scope| &scope.values)),
            types: named(scope.map(|scope| &scope.types)),
            written_members: self.declared.written_members.iter().map(|name| (*name).into()).collect(),
            ..Notes::default()
        }
    }

    /// The whole of the notes; `declared` is the number of bodies that were declared. To be asked of what is about
    /// to be put together.
    pub(super) fn notes(&self, declared: usize) -> Notes {
        let (functions, classes) = self.pieces(&self.owners(declared));
        let told = self.declared.binding_facts.iter().map(Told::of);
        let readonly = self.declared.class_facts.iter().map(|facts| {
            (facts.body == BodyId(0)).then(|| facts.members.iter().map(|member| member.is_readonly).collect())
        });
        Notes {
            declared,
            functions,
            classes,
            told: told.collect(),
            required: self.declared.required.clone(),
            readonly: readonly.collect(),
            ..self.scope_notes()
        }
    }

    /// By body: the function of the outermost level that it is, or is inside of.
    fn owners(&self, declared: usize) -> Vec<BodyId> {
        let mut owners: Vec<BodyId> = Vec::with_capacity(declared);
        for (body, id) in self.declared.bodies.iter().zip(0..).take(declared) {
            let above = body.parent.filter(|parent| *parent != BodyId(0));
            owners.push(above.and_then(|parent| owners.get(parent.0 as usize).copied()).unwrap_or(BodyId(id)));
        }
        owners
    }

    /// Of functions and of bodies of classes what the next lowering may take over.
    fn pieces(&self, owners: &[BodyId]) -> (Vec<Piece>, Vec<Piece>) {
        let owner = |body: BodyId| owners.get(body.0 as usize).copied();
        let tells: Vec<Option<BodyId>> = self
            .told
            .iter()
            .map(|(from, to)| owner(*from).filter(|from| owner(*to) != Some(*from) || to == from))
            .collect();
        let (mut functions, mut classes) = (Vec::new(), Vec::new());
        let declared = &self.declared;
        for here in declared.outermost.iter().filter(|here| here.is_whole && here.taken.is_none()) {
            let Some(body) = declared.bodies.get(here.body.0 as usize) else { continue };
            // A constructor runs the initialisers of its class's fields too.
            let says_more =
                body.kind == BodyKind::Constructor || self.says_more(body.span) || tells.contains(&Some(here.body));
            if !says_more {
                functions.push(self.function(here, body.span, owners));
            }
        }
        for here in declared.class_bodies.iter().filter(|here| here.is_whole && here.taken.is_none()) {
            let silent = here.of_class.filter(|class| self.silent.contains(class));
            let node = silent.and_then(|class| declared.class_facts.get(class.0 as usize)?.node.field("body"));
            let Some(span) = node.map(span) else { continue };
            let class = self.class(here, span, owners.len());
            let tells = |body: BodyId| class.bodies.contains(&body.0);
            let tells = || self.told.iter().any(|(from, to)| tells(*from) || tells(*to));
            if self.stands_alone(&class) && !self.says_more(span) && !tells() {
                classes.push(class);
            }
        }
        for (name, is_member, binding) in &declared.writes {
            // A name that only the piece itself sees.
            let is_odd = declared.resolve(ScopeId(0), name.text(self.source)) != Some(&Symbol::Binding(*binding));
            for pieces in [&mut functions, &mut classes] {
                let Some(index) = place_of(pieces, *name) else { continue };
                let Some(piece) = pieces.get_mut(index).filter(|piece| !piece.bindings.contains(&binding.0)) else {
                    continue;
                };
                piece.writes.push((name.inside(piece.span), *is_member));
                if is_odd {
                    pieces.remove(index);
                }
            }
        }
        for name in &declared.member_writes {
            for pieces in [&mut functions, &mut classes] {
                let piece = place_of(pieces, *name).and_then(|index| pieces.get_mut(index));
                if let Some(piece) = piece {
                    piece.member_writes.push(name.inside(piece.span));
                }
            }
        }
        self.take_on(&mut functions, &mut classes);
        (functions, classes)
    }

    /// Adds the pieces that were taken over, and the functions in them.
    fn take_on(&self, functions: &mut Vec<Piece>, classes: &mut Vec<Piece>) {
        let (Some(again), Some(taking)) = (&self.again, self.taking) else { return };
        for (here, piece) in taking.taken(&self.declared) {
            let shift = Shift {
                taking,
                home: piece,
                here,
                comment: self.comments_before(taking.change.within(piece.span, piece.span)),
            };
            let moved = |piece: &Piece| Piece {
                this_class: piece.this_class.and_then(|class| again.class(class)),
                ..shift.moved(piece)
            };
            if here.of_class.is_none() {
                functions.push(moved(piece));
            } else {
                functions.extend(taking.former.notes.functions_in(piece).map(|(_, function)| moved(function)));
                classes.push(moved(piece));
            }
        }
        functions.sort_unstable_by_key(|piece| piece.span.start);
        classes.sort_unstable_by_key(|piece| piece.span.start);
    }

    /// Whether code says more to the rest of the file than is noted.
    fn says_more(&self, code: Span) -> bool {
        let text = code.text(self.source);
        SAYS_MORE.iter().any(|word| has_word(text, word))
    }

    /// Whether whatever is declared in a class's body belongs to a body in it.
    fn stands_alone(&self, class: &Piece) -> bool {
        let bindings = self.declared.bindings.get(range(&class.bindings)).unwrap_or_default();
        let classes = self.declared.class_facts.get(range(&class.classes)).unwrap_or_default();
        bindings.iter().all(|it| it.body != BodyId(0)) && classes.iter().all(|it| it.body != BodyId(0))
    }

    fn function(&self, here: &Outermost, span: Span, owners: &[BodyId]) -> Piece {
        let is_inside = |body: BodyId| owners.get(body.0 as usize) == Some(&here.body);
        let bodies = owners.iter().skip(here.body.0 as usize).take_while(|owner| **owner == here.body).count();
        let bindings = self.declared.bindings.iter().skip(here.binding);
        let bindings = bindings.take_while(|it| is_inside(it.body)).count();
        let facts = self.declared.body_facts.get(here.body.0 as usize);
        let own = facts.map(|facts| self.own_names(facts.scope, span)).unwrap_or_default();
        Piece { own, ..self.piece(here, span, bodies, bindings, facts.and_then(|facts| facts.this_class)) }
    }

    /// The names that a function with this scope declares.
    fn own_names(&self, scope: ScopeId, function: Span) -> Arc<[(Name, Span)]> {
        // What a `var` is bound to is read outside of the blocks around it.
        let has_blocks = !has_word(function.text(self.source), "var");
        let scopes = self.declared.scopes.iter().skip(scope.0 as usize);
        let scopes =
            scopes.take_while(|scope| function.contains(scope.span)).take(if has_blocks { usize::MAX } else { 1 });
        let named = |scope: &'_ Scope<'_>| {
            let hides = scope.span.inside(function);
            scope.values.keys().map(move |name| (Name::from(*name), hides)).collect::<Vec<_>>()
        };
        scopes.flat_map(named).collect()
    }

    fn class(&self, here: &Outermost, span: Span, declared: usize) -> Piece {
        let bodies = self.declared.bodies.iter().take(declared).skip(here.body.0 as usize);
        let bodies = bodies.take_while(|it| span.contains(it.span)).count();
        let bindings = self.declared.bindings.iter().skip(here.binding);
        let bindings = bindings.take_while(|it| span.contains(it.span)).count();
        self.piece(here, span, bodies, bindings, here.of_class)
    }

    fn piece(
        &self,
        here: &Outermost,
        span: Span,
        bodies: usize,
        bindings: usize,
        this_class: Option<ClassId>,
    ) -> Piece {
        let declared = &self.declared;
        let classes = declared.classes.iter().skip(here.class).take_while(|it| span.contains(it.span)).count();
        let imports = declared.imports.iter().skip(here.import).take_while(|it| span.contains(it.span)).count();
        let comment = self.comments_before(span);
        let comments = declared.comments.iter().skip(comment).take_while(|it| span.contains(it.span)).count();
        let range = |start: usize, count: usize| start as u32..(start + count) as u32;
        Piece {
            span,
            kind: here.kind,
            bodies: range(here.body.0 as usize, bodies),
            bindings: range(here.binding, bindings),
            classes: range(here.class, classes),
            imports: range(here.import, imports),
            comments: range(comment, comments),
            this_class,
            writes: Vec::new(),
            member_writes: Vec::new(),
            own: Arc::default(),
        }
    }

    /// Those of markup were sorted in.
    fn comments_before(&self, span: Span) -> usize {
        self.declared.comments.partition_point(|it| it.span.start < span.start)
    }
}

/// Where the numbers of a piece that was taken over, and of what is in it, are now.
struct Shift<'a> {
    taking: &'a Taking<'a>,
    home: &'a Piece,
    here: &'a Outermost,
    /// The first comment.
    comment: usize,
}

impl Shift<'_> {
    fn moved(&self, piece: &Piece) -> Piece {
        let (home, here) = (self.home, self.here);
        let shifted = |numbers: &Range<u32>, from: u32, to: usize| {
            let now = |number: u32| number - from + to as u32;
            now(numbers.start)..now(numbers.end)
        };
        Piece {
            span: self.taking.change.within(home.span, piece.span),
            bodies: shifted(&piece.bodies, home.bodies.start, here.body.0 as usize),
            bindings: shifted(&piece.bindings, home.bindings.start, here.binding),
            classes: shifted(&piece.classes, home.classes.start, here.class),
            imports: shifted(&piece.imports, home.imports.start, here.import),
            comments: shifted(&piece.comments, home.comments.start, self.comment),
            ..piece.clone()
        }
    }
}
