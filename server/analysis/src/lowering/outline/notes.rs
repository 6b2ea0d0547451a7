//! What the next lowering of the same file has to know of this one. Must not know what that makes of it.

use super::compare::outer_scopes;
use super::former::{Notes, ToldOfClass};
use super::lowerer::Lowerer;
use crate::lowering::BodyId;

impl Lowerer<'_> {
    /// The notes; `declared` is the number of bodies that were declared.
    pub(super) fn notes(&mut self, declared: usize) -> Notes {
        let mut pieces = std::mem::take(&mut self.declared.pieces);
        let first = |body: BodyId| pieces.iter().position(|piece| piece.holds(body));
        let loud: Vec<usize> = self
            .told
            .iter()
            .filter_map(|(from, to)| {
                first(*from).filter(|piece| pieces.get(*piece).is_some_and(|it| !it.bodies.contains(&to.0)))
            })
            .collect();
        for (piece, index) in pieces.iter_mut().zip(0..) {
            piece.taken = None;
            piece.is_silent &= !loud.contains(&index);
        }
        Notes {
            declared,
            pieces,
            scopes: outer_scopes(&self.declared).map(|scope| (scope.class, scope.values.clone())).collect(),
            class_named: self.declared.class_named.clone(),
            classes: self.declared.class_facts.iter().map(ToldOfClass::of).collect(),
            rests_on: self.outline.rests_on.clone(),
        }
    }
}
