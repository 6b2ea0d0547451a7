//! Names of a project's types and values that are seen without an import of their file. Owns which one is
//! meant where several files declare a name: one that cannot be told is none.

use super::names::{ClassAt, NameIndex};
use super::walk::Walk;
use crate::database::SourceFile;
use crate::lowering::{BindingId, ClassKind};

/// The class of a name, which an import of `module` brings in where there is one. Where only extensions of
/// it are there, these.
pub(super) fn classes_named(walk: &Walk<'_>, index: &NameIndex, module: &str, name: &str) -> Vec<ClassAt> {
    let kind = |at: &ClassAt| walk.declared(at.file).class(at.class).kind;
    let all = index.classes(name);
    let declared: Vec<ClassAt> = all.iter().copied().filter(|at| kind(at) != ClassKind::Extension).collect();
    if declared.is_empty() {
        return all.iter().copied().take(1).collect();
    }
    only(walk, declared, |at| at.file, module)
}

/// The functions, variables and constants of a name.
pub(super) fn values_named(
    walk: &Walk<'_>,
    index: &NameIndex,
    module: &str,
    name: &str,
) -> Vec<(SourceFile, BindingId)> {
    only(walk, index.values(name).to_vec(), |(file, _)| *file, module)
}

/// The only one; of several the one in the module that is asked for, by its path; else none.
fn only<T>(walk: &Walk<'_>, mut found: Vec<T>, file: impl Fn(&T) -> SourceFile, module: &str) -> Vec<T> {
    if found.len() > 1 {
        found.retain(|it| is_in_module(file(it).path(walk.db), module));
    }
    if found.len() > 1 { Vec::new() } else { found }
}

/// Whether a file lies where a module's name says: `com.acme.auth` in `com/acme/auth/`, `package:app/auth.dart`
/// and `../auth.dart` in `auth.dart`.
fn is_in_module(path: &str, module: &str) -> bool {
    if module.is_empty() {
        return false;
    }
    if let Some(file) = module.strip_suffix(".dart") {
        let file = file.rsplit(':').next().unwrap_or(file).trim_start_matches("../").trim_start_matches("./");
        let inside = file.split_once('/').map_or(file, |(_, inside)| inside);
        let stem = path.strip_suffix(".dart").unwrap_or(path);
        return stem.ends_with(file) || stem.ends_with(&format!("lib/{inside}"));
    }
    let folder = module.replace('.', "/");
    path.rsplit_once('/').is_some_and(|(folders, _)| folders.ends_with(&folder))
}
