//! What a lowering leaves for the next one of the same file. Must not know what of it that one takes over.

use rustc_hash::FxHashMap;

use super::former::{Function, Notes, Outermost, Told};
use super::lowerer::Lowerer;
use super::scope::{ScopeId, Symbol};
use crate::lowering::{BodyId, BodyKind};
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
        let owners = self.owners(declared);
        let told = self.declared.binding_facts.iter().map(Told::of);
        let readonly = self.declared.class_facts.iter().map(|facts| {
            (facts.body == BodyId(0)).then(|| facts.members.iter().map(|member| member.is_readonly).collect())
        });
        Notes {
            declared,
            functions: self.functions(&owners),
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

    fn functions(&self, owners: &[BodyId]) -> Vec<Function> {
        let owner = |body: BodyId| owners.get(body.0 as usize).copied();
        let tells: Vec<Option<BodyId>> = self
            .told
            .iter()
            .map(|(from, to)| owner(*from).filter(|from| owner(*to) != Some(*from) || to == from))
            .collect();
        let mut functions: Vec<Function> = Vec::new();
        for here in self.declared.outermost.iter().filter(|here| here.is_whole) {
            let Some(body) = self.declared.bodies.get(here.body.0 as usize) else { continue };
            let text = body.span.text(self.source);
            // A constructor runs the initialisers of its class's fields too.
            let says_more = body.kind == BodyKind::Constructor
                || here.taken.is_none() && SAYS_MORE.iter().any(|word| has_word(text, word))
                || tells.contains(&Some(here.body));
            if !says_more {
                functions.push(self.function(here, body.span, owners));
            }
        }
        let function_at = |functions: &[Function], span: Span| {
            let behind = functions.partition_point(|function| function.span.start <= span.start);
            behind.checked_sub(1).filter(|index| functions.get(*index).is_some_and(|it| it.span.contains(span)))
        };
        let mut odd = Vec::new();
        for (name, is_member, binding) in &self.declared.writes {
            let Some(index) = function_at(&functions, *name) else { continue };
            let Some(function) = functions.get_mut(index) else { continue };
            if function.bindings.contains(&binding.0) {
                continue;
            }
            function.writes.push((inside(function.span, *name), *is_member));
            // A name that only the function itself sees.
            if self.declared.resolve(ScopeId(0), name.text(self.source)) != Some(&Symbol::Binding(*binding)) {
                odd.push(function.bodies.start);
            }
        }
        for name in &self.declared.member_writes {
            let Some(index) = function_at(&functions, *name) else { continue };
            let Some(function) = functions.get_mut(index) else { continue };
            function.member_writes.push(inside(function.span, *name));
        }
        functions.retain(|function| !odd.contains(&function.bodies.start));
        functions
    }

    fn function(&self, here: &Outermost, span: Span, owners: &[BodyId]) -> Function {
        let declared = &self.declared;
        let is_inside = |body: BodyId| owners.get(body.0 as usize) == Some(&here.body);
        let bodies = owners.iter().skip(here.body.0 as usize).take_while(|owner| **owner == here.body).count();
        let bindings = declared.bindings.iter().skip(here.binding).take_while(|it| is_inside(it.body)).count();
        let classes = declared.classes.iter().skip(here.class).take_while(|it| span.contains(it.span)).count();
        let imports = declared.imports.iter().skip(here.import).take_while(|it| span.contains(it.span)).count();
        // Those of markup were sorted in.
        let comment = declared.comments.partition_point(|it| it.span.start < span.start);
        let comments = declared.comments.iter().skip(comment).take_while(|it| span.contains(it.span)).count();
        let range = |start: usize, count: usize| start as u32..(start + count) as u32;
        Function {
            span,
            kind: here.kind,
            bodies: range(here.body.0 as usize, bodies),
            bindings: range(here.binding, bindings),
            classes: range(here.class, classes),
            imports: range(here.import, imports),
            comments: range(comment, comments),
            this_class: declared.body_facts.get(here.body.0 as usize).and_then(|facts| facts.this_class),
            writes: Vec::new(),
            member_writes: Vec::new(),
        }
    }
}

/// A span from the first byte of what is around it.
fn inside(around: Span, span: Span) -> Span {
    Span::new(span.start - around.start, span.end - around.start)
}
