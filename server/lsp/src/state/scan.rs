//! Scans of the workspace. Owns when one runs and how its result takes the place of the last one's; must
//! not know how a tree is walked.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use farewell_analysis::Database;
use farewell_analysis::database::{declarative_logouts, file_facts};
use farewell_analysis::source::{FileRole, role_of};
use farewell_project::{Loaded, ScanOptions, Workspace, marked_root_of};
use tower_lsp_server::ls_types::MessageType;
use tracing::{error, info, warn};

use super::failure::catch;
use super::{DiskChange, DocumentKey, FileTable, State};

/// How far the scan is.
#[derive(Clone, Debug, Default)]
pub(super) struct ScanProgress {
    is_running: bool,
    /// Whether one has ended well.
    has_told: bool,
    /// Whether another is to follow.
    again: bool,
    /// Where something happened on the disk meanwhile: the scan may have read what was there before.
    late: BTreeSet<PathBuf>,
    /// The files outside every folder that a scan has seen the projects of.
    lone_files: BTreeSet<PathBuf>,
    /// What was wrong with configurations, as the user was told last.
    problems: Vec<String>,
}

/// How long the client may take to take a message.
const MESSAGE_TIMEOUT: Duration = Duration::from_secs(30);

impl State {
    /// Opens and closes folders in the client. The next scan looks at them.
    pub(crate) fn change_roots(&mut self, added: Vec<PathBuf>, removed: &[PathBuf]) {
        self.roots.retain(|root| !removed.contains(root));
        for root in added {
            if is_too_wide(&root) {
                warn!("{} is too wide for one workspace: its files are judged with their own projects", root.display());
            } else if !self.roots.contains(&root) {
                self.roots.push(root);
            }
        }
    }

    /// Notes what happened on the disk while a scan runs, to look at it again then.
    pub(super) fn note_for_scan(&mut self, changes: &[DiskChange]) {
        if self.scan.is_running {
            self.scan.late.extend(changes.iter().map(|change| change.path().to_path_buf()));
        }
    }

    /// Whether a path lies in a folder that is open in the client.
    pub(super) fn is_in_roots(&self, path: &Path) -> bool {
        self.roots.iter().any(|root| path.starts_with(root))
    }

    /// Whether a file is outside every folder, and none that somebody else wrote.
    fn is_lone(&self, path: &Path) -> bool {
        !self.is_in_roots(path) && role_of(&path.to_string_lossy(), "") != FileRole::Generated
    }

    /// Scans for a document that was opened outside every folder: its project has a say in it.
    pub(super) fn scan_for(&mut self, key: &DocumentKey) {
        if let DocumentKey::File(path) = key
            && self.is_lone(path)
            && !self.scan.lone_files.contains(path)
        {
            self.scan();
        }
    }

    /// Scans the workspace, and the projects of files that are open outside it, on a blocking thread. It
    /// makes a database of its own; this one serves until then.
    pub(crate) fn scan(&mut self) {
        if self.scan.is_running {
            self.scan.again = true;
            return;
        }
        let open = self.documents.all().into_iter().filter_map(|(key, _)| key.path().map(Path::to_path_buf));
        self.scan.lone_files = open.filter(|path| self.is_lone(path)).collect();
        let mut paths: Vec<PathBuf> = self.roots.iter().chain(&self.scan.lone_files).cloned().collect();
        let options = ScanOptions { max_size: self.session.preferences.size_limit as u64, ..ScanOptions::default() };
        let has_told = self.scan.has_told;
        let events = self.events.clone();
        self.scan.is_running = true;
        self.runtime.spawn_blocking(move || {
            // A lone file without a project has nothing around it that could have a say.
            paths.retain(|path| path.is_dir() || (path.exists() && marked_root_of(path).is_some()));
            if paths.is_empty() && !has_told {
                return events.tell("a scan of nothing", State::scan_ended);
            }
            match Workspace::discover(&paths, &options) {
                Ok(workspace) => {
                    let mut db = Database::default();
                    let loaded = workspace.load(&mut db);
                    ask_everything(&db, &loaded);
                    events.tell("the scan's result", move |state| state.scanned(db, workspace, loaded));
                }
                Err(error) => {
                    warn!("the workspace cannot be scanned: {error}");
                    events.tell("the scan's failure", State::scan_ended);
                }
            }
        });
    }

    pub(super) fn scanned(&mut self, db: Database, workspace: Workspace, loaded: Loaded) {
        let mut files = FileTable::default();
        for (path, file) in loaded.all() {
            files.insert(DocumentKey::File(path.to_path_buf()), Arc::clone(file.path(&db)), file);
        }
        info!("scanned {}: {} files", workspace.root().display(), loaded.files_seen);
        for skipped in &loaded.skipped {
            info!("skipped {}: {}", skipped.path.display(), skipped.reason);
        }
        self.tell_problems(workspace.problems().iter().map(ToString::to_string).collect());
        // What is computed over the last database is not wanted any more.
        salsa::Database::trigger_cancellation(&mut self.db);
        self.db = db;
        self.workspace = Arc::new(workspace);
        self.loaded = loaded;
        self.files = Arc::new(files);
        self.scan.has_told = true;
        self.reread_documents();
        self.scan_ended();
    }

    /// Tells the user what is wrong with configurations, once.
    fn tell_problems(&mut self, problems: Vec<String>) {
        for problem in problems.iter().filter(|problem| !self.scan.problems.contains(problem)) {
            error!("{problem}");
            let message = problem.clone();
            self.converse(async move |client| {
                let shown = client.show_message(MessageType::WARNING, message);
                if tokio::time::timeout(MESSAGE_TIMEOUT, shown).await.is_err() {
                    warn!("the client takes no messages");
                }
            });
        }
        self.scan.problems = problems;
    }

    fn scan_ended(&mut self) {
        self.scan.is_running = false;
        let late = std::mem::take(&mut self.scan.late);
        if std::mem::take(&mut self.scan.again) {
            self.scan();
        } else {
            let below: Vec<DocumentKey> = late.iter().flat_map(|path| self.files.below(path)).collect();
            let below = below.iter().filter_map(DocumentKey::path).map(Path::to_path_buf);
            self.read_files(below.chain(late).collect());
        }
    }
}

/// Asks every file for what its project must know of it, so that no edit waits for that.
fn ask_everything(db: &Database, loaded: &Loaded) {
    for (path, file) in loaded.all() {
        // What fails here is in the log, and fails again for whoever wants to know it.
        let _ = catch(&path.display(), || {
            file_facts(db, file);
            declarative_logouts(db, file);
        });
    }
}

/// Whether a folder holds everything that somebody has: no one scans that.
fn is_too_wide(folder: &Path) -> bool {
    folder.parent().is_none() || std::env::home_dir().as_deref() == Some(folder)
}
