//! Manifests. Owns which file names are manifests and what Farewell takes from one; each kind is read
//! in its own file. A new ecosystem is one row of [`KINDS`] and one file.

mod gradle;
mod package_json;
mod pubspec;
mod tables;
mod xcode;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use farewell_analysis::vocabulary::Platform;

use crate::error::{SkipReason, Skipped};
use crate::read::read_text;
pub(crate) use tables::tables;

/// What a manifest says, whatever its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ManifestFile {
    /// The package's own name, where it has one.
    pub(crate) name: Option<String>,
    /// Its dependencies of every sort, sorted by name.
    pub(crate) dependencies: Vec<Dependency>,
    /// The platform that its dependencies tell.
    pub(crate) platform: Option<Platform>,
    /// Whether one of its dependencies brings a Fullstory SDK.
    pub(crate) declares_sdk: bool,
    /// Whether one of its dependencies is the package that calls import.
    pub(crate) declares_package: bool,
    /// Whether it says that there are packages below it.
    pub(crate) has_workspaces: bool,
    /// The build that it is a part of, where there is one above it.
    pub(crate) part_of: Option<Build>,
    /// The build whose parts below it are one project with it.
    pub(crate) takes_parts_of: Option<Build>,
}

/// A build whose parts are one app: what one part identifies, another one has to release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Build {
    /// The modules of one `settings.gradle`.
    Gradle,
    /// Pods, packages and projects of one Xcode workspace.
    Xcode,
}

/// A dependency.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Dependency {
    /// The package's name.
    pub(crate) name: String,
    /// Its folder relative to the manifest's, where the manifest names one (`file:../shared`).
    pub(crate) folder: Option<PathBuf>,
}

/// One kind of manifest.
struct Kind {
    file: File,
    /// Reads a text; `Ok(None)` where the file is no package's manifest.
    read: fn(&str) -> Result<Option<ManifestFile>, String>,
}

/// Where a manifest's file lies in the folder that it is of.
enum File {
    /// At this path.
    At(&'static str),
    /// In it, with a name that ends so.
    Ending(&'static str),
    /// In a folder in it whose name ends so, under this name.
    Inside(&'static str, &'static str),
}

const KINDS: &[Kind] = &[
    Kind { file: File::At("package.json"), read: package_json::read },
    Kind { file: File::At("pubspec.yaml"), read: pubspec::read },
    Kind { file: File::At("settings.gradle"), read: gradle::read_settings },
    Kind { file: File::At("settings.gradle.kts"), read: gradle::read_settings },
    Kind { file: File::At("build.gradle"), read: gradle::read_module },
    Kind { file: File::At("build.gradle.kts"), read: gradle::read_module },
    Kind { file: File::At("gradle/libs.versions.toml"), read: gradle::read_catalogue },
    Kind { file: File::At("Podfile"), read: xcode::read },
    Kind { file: File::At("Package.swift"), read: xcode::read },
    Kind { file: File::Ending(".podspec"), read: xcode::read },
    Kind { file: File::Inside(".xcodeproj", "project.pbxproj"), read: xcode::read },
];

/// Manifests of more bytes than this are skipped. Xcode's projects are long, and written by a tool.
const MAX_SIZE: u64 = 32 * 1024 * 1024;

/// The folder whose manifest a file is, by its path; `None` for any other file.
pub(crate) fn folder_of_manifest(path: &Path) -> Option<&Path> {
    let (folder, name) = (path.parent()?, path.file_name()?.to_str()?);
    let ends =
        |path: &Path, end: &str| path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.ends_with(end));
    KINDS.iter().find_map(|kind| match kind.file {
        File::At(at) => (at == name).then_some(folder),
        File::Ending(end) => name.ends_with(end).then_some(folder),
        File::Inside(end, inner) => (inner == name && ends(folder, end)).then(|| folder.parent())?,
    })
}

/// The patterns of manifests, below any folder.
pub(crate) fn manifest_patterns() -> Vec<String> {
    let pattern = |kind: &Kind| match kind.file {
        File::At(at) => at.to_owned(),
        File::Ending(end) => format!("*{end}"),
        File::Inside(end, inner) => format!("*{end}/{inner}"),
    };
    KINDS.iter().map(pattern).collect()
}

/// Whether a folder holds a manifest, by file names alone.
pub(crate) fn is_in(folder: &Path) -> bool {
    let entries = entries_of(folder);
    KINDS.iter().any(|kind| !kind.file.paths_in(folder, &entries).is_empty())
}

/// What the manifests of a folder say, or `None` where there is none. One that cannot be read or
/// understood is put into `skipped`, and counts as one that says nothing: its folder is a project still.
pub(crate) fn read_in(folder: &Path, skipped: &mut Vec<Skipped>) -> Option<ManifestFile> {
    let mut found: Option<ManifestFile> = None;
    let entries = entries_of(folder);
    let paths =
        KINDS.iter().flat_map(|kind| kind.file.paths_in(folder, &entries).into_iter().map(move |it| (kind, it)));
    for (kind, path) in paths {
        let read = read_text(&path, MAX_SIZE).and_then(|text| (kind.read)(&text).map_err(SkipReason::BrokenManifest));
        match read {
            Ok(Some(manifest)) => found = Some(found.map_or(manifest.clone(), |first| first.joined(manifest))),
            Ok(None) => {}
            Err(reason) => {
                skipped.push(Skipped { path, reason });
                found.get_or_insert_default();
            }
        }
    }
    found
}

/// The names in a folder, sorted.
fn entries_of(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

impl File {
    /// The files of this kind in a folder whose names are known.
    fn paths_in(&self, folder: &Path, entries: &[String]) -> Vec<PathBuf> {
        let ending = |end: &'static str| entries.iter().filter(move |name| name.ends_with(end));
        let paths: Vec<PathBuf> = match self {
            File::At(at) => {
                let first = at.split('/').next().unwrap_or(at);
                entries.iter().filter(|name| *name == first).map(|_| folder.join(at)).collect()
            }
            File::Ending(end) => ending(end).map(|name| folder.join(name)).collect(),
            File::Inside(end, inner) => ending(end).map(|name| folder.join(name).join(inner)).collect(),
        };
        paths.into_iter().filter(|path| path.is_file()).collect()
    }
}

impl ManifestFile {
    /// Two manifests of one folder as one; the first one's word on the platform counts. It is a part of a
    /// build only if all of them are.
    fn joined(mut self, other: Self) -> Self {
        let is_alike = self.part_of == other.part_of || other.is_no_build();
        self.part_of = self.part_of.filter(|_| is_alike);
        self.takes_parts_of = self.takes_parts_of.or(other.takes_parts_of);
        self.name = self.name.or(other.name);
        self.dependencies.extend(other.dependencies);
        self.dependencies.sort();
        self.platform = self.platform.or(other.platform);
        self.declares_sdk |= other.declares_sdk;
        self.declares_package |= other.declares_package;
        self.has_workspaces |= other.has_workspaces;
        self
    }

    /// Whether it only adds to what another one says: a version catalogue.
    fn is_no_build(&self) -> bool {
        self.name.is_none() && self.part_of.is_none() && self.takes_parts_of.is_none() && !self.has_workspaces
    }
}
