//! Watching a workspace on disk. Owns which folders are watched and when a burst of changes is over; must not know
//! what is done about them.

use std::collections::BTreeSet;
use std::fs::DirEntry;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, anyhow};
use farewell_project::{Change, Workspace};
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// After so long without a change a burst of them is over: an editor writes a file in several steps, git many files.
const QUIET: Duration = Duration::from_millis(80);
/// What never rests is looked at all the same.
const LONGEST_BURST: Duration = Duration::from_secs(2);
/// How far a file system's clock is behind.
const COARSENESS: Duration = Duration::from_millis(10);

/// What watches.
pub(crate) struct Watcher {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    folders: BTreeSet<PathBuf>,
    /// What happened before anybody watched.
    missed: BTreeSet<PathBuf>,
}

/// What has changed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Changes {
    /// The texts of these files (absolute paths).
    Texts(Vec<PathBuf>),
    /// Which files there are, or what the projects are.
    Tree,
}

impl Watcher {
    /// Watches a workspace that was loaded from some time on.
    ///
    /// # Errors
    /// The system refuses it.
    pub(crate) fn new(workspace: &Workspace, since: SystemTime) -> anyhow::Result<Self> {
        let (sender, events) = mpsc::channel();
        // The receiver lives as long as the watcher.
        let watcher = notify::recommended_watcher(move |event| drop(sender.send(event))).map_err(refused)?;
        let mut watcher = Self { watcher, events, folders: BTreeSet::new(), missed: BTreeSet::new() };
        watcher.follow(workspace, since)?;
        Ok(watcher)
    }

    /// Watches a workspace that was loaded anew, from some time on.
    ///
    /// # Errors
    /// The system refuses it.
    pub(crate) fn follow(&mut self, workspace: &Workspace, since: SystemTime) -> anyhow::Result<()> {
        let wanted: BTreeSet<PathBuf> = workspace.folders().cloned().collect();
        // One that is gone is watched no more by itself.
        self.folders.retain(|folder| folder.is_dir());
        let mut paths = self.watcher.paths_mut();
        for folder in wanted.difference(&self.folders) {
            match paths.add(folder, RecursiveMode::NonRecursive) {
                // One that is gone again is told of by the one above; one that is not readable was told of.
                Err(error) if std::fs::read_dir(folder).is_ok() => return Err(refused(error)),
                _ => {}
            }
        }
        paths.commit().map_err(refused)?;
        let since = since.checked_sub(COARSENESS).unwrap_or(since);
        self.missed.extend(wanted.difference(&self.folders).flat_map(|folder| written(folder, since)));
        self.folders.extend(wanted);
        Ok(())
    }

    /// Waits for changes that a workspace has to be looked at for.
    ///
    /// # Errors
    /// The system tells of no more of them.
    pub(crate) fn next(&mut self, workspace: &Workspace) -> anyhow::Result<Changes> {
        loop {
            let mut burst = Burst { paths: std::mem::take(&mut self.missed), has_gap: false };
            if burst.paths.is_empty() {
                burst.add(self.events.recv().context("nothing is watched any more")?);
            }
            let start = Instant::now();
            while start.elapsed() < LONGEST_BURST {
                match self.events.recv_timeout(QUIET) {
                    Ok(event) => burst.add(event),
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(error) => return Err(anyhow!(error).context("nothing is watched any more")),
                }
            }
            if let Some(changes) = burst.changes(workspace) {
                return Ok(changes);
            }
        }
    }
}

/// What was told within a short time.
struct Burst {
    paths: BTreeSet<PathBuf>,
    /// Whether something was not told.
    has_gap: bool,
}

impl Burst {
    fn add(&mut self, event: notify::Result<Event>) {
        match event {
            Ok(event) => {
                self.has_gap |= event.need_rescan();
                // To read a file changes nothing.
                if !matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write)) {
                    self.paths.extend(event.paths);
                }
            }
            Err(_) => self.has_gap = true,
        }
    }

    fn changes(self, workspace: &Workspace) -> Option<Changes> {
        let mut texts = Vec::new();
        let mut has_tree_changed = self.has_gap;
        for path in self.paths {
            match workspace.change_at(&path) {
                Change::Nothing => {}
                Change::Text => texts.push(path),
                Change::Tree => has_tree_changed = true,
            }
        }
        if has_tree_changed {
            return Some(Changes::Tree);
        }
        (!texts.is_empty()).then_some(Changes::Texts(texts))
    }
}

/// Clears the terminal that standard output is.
///
/// # Errors
/// It cannot be written.
pub(crate) fn clear_screen() -> io::Result<()> {
    const CLEAR: &[u8] = b"\x1b[2J\x1b[3J\x1b[H";
    let mut output = io::stdout().lock();
    output.write_all(CLEAR)?;
    output.flush()
}

/// What was written into a folder since some time.
fn written(folder: &Path, since: SystemTime) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_new = move |entry: &DirEntry| entry.metadata().and_then(|it| it.modified()).is_ok_and(|time| time >= since);
    entries.filter(is_new).map(|entry| entry.path())
}

fn refused(error: notify::Error) -> anyhow::Error {
    let advice = match error.kind {
        notify::ErrorKind::MaxFilesWatch => "; on Linux, raise fs.inotify.max_user_watches",
        _ => "",
    };
    anyhow!("the files cannot be watched: {error}{advice}")
}
