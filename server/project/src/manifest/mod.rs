//! Manifests. Owns which file names are manifests and what Farewell takes from one; each kind is read
//! in its own file. A new ecosystem is one row of [`KINDS`] and one file.

mod package_json;
mod tables;

use std::path::{Path, PathBuf};

use farewell_analysis::vocabulary::Platform;

use crate::error::{SkipReason, Skipped};
use crate::read::{DEFAULT_MAX_SIZE, read_text};
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
    file_name: &'static str,
    /// Reads a text; `Ok(None)` where the file is no package's manifest.
    read: fn(&str) -> Result<Option<ManifestFile>, String>,
}

const KINDS: &[Kind] = &[Kind { file_name: "package.json", read: package_json::read }];

/// Whether a file is a manifest by its name.
pub(crate) fn is_manifest(file_name: &str) -> bool {
    KINDS.iter().any(|kind| kind.file_name == file_name)
}

/// Whether a folder holds a manifest, by file names alone.
pub(crate) fn is_in(folder: &Path) -> bool {
    KINDS.iter().any(|kind| folder.join(kind.file_name).is_file())
}

/// What the manifests of a folder say, or `None` where there is none. One that cannot be read or
/// understood is put into `skipped`, and counts as one that says nothing: its folder is a project still.
pub(crate) fn read_in(folder: &Path, skipped: &mut Vec<Skipped>) -> Option<ManifestFile> {
    let mut found: Option<ManifestFile> = None;
    for kind in KINDS {
        let path = folder.join(kind.file_name);
        if !path.is_file() {
            continue;
        }
        let read =
            read_text(&path, DEFAULT_MAX_SIZE).and_then(|text| (kind.read)(&text).map_err(SkipReason::BrokenManifest));
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

impl ManifestFile {
    /// Two manifests of one folder as one; the first one's word on the platform counts.
    fn joined(mut self, other: Self) -> Self {
        self.name = self.name.or(other.name);
        self.dependencies.extend(other.dependencies);
        self.dependencies.sort();
        self.platform = self.platform.or(other.platform);
        self.declares_sdk |= other.declares_sdk;
        self.declares_package |= other.declares_package;
        self.has_workspaces |= other.has_workspaces;
        self
    }
}
