//! The disk as the resolver sees it. Owns what makes a tree readable that is not installed and not built:
//! configurations that are extended and not there, and `jsconfig.json`. Must not know what is resolved.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::{fs, io};

use oxc_resolver::{ExtendsField, FileMetadata, FileSystem, FileSystemOs, ResolveError, TsConfig};
use rustc_hash::FxHashMap;

use super::packages::PackageNames;

const TYPESCRIPT: &str = "tsconfig.json";
const JAVASCRIPT: &str = "jsconfig.json";
const PACKAGE: &str = "package.json";
const INSTALLED: &str = "node_modules";
/// What a configuration that is not there says.
const NOTHING: &str = "{}";
/// A configuration that is nowhere; see [`TreeFiles::read_to_string`].
const NOWHERE: &str = "/farewell-nowhere.json";

/// The disk, on which a `jsconfig.json` is a `tsconfig.json` too, and on which every configuration can be
/// read: one that is missing or broken says nothing.
#[derive(Clone)]
pub(super) struct TreeFiles {
    disk: FileSystemOs,
    names: PackageNames,
    /// The folders that were asked for a configuration, and whether they have one: for each import of a script all
    /// folders above it are. Clones have it in common.
    configured: Arc<RwLock<FxHashMap<PathBuf, bool>>>,
}

impl TreeFiles {
    /// The disk; configurations that workspace packages publish are found in their folders.
    pub(super) fn new(names: PackageNames) -> Self {
        Self { disk: FileSystemOs::new(), names, configured: Arc::default() }
    }

    /// The configuration of a folder, if there is one: its path under the name that this disk gives it.
    pub(super) fn configuration_in(&self, folder: &Path) -> Option<PathBuf> {
        self.is_configured(folder).then(|| folder.join(TYPESCRIPT))
    }

    /// Forgets which folders have a configuration.
    pub(super) fn forget(&self) {
        self.configured.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn is_configured(&self, folder: &Path) -> bool {
        let known = self.configured.read().unwrap_or_else(PoisonError::into_inner).get(folder).copied();
        known.unwrap_or_else(|| {
            let is_configured = match fs::metadata(folder.join(TYPESCRIPT)) {
                Ok(told) if told.is_file() => true,
                // The resolver asks below the script itself too.
                Err(error) if error.kind() == io::ErrorKind::NotADirectory => return false,
                _ => folder.join(JAVASCRIPT).is_file(),
            };
            self.configured.write().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned(), is_configured);
            is_configured
        })
    }

    /// Whether a path is that of a configuration which is not there.
    fn is_missing(&self, path: &Path) -> bool {
        is_named(path, TYPESCRIPT) && path.parent().is_some_and(|folder| !self.is_configured(folder))
    }

    /// A configuration's text with every package that it extends replaced by the file that it means, as
    /// far as one is there: the packages may not be installed.
    fn readable(&self, path: &Path, text: String) -> String {
        let Ok(configuration) = TsConfig::parse(false, path, path, text.clone()) else {
            return NOTHING.to_owned();
        };
        let extended = match configuration.extends {
            Some(ExtendsField::Single(one)) => vec![one],
            Some(ExtendsField::Multiple(many)) => many,
            None => return text,
        };
        let mut readable = text;
        for specifier in extended.iter().filter(|it| !it.starts_with(['.', '/'])) {
            let found = self.extended(path, specifier);
            let found = found.as_deref().and_then(Path::to_str).unwrap_or(NOWHERE);
            let (Ok(written), Ok(found)) = (serde_json::to_string(specifier), serde_json::to_string(found)) else {
                continue;
            };
            readable = readable.replace(&written, &found);
        }
        readable
    }

    /// The configuration that a package publishes: of a workspace package, or of an installed one.
    fn extended(&self, path: &Path, specifier: &str) -> Option<PathBuf> {
        let (name, inside) = super::packages::split(specifier)?;
        let installed = path.ancestors().skip(1).map(|folder| folder.join(INSTALLED).join(name));
        let published = self.names.folder_near(path, name).into_iter().chain(installed);
        published.filter(|folder| folder.is_dir()).find_map(|folder| {
            let whole = if inside.is_empty() { folder.join(TYPESCRIPT) } else { folder.join(inside) };
            let ended = PathBuf::from(format!("{}.json", whole.display()));
            let within = whole.join(TYPESCRIPT);
            [whole, ended, within].into_iter().find(|path| path.is_file())
        })
    }
}

fn is_named(path: &Path, name: &str) -> bool {
    path.file_name().is_some_and(|its| its == name)
}

/// The file that stands in for a `tsconfig.json` that is not there.
fn stand_in(path: &Path) -> Option<PathBuf> {
    is_named(path, TYPESCRIPT).then(|| path.with_file_name(JAVASCRIPT))
}

impl FileSystem for TreeFiles {
    fn new() -> Self {
        Self::new(PackageNames::default())
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.disk.read(path)
    }

    /// The resolver reads configurations so, and only them. It gives up on a module if one that is
    /// extended cannot be read, which is no reason to give up what the others say.
    fn read_to_string(&self, path: &Path) -> io::Result<String> {
        let read = self.disk.read_to_string(path);
        let read = read.or_else(|error| stand_in(path).map_or(Err(error), |path| self.disk.read_to_string(&path)));
        if is_named(path, PACKAGE) {
            return read;
        }
        Ok(read.map_or_else(|_| NOTHING.to_owned(), |text| self.readable(path, text)))
    }

    fn metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        if self.is_missing(path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let told = FileSystem::metadata(&self.disk, path);
        told.or_else(|error| stand_in(path).map_or(Err(error), |path| FileSystem::metadata(&self.disk, &path)))
    }

    fn symlink_metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        if self.is_missing(path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let told = FileSystem::symlink_metadata(&self.disk, path);
        told.or_else(|error| stand_in(path).map_or(Err(error), |path| FileSystem::symlink_metadata(&self.disk, &path)))
    }

    fn read_link(&self, path: &Path) -> Result<PathBuf, ResolveError> {
        FileSystem::read_link(&self.disk, path)
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        self.disk.canonicalize(path)
    }
}
