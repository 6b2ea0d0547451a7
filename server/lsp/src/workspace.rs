//! The user's tree as the server needs it. Owns the walk over the folders, projects by manifest, and the
//! reading of single files; must not know documents, databases or LSP. Everything here may block.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use farewell_analysis::source::Language;
use farewell_analysis::vocabulary::{Generation, Platform};
use farewell_analysis::{Manifest, Settings};

/// A folder with a manifest, or a root without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProjectOnDisk {
    /// The folder.
    pub(crate) folder: PathBuf,
    /// What its manifest says.
    pub(crate) manifest: Manifest,
    /// What its configuration says.
    pub(crate) settings: Settings,
}

/// What a walk found.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Every project, outermost first.
    pub(crate) projects: Vec<ProjectOnDisk>,
    /// The files that may matter, sorted by path, with their texts.
    pub(crate) files: Vec<(PathBuf, Arc<str>)>,
}

/// Walks the roots. `others` are folders of projects outside them, to be looked at again.
pub(crate) fn scan(roots: &[PathBuf], others: &[PathBuf], size_limit: usize) -> Scan {
    let mut scan = Scan::default();
    for root in roots {
        scan.projects.push(project(root, Some(root)));
        walk(root, root, size_limit, &mut scan);
    }
    scan.projects.extend(others.iter().map(|folder| project(folder, None)));
    scan.projects.sort_by(|one, other| one.folder.cmp(&other.folder));
    scan.projects.dedup_by(|one, other| one.folder == other.folder);
    scan.files.sort();
    scan.files.dedup();
    scan
}

/// The project of a file by the nearest manifest above it, not above its root.
pub(crate) fn nearest_project(path: &Path, root: Option<&Path>) -> ProjectOnDisk {
    let inside = |folder: &&Path| root.is_none_or(|root| folder.starts_with(root));
    let folders = path.ancestors().skip(1).take_while(inside);
    let folder = folders.into_iter().find(|folder| folder.join("package.json").is_file());
    project(folder.or(root).or(path.parent()).unwrap_or(path), root)
}

/// A file's text, if it is one that may matter: of a language that is read, UTF-8, not too large.
pub(crate) fn read(path: &Path, size_limit: usize) -> Option<Arc<str>> {
    Language::of_path(path)?;
    if is_out_of_sight(path) || fs::metadata(path).ok()?.len() > size_limit as u64 {
        return None;
    }
    let text = fs::read_to_string(path).ok()?;
    Some(text.strip_prefix('\u{FEFF}').unwrap_or(&text).into())
}

/// Whether a change of the file changes what the projects are.
pub(crate) fn shapes_projects(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name == "package.json" || name == "farewell.toml" || name == ".gitignore"
}

fn is_out_of_sight(path: &Path) -> bool {
    path.components().any(|component| component.as_os_str() == "node_modules")
}

fn walk(folder: &Path, root: &Path, size_limit: usize, scan: &mut Scan) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_dir() && !entry.file_name().as_encoded_bytes().starts_with(b".") && !is_out_of_sight(&path) {
            if path.join("package.json").is_file() {
                scan.projects.push(project(&path, Some(root)));
            }
            walk(&path, root, size_limit, scan);
        } else if kind.is_file()
            && let Some(text) = read(&path, size_limit)
        {
            scan.files.push((path, text));
        }
    }
}

fn project(folder: &Path, root: Option<&Path>) -> ProjectOnDisk {
    let relative = root.and_then(|root| folder.strip_prefix(root).ok()).unwrap_or(Path::new(""));
    let manifest = fs::read_to_string(folder.join("package.json")).unwrap_or_default();
    let value: serde_json::Value = serde_json::from_str(&manifest).unwrap_or_default();
    let depends_on = |name: &str| {
        ["dependencies", "devDependencies", "peerDependencies"].iter().any(|table| value[table].get(name).is_some())
    };
    let platform = match (depends_on("react-native"), value.is_object()) {
        (true, _) => Some(Platform::ReactNative),
        (false, true) => Some(Platform::Web(Generation::V2)),
        (false, false) => None,
    };
    ProjectOnDisk {
        folder: folder.to_path_buf(),
        manifest: Manifest {
            folder: relative.to_string_lossy().replace('\\', "/").into(),
            platform,
            declares_sdk: depends_on("@fullstory/browser") || depends_on("@fullstory/react-native"),
        },
        settings: Settings::default(),
    }
}
