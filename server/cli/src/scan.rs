//! A scan: from paths to findings with their fixes, in parallel. Owns that one file's failure costs no
//! other file, and that the order of results is fixed; must not know how they are printed.

use std::any::Any;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{anyhow, bail};
use farewell_analysis::explain::Hover;
use farewell_analysis::fixes::Fix;
use farewell_analysis::rules::Finding;
use farewell_analysis::source::Language;
use farewell_analysis::{Audit, Database, Scratch, SourceFile, audit, fixes_of, hover, report};
use farewell_project::{ConfigurationProblem, Loaded, Reread, ScanOptions, Workspace};
use rayon::prelude::*;

use crate::fingerprint;
use crate::progress::{Done, Progress};
use crate::sources::shown;

/// Deeply nested code is walked by recursion: threads get a stack that real code never fills.
pub(crate) const STACK_SIZE: usize = 32 * 1024 * 1024;

thread_local! {
    /// Whether this thread analyses a file, so that a panic of its costs that file alone.
    static ANALYSING: Cell<bool> = const { Cell::new(false) };
}

/// The files of a scan, loaded.
pub(crate) struct Scan {
    pub(crate) workspace: Workspace,
    pub(crate) db: Database,
    pub(crate) loaded: Loaded,
    /// Whether it is of some of the projects alone, of which there may be none.
    pub(crate) is_part: bool,
    by_path: BTreeMap<Arc<str>, SourceFile>,
    /// What counts the files of all the parts of which this is one; without it each step shows its own progress.
    whole: Option<Done>,
}

/// What was found in one file.
#[derive(Debug)]
pub(crate) struct FileFindings {
    /// The file's path on disk (absolute).
    pub(crate) path: PathBuf,
    /// The file.
    pub(crate) file: SourceFile,
    /// Its findings, sorted by place and rule.
    pub(crate) findings: Vec<Found>,
    /// How many logout flows it holds.
    pub(crate) flows: usize,
    /// Why it was not analysed, where it was not.
    pub(crate) skipped: Option<String>,
}

/// A finding with its fixes.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) finding: Finding,
    pub(crate) fixes: Vec<Fix>,
    /// What it is known by wherever its line is; see [`crate::fingerprint`].
    pub(crate) fingerprint: String,
}

/// Sets the number of threads; 0 for one a core.
pub(crate) fn use_threads(count: usize) -> anyhow::Result<()> {
    rayon::ThreadPoolBuilder::new().num_threads(count).stack_size(STACK_SIZE).build_global()?;
    Ok(())
}

/// A file whose analysis panics is told of as a skipped one: a trace of it goes to the log alone. Panics
/// anywhere else are shown as ever.
pub(crate) fn log_panics_of_analysis() {
    let shown = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if ANALYSING.get() {
            tracing::debug!("{panic}");
        } else {
            shown(panic);
        }
    }));
}

/// Refuses a workspace with a `farewell.toml` that cannot be understood.
///
/// # Errors
/// What is wrong with them, each on a line.
pub(crate) fn tell_problems(workspace: &Workspace) -> anyhow::Result<()> {
    if workspace.problems().is_empty() {
        return Ok(());
    }
    let working_directory = std::env::current_dir().unwrap_or_default();
    let told = workspace.problems().iter().cloned();
    let told: Vec<String> = told
        .map(|problem| {
            let path = shown(&working_directory, &problem.path).into();
            ConfigurationProblem { path, ..problem }.to_string()
        })
        .collect();
    bail!("{}", told.join("\nerror: "))
}

impl Scan {
    /// Finds and reads the files.
    ///
    /// # Errors
    /// A path that does not exist, or a `farewell.toml` that cannot be understood: each on a line.
    pub(crate) fn load(paths: &[PathBuf], options: &ScanOptions) -> anyhow::Result<Self> {
        Ok(Self::of(Self::discover(paths, options)?, options.shard.is_some(), None))
    }

    /// Finds the files.
    ///
    /// # Errors
    /// As of [`Scan::load`].
    pub(crate) fn discover(paths: &[PathBuf], options: &ScanOptions) -> anyhow::Result<Workspace> {
        let _progress = Progress::of("Reading", 0);
        // Every scan searches for the vocabulary's words.
        let (workspace, ()) = rayon::join(|| Workspace::discover(paths, options), farewell_project::prepare);
        let workspace = workspace?;
        tell_problems(&workspace)?;
        Ok(workspace)
    }

    /// Reads the files of a workspace, or of one part of it; `whole` counts them as they are done.
    pub(crate) fn of(workspace: Workspace, is_part: bool, whole: Option<Done>) -> Self {
        let _progress = whole.is_none().then(|| Progress::of("Reading", 0));
        let mut db = Database::default();
        let loaded = workspace.load(&mut db);
        // Nothing is looked up any more: what was learnt of the tree on the way is given back.
        workspace.files_changed([]);
        let by_path = loaded.all().map(|(_, file)| (file.path(&db).clone(), file)).collect();
        Self { workspace, db, loaded, is_part, by_path, whole }
    }

    /// Reads a project for one file (absolute path) and takes a text for what the file holds, whether there is
    /// such a file or not.
    ///
    /// # Errors
    /// As of [`Scan::load`]; or the file's name tells no language, or the text is no source code.
    pub(crate) fn load_with(path: &Path, text: &str, options: &ScanOptions) -> anyhow::Result<Self> {
        let Some(language) = Language::of_path(path) else {
            bail!("{}: not a language that Farewell reads", path.display());
        };
        let is_there = |it: &&Path| it.is_dir() || *it == path && it.is_file();
        let asked = path.ancestors().find(is_there).unwrap_or(path);
        let mut scan = Self::load(&[asked.to_path_buf()], options)?;
        let loaded = &mut scan.loaded;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let file = loaded.put(&mut scan.db, &scan.workspace, path, language, &text.into(), false);
        loaded.link_what_is_wanted(&mut scan.db, &scan.workspace);
        let others = std::mem::take(&mut loaded.files);
        loaded.context.extend(others.into_iter().filter(|(other, _)| other != path));
        if !scan.workspace.excludes(path) {
            loaded.files.insert(path.to_path_buf(), file);
        }
        (loaded.files_seen, loaded.bytes_seen) = (1, text.len() as u64);
        loaded.skipped.retain(|skipped| skipped.path == path);
        scan.by_path = loaded.all().map(|(_, file)| (file.path(&scan.db).clone(), file)).collect();
        Ok(scan)
    }

    /// Takes in files (absolute paths) of the workspace whose text may have changed; whether that of any has.
    pub(crate) fn read_again(&mut self, paths: Vec<PathBuf>) -> bool {
        let mut has_changed = false;
        self.loaded.files_changed(&self.workspace, &paths);
        for Reread { path, text, linked_only } in self.loaded.index().read_again(&self.workspace, paths) {
            let known = self.loaded.index().get(&path).map(|file| file.text(&self.db).clone());
            if known.as_deref() == text.as_deref() {
                continue;
            }
            has_changed = true;
            let Some((language, text)) = Language::of_path(&path).zip(text.map(Arc::<str>::from)) else {
                self.loaded.remove(&mut self.db, &self.workspace, &path);
                continue;
            };
            let file = self.loaded.put(&mut self.db, &self.workspace, &path, language, &text, linked_only);
            if self.workspace.is_only_context(&path) {
                self.loaded.files.remove(&path);
                self.loaded.context.insert(path, file);
            } else if let Some(before) = known {
                self.loaded.bytes_seen =
                    (self.loaded.bytes_seen + text.len() as u64).saturating_sub(before.len() as u64);
            }
        }
        if !has_changed {
            return false;
        }
        self.loaded.link_what_is_wanted(&mut self.db, &self.workspace);
        self.workspace.files_changed([]);
        self.by_path = self.loaded.all().map(|(_, file)| (file.path(&self.db).clone(), file)).collect();
        true
    }

    /// Analyses every file that was asked for; sorted by path.
    pub(crate) fn analyse(&self) -> Vec<FileFindings> {
        self.analyse_each(true)
    }

    /// The same without looking for fixes, which cost an analysis of the file each.
    pub(crate) fn analyse_without_fixes(&self) -> Vec<FileFindings> {
        self.analyse_each(false)
    }

    fn analyse_each(&self, fixing: bool) -> Vec<FileFindings> {
        let files: Vec<(&PathBuf, SourceFile)> = self.loaded.files.iter().map(|(path, file)| (path, *file)).collect();
        let progress = self.whole.is_none().then(|| Progress::of("Analysing", files.len()));
        let done = self.whole.as_ref().or(progress.as_ref().map(Progress::done)).cloned().unwrap_or_default();
        if self.whole.is_some() {
            done.add(self.workspace.files_found().saturating_sub(files.len()));
        }
        let mut found: Vec<FileFindings> = files
            .into_par_iter()
            .map_with(Worker::new(&self.db), |worker, (path, file)| {
                let found = worker.analyse_file(path, file, fixing);
                done.add(1);
                found
            })
            .collect();
        drop(progress);
        found.iter_mut().for_each(|file| self.mark(file));
        found
    }

    /// Gives each finding of a file its fingerprint.
    fn mark(&self, file: &mut FileFindings) {
        let path = file.file.path(&self.db);
        let text_of = |path: &str| Some(self.file(path)?.text(&self.db).clone());
        let findings: Vec<&Finding> = file.findings.iter().map(|it| &it.finding).collect();
        let fingerprints = fingerprint::of_file(path, &findings, text_of);
        for (found, fingerprint) in file.findings.iter_mut().zip(fingerprints) {
            found.fingerprint = fingerprint;
        }
    }

    /// The logout map of the files that could be analysed, on a thread with a stack for deep code.
    ///
    /// # Errors
    /// The analysis failed, which is a fault of Farewell.
    pub(crate) fn audit(&self, found: &[FileFindings]) -> anyhow::Result<Audit> {
        let files: Vec<SourceFile> = found.iter().filter(|file| file.skipped.is_none()).map(|it| it.file).collect();
        let _progress = Progress::of("Following the ways out", 0);
        let db = self.db.clone();
        let (map, ()) = rayon::join(move || guarded(|| audit(&db, &files)), || ());
        map.map_err(|words| anyhow!("the analysis failed, which is a fault of Farewell: {words}"))
    }

    /// What an editor shows at a byte offset of a file, on a thread with a stack for deep code.
    ///
    /// # Errors
    /// The analysis failed, which is a fault of Farewell.
    pub(crate) fn hover(&self, file: SourceFile, offset: u32) -> anyhow::Result<Option<Hover>> {
        let db = self.db.clone();
        let (text, ()) = rayon::join(move || guarded(|| hover(&db, file, offset)), || ());
        text.map_err(|words| anyhow!("the analysis failed, which is a fault of Farewell: {words}"))
    }

    /// A file by the engine's path.
    pub(crate) fn file(&self, engine_path: &str) -> Option<SourceFile> {
        self.by_path.get(engine_path).copied()
    }
}

/// What analyses files one after another. A clone works beside it.
struct Worker {
    db: Database,
    /// What fixes are proved in, once there was one to prove.
    scratch: Option<Scratch>,
}

impl Worker {
    fn new(db: &Database) -> Self {
        Self { db: db.clone(), scratch: None }
    }

    fn analyse_file(&mut self, path: &Path, file: SourceFile, fixing: bool) -> FileFindings {
        tracing::debug!("analysing {}", path.display());
        let db = &self.db;
        // A proof that panics leaves what it was made in half done: the next file gets another one.
        let mut scratch = self.scratch.take();
        let analysed = guarded(|| {
            let report = report(db, file);
            let most_proofs = if fixing { most_proofs(file.text(db).len(), report.findings.len()) } else { 0 };
            let found = |(index, finding): (usize, &Finding)| {
                let mut fixes = Vec::new();
                if index < most_proofs {
                    fixes = fixes_of(db, file, finding, scratch.get_or_insert_default());
                }
                Found { finding: finding.clone(), fixes, fingerprint: String::new() }
            };
            let findings: Vec<Found> = report.findings.iter().enumerate().map(found).collect();
            (findings, report.flows, report.skipped.map(str::to_owned), scratch)
        });
        let (mut findings, flows, skipped) = match analysed {
            Ok((findings, flows, skipped, scratch)) => {
                self.scratch = scratch;
                (findings, flows, skipped)
            }
            Err(words) => (Vec::new(), 0, Some(format!("the analysis failed, which is a fault of Farewell: {words}"))),
        };
        findings.sort_by_key(|it| (it.finding.span, it.finding.rule.name()));
        tracing::debug!("analysed {}", path.display());
        FileFindings { path: path.to_path_buf(), file, findings, flows, skipped }
    }
}

impl Clone for Worker {
    fn clone(&self) -> Self {
        Self::new(&self.db)
    }
}

/// For how many findings of a file fixes are looked for. Each proof judges the whole file again, which
/// takes time by its length and its findings; a file of ordinary size is never cut short. What is left
/// over has its turn when the first ones are fixed.
fn most_proofs(bytes: usize, findings: usize) -> usize {
    const WORK: usize = 16 * 1024 * 1024;
    const WORK_OF_A_FINDING: usize = 512;
    WORK / (bytes + findings * WORK_OF_A_FINDING).max(1)
}

/// Runs an analysis; the error is what its panic said.
fn guarded<Answer>(analysis: impl FnOnce() -> Answer) -> Result<Answer, String> {
    ANALYSING.set(true);
    let answer = catch_unwind(AssertUnwindSafe(analysis));
    ANALYSING.set(false);
    answer.map_err(|panic| words_of(&*panic).to_owned())
}

fn words_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no more is known")
}

#[cfg(test)]
mod tests {
    use super::{ANALYSING, guarded, most_proofs};

    #[test]
    fn proofs_are_bounded_where_there_are_thousands() {
        assert!(most_proofs(30_000, 100) > 100);
        assert!(most_proofs(150_000, 3_000) < 20);
        assert!(most_proofs(0, 0) > 0);
    }

    #[test]
    fn a_panic_costs_no_more_than_its_analysis() {
        assert_eq!(guarded(|| 1), Ok(1));
        assert_eq!(guarded::<()>(|| panic!("plain")), Err("plain".into()));
        assert_eq!(guarded::<()>(|| panic!("at {}", 3)), Err("at 3".into()));
        assert!(!ANALYSING.get());
    }
}
