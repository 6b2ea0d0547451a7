//! A part of a workspace: some of its projects, so that several machines share one scan. Owns which project is in which
//! part; must not know how the parts come together again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::workspace::{Purpose, Workspace};

/// One of several parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which one, from 1.
    pub number: u32,
    /// How many there are.
    pub count: u32,
}

impl Shard {
    /// Whether a project, by its folder relative to the workspace's root, is in this part. Each project is in one
    /// of them, whatever other projects there are.
    fn holds(self, folder: &str) -> bool {
        const OFFSET: u32 = 0x811c_9dc5;
        const PRIME: u32 = 0x0100_0193;
        // FNV-1a: the same on every machine.
        let hash = folder.bytes().fold(OFFSET, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(PRIME));
        hash % self.count.max(1) + 1 == self.number
    }
}

impl Workspace {
    /// Asks for the files of a part's projects alone. The others are read where these projects depend on them, or
    /// they on these.
    pub(crate) fn keep(&mut self, shard: Shard) {
        let projects: BTreeMap<PathBuf, PathBuf> =
            self.files.keys().map(|path| (path.to_path_buf(), self.project_folder(path).to_path_buf())).collect();
        let folders: BTreeSet<&Path> = projects.values().map(PathBuf::as_path).collect();
        let own: BTreeSet<&Path> =
            folders.into_iter().filter(|folder| shard.holds(&self.engine_path(folder))).collect();
        let related: BTreeSet<PathBuf> = own.iter().flat_map(|folder| self.members_and_dependents(folder)).collect();
        self.files.retain(|path, why| {
            let folder = projects.get(path).map(PathBuf::as_path).unwrap_or(path);
            if !own.contains(folder) {
                *why = Purpose::ForContext;
            }
            own.contains(folder) || related.contains(folder)
        });
        let is_own = |path: &Path| own.contains(self.project_folder(path));
        let told: Vec<_> = self.skipped.iter().filter(|skipped| is_own(&skipped.path)).cloned().collect();
        self.skipped = told;
    }
}

#[cfg(test)]
mod tests {
    use super::Shard;

    #[test]
    fn each_project_is_in_one_part() {
        for count in 1..8 {
            for folder in [".", "packages/web", "packages/admin", "ios"] {
                let parts = (1..=count).filter(|number| Shard { number: *number, count }.holds(folder)).count();
                assert_eq!(parts, 1, "{folder} of {count}");
            }
        }
    }
}
