//! The database's inputs. Owns how documents, files and projects become inputs, and that an input is
//! written only where it changed; must not know where texts come from.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use farewell_analysis::source::{Language, role_of};
use farewell_analysis::{Manifest, Project, Settings, SourceFile, SyntaxTree};
use salsa::Setter;
use tower_lsp_server::ls_types::Uri;
use tree_sitter::Tree;

use super::files::KnownFile;
use super::{DocumentKey, State};
use crate::document::Document;
use crate::to_proto;
use crate::workspace::{self, ProjectOnDisk};

/// A file's next text.
pub(super) struct Content {
    pub(super) language: Language,
    pub(super) text: Arc<str>,
    pub(super) tree: Option<Tree>,
}

impl State {
    /// Tells the database every edit that it has not seen.
    pub(super) fn bring_up_to_date(&mut self) {
        for key in std::mem::take(&mut self.stale) {
            let Some(document) = self.documents.get(&key) else {
                continue;
            };
            if !is_readable(&document, self.session.preferences.size_limit) {
                self.forget(&key);
                continue;
            }
            let mut document = Arc::unwrap_or_clone(document);
            let (text, tree) = document.parse();
            let content = Content { language: document.language, text, tree };
            self.set_file(&key, document.uri.clone(), content);
            self.documents.insert(key, document);
        }
    }

    /// Gives a file its next text, and takes it into its project if it is new.
    pub(super) fn set_file(&mut self, key: &DocumentKey, uri: Uri, content: Content) {
        let (project, project_folder) = self.project_of(key);
        let inside = key.path().and_then(|path| path.strip_prefix(&project_folder).ok());
        let inside = inside.map_or_else(|| key.to_string(), |path| path.to_string_lossy().replace('\\', "/"));
        let role = role_of(&inside, &content.text);
        let tree = content.tree.map(SyntaxTree);
        let Some(known) = self.files.known(key) else {
            let base = key.path().and_then(|path| self.root_of(path)).unwrap_or(&project_folder);
            let path = self.files.engine_path(key, Some(base));
            let source =
                SourceFile::new(&self.db, Arc::clone(&path), content.language, role, content.text, tree, project);
            Arc::make_mut(&mut self.files).insert(key.clone(), path, KnownFile { source, uri, listed: true });
            self.list_files();
            return;
        };
        let source = known.source;
        if *source.language(&self.db) != content.language {
            source.set_language(&mut self.db).to(content.language);
        }
        if *source.role(&self.db) != role {
            source.set_role(&mut self.db).to(role);
        }
        if *source.project(&self.db) != project {
            source.set_project(&mut self.db).to(project);
        }
        if **source.text(&self.db) != *content.text {
            source.set_text(&mut self.db).to(content.text);
        }
        if tree.is_some() || source.tree(&self.db).is_some() {
            source.set_tree(&mut self.db).to(tree);
        }
        if Arc::make_mut(&mut self.files).list(key, true) {
            self.list_files();
        }
    }

    /// Takes a file out of its project.
    pub(super) fn forget(&mut self, key: &DocumentKey) {
        if !Arc::make_mut(&mut self.files).list(key, false) {
            return;
        }
        if let Some(file) = self.files.known(key) {
            let source = file.source;
            source.set_text(&mut self.db).to("".into());
            source.set_tree(&mut self.db).to(None);
        }
        self.list_files();
    }

    /// Lets go of a file's syntax tree: it costs many times the text, and only open documents need it.
    pub(super) fn drop_tree(&mut self, key: &DocumentKey) {
        if let Some(file) = self.files.known(key) {
            let source = file.source;
            source.set_tree(&mut self.db).to(None);
        }
    }

    /// Puts a project in, or what is new about it.
    pub(super) fn set_project(&mut self, on_disk: ProjectOnDisk) -> Project {
        let ProjectOnDisk { folder, manifest, settings } = on_disk;
        let Some(project) = self.projects.get(&folder).copied() else {
            let project = Project::new(&self.db, manifest, settings, Vec::new(), None);
            self.projects.insert(folder, project);
            return project;
        };
        if *project.manifest(&self.db) != manifest {
            project.set_manifest(&mut self.db).to(manifest);
        }
        if *project.settings(&self.db) != settings {
            project.set_settings(&mut self.db).to(settings);
        }
        project
    }

    /// Moves every file to the nearest project, after projects came or went.
    pub(super) fn assign_projects(&mut self) {
        let files: Vec<(DocumentKey, SourceFile)> =
            self.files.all_listed().map(|(key, file)| (key.clone(), file.source)).collect();
        for (key, source) in files {
            let (project, _) = self.project_of(&key);
            if *source.project(&self.db) != project {
                source.set_project(&mut self.db).to(project);
            }
        }
        self.list_files();
    }

    /// Tells every project its files, sorted by path, where they changed.
    pub(super) fn list_files(&mut self) {
        let mut files: HashMap<Project, Vec<SourceFile>> = HashMap::new();
        for (_, file) in self.files.all_listed() {
            files.entry(*file.source.project(&self.db)).or_default().push(file.source);
        }
        for project in self.projects.values() {
            let mut files = files.remove(project).unwrap_or_default();
            files.sort_by(|one, other| one.path(&self.db).cmp(other.path(&self.db)));
            if *project.files(&self.db) != files {
                project.set_files(&mut self.db).to(files);
            }
        }
    }

    /// The root that a path lies in: the innermost one.
    pub(super) fn root_of(&self, path: &Path) -> Option<&Path> {
        let roots = self.roots.iter().filter(|root| path.starts_with(root));
        roots.max_by_key(|root| root.as_os_str().len()).map(PathBuf::as_path)
    }

    /// The nearest project of a file, with its folder. What the disk has to say is asked only where no
    /// scan has told it already.
    fn project_of(&mut self, key: &DocumentKey) -> (Project, PathBuf) {
        let Some(path) = key.path() else {
            let folder = self.roots.first().cloned().unwrap_or_default();
            let empty =
                ProjectOnDisk { folder: folder.clone(), manifest: Manifest::default(), settings: Settings::default() };
            let known = self.projects.get(&folder).copied();
            return (known.unwrap_or_else(|| self.set_project(empty)), folder);
        };
        let root = self.root_of(path);
        if root.is_some() && self.scan.is_done() {
            let nearest = path.ancestors().find_map(|folder| Some((*self.projects.get(folder)?, folder.to_path_buf())));
            if let Some(nearest) = nearest {
                return nearest;
            }
        }
        let on_disk = workspace::nearest_project(path, root);
        let folder = on_disk.folder.clone();
        (self.set_project(on_disk), folder)
    }

    /// A file that is not open, with its text from the disk.
    pub(super) fn set_closed_file(&mut self, path: PathBuf, text: Arc<str>) {
        let Some((language, uri)) = Language::of_path(&path).zip(to_proto::file_uri(&path)) else {
            return;
        };
        let key = DocumentKey::File(path);
        if !self.documents.contains(&key) {
            self.set_file(&key, uri, Content { language, text, tree: None });
        }
    }
}

/// Whether a text may be given to the parser.
fn is_readable(document: &Document, size_limit: usize) -> bool {
    document.text.len_bytes() <= size_limit && !document.text.bytes().any(|byte| byte == 0)
}
