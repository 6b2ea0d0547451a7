//! Loading: reads the sources that are worth it, in parallel, and makes the engine's inputs. Owns how
//! files are grouped into projects; must not know what is in them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use farewell_analysis::source::{FileRole, Language, role_of};
use farewell_analysis::vocabulary::{Generation, Platform};
use farewell_analysis::{Database, Manifest, Project, Settings, SourceFile};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use salsa::{Durability, Setter};

use crate::error::Skipped;
use crate::first_read::{MOST_UNREAD, Read};
use crate::linked::retained;
use crate::links::{Engine, LoadedFiles, Questions};
use crate::membership::platform;
use crate::paths::with_forward_slashes;
use crate::walk::{is_hidden, is_left_out, is_page};
use crate::workspace::{Purpose, Workspace};

/// What the files of one project of the engine share. Several such projects of one manifest hold the same
/// files, under different settings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct ProjectKey {
    /// The manifest's folder.
    folder: PathBuf,
    /// The configuration's folder.
    configuration: Option<PathBuf>,
    /// The folder for which the caller set severities.
    scope: Option<PathBuf>,
}

/// The engine's inputs for a workspace.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The files asked for in which something of the vocabulary occurs, by absolute path.
    pub files: BTreeMap<PathBuf, SourceFile>,
    /// Files that were read for what they say of their project and call of its flows, or because a call leads
    /// into them: nothing is reported in them.
    pub context: BTreeMap<PathBuf, SourceFile>,
    /// What was not analysed, sorted by path.
    pub skipped: Vec<Skipped>,
    /// How many source files were asked for, the skipped ones included.
    pub files_seen: usize,
    /// How many bytes they hold.
    pub bytes_seen: u64,
    pub(crate) index: LoadedFiles,
    projects: BTreeMap<ProjectKey, Project>,
    snippets: BTreeMap<PathBuf, Generation>,
}

impl Workspace {
    /// Reads the files and makes the engine's inputs of those in which something of the vocabulary occurs.
    /// A file that cannot be read is skipped with its reason. Then come the files that those lead into.
    pub fn load(&self, db: &mut Database) -> Loaded {
        self.load_by(&Engine, db)
    }

    pub(crate) fn load_by<Asked: Questions>(&self, asked: &Asked, db: &mut Database) -> Loaded {
        let (prefilter, room) = (self.prefilter(), AtomicUsize::new(MOST_UNREAD));
        let read: Vec<Read<'_>> =
            self.files.par_iter().map(|(path, wanted)| self.read(path, *wanted, prefilter, &room)).collect();
        let mut loaded = Loaded { skipped: self.skipped.clone(), ..Loaded::default() };
        loaded.note(self, &read);
        let mut unread = FxHashMap::default();
        for file in read {
            let (path, wanted) = (file.path.to_path_buf(), file.wanted);
            let text = match file.text {
                Ok(Some(text)) => text,
                Ok(None) => {
                    unread.extend(file.unread.map(|bytes| (path, bytes)));
                    continue;
                }
                Err(reason) => {
                    loaded.skipped.push(Skipped { path, reason });
                    continue;
                }
            };
            let Some(language) = Language::of_path(&path) else {
                continue;
            };
            let source = loaded.source_file(db, self, &path, language, text.into(), false);
            loaded.index.insert(path.clone(), source);
            if wanted == Purpose::ForContext { &mut loaded.context } else { &mut loaded.files }.insert(path, source);
        }
        loaded.set_members(db, self);
        loaded.index.keep_texts(unread);
        loaded.link_all(asked, db, self);
        loaded.index.keep_texts(FxHashMap::default());
        loaded.skipped.sort_by(|left, right| left.path.cmp(&right.path));
        loaded
    }

    /// Whether a file is loaded if something of the vocabulary occurs in it: one that came after the
    /// workspace was discovered, too.
    pub(crate) fn is_wanted(&self, path: &Path) -> bool {
        Language::of_path(path).is_some()
            && !self.excludes(path)
            && (self.files.contains_key(path) || !(is_hidden(&self.root, path) || is_left_out(&self.root, path)))
    }

    /// Whether a file was asked for, not only read for context.
    pub(crate) fn is_asked_for(&self, path: &Path) -> bool {
        self.files.get(path).is_some_and(|wanted| *wanted != Purpose::ForContext)
    }

    /// Whether a file was read only for what it says of others: nothing is reported in it.
    pub fn is_only_context(&self, path: &Path) -> bool {
        self.files.get(path) == Some(&Purpose::ForContext)
    }

    /// How many bytes a file may have.
    pub(crate) fn max_size(&self) -> u64 {
        self.options.max_size
    }

    fn key_of(&self, path: &Path) -> ProjectKey {
        ProjectKey {
            folder: self.project_folder(path).to_path_buf(),
            configuration: self.configuration(path).map(|(folder, _)| folder.to_path_buf()),
            scope: self.options.severities_in.nearest(path).map(|(folder, _)| folder.to_path_buf()),
        }
    }

    pub(crate) fn role(&self, path: &Path, text: &str) -> FileRole {
        let whole = with_forward_slashes(path);
        let installed = whole.find("/node_modules/").is_some();
        if installed || role_of(&self.engine_path(path), text) == FileRole::Generated {
            return FileRole::Generated;
        }
        // What is called a test is told inside the project: an app below `tests` is no test. The text has been asked.
        let inside = path.strip_prefix(self.project_folder(path)).unwrap_or(path);
        role_of(&with_forward_slashes(inside), "")
    }

    fn settings(&self, key: &ProjectKey) -> Settings {
        let configuration = key.configuration.as_ref().and_then(|folder| self.configurations.get(folder));
        let mut settings = configuration.map(|it| it.settings.clone()).unwrap_or_default();
        let scope = key.scope.as_ref().and_then(|folder| self.options.severities_in.get(folder));
        settings.severities.extend(scope.unwrap_or(&self.options.severities));
        settings
    }
}

impl Loaded {
    /// Every input, those for context included.
    pub fn all(&self) -> impl Iterator<Item = (&Path, SourceFile)> {
        self.files.iter().chain(&self.context).map(|(path, file)| (path.as_path(), *file))
    }

    /// The loaded files, to ask what they want while the database may be written.
    pub fn index(&self) -> &LoadedFiles {
        &self.index
    }

    /// Gives a file (absolute path) a new text, or adds it, whatever the prefilter would say of it: an
    /// editor has opened it, or it has changed on disk. It counts as asked for from then on, unless
    /// `linked_only`: then nothing of the vocabulary occurs in it. What it and others want by it is told
    /// by [`LoadedFiles::lacks`].
    pub fn put(
        &mut self,
        db: &mut Database,
        workspace: &Workspace,
        path: &Path,
        language: Language,
        text: &Arc<str>,
        linked_only: bool,
    ) -> SourceFile {
        if !linked_only && let Some(file) = self.context.remove(path) {
            self.files.insert(path.to_path_buf(), file);
        }
        if let Some(file) = self.index.get(path) {
            if file.text(db) != text {
                file.set_text(db).to(Arc::clone(text));
                // A header that says who wrote the file comes and goes with the text.
                let role = workspace.role(path, text);
                if file.role(db) != role {
                    file.set_role(db).to(role);
                }
            }
            if file.linked_only(db) != linked_only {
                file.set_linked_only(db).to(linked_only);
            }
            return file;
        }
        let file = self.source_file(db, workspace, path, language, Arc::clone(text), linked_only);
        self.index.insert(path.to_path_buf(), file);
        if linked_only { &mut self.context } else { &mut self.files }.insert(path.to_path_buf(), file);
        self.set_members(db, workspace);
        file
    }

    /// Takes a file (absolute path) out of its projects, and out of what others import: it is gone from disk.
    pub fn remove(&mut self, db: &mut Database, workspace: &Workspace, path: &Path) {
        let Some(gone) = self.index.remove(path) else {
            return;
        };
        self.files.remove(path);
        self.context.remove(path);
        let importers: Vec<SourceFile> = self
            .index
            .all()
            .map(|(_, file)| file)
            .filter(|file| file.modules(db).values().flatten().any(|target| *target == gone))
            .collect();
        for importer in importers {
            let modules = importer.modules(db).clone();
            importer.set_modules(db).to(retained(modules, |target| target != gone));
        }
        self.set_members(db, workspace);
    }

    /// Counts what was seen, and where the snippet is embedded.
    fn note(&mut self, workspace: &Workspace, read: &[Read<'_>]) {
        for file in read {
            if file.wanted != Purpose::ForContext && !is_page(file.path) {
                self.files_seen += 1;
                self.bytes_seen += file.bytes;
            }
            let Some(generation) = file.snippet else {
                continue;
            };
            if workspace.role(file.path, "") == FileRole::Product {
                let folder = workspace.project_folder(file.path).to_path_buf();
                // Where two pages disagree, the newer generation's API is there on one of them.
                let known = self.snippets.entry(folder).or_insert(generation);
                if generation == Generation::V2 {
                    *known = generation;
                }
            }
        }
    }

    pub(crate) fn source_file(
        &mut self,
        db: &mut Database,
        workspace: &Workspace,
        path: &Path,
        language: Language,
        text: Arc<str>,
        linked_only: bool,
    ) -> SourceFile {
        let role = workspace.role(path, &text);
        let project = self.project(db, workspace, path);
        let name: Arc<str> = Arc::from(workspace.engine_path(path));
        // Most files are never edited: what rests on those alone is not looked at again after a keystroke.
        SourceFile::builder(name, language, role, text, None, project)
            .linked_only(linked_only)
            .settled(!workspace.options.is_edited)
            .durability(Durability::HIGH)
            .new(db)
    }

    fn project(&mut self, db: &mut Database, workspace: &Workspace, path: &Path) -> Project {
        let key = workspace.key_of(path);
        if let Some(project) = self.projects.get(&key) {
            return *project;
        }
        let members = workspace.members(&key.folder);
        let embedded = members.iter().filter_map(|folder| self.snippets.get(folder)).copied().next();
        let declared = members.iter().filter_map(|folder| workspace.packages.get(folder)).any(|it| it.declares_sdk);
        let folder = workspace.engine_path(&key.folder);
        let manifest = Manifest {
            folder: Arc::from(if folder == "." { "" } else { &folder }),
            platform: platform(&workspace.packages, &key.folder).or(embedded.map(Platform::Web)),
            declares_sdk: declared || embedded.is_some(),
            declares_package: workspace.packages.get(&key.folder).is_some_and(|it| it.declares_package),
        };
        let builder = Project::builder(manifest, workspace.settings(&key), Vec::new(), None);
        let project = builder.durability(Durability::HIGH).new(db);
        self.index.insert_project(key.folder.clone(), project);
        self.projects.insert(key, project);
        project
    }

    /// Tells each project its files: its own, and those of the packages that count for it.
    pub(crate) fn set_members(&self, db: &mut Database, workspace: &Workspace) {
        let mut by_folder: BTreeMap<&Path, Vec<(Arc<str>, SourceFile)>> = BTreeMap::new();
        let files = self.all().map(|(_, file)| file);
        for ((_, project), file) in workspace.with_project_folders(self.all().map(|(path, _)| path)).zip(files) {
            by_folder.entry(project).or_default().push((file.path(db).clone(), file));
        }
        let files_of = |folders: &mut dyn Iterator<Item = &PathBuf>| {
            let mut files: Vec<&(Arc<str>, SourceFile)> =
                folders.filter_map(|folder| by_folder.get(folder.as_path())).flatten().collect();
            files.sort_by(|left, right| left.0.cmp(&right.0));
            files.into_iter().map(|(_, file)| *file).collect::<Vec<SourceFile>>()
        };
        for (ProjectKey { folder, .. }, project) in &self.projects {
            let members = workspace.members(folder);
            let files = files_of(&mut members.iter());
            if project.files(db) != &files {
                project.set_files(db).to(files);
            }
            let dependents = workspace.dependents(folder, by_folder.keys().copied());
            let dependents = files_of(&mut dependents.iter());
            if project.dependents(db) != &dependents {
                project.set_dependents(db).to(dependents);
            }
        }
    }
}
