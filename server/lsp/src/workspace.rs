//! The user's tree as the server needs it. Owns the walk over the folders, projects by manifest, and the
//! reading of single files; must not know documents or LSP. Everything here may block.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use farewell_analysis::source::{Language, role_of};
use farewell_analysis::vocabulary::{Generation, Platform};
use farewell_analysis::{Database, Manifest, Project, Settings, SourceFile};
use salsa::Setter;

/// What a caller may set.
#[derive(Clone, Debug)]
pub(crate) struct ScanOptions {
    /// Files of more bytes than this are skipped.
    pub(crate) max_size: u64,
}

/// A workspace, as its names and small files tell it.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    root: PathBuf,
    max_size: u64,
    files: Vec<PathBuf>,
    manifests: BTreeMap<PathBuf, Manifest>,
}

/// The engine's inputs for a workspace.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    files: BTreeMap<PathBuf, SourceFile>,
    projects: BTreeMap<PathBuf, Project>,
}

impl Workspace {
    /// Finds the files of `paths` and the projects that they belong to.
    pub(crate) fn discover(paths: &[PathBuf], options: &ScanOptions) -> Result<Self, std::io::Error> {
        let mut workspace = Self { max_size: options.max_size, ..Self::default() };
        let folder = paths.first().and_then(|path| if path.is_dir() { Some(path.as_path()) } else { path.parent() });
        workspace.root = folder.map(Path::to_path_buf).unwrap_or_default();
        for path in paths {
            fs::metadata(path)?;
            for folder in path.ancestors() {
                workspace.look_at(folder);
            }
            workspace.walk(path);
        }
        Ok(workspace)
    }

    /// Reads the files and makes the engine's inputs.
    pub(crate) fn load(&self, db: &mut Database) -> Loaded {
        let mut loaded = Loaded::default();
        for path in &self.files {
            if let Some((language, text)) = Language::of_path(path).zip(self.look(path)) {
                loaded.put(db, self, path, language, &text);
            }
        }
        loaded
    }

    /// The text of one file as [`Workspace::load`] reads it; `None` where it leaves the file out.
    pub(crate) fn look(&self, path: &Path) -> Option<String> {
        if is_out_of_sight(path) || fs::metadata(path).ok()?.len() > self.max_size {
            return None;
        }
        fs::read_to_string(path).ok()
    }

    /// A file's path as the engine knows it.
    pub(crate) fn engine_path(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }

    /// The workspace's root (absolute).
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Whether the nearest configuration excludes a file.
    pub(crate) fn excludes(&self, _: &Path) -> bool {
        false
    }

    fn walk(&mut self, path: &Path) {
        if !path.is_dir() {
            self.files.push(path.to_path_buf());
            return;
        }
        self.look_at(path);
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            let inner = entry.path();
            if !is_hidden && !is_out_of_sight(&inner) && (inner.is_dir() || Language::of_path(&inner).is_some()) {
                self.walk(&inner);
            }
        }
    }

    fn look_at(&mut self, folder: &Path) {
        let Ok(text) = fs::read_to_string(folder.join("package.json")) else {
            return;
        };
        let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        let has = |name: &str| value["dependencies"].get(name).is_some();
        let native = has("react-native");
        let manifest = Manifest {
            folder: self.engine_path(folder).into(),
            platform: Some(if native { Platform::ReactNative } else { Platform::Web(Generation::V2) }),
            declares_sdk: has("@fullstory/browser") || has("@fullstory/react-native"),
        };
        self.manifests.insert(folder.to_path_buf(), manifest);
    }
}

impl Loaded {
    /// Every input.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&Path, SourceFile)> {
        self.files.iter().map(|(path, file)| (path.as_path(), *file))
    }

    /// Gives a file (absolute path) a new text, or adds it.
    pub(crate) fn put(
        &mut self,
        db: &mut Database,
        workspace: &Workspace,
        path: &Path,
        language: Language,
        text: &str,
    ) -> SourceFile {
        if let Some(file) = self.files.get(path) {
            if &**file.text(db) != text {
                file.set_text(db).to(Arc::from(text));
            }
            return *file;
        }
        let known = path.ancestors().find_map(|folder| workspace.manifests.get_key_value(folder));
        let folder = known.map_or(workspace.root.clone(), |(folder, _)| folder.clone());
        let manifest = known.map(|(_, manifest)| manifest.clone()).unwrap_or_default();
        let project = *self
            .projects
            .entry(folder.clone())
            .or_insert_with(|| Project::new(db, manifest, Settings::default(), Vec::new(), None));
        let inside = path.strip_prefix(&folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let name: Arc<str> = workspace.engine_path(path).into();
        let file = SourceFile::new(db, name, language, role_of(&inside, text), text.into(), None, project);
        self.files.insert(path.to_path_buf(), file);
        self.set_members(db, project);
        file
    }

    /// Takes a file (absolute path) out of its project.
    pub(crate) fn remove(&mut self, db: &mut Database, _: &Workspace, path: &Path) {
        if let Some(file) = self.files.remove(path) {
            let project = *file.project(db);
            self.set_members(db, project);
        }
    }

    fn set_members(&self, db: &mut Database, project: Project) {
        let members = self.files.values().copied().filter(|file| *file.project(db) == project).collect();
        project.set_files(db).to(members);
    }
}

fn is_out_of_sight(path: &Path) -> bool {
    path.components().any(|component| component.as_os_str() == "node_modules")
}
