//! Which files of the workspace a module is that a script imports. Owns the order in which configurations,
//! packages and conventions are asked, and what was answered before; must not know why it is asked.

mod files;
mod options;
mod packages;
mod variants;

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use farewell_analysis::source::Language;
use oxc_resolver::{Resolution as Answer, ResolveContext, ResolveError, ResolverGeneric};
use rustc_hash::FxHashMap;

use crate::manifest::tables;
use crate::membership::{Packages, is_installed};
use crate::walk::is_declaration;
use crate::workspace::Workspace;
use files::TreeFiles;
use packages::PackageNames;

/// The resolver of a workspace's modules.
pub(crate) struct Modules {
    /// Asks for code.
    code: ResolverGeneric<TreeFiles>,
    /// Asks for code or types: in a monorepo types may lead to the source.
    types: ResolverGeneric<TreeFiles>,
    names: PackageNames,
    files: TreeFiles,
    /// The root without symbolic links, as the resolver tells paths.
    real_root: PathBuf,
    known: RwLock<Known>,
    /// Read while a module is resolved, written while answers are forgotten: one that was found over an
    /// older tree must not be kept.
    under_way: RwLock<()>,
}

/// What was answered.
#[derive(Default)]
struct Known {
    modules: FxHashMap<PathBuf, FxHashMap<Arc<str>, Arc<[PathBuf]>>>,
    packages: FxHashMap<(PathBuf, String), Option<PathBuf>>,
    configurations: FxHashMap<PathBuf, Option<PathBuf>>,
    /// Source files that came after the workspace was discovered.
    born: BTreeSet<PathBuf>,
}

/// What a path is to the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// One of its source files.
    Source,
    /// A script that a walk leaves out: git ignores it, or a build wrote it.
    LeftOut,
    /// Nothing that could be read.
    Outside,
}

impl Workspace {
    /// The files (absolute paths, sorted) that a module is, as the script `importer` (absolute) writes it.
    /// Several where platforms have files of their own; none where it is no file of the workspace: an
    /// installed package, a style sheet. Answers are kept until [`Workspace::files_changed`].
    pub fn resolve(&self, importer: &Path, module: &str) -> Arc<[PathBuf]> {
        let known = self.modules.read().modules.get(importer).and_then(|modules| modules.get(module)).cloned();
        if let Some(answer) = known {
            return answer;
        }
        let _under_way = self.modules.under_way.read().unwrap_or_else(PoisonError::into_inner);
        let found = self.modules.find(self, importer, module);
        let found = found.map(|path| variants::variants(self, importer, path)).unwrap_or_default();
        let answer: Arc<[PathBuf]> = found.into();
        let mut known = self.modules.write();
        known.modules.entry(importer.to_path_buf()).or_default().insert(Arc::from(module), Arc::clone(&answer));
        answer
    }

    /// Forgets what was resolved: files (absolute paths) came, changed or went. What a manifest says is
    /// known until the workspace is discovered anew.
    pub fn files_changed<'a>(&self, paths: impl IntoIterator<Item = &'a Path>) {
        let _none_under_way = self.modules.under_way.write().unwrap_or_else(PoisonError::into_inner);
        let mut known = self.modules.write();
        let mut born = std::mem::take(&mut known.born);
        for path in paths {
            if !self.files.contains_key(path) && Language::of_path(path).is_some() && path.is_file() {
                born.insert(path.to_path_buf());
            } else {
                born.remove(path);
            }
        }
        *known = Known { born, ..Known::default() };
        self.modules.files.forget();
        self.modules.code.clear_cache();
        self.modules.types.clear_cache();
    }

    /// Every source file, those included that came after the workspace was discovered.
    pub(crate) fn source_files(&self) -> Vec<PathBuf> {
        let known = self.modules.read();
        self.files.keys().chain(known.born.iter().map(PathBuf::as_path)).map(Path::to_path_buf).collect()
    }

    /// The files of a folder whose names start so.
    fn files_from(&self, folder: &Path, start: &str) -> Vec<PathBuf> {
        let first = folder.join(start);
        let is_one = |path: &&Path| {
            let name = path.file_name().and_then(|name| name.to_str());
            path.parent() == Some(folder) && name.is_some_and(|name| name.starts_with(start))
        };
        let known = self.modules.read();
        let old = self.files.starting_at(&first).map(|(path, _)| path).take_while(is_one);
        let born = known.born.range(first.clone()..).map(PathBuf::as_path).take_while(is_one);
        old.chain(born).map(Path::to_path_buf).collect()
    }

    fn standing(&self, path: &Path) -> Standing {
        let is_script = Language::of_path(path).is_some_and(Language::is_script);
        if !is_script || is_declaration(path) {
            return Standing::Outside;
        }
        if self.files.contains_key(path) || self.modules.read().born.contains(path) {
            return Standing::Source;
        }
        match path.strip_prefix(&self.root) {
            Ok(inside) if !is_installed(inside) && !self.excludes(path) => Standing::LeftOut,
            _ => Standing::Outside,
        }
    }
}

impl Modules {
    /// A resolver for the workspace in `root` with these packages.
    pub(crate) fn new(root: &Path, packages: &Packages) -> Self {
        let names = PackageNames::of(packages);
        let (code, types) = options::options();
        let files = TreeFiles::new(names.clone());
        let code = ResolverGeneric::new_with_file_system(files.clone(), code);
        let types = ResolverGeneric::new_with_file_system(files.clone(), types);
        let real_root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        Self { code, types, names, files, real_root, known: RwLock::default(), under_way: RwLock::default() }
    }

    fn find(&self, workspace: &Workspace, importer: &Path, module: &str) -> Option<PathBuf> {
        let folder = importer.parent()?;
        if module.is_empty() || is_address(module) {
            return None;
        }
        let mut search = Search { modules: self, workspace, left_out: None };
        if let Some(inside) = module.strip_prefix('/') {
            // Tools that serve sources take the project's folder for the root.
            let project = workspace.project_folder(importer);
            return search.first([|| self.code.resolve(project, &format!("./{inside}"))]);
        }
        // A configuration may not name the extensions of components, nor those of JavaScript.
        let named = typescript_name(importer);
        if module.starts_with('.') {
            return search.first([|| configured(&self.code, &named, folder, module)]);
        }
        let direct = search.source(configured(&self.code, &named, folder, module));
        let direct = direct.or_else(|| search.source(configured(&self.types, &named, folder, module)));
        // A file that no configuration includes is built by a tool that reads the nearest one.
        let nearest = direct.or_else(|| search.source(self.by_nearest(workspace, &named, folder, module)?));
        let package = nearest.or_else(|| self.package(importer, module, &mut search));
        let alias = package.or_else(|| {
            let project = workspace.project_folder(importer);
            let rows = tables().resolution.alias.iter();
            rows.filter_map(|row| Some((module.strip_prefix(row.prefix.as_str())?, row)))
                .flat_map(|(inside, row)| row.folders.iter().map(move |folder| (folder, inside)))
                .find_map(|(folder, inside)| {
                    search.source(self.code.resolve(project.join(folder), &format!("./{inside}")))
                })
        });
        alias.or(search.left_out)
    }

    /// What the nearest configuration says of a module, where it does not include the importer: then it was not asked.
    fn by_nearest(
        &self,
        workspace: &Workspace,
        importer: &Path,
        folder: &Path,
        module: &str,
    ) -> Option<Result<Answer, ResolveError>> {
        let known = self.read().configurations.get(folder).cloned();
        let path = known.unwrap_or_else(|| {
            let inside = folder.ancestors().take_while(|above| above.starts_with(workspace.root()));
            let path = inside.filter_map(|folder| self.files.configuration_in(folder)).next();
            self.write().configurations.insert(folder.to_path_buf(), path.clone());
            path
        })?;
        let own = self.code.find_tsconfig(importer).ok().flatten();
        if own.is_some_and(|own| own.path() == path) {
            return None;
        }
        let configuration = self.code.resolve_tsconfig(path).ok()?;
        let mut context = ResolveContext::default();
        Some(self.code.resolve_with_context(folder, module, Some(&configuration), &mut context))
    }

    /// The source of what a module names in a workspace package.
    fn package(&self, importer: &Path, module: &str, search: &mut Search<'_>) -> Option<PathBuf> {
        let (name, inside) = packages::split(module)?;
        let folder = search.workspace.dependency_folder(importer, name);
        let folder = folder.or_else(|| self.names.folder_near(importer, name))?;
        let key = (folder, inside.to_owned());
        let known = self.read().packages.get(&key).cloned();
        known.unwrap_or_else(|| {
            let found = self.published(&key.0, inside, search);
            self.write().packages.insert(key, found.clone());
            found
        })
    }

    /// The source of what a package in `folder` publishes as `inside`.
    fn published(&self, folder: &Path, inside: &str, search: &mut Search<'_>) -> Option<PathBuf> {
        let manifest = packages::manifest_in(folder)?;
        let published = packages::own_name(&manifest).filter(|_| manifest.get("exports").is_some());
        if let Some(name) = published {
            let itself = if inside.is_empty() { name.to_owned() } else { format!("{name}/{inside}") };
            for resolver in [&self.code, &self.types] {
                match resolver.resolve(folder, &itself) {
                    Err(ResolveError::PackagePathNotExported { .. }) => return None,
                    answer => {
                        let source = search.source(answer);
                        if source.is_some() {
                            return source;
                        }
                    }
                }
            }
        } else {
            for resolver in [&self.code, &self.types] {
                let source = search.source(resolver.resolve(folder, &format!("./{inside}")));
                if source.is_some() {
                    return source;
                }
            }
        }
        let sources = packages::sources_of(&manifest, inside);
        sources.iter().find_map(|path| search.source(self.code.resolve(folder, path)))
    }

    fn read(&self) -> RwLockReadGuard<'_, Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Known> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Modules {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Modules").field("real_root", &self.real_root).finish_non_exhaustive()
    }
}

/// A search for one module: a source file wins over one that a walk leaves out, whichever comes first.
struct Search<'a> {
    modules: &'a Modules,
    workspace: &'a Workspace,
    left_out: Option<PathBuf>,
}

impl Search<'_> {
    /// An answer's path, if it is a source file.
    fn source(&mut self, answer: Result<Answer, ResolveError>) -> Option<PathBuf> {
        let path = answer.ok()?.into_path_buf();
        // The resolver follows symbolic links, the workspace keeps its root as it was asked for.
        let path = match path.strip_prefix(&self.modules.real_root) {
            Ok(inside) => self.workspace.root().join(inside),
            Err(_) => path,
        };
        match self.workspace.standing(&path) {
            Standing::Source => Some(path),
            Standing::LeftOut => {
                self.left_out.get_or_insert(path);
                None
            }
            Standing::Outside => None,
        }
    }

    /// The first source file of some answers, or else the first file that is left out.
    fn first<const N: usize>(mut self, answers: [impl Fn() -> Result<Answer, ResolveError>; N]) -> Option<PathBuf> {
        answers.iter().find_map(|answer| self.source(answer())).or(self.left_out)
    }
}

/// A module as an importer's configuration has it; as if there was none, where that has no sense.
fn configured(
    resolver: &ResolverGeneric<TreeFiles>,
    importer: &Path,
    folder: &Path,
    module: &str,
) -> Result<Answer, ResolveError> {
    match resolver.resolve_file(importer, module) {
        Err(
            ResolveError::TsconfigNotFound(_)
            | ResolveError::TsconfigSelfReference(_)
            | ResolveError::TsconfigCircularExtend(_)
            | ResolveError::TsconfigLoadFailed { .. },
        ) => resolver.resolve(folder, module),
        answer => answer,
    }
}

/// An importer's path under a name that every configuration takes for TypeScript. No such file is needed.
fn typescript_name(importer: &Path) -> PathBuf {
    match Language::of_path(importer) {
        Some(Language::TypeScript | Language::Tsx) => importer.to_path_buf(),
        _ => {
            let mut name = importer.as_os_str().to_owned();
            name.push(".ts");
            name.into()
        }
    }
}

/// Whether a module is an address (`https://…`, `node:fs`, `virtual:pages`), not a path or a package.
fn is_address(module: &str) -> bool {
    let scheme = module.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| scheme.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '+'))
}
