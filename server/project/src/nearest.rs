//! The nearest of some folders above a path. Must not know what the folders hold.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::{Path, PathBuf};

/// The entry of the nearest folder at or above a path. What stands last before a path in the order of the folders lies
/// above it, or beside it below a folder above both: so there are few to look at, however deep the path is.
pub(crate) fn nearest_in<'map, Item>(
    map: &'map BTreeMap<PathBuf, Item>,
    path: &Path,
) -> Option<(&'map Path, &'map Item)> {
    let mut above = path;
    loop {
        let (folder, item) = map.range::<Path, _>((Bound::Unbounded, Bound::Included(above))).next_back()?;
        if above.starts_with(folder) {
            return Some((folder, item));
        }
        above = above.ancestors().find(|ancestor| folder.starts_with(ancestor))?;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::{Path, PathBuf};

    use super::nearest_in;

    #[test]
    fn the_nearest_folder_is_found_whatever_stands_beside_it() {
        let folders = ["/a", "/a/b", "/a/b/c-d/e", "/a/b/c/d", "/a/b.c", "/a/bc/d", "/z/y"];
        let map: BTreeMap<PathBuf, &str> = folders.iter().map(|folder| (PathBuf::from(folder), *folder)).collect();
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
            assert_eq!(nearest_in(&map, path).map(|(_, folder)| *folder), plain, "{}", path.display());
        }
    }
}
