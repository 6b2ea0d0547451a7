//! Whether what was taken over still holds: a function means what it did where every name in it does. Owns the
//! comparison of a file's outermost level with what it was; must not know graphs.

use rustc_hash::{FxHashMap, FxHashSet};

use super::former::{Pieces, Taking, Told};
use super::lowerer::{Constant, Lowerer};
use super::syntax::span;
use crate::lowering::moved::{Moved, Moves, Renumbered};
use crate::lowering::{Binding, BindingId, BodyId, BodyKind, Class, ClassId, ClassKind, Path, Value};

/// How many names may stand for something else. With more of them, looking for each in each function costs more than
/// lowering these.
const OTHER_NAMES: usize = 24;
/// How often what rests on something else is struck out in turn.
const ROUNDS: usize = 8;

/// What was taken over and does not hold.
#[derive(Debug)]
pub(super) enum Unfit {
    Some(Pieces),
    All,
}

impl<'t> Lowerer<'t> {
    /// Gives the classes that were taken over the values of their members, as they are now if all else is what it was.
    pub(super) fn read_taken_members(&mut self, taking: &Taking<'_>, moves: &mut Renumbered) -> Result<(), Unfit> {
        let old = &*taking.former.lowered;
        let mut unfit = Pieces::default();
        self.members.reserve(old.classes.iter().map(|class| class.members.len()).sum());
        for (here, piece) in taking.taken(&self.declared) {
            let (Some(now), Some(taken)) = (here.of_class, here.taken) else { continue };
            moves.home = Some(piece.span);
            let members = piece.this_class.map(|class| old.class(class).members.as_slice()).unwrap_or_default();
            for (member, index) in members.iter().zip(0..) {
                match member.value.moved(moves) {
                    Some(value) => _ = self.members.insert((now, index), Constant::Read(value)),
                    None => _ = unfit.classes.insert(taken),
                }
            }
        }
        moves.home = None;
        if unfit.is_empty() { Ok(()) } else { Err(Unfit::Some(unfit)) }
    }

    /// Strikes out of what the numbers of the former lowering are now what is something else. An error where
    /// something that was taken over does not hold. To be asked when every binding was read.
    pub(super) fn compare(&mut self, taking: &Taking<'_>, mut moves: Renumbered) -> Result<Renumbered, Unfit> {
        let notes = &taking.former.notes;
        if self.declared.required != notes.required {
            return Err(Unfit::All);
        }
        for class in 0..self.declared.class_facts.len() {
            let members = self.declared.class_facts.get(class).map_or(0, |facts| facts.members.len());
            for member in 0..members {
                self.read_member(ClassId(class as u32), member);
            }
        }
        self.strike_out(taking, &mut moves)?;
        let others = self.other_names(taking, &moves);
        if others.len() > OTHER_NAMES {
            return Err(Unfit::All);
        }
        let unfit = self.unfit(taking, &moves, &others);
        if unfit.is_empty() { Ok(moves) } else { Err(Unfit::Some(unfit)) }
    }

    /// What has the same place, and what was taken over.
    pub(super) fn matched(&self, taking: &Taking<'_>) -> Renumbered {
        let (old, notes, change) = (&*taking.former.lowered, &taking.former.notes, taking.change);
        let mut moves = Renumbered {
            change,
            home: None,
            bodies: vec![None; old.bodies.len()],
            bindings: vec![None; old.bindings.len()],
            classes: vec![None; old.classes.len()],
        };
        let start = |at: u32| match at {
            at if at >= change.old_end => Some(at - change.old_end + change.new_end),
            at => (at < change.start).then_some(at),
        };
        let bodies = self.declared.bodies.iter().zip(0..).filter(|(body, _)| body.parent == Some(BodyId(0)));
        let bodies: FxHashMap<(u32, BodyKind), BodyId> =
            bodies.map(|(body, id)| ((body.span.start, body.kind), BodyId(id))).collect();
        for (body, now) in old.bodies.iter().zip(&mut moves.bodies).take(notes.declared) {
            *now = match body.parent {
                None => Some(BodyId(0)),
                Some(BodyId(0)) => start(body.span.start).and_then(|at| bodies.get(&(at, body.kind)).copied()),
                Some(_) => None,
            };
        }
        let bindings = self.declared.bindings.iter().zip(0..).filter(|(binding, _)| binding.body == BodyId(0));
        let bindings: FxHashMap<u32, BindingId> =
            bindings.map(|(binding, id)| (binding.span.start, BindingId(id))).collect();
        for (binding, now) in old.bindings.iter().zip(&mut moves.bindings).filter(|(it, _)| it.body == BodyId(0)) {
            *now = change.span(binding.span).and_then(|span| bindings.get(&span.start).copied());
        }
        let classes: FxHashMap<u32, ClassId> =
            self.declared.classes.iter().zip(0..).map(|(class, id)| (class.span.start, ClassId(id))).collect();
        for (class, now) in old.classes.iter().zip(&mut moves.classes) {
            *now = start(class.span.start).and_then(|at| classes.get(&at).copied());
        }
        for (here, piece) in taking.taken(&self.declared) {
            for (number, id) in piece.bodies.clone().zip(here.body.0..) {
                moves.bodies[number as usize] = Some(BodyId(id));
            }
            for (number, id) in piece.bindings.clone().zip(here.binding as u32..) {
                moves.bindings[number as usize] = Some(BindingId(id));
            }
            for (number, id) in piece.classes.clone().zip(here.class as u32..) {
                moves.classes[number as usize] = Some(ClassId(id));
            }
        }
        moves
    }

    /// Takes out what has the same place and is something else, and whatever rests on that.
    fn strike_out(&mut self, taking: &Taking<'_>, moves: &mut Renumbered) -> Result<(), Unfit> {
        let (old, notes) = (&*taking.former.lowered, &taking.former.notes);
        let mut outside: Vec<(usize, BindingId, Option<Path>)> = Vec::new();
        for (index, binding) in old.bindings.iter().enumerate().filter(|(_, it)| it.body == BodyId(0)) {
            let Some(now) = moves.binding(BindingId(index as u32)) else { continue };
            match self.declared.binding_facts.get(now.0 as usize).map(|facts| (facts.type_node, facts.scope)) {
                Some((Some(node), scope)) if taking.change.spares(span(node)) => {
                    outside.push((index, now, self.type_path(node, scope)));
                }
                Some((None, _)) if binding.declared_type.is_none() => outside.push((index, now, None)),
                _ => moves.bindings[index] = None,
            }
        }
        let taken: FxHashSet<u32> = self.taken_classes(taking);
        for _ in 0..ROUNDS {
            let mut struck = false;
            outside.retain(|(index, now, its_type)| {
                let Some(binding) = old.bindings.get(*index) else { return false };
                let is_same = self.is_same_binding(binding, notes.told.get(*index), *now, moves)
                    && is_same_path(binding.declared_type.as_ref(), its_type.as_ref(), moves);
                if !is_same {
                    moves.bindings[*index] = None;
                    struck = true;
                }
                is_same
            });
            for (index, class) in old.classes.iter().enumerate() {
                let Some(now) = moves.class(ClassId(index as u32)) else { continue };
                if !taken.contains(&(index as u32)) && !self.is_same_class(class, now, moves) {
                    moves.classes[index] = None;
                    struck = true;
                }
            }
            if !struck {
                return Ok(());
            }
        }
        Err(Unfit::All)
    }

    fn taken_classes(&self, taking: &Taking<'_>) -> FxHashSet<u32> {
        taking.taken(&self.declared).flat_map(|(_, piece)| piece.classes.clone()).collect()
    }

    fn is_same_binding(&self, old: &Binding, told: Option<&Told>, now: BindingId, moves: &Renumbered) -> bool {
        let Some(binding) = self.declared.bindings.get(now.0 as usize) else { return false };
        let Some(facts) = self.declared.binding_facts.get(now.0 as usize) else { return false };
        let value = match self.constants.get(now.0 as usize) {
            Some(Constant::Read(value)) => value,
            _ => &Value::Unknown,
        };
        let class = old.class.map(|class| moves.class(class));
        binding.name == old.name
            && binding.kind == old.kind
            && told == Some(&Told::of(facts))
            && class.is_none_or(|class| class.is_some())
            && class.flatten() == binding.class
            && old.value.moved(moves).as_ref() == Some(value)
    }

    /// Whether a class is the same to whoever has it; which members it has is another question, unless it is an
    /// object.
    fn is_same_class(&self, old: &Class, now: ClassId, moves: &Renumbered) -> bool {
        let Some(class) = self.declared.classes.get(now.0 as usize) else { return false };
        let members = self.declared.class_facts.get(now.0 as usize).map_or(0, |facts| facts.members.len());
        class.kind == old.kind
            && (class.kind == ClassKind::Class
                || members == old.members.len()
                    && (0..members).all(|index| self.is_same_member(old, index, now, index, moves)))
    }

    pub(super) fn is_same_member(
        &self,
        old: &Class,
        before: usize,
        class: ClassId,
        index: usize,
        moves: &Renumbered,
    ) -> bool {
        let facts = self.declared.class_facts.get(class.0 as usize);
        let Some(member) = facts.and_then(|facts| facts.members.get(index)) else { return false };
        let Some(former) = old.members.get(before) else { return false };
        let value = self.member_constant(class, index).unwrap_or(&Value::Unknown);
        member.name == former.name
            && (member.is_static, member.is_private) == (former.is_static, former.is_private)
            && former.value.moved(moves).as_ref() == Some(value)
    }
}

fn is_same_path(old: Option<&Path>, now: Option<&Path>, moves: &Renumbered) -> bool {
    match (old, now) {
        (Some(old), Some(now)) => old.moved(moves).as_ref() == Some(now),
        (None, None) => true,
        _ => false,
    }
}
