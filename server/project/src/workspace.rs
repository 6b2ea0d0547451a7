//! The workspace: the files asked for, those read for context beside them, and the manifests and
//! configurations that hold for each. Looks at names and small files; sources are read by `load`.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use farewell_analysis::source::Language;

use rustc_hash::FxHashMap;

use crate::configuration::{Configuration, ConfigurationProblem, Severities};
use crate::error::{ProjectError, SkipReason, Skipped};
use crate::manifest::{self, tables};
use crate::membership::{Packages, members, whole_build};
use crate::path_map::PathMap;
use crate::paths::{absolute, relative, with_forward_slashes};
use crate::prefilter::Prefilter;
use crate::read::DEFAULT_MAX_SIZE;
use crate::resolution::Modules;
use crate::root::common_root;
use crate::shard::Shard;
use crate::walk::{Extent, Walked, is_left_out, is_page, walk};

/// What a caller may set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanOptions {
    /// Files of more bytes than this are skipped.
    pub max_size: u64,
    /// Whether files are going to change while they are looked at, as under an editor.
    pub is_edited: bool,
    /// Severities that win over those of every `farewell.toml`.
    pub severities: Severities,
    /// What stands in their place in a folder (absolute) and below it; the nearest folder counts.
    pub severities_in: PathMap<Severities>,
    /// The part of the projects that is asked for; all of them by default.
    pub shard: Option<Shard>,
}

impl Default for ScanOptions {
    fn default() -> Self {
        Self {
            max_size: DEFAULT_MAX_SIZE,
            is_edited: true,
            severities: Severities::new(),
            severities_in: PathMap::default(),
            shard: None,
        }
    }
}

/// A workspace, as its names and small files tell it.
#[derive(Debug)]
pub struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) options: ScanOptions,
    pub(crate) files: PathMap<Purpose>,
    pub(crate) packages: Packages,
    pub(crate) configurations: PathMap<Configuration>,
    pub(crate) skipped: Vec<Skipped>,
    pub(crate) modules: Modules,
    pub(crate) memberships: RwLock<FxHashMap<PathBuf, Arc<BTreeSet<PathBuf>>>>,
    pub(crate) prefilter: OnceLock<Prefilter>,
    pub(crate) problems: Vec<ConfigurationProblem>,
    /// Folders whose manifests and configuration were looked at.
    pub(crate) looked_at: BTreeSet<PathBuf>,
    pub(crate) walked: Vec<(PathBuf, Extent)>,
    /// Folders that were entered.
    pub(crate) folders: BTreeSet<PathBuf>,
}

/// Why a file is in the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    /// For what it says of its project's identity.
    ForContext,
    /// It lies in a folder that was asked for.
    InFolder,
    /// It was asked for itself.
    ByName,
}

impl Workspace {
    /// Finds the files of `paths` (files or folders, relative to the working directory or absolute), and
    /// those that their projects' facts need: a project is judged as a whole, even where one file of it
    /// is asked for. Ignore files are respected, hidden files left out and symbolic links not followed.
    /// What is ignored, or installed or built by a tool, is walked where it is asked for by name.
    ///
    /// A broken `farewell.toml` is no error here: see [`Workspace::problems`].
    ///
    /// # Errors
    /// [`ProjectError`], where one of the paths does not exist or cannot be looked at.
    pub fn discover(paths: &[PathBuf], options: &ScanOptions) -> Result<Self, ProjectError> {
        let base = std::env::current_dir().unwrap_or_default();
        let mut asked = Vec::new();
        for path in paths {
            let full = absolute(&base, path);
            match full.try_exists() {
                Ok(true) => asked.push(full),
                Ok(false) => return Err(ProjectError::Missing(path.clone())),
                Err(reason) => return Err(ProjectError::Unreadable { path: path.clone(), reason }),
            }
        }
        let root = common_root(&asked).unwrap_or(base);
        let mut workspace = Self {
            modules: Modules::new(&root, &Packages::default()),
            memberships: RwLock::default(),
            prefilter: OnceLock::new(),
            root,
            options: options.clone(),
            files: PathMap::default(),
            packages: Packages::default(),
            configurations: PathMap::default(),
            skipped: Vec::new(),
            problems: Vec::new(),
            looked_at: BTreeSet::new(),
            walked: Vec::new(),
            folders: BTreeSet::new(),
        };
        let named: Vec<PathBuf> = asked.into_iter().filter_map(|path| workspace.ask(path)).collect();
        workspace.files.extend(named.into_iter().map(|path| (path, Purpose::ByName)));
        workspace.add_context();
        workspace.leave_out_excluded();
        if let Some(shard) = options.shard {
            workspace.keep(shard);
        }
        workspace.modules = Modules::new(&workspace.root, &workspace.packages);
        Ok(workspace)
    }

    /// The workspace's root (absolute). The engine's paths are relative to it.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// How many files were found, those for context included.
    pub fn files_found(&self) -> usize {
        self.files.len()
    }

    /// What is wrong with configurations. A broken one counts as an empty one.
    pub fn problems(&self) -> &[ConfigurationProblem] {
        &self.problems
    }

    /// A file's path as the engine knows it: relative to the root, with forward slashes.
    pub fn engine_path(&self, path: &Path) -> String {
        with_forward_slashes(&relative(&self.root, path))
    }

    /// The path on disk (absolute) of a path of the engine.
    pub fn disk_path(&self, engine_path: &str) -> PathBuf {
        absolute(&self.root, Path::new(engine_path))
    }

    /// The folder (absolute) of the project that a file belongs to: the nearest one with a manifest, or
    /// the root. The parts of a build (Gradle's modules) are one project with what builds them.
    pub fn project_folder(&self, path: &Path) -> &Path {
        match self.packages.nearest(path) {
            Some((folder, manifest)) if manifest.part_of.is_some() => whole_build(&self.packages, folder),
            Some((folder, _)) => folder,
            None => &self.root,
        }
    }

    /// Each of some files with the folder of its project. Of those that stand side by side in one folder, one is asked.
    pub(crate) fn with_project_folders<'own, 'paths>(
        &'own self,
        paths: impl Iterator<Item = &'paths Path>,
    ) -> impl Iterator<Item = (&'paths Path, &'own Path)> {
        let mut last: Option<(&OsStr, &Path)> = None;
        paths.map(move |path| {
            let folder = path.parent().unwrap_or(path).as_os_str();
            match last {
                Some((above, project)) if above == folder => (path, project),
                _ => {
                    let project = self.project_folder(path);
                    last = Some((folder, project));
                    (path, project)
                }
            }
        })
    }

    /// The folder (absolute) that the manifest of a file's project names for a dependency.
    pub(crate) fn dependency_folder(&self, path: &Path, name: &str) -> Option<PathBuf> {
        let (folder, manifest) = self.packages.nearest(path)?;
        let dependency = manifest.dependencies.iter().find(|it| it.name == name && it.folder.is_some())?;
        let target = absolute(folder, dependency.folder.as_deref()?);
        self.packages.contains_key(&target).then_some(target)
    }

    /// The nearest configuration at or above a file, with its folder (absolute).
    pub fn configuration(&self, path: &Path) -> Option<(&Path, &Configuration)> {
        self.configurations.nearest(path)
    }

    /// The folders (absolute) that have a configuration.
    pub fn configuration_folders(&self) -> impl Iterator<Item = &Path> {
        self.configurations.keys()
    }

    /// Whether the nearest configuration excludes a file.
    pub fn excludes(&self, path: &Path) -> bool {
        self.configuration(path)
            .is_some_and(|(folder, configuration)| configuration.excludes(path.strip_prefix(folder).unwrap_or(path)))
    }

    /// The folders whose files count for the project in a folder.
    pub(crate) fn members(&self, folder: &Path) -> Arc<BTreeSet<PathBuf>> {
        let known = self.memberships.read().unwrap_or_else(PoisonError::into_inner).get(folder).cloned();
        known.unwrap_or_else(|| {
            let members = Arc::new(members(&self.packages, folder));
            let mut known = self.memberships.write().unwrap_or_else(PoisonError::into_inner);
            known.insert(folder.to_path_buf(), Arc::clone(&members));
            members
        })
    }

    /// Those of some project folders whose projects depend on the one in `folder`, and are no part of it.
    pub(crate) fn dependents<'a>(&self, folder: &Path, others: impl Iterator<Item = &'a Path>) -> BTreeSet<PathBuf> {
        let own = self.members(folder);
        let depends = |other: &&Path| !own.contains(*other) && self.members(other).contains(folder);
        others.filter(depends).map(Path::to_path_buf).collect()
    }

    /// The folders whose files may call what the project in a folder declares.
    pub(crate) fn members_and_dependents(&self, folder: &Path) -> BTreeSet<PathBuf> {
        let mut folders = self.dependents(folder, self.packages.keys());
        folders.extend(self.members(folder).iter().cloned());
        folders
    }

    /// The prefilter of the files. Those that are read for context pass through the same one: who calls a
    /// flow has a say in it, whether it was asked for or not.
    pub(crate) fn prefilter(&self) -> &Prefilter {
        self.prefilter.get_or_init(|| {
            let extensions = self.configurations.values().map(|configuration| &configuration.extension);
            let words =
                extensions.flat_map(|extension| extension.prefilter_words.iter().chain(&extension.identity_words));
            Prefilter::with(words.cloned().collect(), self.files.len())
        })
    }

    /// Finds what was asked for, and gives back a path that is a file which may be read.
    fn ask(&mut self, path: PathBuf) -> Option<PathBuf> {
        if path.is_dir() {
            self.look_upwards(&path);
            self.walk_folder(&path, Purpose::InFolder);
            return None;
        }
        if let Some(folder) = path.parent() {
            self.look_upwards(folder);
        }
        if is_page(&path) {
            self.skipped.push(Skipped { path: path.clone(), reason: SkipReason::Page });
        }
        if Language::of_path(&path).is_some() || is_page(&path) {
            return Some(path);
        }
        self.skipped.push(Skipped { path, reason: SkipReason::UnknownLanguage });
        None
    }

    /// Walks the projects that files asked for belong to, with the workspace packages that they depend on and
    /// those that depend on them.
    fn add_context(&mut self) {
        let sources = self.files.keys().filter(|path| Language::of_path(path).is_some());
        let mut projects: Vec<&Path> = self.with_project_folders(sources).map(|(_, project)| project).collect();
        projects.dedup();
        let projects: BTreeSet<PathBuf> = projects.into_iter().map(Path::to_path_buf).collect();
        let tops: BTreeSet<PathBuf> = projects.iter().filter_map(|folder| self.monorepo_top(folder)).collect();
        for top in tops {
            if self.is_walked(&top, Extent::Sources) {
                continue;
            }
            let found = walk(&self.root, &top, Extent::Sources);
            for folder in found.manifest_folders {
                self.look_at(&folder);
            }
        }
        for project in &projects {
            // A package above holds everything, and depends on nothing by that.
            let is_above = |other: &Path| project.starts_with(other);
            let depends = |other: &&Path| !is_above(other) && members(&self.packages, other).contains(project);
            let mut folders: BTreeSet<PathBuf> = self.packages.keys().filter(depends).map(Path::to_path_buf).collect();
            folders.extend(members(&self.packages, project));
            for folder in folders {
                self.walk_folder(&folder, Purpose::ForContext);
            }
        }
    }

    /// The outermost folder at or above a project that says that there are packages below it.
    fn monorepo_top(&self, project: &Path) -> Option<PathBuf> {
        let has_sign = |folder: &&Path| {
            self.packages.get(folder).is_some_and(|manifest| manifest.has_workspaces)
                || tables().monorepo_signs.iter().any(|sign| folder.join(sign).is_file())
        };
        let inside = project.ancestors().take_while(|folder| folder.starts_with(&self.root));
        inside.filter(has_sign).last().map(Path::to_path_buf)
    }

    fn walk_folder(&mut self, folder: &Path, wanted: Purpose) {
        let extent = if is_left_out(&self.root, folder) { Extent::Everything } else { Extent::Sources };
        if wanted == Purpose::ForContext && self.is_walked(folder, extent) {
            return;
        }
        let Walked { files, folders, manifest_folders, configured_folders, skipped } = walk(&self.root, folder, extent);
        self.walked.push((folder.to_path_buf(), extent));
        self.skipped.extend(skipped);
        self.folders.extend(folders);
        for folder in manifest_folders.iter().chain(&configured_folders) {
            self.look_at(folder);
        }
        let with_purpose = |file: PathBuf| {
            let why = self.files.get(&file).map_or(wanted, |known| wanted.max(*known));
            (file, why)
        };
        let found: Vec<(PathBuf, Purpose)> = files.into_iter().map(with_purpose).collect();
        self.files.extend(found);
    }

    fn is_walked(&self, folder: &Path, extent: Extent) -> bool {
        self.walked
            .iter()
            .any(|(done, its)| folder.starts_with(done) && (*its == Extent::Everything || extent == Extent::Sources))
    }

    fn look_upwards(&mut self, folder: &Path) {
        let root = self.root.clone();
        for folder in folder.ancestors().take_while(|folder| folder.starts_with(&root)) {
            self.look_at(folder);
        }
    }

    fn look_at(&mut self, folder: &Path) {
        if !self.looked_at.insert(folder.to_path_buf()) {
            return;
        }
        if let Some(manifest) = manifest::read_in(folder, &mut self.skipped) {
            self.packages.insert(folder.to_path_buf(), manifest);
        }
        match Configuration::read_in(folder) {
            Ok(Some(configuration)) => {
                self.configurations.insert(folder.to_path_buf(), configuration);
            }
            Ok(None) => {}
            Err(problem) => {
                self.configurations.insert(folder.to_path_buf(), Configuration::default());
                self.problems.push(problem);
            }
        }
    }

    fn leave_out_excluded(&mut self) {
        let files = std::mem::take(&mut self.files).into_iter();
        let (excluded, kept): (Vec<_>, Vec<_>) = files.partition(|(path, _)| self.excludes(path));
        self.files.extend(kept);
        let by_name = excluded.into_iter().filter(|(_, wanted)| *wanted == Purpose::ByName);
        self.skipped.extend(by_name.map(|(path, _)| Skipped { path, reason: SkipReason::Excluded }));
    }
}
