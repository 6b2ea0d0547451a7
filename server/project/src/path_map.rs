//! A map of paths in the order of the folders, whatever else a comparison of paths looks at. Must not know what the
//! paths lead to.

use std::fmt;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::paths::in_order;

/// Entries by path (absolute, without dots), as [`in_order`] has them: what is below a folder comes right behind it.
/// It is made to be read: an insertion moves all entries behind it.
#[derive(Clone, PartialEq, Eq)]
pub struct PathMap<Item>(Vec<(PathBuf, Item)>);

impl<Item> PathMap<Item> {
    /// The entry of a path.
    pub fn get(&self, path: &Path) -> Option<&Item> {
        self.0.get(self.place(path).ok()?).map(|(_, item)| item)
    }

    /// Whether a path has an entry.
    pub fn contains_key(&self, path: &Path) -> bool {
        self.place(path).is_ok()
    }

    /// The entry of the nearest folder at or above a path.
    ///
    /// What stands last before a path lies above it, or beside it below a folder above both: so there are few to look
    /// at, however deep the path is.
    pub fn nearest(&self, path: &Path) -> Option<(&Path, &Item)> {
        let mut above = path;
        let mut known = self.0.as_slice();
        loop {
            known = known.get(..known.partition_point(|(folder, _)| in_order(folder, above).is_le()))?;
            let (folder, item) = known.last()?;
            if above.starts_with(folder) {
                return Some((folder, item));
            }
            above = above.ancestors().find(|ancestor| folder.starts_with(ancestor))?;
        }
    }

    /// The entries of a path, and of all that come behind it.
    pub fn starting_at(&self, path: &Path) -> impl Iterator<Item = (&Path, &Item)> {
        let place = self.0.partition_point(|(known, _)| in_order(known, path).is_lt());
        self.0.get(place..).into_iter().flatten().map(|(path, item)| (path.as_path(), item))
    }

    /// Sets the entry of a path.
    pub fn insert(&mut self, path: PathBuf, item: Item) {
        match self.place(&path) {
            Ok(place) => self.0[place].1 = item,
            Err(place) => self.0.insert(place, (path, item)),
        }
    }

    /// Keeps the entries that a condition holds for.
    pub fn retain(&mut self, mut is_kept: impl FnMut(&Path, &mut Item) -> bool) {
        self.0.retain_mut(|(path, item)| is_kept(path, item));
    }

    /// The entries in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Path, &Item)> {
        self.0.iter().map(|(path, item)| (path.as_path(), item))
    }

    /// The paths in order.
    pub fn keys(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().map(|(path, _)| path.as_path())
    }

    /// The entries without their paths.
    pub fn values(&self) -> impl Iterator<Item = &Item> {
        self.0.iter().map(|(_, item)| item)
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn place(&self, path: &Path) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| in_order(known, path))
    }
}

impl<Item: Sync> PathMap<Item> {
    /// The entries in order, to look at many at a time.
    pub(crate) fn par_iter(&self) -> impl IndexedParallelIterator<Item = (&Path, &Item)> {
        self.0.par_iter().map(|(path, item)| (path.as_path(), item))
    }
}

impl<Item> Extend<(PathBuf, Item)> for PathMap<Item> {
    /// Of several entries of one path the last is kept.
    fn extend<Entries: IntoIterator<Item = (PathBuf, Item)>>(&mut self, entries: Entries) {
        self.0.extend(entries);
        self.0.sort_by(|(left, _), (right, _)| in_order(left, right));
        self.0.dedup_by(|later, kept| {
            let is_same = later.0 == kept.0;
            if is_same {
                std::mem::swap(later, kept);
            }
            is_same
        });
    }
}

impl<Item> FromIterator<(PathBuf, Item)> for PathMap<Item> {
    fn from_iter<Entries: IntoIterator<Item = (PathBuf, Item)>>(entries: Entries) -> Self {
        let mut map = Self::default();
        map.extend(entries);
        map
    }
}

impl<Item> IntoIterator for PathMap<Item> {
    type Item = (PathBuf, Item);
    type IntoIter = std::vec::IntoIter<(PathBuf, Item)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<Item> Default for PathMap<Item> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<Item: fmt::Debug> fmt::Debug for PathMap<Item> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::PathMap;

    #[test]
    fn the_nearest_folder_is_found_whatever_stands_beside_it() {
        let folders = ["/a", "/a/b", "/a/b/c-d/e", "/a/b/c/d", "/a/b.c", "/a/bc/d", "/z/y"];
        let map: PathMap<&str> = folders.iter().map(|folder| (PathBuf::from(folder), *folder)).collect();
        for path in [
            "/a/b/c/d/e.ts",
            "/a/b/c/e.ts",
            "/a/b/c-d/x.ts",
            "/a/b",
            "/a/b.c/x.ts",
            "/a/bcd/x.ts",
            "/a/bc/x.ts",
            "/z/x.ts",
            "/b",
            "/",
            "/a",
        ] {
            let path = Path::new(path);
            let plain = path.ancestors().find_map(|folder| map.get(folder)).copied();
            assert_eq!(map.nearest(path).map(|(_, folder)| *folder), plain, "{}", path.display());
        }
    }

    #[test]
    fn a_path_has_one_entry_however_it_comes() {
        let entry = |path: &str, item: u32| (PathBuf::from(path), item);
        let mut map: PathMap<u32> =
            [entry("/a/c", 1), entry("/a-b", 2), entry("/a/c", 3), entry("/a", 4)].into_iter().collect();
        map.insert("/a".into(), 5);
        map.insert("/a/b".into(), 6);
        map.extend([entry("/a-b", 1), entry("/b", 7)]);
        let listed: Vec<(&str, u32)> = map.iter().map(|(path, item)| (path.to_str().unwrap(), *item)).collect();
        assert_eq!(listed, [("/a", 5), ("/a/b", 6), ("/a/c", 3), ("/a-b", 1), ("/b", 7)]);
        let behind: Vec<&Path> = map.starting_at(Path::new("/a/bc")).map(|(path, _)| path).collect();
        assert_eq!(behind, [Path::new("/a/c"), Path::new("/a-b"), Path::new("/b")]);
        assert_eq!(map.get(Path::new("/a/d")), None);
        assert!(map.contains_key(Path::new("/b")));
    }
}
