//! What shapes projects beside sources: manifests, configurations, and what says which files count. Owns
//! the patterns by which an editor watches such files, and what a change on the disk asks for; must not know
//! what any file says.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use farewell_analysis::source::Language;
use globset::{Glob, GlobSet};

use crate::CONFIGURATION_FILE;
use crate::manifest::{manifest_patterns, tables};
use crate::walk::{Extent, is_hidden, is_left_out, is_page, is_skipped_name};
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

/// What has to be looked at again after something happened on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Nothing: no file of the workspace.
    Nothing,
    /// The text of a file.
    Text,
    /// The tree: which files there are, or what the projects are.
    Tree,
}

impl Workspace {
    /// The folders (absolute, sorted) in which what happens may change what is found. None of them is asked for
    /// what lies in the folders below it.
    pub fn folders(&self) -> impl Iterator<Item = &PathBuf> {
        let of_files =
            self.files.keys().filter_map(|path| path.parent()).filter_map(|folder| self.looked_at.get(folder));
        let mut folders: Vec<&PathBuf> = self.folders.iter().chain(&self.looked_at).chain(of_files).collect();
        folders.sort();
        folders.dedup();
        folders.into_iter()
    }

    /// What is to be looked at again after something happened at a path (absolute).
    pub fn change_at(&self, path: &Path) -> Change {
        if self.is_shaped_by(path) {
            return Change::Tree;
        }
        if Language::of_path(path).is_none() && !is_page(path) {
            let (is_folder, is_known) = (path.is_dir(), self.folders.contains(path));
            let has_come = is_folder && !is_known && !is_hidden(&self.root, path) && !is_left_out(&self.root, path);
            return if has_come || is_known && !is_folder { Change::Tree } else { Change::Nothing };
        }
        match (self.files.contains_key(path), path.is_file()) {
            (true, true) if is_page(path) => Change::Tree,
            (true, true) => Change::Text,
            (true, false) => Change::Tree,
            (false, true) if self.is_wanted(path) || is_page(path) && !self.excludes(path) => Change::Tree,
            (false, _) => Change::Nothing,
        }
    }

    /// Whether a file (absolute path) that came, changed or went changes what the projects are or which
    /// files belong to them. What a tool installed or built does not.
    pub fn is_shaped_by(&self, path: &Path) -> bool {
        SHAPING.is_match(path) && !self.is_in_skipped_folder(path)
    }

    /// Whether any manifest or configuration lies in a folder (absolute path) or below it.
    pub fn is_shaped_below(&self, folder: &Path) -> bool {
        // What lies below a folder comes right behind it.
        let first_manifest = self.packages.starting_at(folder).next().map(|(inner, _)| inner);
        let first_configuration = self.configurations.starting_at(folder).next().map(|(inner, _)| inner);
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

    use super::Change;
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
    fn what_happens_asks_for_as_little_as_it_may() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let write = |name: &str, text: &str| {
            fs::create_dir_all(path(name).parent().unwrap()).unwrap();
            fs::write(path(name), text).unwrap();
        };
        fs::create_dir(path(".git")).unwrap();
        write("farewell.toml", "exclude = ['old']\n");
        write(".gitignore", "/out\n");
        for name in ["src/a.ts", "src/gone.ts", "src/index.ejs", "old/b.ts", "out/c.js", "styles/d.css"] {
            write(name, "1;\n");
        }
        let workspace = Workspace::discover(&[folder.path().to_path_buf()], &ScanOptions::default()).unwrap();
        let folders: Vec<&std::path::PathBuf> = workspace.folders().collect();
        assert_eq!(
            folders,
            [&path(""), &path("old"), &path("src"), &path("styles")].map(|it| it.components().as_path())
        );
        fs::remove_file(path("src/gone.ts")).unwrap();
        fs::create_dir(path("new")).unwrap();
        write("src/new.ts", "1;\n");
        write("styles/.hidden.ts", "1;\n");
        for (name, expected) in [
            ("src/a.ts", Change::Text),
            ("src/gone.ts", Change::Tree),
            ("src/new.ts", Change::Tree),
            ("src/never.ts", Change::Nothing),
            ("src/index.ejs", Change::Tree),
            ("farewell.toml", Change::Tree),
            ("package.json", Change::Tree),
            ("new", Change::Tree),
            ("out", Change::Nothing),
            (".git", Change::Nothing),
            ("src", Change::Nothing),
            ("old/b.ts", Change::Nothing),
            ("out/c.js", Change::Nothing),
            ("styles/d.css", Change::Nothing),
            ("styles/.hidden.ts", Change::Nothing),
            ("node_modules/x/package.json", Change::Nothing),
        ] {
            assert_eq!(workspace.change_at(&path(name)), expected, "{name}");
        }
        fs::remove_dir_all(path("src")).unwrap();
        assert_eq!(workspace.change_at(&path("src")), Change::Tree);
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
