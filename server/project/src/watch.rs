//! What shapes projects beside sources: manifests, configurations, and what says which files count. Owns
//! the patterns by which an editor watches such files; must not know what any of them says.

use std::path::Path;
use std::sync::LazyLock;

use globset::{Glob, GlobSet};

use crate::CONFIGURATION_FILE;
use crate::manifest::{manifest_patterns, tables};
use crate::walk::{Extent, is_skipped_name};
use crate::workspace::Workspace;

/// Files by which an import finds its file, and which say what is no part of a tree.
const OTHERS: [&str; 4] = ["tsconfig*.json", "jsconfig*.json", ".gitignore", ".ignore"];

static SHAPING: LazyLock<GlobSet> = LazyLock::new(|| {
    let globs = shaping_globs().into_iter().filter_map(|glob| Glob::new(&glob).ok());
    GlobSet::new(globs).unwrap_or_default()
});

/// The patterns of the files beside sources that shape projects.
pub fn shaping_globs() -> Vec<String> {
    let signs = tables().monorepo_signs.iter().cloned();
    let others = OTHERS.iter().map(|name| (*name).to_owned());
    let names = manifest_patterns().into_iter().chain(signs).chain([CONFIGURATION_FILE.to_owned()]).chain(others);
    names.map(|name| format!("**/{name}")).collect()
}

impl Workspace {
    /// Whether a file (absolute path) that came, changed or went changes what the projects are or which
    /// files belong to them. What a tool installed or built does not.
    pub fn is_shaped_by(&self, path: &Path) -> bool {
        SHAPING.is_match(path) && !self.is_in_skipped_folder(path)
    }

    /// Whether any manifest or configuration lies in a folder (absolute path) or below it.
    pub fn is_shaped_below(&self, folder: &Path) -> bool {
        // What lies below a folder comes right behind it.
        let first_manifest = self.packages.range(folder.to_path_buf()..).next().map(|(inner, _)| inner);
        let first_configuration = self.configurations.range(folder.to_path_buf()..).next().map(|(inner, _)| inner);
        first_manifest.into_iter().chain(first_configuration).any(|inner| inner.starts_with(folder))
    }

    fn is_in_skipped_folder(&self, path: &Path) -> bool {
        let asked_for = self.walked.iter().filter(|(folder, _)| path.starts_with(folder));
        match asked_for.max_by_key(|(folder, _)| folder.as_os_str().len()) {
            Some((_, Extent::Everything)) => false,
            Some((folder, Extent::Sources)) => {
                let inside = path.strip_prefix(folder).unwrap_or(path);
                inside.components().any(|part| is_skipped_name(part.as_os_str()))
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::{ScanOptions, Workspace};

    #[test]
    fn what_shapes_projects_is_known_by_its_path() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join(".git")).unwrap();
        fs::create_dir_all(folder.path().join("packages/app")).unwrap();
        fs::write(folder.path().join("packages/app/package.json"), r#"{"name": "app"}"#).unwrap();
        let workspace = Workspace::discover(&[folder.path().to_path_buf()], &ScanOptions::default()).unwrap();
        for name in [
            "farewell.toml",
            "a/farewell.toml",
            "a/package.json",
            "ios/Package.swift",
            "ios/Podfile",
            "ios/App.podspec",
            "ios/App.xcodeproj/project.pbxproj",
            "android/gradle/libs.versions.toml",
            "android/settings.gradle.kts",
            "pubspec.yaml",
            "pnpm-workspace.yaml",
            "tsconfig.app.json",
            "a/.gitignore",
        ] {
            assert!(workspace.is_shaped_by(&folder.path().join(name)), "{name}");
        }
        for name in
            ["a.ts", "a/package.json.ts", "node_modules/x/package.json", "a/build/package.json", "Package.swift.md"]
        {
            assert!(!workspace.is_shaped_by(&folder.path().join(name)), "{name}");
        }
        let below = |name: &str| workspace.is_shaped_below(&folder.path().join(name));
        assert!(below("packages") && below("packages/app") && below(""));
        assert!(!below("packages/app/src") && !below("packages/ap") && !below("packages/app2") && !below("src"));
    }

    #[test]
    fn a_folder_that_was_asked_for_is_none_of_a_tools() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join(".git")).unwrap();
        fs::create_dir_all(folder.path().join("build/app")).unwrap();
        let asked = folder.path().join("build/app");
        let workspace = Workspace::discover(std::slice::from_ref(&asked), &ScanOptions::default()).unwrap();
        assert!(workspace.is_shaped_by(&asked.join("package.json")));
        let elsewhere = std::path::Path::new("/elsewhere/build/package.json");
        assert!(workspace.is_shaped_by(elsewhere), "what no folder was walked for may be another one's");
    }
}
