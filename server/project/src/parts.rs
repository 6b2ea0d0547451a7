//! A large workspace in parts that have nothing to do with each other, so that no more of it has to be held in memory
//! than one of them. Owns which projects belong together; must not know what is done with a part.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{OnceLock, RwLock};

use crate::path_map::PathMap;
use crate::resolution::Modules;
use crate::workspace::{Purpose, Workspace};

impl Workspace {
    /// The workspace in parts of about so many files or more, in the order of their folders; the whole of it where it
    /// cannot be parted. A project is in one part with all that it depends on and all that depend on it, so that what
    /// is found in the parts is what is found in the whole.
    pub fn into_parts(mut self, files: usize) -> Vec<Self> {
        let groups = self.groups(files);
        if groups.len() < 2 {
            return vec![self];
        }
        let mut parts: Vec<Self> = groups.iter().map(|_| self.without_files()).collect();
        let part_of: BTreeMap<&Path, usize> = groups
            .iter()
            .enumerate()
            .flat_map(|(part, group)| group.iter().map(move |it| (it.as_path(), part)))
            .collect();
        let find = |workspace: &Self, path: &Path| part_of.get(workspace.project_folder(path)).copied().unwrap_or(0);
        let mut files: Vec<Vec<(PathBuf, Purpose)>> = groups.iter().map(|_| Vec::new()).collect();
        let of = |(project, count)| (part_of.get(project).copied().unwrap_or(0), count);
        let runs: Vec<(usize, usize)> = self.runs().into_iter().map(of).collect();
        let mut left = std::mem::take(&mut self.files).into_iter();
        for (part, count) in runs {
            files[part].extend(left.by_ref().take(count));
        }
        for (part, files) in parts.iter_mut().zip(files) {
            part.files = files.into_iter().collect();
        }
        for skipped in std::mem::take(&mut self.skipped) {
            let part = find(&self, &skipped.path);
            parts[part].skipped.push(skipped);
        }
        parts
    }

    /// The folders of projects that belong together, in groups of so many files or more; the last may have less.
    fn groups(&self, files: usize) -> Vec<Vec<PathBuf>> {
        let mut sizes: BTreeMap<&Path, usize> = BTreeMap::new();
        for (project, count) in self.runs() {
            *sizes.entry(project).or_default() += count;
        }
        let mut groups: Vec<Vec<PathBuf>> = Vec::new();
        // How many files the last group still takes.
        let mut room = 0;
        for related in related(&sizes, |folder| self.members(folder).iter().cloned().collect()) {
            if room == 0 {
                groups.push(Vec::new());
                room = files.max(1);
            }
            let size: usize = related.iter().filter_map(|folder| sizes.get(folder.as_path())).sum();
            room = room.saturating_sub(size);
            if let Some(group) = groups.last_mut() {
                group.extend(related);
            }
        }
        groups
    }

    /// How many files of one project stand side by side, in the order of the files.
    fn runs(&self) -> Vec<(&Path, usize)> {
        let mut runs: Vec<(&Path, usize)> = Vec::new();
        for (_, project) in self.with_project_folders(self.files.keys()) {
            match runs.last_mut() {
                Some((last, count)) if *last == project => *count += 1,
                _ => runs.push((project, 1)),
            }
        }
        runs
    }

    /// The same workspace with its own memory of what was looked up.
    fn without_files(&self) -> Self {
        Self {
            root: self.root.clone(),
            options: self.options.clone(),
            files: PathMap::default(),
            packages: self.packages.clone(),
            configurations: self.configurations.clone(),
            skipped: Vec::new(),
            modules: Modules::new(&self.root, &self.packages),
            memberships: RwLock::default(),
            prefilter: OnceLock::from(self.prefilter().clone()),
            problems: self.problems.clone(),
            looked_at: BTreeSet::new(),
            walked: Vec::new(),
            folders: BTreeSet::new(),
        }
    }
}

/// Folders with all that they are related to, by themselves or by others; each in one set, in the order of the first.
fn related<T>(folders: &BTreeMap<&Path, T>, members: impl Fn(&Path) -> Vec<PathBuf>) -> Vec<Vec<PathBuf>> {
    let mut beside: BTreeMap<&Path, BTreeSet<PathBuf>> = BTreeMap::new();
    for folder in folders.keys() {
        for member in members(folder) {
            if let Some((other, _)) = folders.get_key_value(member.as_path()) {
                beside.entry(folder).or_default().insert(other.to_path_buf());
                beside.entry(other).or_default().insert(folder.to_path_buf());
            }
        }
    }
    let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
    let mut sets = Vec::new();
    for folder in folders.keys() {
        let mut set = Vec::new();
        let mut work = vec![folder.to_path_buf()];
        while let Some(here) = work.pop() {
            if seen.insert(here.clone()) {
                work.extend(beside.get(here.as_path()).into_iter().flatten().cloned());
                set.push(here);
            }
        }
        if !set.is_empty() {
            set.sort_unstable();
            sets.push(set);
        }
    }
    sets
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::{Path, PathBuf};

    use super::related;

    #[test]
    fn what_is_related_by_others_stays_together() {
        let folders: BTreeMap<&Path, ()> =
            ["a", "b", "c", "d", "e"].into_iter().map(|it| (Path::new(it), ())).collect();
        let members = |folder: &Path| match folder.to_str() {
            Some("a") => vec![PathBuf::from("a"), PathBuf::from("d")],
            Some("e") => vec![PathBuf::from("d"), PathBuf::from("elsewhere")],
            _ => vec![folder.to_path_buf()],
        };
        let sets = related(&folders, members);
        let sets: Vec<Vec<&str>> =
            sets.iter().map(|set| set.iter().filter_map(|folder| folder.to_str()).collect()).collect();
        assert_eq!(sets, [vec!["a", "d", "e"], vec!["b"], vec!["c"]]);
    }
}
