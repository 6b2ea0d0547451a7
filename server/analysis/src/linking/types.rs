//! Names of a project's types and values that are seen without an import of their file. Owns which one is
//! meant where several files declare a name: one that cannot be told is none.

use super::names::{ClassAt, NameIndex};
use super::walk::Walk;
use crate::database::{SourceFile, lowered};
use crate::lowering::{BindingId, ClassKind, Name};
use crate::source::Language;

/// From where a name is asked for.
#[derive(Clone, Copy)]
pub(super) struct Asker<'m> {
    /// The file that names it.
    pub(super) file: SourceFile,
    /// The module that an import brings it in from; empty where none does.
    pub(super) module: &'m str,
}

/// The class of a name. Where only extensions of it are there, these.
pub(super) fn classes_named(walk: &Walk<'_>, index: &NameIndex, asker: Asker<'_>, name: &str) -> Vec<ClassAt> {
    let kind = |at: &ClassAt| walk.declared(at.file).class(at.class).kind;
    let all = index.classes(name);
    let declared: Vec<ClassAt> = all.iter().copied().filter(|at| kind(at) != ClassKind::Extension).collect();
    if declared.is_empty() {
        return all.iter().copied().take(1).collect();
    }
    only(walk, declared, |at| at.file, asker)
}

/// The functions, variables and constants of a name.
pub(super) fn values_named(
    walk: &Walk<'_>,
    index: &NameIndex,
    asker: Asker<'_>,
    name: &str,
) -> Vec<(SourceFile, BindingId)> {
    only(walk, index.values(name).to_vec(), |(file, _)| *file, asker)
}

/// The extension that adds a member of a name.
pub(super) fn extensions_with(walk: &Walk<'_>, index: &NameIndex, asker: Asker<'_>, name: &str) -> Vec<ClassAt> {
    only(walk, index.extensions_with(name).to_vec(), |at| at.file, asker)
}

/// The only one; of several the one in the module that is asked for, by its path; else none. In Dart, where an
/// import binds no names, those of the libraries that the asking file imports: of several libraries one is there
/// on each platform.
fn only<T>(walk: &Walk<'_>, mut found: Vec<T>, file: impl Fn(&T) -> SourceFile, asker: Asker<'_>) -> Vec<T> {
    if found.len() < 2 {
        return found;
    }
    if asker.file.language(walk.db) == Language::Dart {
        let imports = lowered(walk.db, asker.file).imports.iter();
        let asked = |module: &Name| asker.module.is_empty() || **module == *asker.module;
        let modules: Vec<&Name> = imports.map(|import| &import.module).filter(|module| asked(module)).collect();
        let from = asker.file.path(walk.db);
        found.retain(|it| modules.iter().any(|module| is_library(file(it).path(walk.db), from, module)));
        return found;
    }
    found.retain(|it| is_in_package(file(it).path(walk.db), asker.module));
    if found.len() > 1 { Vec::new() } else { found }
}

/// Whether a file lies where a package's name says: `com.acme.auth` in `com/acme/auth/`.
fn is_in_package(path: &str, package: &str) -> bool {
    let folder = package.replace('.', "/");
    !package.is_empty() && path.rsplit_once('/').is_some_and(|(folders, _)| folders.ends_with(&folder))
}

/// Whether a Dart file is the library that another one names: `package:app/auth.dart` in `lib/auth.dart` of any
/// package, `../auth.dart` from where the other one lies.
fn is_library(path: &str, from: &str, module: &str) -> bool {
    if let Some((_, inside)) = module.split_once(':') {
        let inside = inside.split_once('/').map_or(inside, |(_, inside)| inside);
        return path == format!("lib/{inside}") || path.ends_with(&format!("/lib/{inside}"));
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in module.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    path == parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::{is_in_package, is_library};

    #[test]
    fn a_library_is_named_from_where_the_other_one_lies() {
        assert!(is_library("lib/one/tracker.dart", "lib/page.dart", "one/tracker.dart"));
        assert!(is_library("lib/tracker.dart", "lib/pages/page.dart", "../tracker.dart"));
        assert!(is_library("app/lib/one/tracker.dart", "app/lib/page.dart", "package:app/one/tracker.dart"));
        assert!(!is_library("lib/two/tracker.dart", "lib/page.dart", "one/tracker.dart"));
        assert!(!is_library("lib/two/tracker.dart", "lib/page.dart", "tracker.dart"));
    }

    #[test]
    fn a_package_is_a_folder() {
        assert!(is_in_package("app/src/main/java/com/acme/a/Tracker.kt", "com.acme.a"));
        assert!(!is_in_package("app/src/main/java/com/acme/b/Tracker.kt", "com.acme.a"));
        assert!(!is_in_package("com/acme/Tracker.kt", ""));
    }
}
