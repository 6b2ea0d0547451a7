//! The index of entries. Owns how an entry is found by the last name of a callee or target, so that most
//! steps cost one look into a map; must not know what an entry means.

use rustc_hash::FxHashMap;

use super::pattern::Pattern;
use super::tail::Tail;
use super::view::{PathView, RootView};
use crate::lowering::Name;

/// Paths and tails of entries by the names under which they can be found. Each has its entry's place in the list, and
/// its own in the entry; each list is in the order of the entries.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    paths: FxHashMap<Box<str>, Vec<(usize, usize)>>,
    /// Paths whose last member is a wildcard, by their root's name; `*` where that is one too.
    wild: FxHashMap<Box<str>, Vec<(usize, usize)>>,
    tails: FxHashMap<Box<str>, Vec<(usize, usize)>>,
}

/// An entry that names paths and tails.
pub(super) trait Named {
    /// Its resolved paths.
    fn paths(&self) -> &[Pattern];
    /// Its written tails.
    fn tails(&self) -> &[Tail];
}

impl Index {
    /// Indexes entries by their places in a list.
    pub(super) fn of<E: Named>(entries: &[E]) -> Self {
        let mut index = Self::default();
        for (place, entry) in entries.iter().enumerate() {
            for (number, path) in entry.paths().iter().enumerate() {
                let (map, key) = match path.key() {
                    Some(key) => (&mut index.paths, key),
                    None => (&mut index.wild, path.root_key().unwrap_or("*")),
                };
                map.entry(key.into()).or_default().push((place, number));
            }
            for (number, tail) in entry.tails().iter().enumerate() {
                index.tails.entry(tail.key().into()).or_default().push((place, number));
            }
        }
        index
    }

    /// The first entry that names a path and fits; where none does and the path resolves to no package,
    /// the first whose tail was written and that fits. The flag says that it was found by its tail.
    pub(super) fn find<'e, E: Named>(
        &self,
        entries: &'e [E],
        path: &PathView<'_>,
        written: &[Name],
        is_project: impl Fn(&str) -> bool,
        fits: impl Fn(&E) -> bool,
    ) -> Option<(&'e E, bool)> {
        let named = path.key().and_then(|key| self.paths.get(key));
        let wild = [path.root_name().unwrap_or_default(), "*"].map(|root| self.wild.get(root));
        let by_path = named
            .into_iter()
            .chain(wild.into_iter().flatten())
            .filter_map(|places| {
                let is_meant = |entry: &E, number: usize| entry.paths().get(number).is_some_and(|it| it.matches(path));
                first(entries, places, |entry, number| is_meant(entry, number) && fits(entry))
            })
            .min_by_key(|(place, _)| *place);
        if let Some((_, entry)) = by_path {
            return Some((entry, false));
        }
        let places = self.tails.get(&**written.last()?)?;
        if !tails_apply(path, is_project) {
            return None;
        }
        let is_meant = |entry: &E, number: usize| entry.tails().get(number).is_some_and(|it| it.matches(written));
        let by_tail = first(entries, places, |entry, number| is_meant(entry, number) && fits(entry));
        by_tail.map(|(_, entry)| (entry, true))
    }
}

/// The first of some places that is wanted, with its entry.
fn first<'e, E>(
    entries: &'e [E],
    places: &[(usize, usize)],
    is_wanted: impl Fn(&E, usize) -> bool,
) -> Option<(usize, &'e E)> {
    places.iter().find_map(|(place, number)| {
        let entry = entries.get(*place)?;
        is_wanted(entry, *number).then_some((*place, entry))
    })
}

/// What is written says something only where nothing better is known: a package's own name is better, and
/// so is a body in this very file.
fn tails_apply(path: &PathView<'_>, is_project: impl Fn(&str) -> bool) -> bool {
    match path.root {
        RootView::Import { module, .. } => path.is_native || is_project(module),
        _ => !path.is_own_body(),
    }
}
