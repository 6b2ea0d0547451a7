//! Where a workspace starts. Owns the signs of a root; must not know what is in a manifest.

use std::path::{Path, PathBuf};

use crate::CONFIGURATION_FILE;
use crate::manifest;

/// The workspace's root for a file or folder (absolute): the nearest folder at or above it with `.git`;
/// else the outermost one with a manifest or a `farewell.toml`; else the folder itself.
///
/// The user's home folder and the file system's root are never one, unless asked for: a stray manifest
/// or a repository of dotfiles there would make everything one workspace.
pub fn root_of(path: &Path) -> PathBuf {
    marked_root_of(path).unwrap_or_else(|| own_folder(path).to_path_buf())
}

/// The workspace's root for a file or folder (absolute) as [`root_of`] finds it, or `None` where nothing
/// marks one: such a file belongs to no project.
pub fn marked_root_of(path: &Path) -> Option<PathBuf> {
    let own_folder = own_folder(path);
    let home = std::env::home_dir();
    let may_be_root =
        |folder: &Path| folder == own_folder || (folder.parent().is_some() && home.as_deref() != Some(folder));
    let candidates: Vec<&Path> = own_folder.ancestors().filter(|folder| may_be_root(folder)).collect();
    if let Some(repository) = candidates.iter().find(|folder| folder.join(".git").exists()) {
        return Some(repository.to_path_buf());
    }
    let has_sign = |folder: &Path| folder.join(CONFIGURATION_FILE).is_file() || manifest::is_in(folder);
    candidates.iter().rev().find(|folder| has_sign(folder)).map(|folder| folder.to_path_buf())
}

fn own_folder(path: &Path) -> &Path {
    if path.is_dir() { path } else { path.parent().unwrap_or(path) }
}

/// The one root of several paths: the folder that all their roots lie in.
pub(crate) fn common_root(paths: &[PathBuf]) -> Option<PathBuf> {
    let mut roots = paths.iter().map(|path| root_of(path));
    let first = roots.next()?;
    Some(roots.fold(first, |shared, root| {
        shared.ancestors().find(|folder| root.starts_with(folder)).map(Path::to_path_buf).unwrap_or(shared.clone())
    }))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{common_root, marked_root_of, root_of};

    #[test]
    fn a_repository_wins_over_manifests_and_the_outermost_manifest_over_inner_ones() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("packages/app/src");
        fs::create_dir_all(&inner).unwrap();
        assert_eq!(root_of(&inner), inner);
        assert_eq!(marked_root_of(&inner.join("a.ts")), None);
        fs::write(folder.path().join("packages/app/package.json"), r#"{"name": "app"}"#).unwrap();
        assert_eq!(root_of(&inner), folder.path().join("packages/app"));
        fs::write(folder.path().join("farewell.toml"), "").unwrap();
        assert_eq!(root_of(&inner), folder.path());
        fs::create_dir(folder.path().join("packages/.git")).unwrap();
        assert_eq!(root_of(&inner.join("a.ts")), folder.path().join("packages"));
    }

    #[test]
    fn paths_of_two_repositories_share_the_folder_above() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["one", "two"] {
            fs::create_dir_all(folder.path().join(name).join(".git")).unwrap();
        }
        let paths = [folder.path().join("one"), folder.path().join("two")];
        assert_eq!(common_root(&paths), Some(folder.path().to_path_buf()));
        assert_eq!(common_root(&paths[..1]), Some(folder.path().join("one")));
    }
}
