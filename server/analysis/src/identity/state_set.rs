//! Sets of path states. Owns a set that is small and sorted: most nodes have one state, and there are many
//! nodes; must not know what a state says.

use std::ops::Deref;

use smallvec::SmallVec;

use super::state::PathState;

/// A set of path states, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct States(SmallVec<[PathState; 1]>);

impl States {
    /// Adds a state. Says whether it was not there.
    pub fn insert(&mut self, state: PathState) -> bool {
        match self.0.binary_search(&state) {
            Ok(_) => false,
            Err(place) => {
                self.0.insert(place, state);
                true
            }
        }
    }
}

impl Deref for States {
    type Target = [PathState];

    fn deref(&self) -> &[PathState] {
        &self.0
    }
}

impl Extend<PathState> for States {
    fn extend<I: IntoIterator<Item = PathState>>(&mut self, states: I) {
        for state in states {
            self.insert(state);
        }
    }
}

impl FromIterator<PathState> for States {
    fn from_iter<I: IntoIterator<Item = PathState>>(states: I) -> Self {
        let mut all = Self::default();
        all.extend(states);
        all
    }
}

impl IntoIterator for States {
    type Item = PathState;
    type IntoIter = smallvec::IntoIter<[PathState; 1]>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'s> IntoIterator for &'s States {
    type Item = &'s PathState;
    type IntoIter = std::slice::Iter<'s, PathState>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::States;
    use crate::identity::PathState;

    #[test]
    fn a_set_is_sorted_and_holds_each_state_once() {
        let (first, second) = (PathState::default(), PathState { event: true, ..PathState::default() });
        let mut states = States::default();
        assert!(states.insert(second) && states.insert(first));
        assert!(!states.insert(second) && !states.insert(first));
        assert_eq!(*states, [first, second]);
        assert_eq!([second, first, second].into_iter().collect::<States>(), states);
    }
}
