//! Small projects in memory, for the tests of what looks at whole files.

use std::path::Path;
use std::sync::Arc;

use salsa::Setter;

use crate::database::{Database, Manifest, Project, Settings, SourceFile};
use crate::source::{Language, role_of};

/// A project of some files, given as path and text; its files are sorted by path.
pub(crate) fn project(files: &[(&str, &str)]) -> (Database, Vec<SourceFile>) {
    let mut db = Database::default();
    let project = Project::new(&db, Manifest::default(), Settings::default(), Vec::new(), None);
    let file = |(path, text): &(&str, &str)| {
        let language = Language::of_path(Path::new(path)).unwrap();
        let role = role_of(path, text);
        SourceFile::new(&db, Arc::from(*path), language, role, Arc::from(*text), None, project)
    };
    let mut files: Vec<SourceFile> = files.iter().map(file).collect();
    files.sort_by(|left, right| left.path(&db).cmp(right.path(&db)));
    project.set_files(&mut db).to(files.clone());
    (db, files)
}
