//! Scans of the workspace. Owns when one runs and how its result takes the place of the last one's; must
//! not know how a tree is walked.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use farewell_analysis::source::{FileRole, role_of};
use tokio::sync::oneshot;
use tracing::{error, info, warn};

use super::background;
use super::failure::catch;
use super::look::{Outcome, ScanFailure, look_at};
use super::progress::Progress;
use super::status::{Health, Scanned};
use super::{DiskChange, DocumentKey, State};
use crate::log::LOG;

/// The scans, and what the last one brought.
#[derive(Debug, Default)]
pub(super) struct Scans {
    /// The one that is under way.
    pub(super) progress: Option<Progress>,
    /// Counts them.
    pub(super) number: u64,
    /// What the last one found.
    pub(super) scanned: Scanned,
    /// Why there is no result of the last one, where there is none.
    pub(super) failure: Option<ScanFailure>,
    /// What is wrong with configurations, as the user was told last.
    pub(super) problems: Vec<String>,
    /// Whether one has ended well.
    has_told: bool,
    /// Whether another is to follow.
    again: bool,
    /// Who waits for its end.
    waiting: Vec<oneshot::Sender<()>>,
    /// Whether the next one makes a new database even of nothing.
    must_scan: bool,
    /// Where something happened on the disk meanwhile: the scan may have read what was there before.
    late: BTreeSet<PathBuf>,
    /// The files outside every folder that a scan has seen the projects of.
    lone_files: BTreeSet<PathBuf>,
}

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
        if self.is_scanning() {
            self.scan.late.extend(changes.iter().map(|change| change.path().to_path_buf()));
        }
    }

    /// Whether a scan is under way.
    pub(super) fn is_scanning(&self) -> bool {
        self.scan.progress.is_some()
    }

    /// Answers when no scan is under way.
    pub(crate) fn when_scanned(&mut self, reply: oneshot::Sender<()>) {
        if !self.is_over {
            self.scan.waiting.push(reply);
        }
        if !self.is_scanning() {
            self.answer_who_waits();
        }
    }

    fn answer_who_waits(&mut self) {
        for reply in std::mem::take(&mut self.scan.waiting) {
            // Nobody listens where the request was cancelled.
            let _ = reply.send(());
        }
    }

    /// Gives up who waits for the end of a scan.
    pub(super) fn end_waiting(&mut self) {
        self.scan.waiting.clear();
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

    /// Scans the workspace, and the projects of files that are open outside it, in the background. It makes a database
    /// of its own; this one serves until then.
    pub(crate) fn scan(&mut self) {
        if self.is_scanning() {
            self.scan.again = true;
            return;
        }
        let open = self.documents.all().into_iter().filter_map(|(key, _)| key.path().map(Path::to_path_buf));
        self.scan.lone_files = open.filter(|path| self.is_lone(path)).collect();
        let paths: Vec<PathBuf> = self.roots.iter().chain(&self.scan.lone_files).cloned().collect();
        let options = self.session.scan_options();
        let must_scan = self.scan.has_told || self.scan.must_scan;
        let progress = self.begin_progress(!self.scan.has_told);
        let is_cancelled = progress.cancellation();
        self.scan.progress = Some(progress);
        let events = self.events.clone();
        let started = background::run("scan", move || {
            let scanned = catch(&"the workspace", || look_at(paths, &options, must_scan, &is_cancelled));
            events.tell("the scan's result", move |state| match scanned {
                Ok(Ok(Some(result))) => state.scanned(result),
                Ok(Ok(None)) => state.scan_ended(None),
                Ok(Err(failure)) => state.scan_ended(Some(failure)),
                Err(_) => {
                    let failure = "the scan of the workspace failed; the log says where".to_owned();
                    state.scan_ended(Some((Health::Error, failure)));
                }
            });
        });
        if let Err(error) = started {
            self.scan_ended(Some((Health::Error, format!("the workspace cannot be scanned: {error}"))));
        }
    }

    /// Forgets what is known and scans again: the user has no faith in it.
    pub(crate) fn restart(&mut self) {
        info!("everything is read again");
        self.held = Arc::default();
        self.scan.has_told = false;
        self.scan.problems.clear();
        self.scan.must_scan = true;
        self.ask_for_settings();
        self.scan();
    }

    pub(super) fn scanned(&mut self, result: Outcome) {
        let Outcome { db, workspace, loaded, files, scanned } = result;
        info!("scanned {} in {} ms: {} files", workspace.root().display(), scanned.milliseconds(), scanned.files);
        LOG.trace(|| format!("scanned {} files", scanned.files), || workspace.root().display().to_string());
        for skipped in &loaded.skipped {
            info!("skipped {}: {}", skipped.path.display(), skipped.reason);
        }
        self.tell_problems(workspace.problems().iter().map(ToString::to_string).collect());
        // What is computed over the last database is not wanted any more.
        salsa::Database::trigger_cancellation(&mut self.db);
        let old = (
            std::mem::replace(&mut self.db, db),
            std::mem::replace(&mut self.workspace, Arc::new(workspace)),
            std::mem::replace(&mut self.loaded, loaded),
            std::mem::replace(&mut self.files, Arc::new(files)),
        );
        // To let go of a large database takes its time.
        self.runtime.spawn_blocking(move || drop(old));
        self.scan.scanned = scanned;
        self.scan.has_told = true;
        self.scan.must_scan = false;
        self.views_changed();
        self.judge_anew();
        self.reread_documents();
        self.scan_ended(None);
    }

    /// Tells the user what is wrong with configurations, once.
    fn tell_problems(&mut self, problems: Vec<String>) {
        for problem in problems.iter().filter(|problem| !self.scan.problems.contains(problem)) {
            error!("{problem}");
            self.show_warning(problem.clone());
        }
        self.scan.problems = problems;
    }

    fn scan_ended(&mut self, failure: Option<ScanFailure>) {
        self.scan.progress = None;
        if let Some((_, failure)) = &failure {
            warn!("{failure}");
        }
        self.scan.failure = failure;
        let late = std::mem::take(&mut self.scan.late);
        if std::mem::take(&mut self.scan.again) {
            self.scan();
        } else {
            let below: Vec<DocumentKey> = late.iter().flat_map(|path| self.files.below(path)).collect();
            let below = below.iter().filter_map(DocumentKey::path).map(Path::to_path_buf);
            self.read_files(below.chain(late).collect());
            // Whoever waits for the workspace's reports waits for the scan's end too.
            self.diagnose_soon();
            self.tell_status();
            self.answer_who_waits();
            self.answer_closed_pulls();
        }
    }
}

/// Whether a folder holds everything that somebody has: no one scans that.
fn is_too_wide(folder: &Path) -> bool {
    folder.parent().is_none() || std::env::home_dir().as_deref() == Some(folder)
}
