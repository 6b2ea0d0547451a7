//! Which packages' files count for a project: its own, those below it, and those of the workspace
//! packages that it depends on. Must not know the disk.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use farewell_analysis::vocabulary::Platform;

use crate::manifest::ManifestFile;
use crate::path_map::PathMap;
use crate::paths::absolute;

/// Installed packages are no part of the workspace, even where one is asked for by name.
const INSTALLED: &str = "node_modules";

/// Packages by their folders (absolute).
pub(crate) type Packages = PathMap<ManifestFile>;

/// The folders whose files count for the project in `folder`, itself included.
pub(crate) fn members(packages: &Packages, folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::from([folder.to_path_buf()]);
    let mut open = dependencies(packages, folder);
    open.extend(below(packages, folder));
    while let Some(next) = open.pop() {
        if found.insert(next.clone()) {
            open.extend(dependencies(packages, &next));
            open.extend(below(packages, &next));
        }
    }
    found
}

/// The folder of the whole build that a package is a part of: the nearest one above it that takes such
/// parts, and is no part itself; its own where there is none.
pub(crate) fn whole_build<'map>(packages: &'map Packages, folder: &'map Path) -> &'map Path {
    let mut whole = folder;
    while let Some(build) = packages.get(whole).and_then(|manifest| manifest.part_of) {
        let takes = |above: &&Path| packages.get(above).is_some_and(|manifest| manifest.takes_parts_of == Some(build));
        match whole.ancestors().skip(1).find(takes) {
            Some(above) => whole = above,
            None => break,
        }
    }
    whole
}

/// The platform that a project takes from its manifest, or else from the packages that it depends on,
/// where they agree.
pub(crate) fn platform(packages: &Packages, folder: &Path) -> Option<Platform> {
    if let Some(platform) = packages.get(folder)?.platform {
        return Some(platform);
    }
    let mut inherited = dependencies(packages, folder).into_iter().filter_map(|it| packages.get(&it)?.platform);
    let first = inherited.next()?;
    inherited.all(|other| other == first).then_some(first)
}

/// The folders of the workspace packages that a package depends on, by name or by path.
fn dependencies(packages: &Packages, folder: &Path) -> Vec<PathBuf> {
    let Some(manifest) = packages.get(folder) else {
        return Vec::new();
    };
    let by_path = manifest.dependencies.iter().filter_map(|dependency| dependency.folder.as_deref());
    let mut found: Vec<PathBuf> =
        by_path.map(|inside| absolute(folder, inside)).filter(|target| packages.contains_key(target)).collect();
    let depends_on = |name: &str| manifest.dependencies.binary_search_by(|it| it.name.as_str().cmp(name)).is_ok();
    let by_name = packages.iter().filter(|(_, other)| other.name.as_deref().is_some_and(depends_on));
    found.extend(by_name.map(|(target, _)| target.to_path_buf()).filter(|target| !is_installed(target)));
    found
}

/// The folders of the packages below a package. What has no manifest is no package: a script in the
/// root of a repository tells nothing of the apps in it.
fn below(packages: &Packages, folder: &Path) -> Vec<PathBuf> {
    if !packages.contains_key(folder) {
        return Vec::new();
    }
    let inside = |other: &&Path| other.strip_prefix(folder).is_ok_and(|rest| !is_installed(rest));
    packages
        .starting_at(folder)
        .map(|(other, _)| other)
        .take_while(|other| other.starts_with(folder))
        .filter(inside)
        .map(Path::to_path_buf)
        .collect()
}

/// Whether a path lies among installed packages.
pub(crate) fn is_installed(folder: &Path) -> bool {
    folder.components().any(|part| part.as_os_str() == INSTALLED)
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use farewell_analysis::vocabulary::Platform;

    use super::{Packages, members, platform};
    use crate::manifest::{Dependency, ManifestFile};

    fn package(name: &str, dependencies: &[(&str, Option<&str>)]) -> ManifestFile {
        let dependencies = dependencies
            .iter()
            .map(|(name, folder)| Dependency { name: (*name).into(), folder: folder.map(PathBuf::from) })
            .collect();
        ManifestFile { name: Some(name.into()), dependencies, ..ManifestFile::default() }
    }

    #[test]
    fn members_follow_names_paths_and_folders_round_a_cycle() {
        let packages = Packages::from_iter([
            (PathBuf::from("/w"), package("root", &[])),
            (PathBuf::from("/w/app"), package("app", &[("@w/auth", None), ("react", None)])),
            (PathBuf::from("/w/app/example"), package("example", &[])),
            (PathBuf::from("/w/app2"), package("app2", &[("x", Some("../local"))])),
            (PathBuf::from("/w/auth"), package("@w/auth", &[("app", None)])),
            (PathBuf::from("/w/local"), package("local", &[])),
            (PathBuf::from("/w/node_modules/react"), package("react", &[])),
        ]);
        let names = |folder: &str| -> Vec<String> {
            members(&packages, Path::new(folder)).iter().map(|it| it.display().to_string()).collect()
        };
        assert_eq!(names("/w/app"), ["/w/app", "/w/app/example", "/w/auth"]);
        assert_eq!(names("/w/app2"), ["/w/app2", "/w/local"]);
        assert_eq!(names("/w/local"), ["/w/local"]);
        assert_eq!(names("/w").len(), 6);
        assert_eq!(names("/elsewhere"), ["/elsewhere"]);
    }

    #[test]
    fn a_platform_is_inherited_where_the_dependencies_agree() {
        let native = ManifestFile { platform: Some(Platform::ReactNative), ..package("native", &[]) };
        let mut packages = Packages::from_iter([
            (PathBuf::from("/w/app"), package("app", &[("native", None), ("web", None)])),
            (PathBuf::from("/w/native"), native.clone()),
            (PathBuf::from("/w/web"), package("web", &[])),
        ]);
        assert_eq!(platform(&packages, Path::new("/w/app")), Some(Platform::ReactNative));
        let web = ManifestFile { platform: Platform::of_name("web"), ..package("web", &[]) };
        packages.insert("/w/web".into(), web);
        assert_eq!(platform(&packages, Path::new("/w/app")), None);
        assert_eq!(platform(&packages, Path::new("/w/web")), Platform::of_name("web"));
    }
}
