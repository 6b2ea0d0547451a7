//! The names that stand for something else than they did, and what was taken over and names one of them. Owns which
//! functions do not see such a name; must not know graphs.

use rustc_hash::{FxHashMap, FxHashSet};

use super::former::{Notes, Piece, Pieces, Taking};
use super::lowerer::Lowerer;
use super::scope::Symbol;
use crate::lowering::moved::{Moves, Renumbered};
use crate::lowering::{BindingId, BodyId, ClassId, LoweredFile, Name};
use crate::source::{Span, has_word, words};

/// Names that stand for something else than they did.
#[derive(Debug, Default)]
pub(super) struct Others {
    /// Anything, also as a member or in a type.
    names: FxHashSet<Name>,
    /// Variables of the file and nothing else: who declares one of the same name sees it instead.
    variables: FxHashSet<Name>,
}

impl Others {
    pub(super) fn len(&self) -> usize {
        self.names.len() + self.variables.len()
    }

    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Lowerer<'_> {
    /// The names that stand for something else than they did, at the outermost level or as a class's member.
    pub(super) fn other_names(&self, taking: &Taking<'_>, moves: &Renumbered) -> Others {
        let (old, notes) = (&*taking.former.lowered, &taking.former.notes);
        let mut others = Others::default();
        let now = self.scope_notes();
        let changed = |name: &Name, before: &FxHashMap<Name, Symbol>, now: &FxHashMap<Name, Symbol>| {
            let moved = match before.get(name) {
                Some(Symbol::Binding(id)) => moves.binding(*id).map(Symbol::Binding),
                other => other.cloned(),
            };
            moved.is_none() || moved.as_ref() != now.get(name)
        };
        for name in notes.types.keys().chain(now.types.keys()) {
            if changed(name, &notes.types, &now.types) {
                others.names.insert(name.clone());
            }
        }
        let told = |id: BindingId| notes.told.get(id.0 as usize).is_some_and(|told| !told.holds_types);
        let facts = |id: BindingId| self.declared.binding_facts.get(id.0 as usize);
        let is_variable = |id: BindingId| facts(id).is_some_and(|facts| !facts.origin.holds_types());
        for name in notes.values.keys().chain(now.values.keys()) {
            if changed(name, &notes.values, &now.values) {
                let is_variable = is_none_or_binding(notes.values.get(name), told)
                    && is_none_or_binding(now.values.get(name), is_variable);
                let names = if is_variable { &mut others.variables } else { &mut others.names };
                names.insert(name.clone());
            }
        }
        others.names.extend(now.written_members.symmetric_difference(&notes.written_members).cloned());
        self.other_members(old, notes, moves, &mut others.names);
        // What another name's type is asked for is not told by its own.
        if !others.is_empty() {
            for (binding, facts) in self.declared.bindings.iter().zip(&self.declared.binding_facts) {
                if binding.body == BodyId(0) && facts.type_node.is_some_and(|node| self.text(node).contains("typeof")) {
                    others.names.insert(binding.name.clone());
                }
            }
        }
        others
    }

    /// The members of classes and objects of the outermost level that are not what they were.
    fn other_members(&self, old: &LoweredFile, notes: &Notes, moves: &Renumbered, others: &mut FxHashSet<Name>) {
        let mut known: FxHashSet<u32> = FxHashSet::default();
        for (index, class) in old.classes.iter().enumerate() {
            let Some(readonly) = notes.readonly.get(index).and_then(Option::as_ref) else { continue };
            let now = moves.class(ClassId(index as u32));
            known.extend(now.map(|now| now.0));
            let facts = now.and_then(|now| self.declared.class_facts.get(now.0 as usize));
            let before: FxHashMap<&Name, usize> = class.members.iter().map(|member| &member.name).zip(0..).collect();
            let place = |name: &Name| facts.and_then(|facts| facts.by_name.get(name)).copied();
            for (name, index) in &before {
                let is_same = now.zip(place(name)).is_some_and(|(now, place)| {
                    let is_readonly = facts.and_then(|facts| facts.members.get(place)).map(|member| member.is_readonly);
                    is_readonly == readonly.get(*index).copied()
                        && self.is_same_member(class, *index, now, place, moves)
                });
                if !is_same {
                    others.insert(Name::clone(name));
                }
            }
            let names = facts.into_iter().flat_map(|facts| facts.by_name.keys());
            others.extend(names.filter(|name| !before.contains_key(name)).cloned());
        }
        for (facts, _) in self.declared.class_facts.iter().zip(0..).filter(|(_, id)| !known.contains(id)) {
            if facts.body == BodyId(0) {
                others.extend(facts.by_name.keys().cloned());
            }
        }
    }

    /// What was taken over and stands in other surroundings than before.
    pub(super) fn unfit(&self, taking: &Taking<'_>, moves: &Renumbered, others: &Others) -> Pieces {
        let notes = &taking.former.notes;
        let names_another = |piece: &Piece| {
            let text = piece.span.text(&taking.former.text);
            let is_seen = |name: &Name| {
                words(text, name)
                    .map(|at| piece.span.start + at as u32)
                    .any(|at| !notes.is_own(name, Span::new(at, at + name.len() as u32)))
            };
            others.names.iter().any(|name| has_word(text, name)) || others.variables.iter().any(is_seen)
        };
        let mut unfit = Pieces::default();
        for (here, piece) in taking.taken(&self.declared) {
            let Some(index) = here.taken else { continue };
            let is_seen = names_another(piece);
            if here.of_class.is_none() {
                if is_seen || !self.fits(taking, piece, moves) {
                    unfit.functions.insert(index);
                }
            } else if is_seen || piece.this_class.and_then(|class| moves.class(class)) != here.of_class {
                unfit.classes.insert(index);
                // Its functions will be asked for one by one.
                let functions = notes.functions_in(piece).filter(|(_, it)| names_another(it));
                unfit.functions.extend(functions.map(|(place, _)| place));
            }
        }
        unfit
    }

    /// Whether a function that was taken over stands in the same surroundings.
    fn fits(&self, taking: &Taking<'_>, function: &Piece, moves: &Renumbered) -> bool {
        let old = taking.former.lowered.body(function.head());
        let Some(now) = moves.body(function.head()) else { return false };
        let Some(body) = self.declared.bodies.get(now.0 as usize) else { return false };
        let Some(facts) = self.declared.body_facts.get(now.0 as usize) else { return false };
        let class = |class: Option<ClassId>| match class {
            Some(class) => moves.class(class).map(Some),
            None => Some(None),
        };
        class(old.class) == Some(body.class) && class(function.this_class) == Some(facts.this_class)
    }
}

fn is_none_or_binding(symbol: Option<&Symbol>, holds: impl Fn(BindingId) -> bool) -> bool {
    match symbol {
        None => true,
        Some(Symbol::Binding(id)) => holds(*id),
        Some(_) => false,
    }
}
