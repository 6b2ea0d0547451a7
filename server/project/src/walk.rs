//! Walking a folder. Owns what is left out of a walk; must not know what files mean.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use farewell_analysis::source::Language;
use ignore::{DirEntry, WalkBuilder, WalkState};

use crate::CONFIGURATION_FILE;
use crate::error::{SkipReason, Skipped};
use crate::manifest::{self, tables};
use crate::paths::in_order;

/// What a walk found, each list sorted.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    /// Sources and pages.
    pub(crate) files: Vec<PathBuf>,
    /// Folders that were entered.
    pub(crate) folders: Vec<PathBuf>,
    /// Folders with a manifest.
    pub(crate) manifest_folders: Vec<PathBuf>,
    /// Folders with a `farewell.toml`.
    pub(crate) configured_folders: Vec<PathBuf>,
    /// What could not be entered.
    pub(crate) skipped: Vec<Skipped>,
}

/// How much a walk leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// What git ignores and what nobody writes by hand is left out.
    Sources,
    /// Only hidden files are left out: the folder is one that is left out otherwise, and was asked for.
    Everything,
}

/// Walks a folder (absolute). Symbolic links below it are not followed, so that no loop is met and no
/// file has two names.
///
/// Ignore files above `root` are not the workspace's: one in the home folder may ignore everything.
pub(crate) fn walk(root: &Path, folder: &Path, extent: Extent) -> Walked {
    let mut builder = WalkBuilder::new(folder);
    builder.follow_links(false).require_git(false).parents(folder != root);
    match extent {
        Extent::Sources => {
            builder.filter_entry(|entry| entry.depth() == 0 || !is_skipped_folder(entry));
        }
        Extent::Everything => {
            builder.standard_filters(false).hidden(true);
        }
    }
    let (sender, receiver) = mpsc::channel();
    builder.build_parallel().run(|| {
        let sender = sender.clone();
        Box::new(move |entry| {
            // The receiver lives until the walk is over.
            let _ = sender.send(entry);
            WalkState::Continue
        })
    });
    drop(sender);
    let mut walked = Walked::default();
    for entry in receiver {
        match entry {
            Ok(entry) => walked.add(&entry),
            Err(error) => walked.skipped.extend(unreadable(&error)),
        }
    }
    walked.files.sort_by(|left, right| in_order(left, right));
    walked.manifest_folders.sort();
    walked.manifest_folders.dedup();
    walked.configured_folders.sort();
    walked.skipped.sort_by(|left, right| left.path.cmp(&right.path));
    walked
}

/// Whether a path is left out of a walk of `root`: git ignores it or a folder above it, or it lies in a
/// folder that nobody writes by hand.
pub(crate) fn is_left_out(root: &Path, path: &Path) -> bool {
    let Ok(inside) = path.strip_prefix(root) else {
        return false;
    };
    if inside.components().any(|part| is_skipped_name(part.as_os_str())) {
        return true;
    }
    if inside.as_os_str().is_empty() {
        return false;
    }
    // A walk down to the path, and nowhere else, asks every ignore file on the way.
    let target = path.to_path_buf();
    let mut builder = WalkBuilder::new(root);
    builder.hidden(false).require_git(false).parents(false).max_depth(Some(inside.components().count()));
    builder.filter_entry(move |entry| target.starts_with(entry.path()));
    !builder.build().flatten().any(|entry| entry.path() == path)
}

/// Whether a path lies in a hidden file or folder below `root`.
pub(crate) fn is_hidden(root: &Path, path: &Path) -> bool {
    let inside = path.strip_prefix(root).unwrap_or(path);
    inside.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."))
}

/// Whether a file is a page that may embed the snippet.
pub(crate) fn is_page(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    tables().pages.iter().any(|page| page.eq_ignore_ascii_case(extension))
}

/// Whether a file of a known language holds declarations alone.
pub(crate) fn is_declaration(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    tables().declarations.iter().any(|end| name.ends_with(end.as_str()))
}

impl Walked {
    fn add(&mut self, entry: &DirEntry) {
        if entry.file_type().is_some_and(|kind| kind.is_dir()) {
            self.folders.push(entry.path().to_path_buf());
        }
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            return;
        }
        let path = entry.path();
        let name = entry.file_name().to_str().unwrap_or_default();
        let folder = path.parent().unwrap_or(path);
        if let Some(folder) = manifest::folder_of_manifest(path) {
            self.manifest_folders.push(folder.to_path_buf());
        }
        if name == CONFIGURATION_FILE {
            self.configured_folders.push(folder.to_path_buf());
        } else if Language::of_path(path).is_some() || is_page(path) {
            self.files.push(path.to_path_buf());
        }
    }
}

fn is_skipped_folder(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir()) && is_skipped_name(entry.file_name())
}

/// Whether a folder of this name holds what nobody writes by hand.
pub(crate) fn is_skipped_name(name: &OsStr) -> bool {
    tables().skipped_folders.iter().any(|skipped| name == OsStr::new(skipped))
}

fn unreadable(error: &ignore::Error) -> Option<Skipped> {
    // An ignore file with a line that cannot be understood is read as far as it goes.
    error.io_error()?;
    let path = path_of(error)?.to_path_buf();
    Some(Skipped { path, reason: SkipReason::Unreadable(error.io_error()?.to_string()) })
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}
