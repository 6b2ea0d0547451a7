//! Platform variants: `tracker.ios.ts` beside `tracker.ts`. Owns which of them an importer may mean; the
//! suffixes are in `manifest/packages.toml`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use farewell_analysis::source::Language;

use crate::manifest::tables;
use crate::walk::is_declaration;
use crate::workspace::Workspace;

/// The files that an import of `path` may mean, sorted: it and its variants, or, where the importer
/// itself is for one platform, the one that this platform takes.
pub(super) fn variants(workspace: &Workspace, importer: &Path, path: PathBuf) -> Vec<PathBuf> {
    let Some((folder, name)) = path.parent().zip(path.file_name().and_then(|name| name.to_str())) else {
        return vec![path];
    };
    let stem = plain_stem(name);
    let mut found = beside(workspace, folder, stem);
    found.insert(path);
    if found.len() == 1 {
        return found.into_iter().collect();
    }
    let mut wanted = suffix_of(importer);
    while let Some(suffix) = wanted {
        let its = found.iter().find(|path| suffix_of(path) == Some(suffix));
        if let Some(path) = its {
            return vec![path.clone()];
        }
        wanted = next(suffix);
    }
    if suffix_of(importer).is_some()
        && let Some(plain) = found.iter().find(|path| suffix_of(path).is_none())
    {
        return vec![plain.clone()];
    }
    found.into_iter().collect()
}

/// The plain file and the variants of a stem in a folder.
fn beside(workspace: &Workspace, folder: &Path, stem: &str) -> BTreeSet<PathBuf> {
    let is_one = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_script =
            Language::of_path(path).is_some_and(|language| language.is_script() && !language.is_embedding());
        is_script && !is_declaration(path) && suffix_of(path).is_some() && plain_stem(name) == stem
    };
    workspace.files_from(folder, &format!("{stem}.")).into_iter().filter(is_one).collect()
}

/// A file name without its extension and without a variant's suffix.
fn plain_stem(name: &str) -> &str {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match stem.rsplit_once('.') {
        Some((plain, suffix)) if is_suffix(suffix) => plain,
        _ => stem,
    }
}

/// The variant's suffix of a file.
fn suffix_of(path: &Path) -> Option<&str> {
    let suffix = path.file_stem()?.to_str()?.rsplit_once('.')?.1;
    is_suffix(suffix).then_some(suffix)
}

fn is_suffix(suffix: &str) -> bool {
    tables().resolution.variant.iter().any(|row| row.suffix == suffix)
}

fn next(suffix: &str) -> Option<&'static str> {
    tables().resolution.variant.iter().find(|row| row.suffix == suffix)?.next.as_deref()
}
