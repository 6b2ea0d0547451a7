//! What was found beside the loaded files, written. Owns the loading loop and what of a finding still holds
//! when it is written; must not know how it was found.

use std::path::PathBuf;

use farewell_analysis::{Database, SourceFile};
use salsa::Setter;

use crate::Loaded;
use crate::links::{Engine, ModuleFiles, Questions, ROUNDS, Wanted};
use crate::workspace::Workspace;

/// What was written of what was wanted.
#[derive(Debug, Default)]
pub struct Linked {
    /// Whether the database changed, so that there may be more to want.
    pub has_changed: bool,
    /// The files that were loaded.
    pub added: Vec<SourceFile>,
}

impl Loaded {
    /// Forgets what was resolved, and what is known of files (absolute paths) that came, changed or went.
    pub fn files_changed(&mut self, workspace: &Workspace, paths: &[PathBuf]) {
        workspace.files_changed(paths.iter().map(PathBuf::as_path));
        self.index.changed(paths);
    }

    /// Writes what was found to be wanted.
    pub fn link(&mut self, db: &mut Database, workspace: &Workspace, mut wanted: Wanted) -> Linked {
        self.index.note(&mut wanted);
        let mut has_changed = false;
        let mut added = Vec::new();
        for file in wanted.files {
            if self.index.get(&file.path).is_some() {
                continue;
            }
            let source = self.source_file(db, workspace, &file.path, file.language, file.text.into(), file.linked_only);
            self.index.insert_demanded(file.path.clone(), source);
            let is_reported = file.is_reported && !file.linked_only;
            if is_reported { &mut self.files } else { &mut self.context }.insert(file.path, source);
            added.push(source);
        }
        for path in wanted.callers {
            if let Some(file) = self.index.get(&path)
                && file.linked_only(db)
            {
                file.set_linked_only(db).to(false);
                if workspace.is_asked_for(&path) && self.context.remove(&path).is_some() {
                    self.files.insert(path, file);
                }
                has_changed = true;
            }
        }
        if !added.is_empty() {
            self.set_members(db, workspace);
        }
        for (file, modules) in wanted.links {
            // What was wanted may be gone meanwhile.
            let modules = retained(modules, |target| self.index.contains(target));
            if self.index.contains(file) && file.modules(db) != &modules {
                file.set_modules(db).to(modules);
                has_changed = true;
            }
        }
        Linked { has_changed: has_changed || !added.is_empty(), added }
    }

    /// Loads and links what is wanted by files that were put in by hand.
    pub fn link_what_is_wanted(&mut self, db: &mut Database, workspace: &Workspace) {
        self.link_all(&Engine, db, workspace);
    }

    /// Loads and links until nothing more is wanted.
    pub(crate) fn link_all<Asked: Questions>(&mut self, asked: &Asked, db: &mut Database, workspace: &Workspace) {
        // A round that loads files is followed by one that links them.
        for _ in 0..2 * ROUNDS {
            let lacks = self.index.lacks_by(asked, db, workspace, None);
            if lacks.is_empty() {
                return;
            }
            tracing::debug!("the loaded files lack {lacks}");
            let wanted = self.index.find(workspace, lacks);
            let linked = self.link(db, workspace, wanted);
            tracing::debug!("{} files are loaded beside them", linked.added.len());
        }
    }
}

/// Modules with some of their files.
pub(crate) fn retained(mut modules: ModuleFiles, keep: impl Fn(SourceFile) -> bool) -> ModuleFiles {
    modules.retain(|_, files| {
        files.retain(|file| keep(*file));
        !files.is_empty()
    });
    modules
}
