//! The index of entries. Owns how an entry is found by the last name of a callee or target, so that most
//! steps cost one look into a map; must not know what an entry means.

use rustc_hash::FxHashMap;

use super::pattern::Pattern;
use super::tail::Tail;
use super::view::{PathView, RootView};
use crate::lowering::Name;

/// Places of entries by the names under which they can be found.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    by_name: FxHashMap<Box<str>, Vec<usize>>,
    /// Entries whose last member is a wildcard, by their root's name; `*` where that is one too.
    by_root: FxHashMap<Box<str>, Vec<usize>>,
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
            for path in entry.paths() {
                match path.key() {
                    Some(key) => add(&mut index.by_name, key, place),
                    None => add(&mut index.by_root, path.root_key().unwrap_or("*"), place),
                }
            }
            for tail in entry.tails() {
                add(&mut index.by_name, tail.key(), place);
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
        let named = path.key().and_then(|key| self.by_name.get(key));
        let wild = [path.root_name().unwrap_or_default(), "*"].map(|root| self.by_root.get(root));
        let by_path = named
            .into_iter()
            .chain(wild.into_iter().flatten())
            .flatten()
            .filter(|place| {
                entries.get(**place).is_some_and(|entry| entry.paths().iter().any(|p| p.matches(path)) && fits(entry))
            })
            .min();
        if let Some(entry) = by_path.and_then(|place| entries.get(*place)) {
            return Some((entry, false));
        }
        if !tails_apply(path, is_project) {
            return None;
        }
        let by_tail = self.by_name.get(&**written.last()?)?.iter().find(|place| {
            entries.get(**place).is_some_and(|entry| entry.tails().iter().any(|t| t.matches(written)) && fits(entry))
        });
        by_tail.and_then(|place| entries.get(*place)).map(|entry| (entry, true))
    }
}

/// What is written says something only where nothing better is known: a package's own name is better, and
/// so is a body in this very file.
fn tails_apply(path: &PathView<'_>, is_project: impl Fn(&str) -> bool) -> bool {
    match path.root {
        RootView::Import { module, .. } => path.is_native || is_project(module),
        _ => !path.is_own_body(),
    }
}

fn add(map: &mut FxHashMap<Box<str>, Vec<usize>>, key: &str, place: usize) {
    let places = map.entry(key.into()).or_default();
    if places.last() != Some(&place) {
        places.push(place);
    }
}
