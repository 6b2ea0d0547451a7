//! What a scan does: it walks, reads and asks beforehand what would be asked later. Owns what is looked at
//! and what of it stands when the user does not want to wait; must not know whose turn it is.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use farewell_analysis::database::{declarative_logouts, file_facts};
use farewell_analysis::{Database, Project};
use farewell_project::{Loaded, ScanOptions, Workspace, marked_root_of};

use super::failure::catch;
use super::status::{Health, Scanned};
use super::{DocumentKey, FileTable};

/// Why a scan brought nothing: how bad that is, and a sentence.
pub(super) type ScanFailure = (Health, String);

/// What a scan brings.
pub(super) struct Outcome {
    /// The database.
    pub(super) db: Database,
    /// The user's tree.
    pub(super) workspace: Workspace,
    /// The database's inputs.
    pub(super) loaded: Loaded,
    /// The table of them.
    pub(super) files: FileTable,
    /// The figures.
    pub(super) scanned: Scanned,
}

/// Looks at everything below some paths; `None` where there is nothing to look at.
///
/// # Errors
/// Why there is no result.
pub(super) fn look_at(
    mut paths: Vec<PathBuf>,
    options: &ScanOptions,
    must_scan: bool,
    is_cancelled: &AtomicBool,
) -> Result<Option<Outcome>, ScanFailure> {
    let began = Instant::now();
    // A lone file without a project has nothing around it that could have a say.
    paths.retain(|path| path.is_dir() || (path.exists() && marked_root_of(path).is_some()));
    if paths.is_empty() && !must_scan && *options == ScanOptions::default() {
        return Ok(None);
    }
    let workspace = Workspace::discover(&paths, options);
    let workspace = workspace.map_err(|error| (Health::Error, format!("the workspace cannot be scanned: {error}")))?;
    if is_cancelled.load(Ordering::Relaxed) {
        let failure = "the scan was cancelled: other files have no say until the next one";
        return Err((Health::Warning, failure.to_owned()));
    }
    let mut db = Database::default();
    let loaded = workspace.load(&mut db);
    ask_everything(&db, &loaded, is_cancelled);
    let mut files = FileTable::default();
    for (path, file) in loaded.all() {
        files.insert(DocumentKey::File(path.to_path_buf()), Arc::clone(file.path(&db)), file);
    }
    let projects: BTreeSet<Project> = loaded.all().map(|(_, file)| file.project(&db)).collect();
    let scanned =
        Scanned { projects: projects.len(), files: loaded.files_seen, bytes: loaded.bytes_seen, took: began.elapsed() };
    Ok(Some(Outcome { db, workspace, loaded, files, scanned }))
}

/// Asks every file for what its project must know of it, so that no edit waits for that. Where the user does
/// not want to wait, the edits do.
fn ask_everything(db: &Database, loaded: &Loaded, is_cancelled: &AtomicBool) {
    for (path, file) in loaded.all().take_while(|_| !is_cancelled.load(Ordering::Relaxed)) {
        // What fails here is in the log, and fails again for whoever wants to know it.
        let _ = catch(&path.display(), || {
            file_facts(db, file);
            declarative_logouts(db, file);
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use farewell_project::ScanOptions;

    use super::look_at;
    use crate::state::Health;

    #[test]
    fn a_scan_ends_when_it_is_cancelled_and_brings_what_was_read_otherwise() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.ts"), "FS('setIdentity', { uid: user.id });\n").unwrap();
        let look = |is_cancelled| {
            let paths = vec![folder.path().to_path_buf()];
            look_at(paths, &ScanOptions::default(), false, &AtomicBool::new(is_cancelled))
        };
        let (health, failure) = look(true).err().unwrap();
        assert_eq!(health, Health::Warning);
        assert!(failure.contains("cancelled"), "{failure}");
        let found = look(false).ok().flatten().unwrap();
        assert_eq!((found.scanned.files, found.scanned.projects, found.files.entries().count()), (1, 1, 1));
        let nothing =
            look_at(vec![folder.path().join("none")], &ScanOptions::default(), false, &AtomicBool::new(false));
        assert!(nothing.is_ok_and(|found| found.is_none()));
    }
}
