//! The folder that is served. Owns that no path leads out of it, by `..` or by a symbolic link.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use farewell_project::absolute;

/// The folder.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    /// Its real path: no part of it is a symbolic link.
    path: PathBuf,
}

impl Folder {
    /// The working directory.
    ///
    /// # Errors
    /// It is gone.
    pub(super) fn current() -> anyhow::Result<Self> {
        let path = std::env::current_dir().and_then(|path| path.canonicalize());
        Ok(Self { path: path.context("the working directory is gone")? })
    }

    /// A file or folder inside it that exists (absolute, with symbolic links followed).
    ///
    /// # Errors
    /// There is none, or it lies outside.
    pub(super) fn existing(&self, path: &str) -> anyhow::Result<PathBuf> {
        let inside = self.inside(path)?;
        if !inside.exists() {
            bail!("there is no `{path}` in {}; paths are relative to that folder", self.path.display());
        }
        Ok(inside)
    }

    /// A path inside it (absolute, with symbolic links followed), whether there is something or not.
    ///
    /// # Errors
    /// It lies outside.
    pub(super) fn inside(&self, path: &str) -> anyhow::Result<PathBuf> {
        let asked = absolute(&self.path, Path::new(path));
        let real = real(&asked);
        if !real.starts_with(&self.path) {
            bail!(
                "`{path}` lies outside of {}, the folder that is served; give a path inside it, or start the server \
                 as `farewell mcp FOLDER` with a folder that holds both",
                self.path.display()
            );
        }
        Ok(real)
    }
}

/// A path whose existing part has its symbolic links followed.
fn real(path: &Path) -> PathBuf {
    for existing in path.ancestors() {
        // A link that leads nowhere exists all the same: what would be written through it is not known.
        if let (Ok(real), Ok(rest)) = (existing.canonicalize(), path.strip_prefix(existing)) {
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
        if existing.is_symlink() {
            return PathBuf::new();
        }
    }
    path.to_path_buf()
}

#[cfg(test)]
mod tests {
    use super::Folder;

    fn folder() -> (tempfile::TempDir, Folder) {
        let temporary = tempfile::tempdir().unwrap();
        let path = temporary.path().canonicalize().unwrap().join("app");
        std::fs::create_dir_all(path.join("src")).unwrap();
        std::fs::write(path.join("src/a.ts"), "").unwrap();
        std::fs::write(path.with_file_name("secret.ts"), "").unwrap();
        (temporary, Folder { path })
    }

    #[test]
    fn paths_inside_are_found_however_they_are_written() {
        let (_temporary, folder) = folder();
        let absolute = folder.path.join("src/a.ts");
        for path in ["src/a.ts", "./src/../src/a.ts", absolute.to_str().unwrap()] {
            assert_eq!(folder.existing(path).unwrap(), absolute);
        }
        for path in ["", ".", "src/.."] {
            assert_eq!(folder.existing(path).unwrap(), folder.path, "{path}");
        }
        assert_eq!(folder.inside("src/new/b.ts").unwrap(), folder.path.join("src/new/b.ts"));
        assert!(folder.existing("src/b.ts").unwrap_err().to_string().contains("there is no `src/b.ts`"));
        assert!(folder.existing("src/\0").is_err());
    }

    #[test]
    fn paths_outside_are_refused() {
        let (_temporary, folder) = folder();
        for path in ["..", "../secret.ts", "src/../../secret.ts", "/etc/hostname", "../app2/a.ts", "/"] {
            assert!(folder.inside(path).unwrap_err().to_string().contains("lies outside"), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_out_are_refused() {
        use std::os::unix::fs::symlink;
        let (_temporary, folder) = folder();
        symlink("../secret.ts", folder.path.join("out.ts")).unwrap();
        symlink("..", folder.path.join("up")).unwrap();
        symlink("../nowhere", folder.path.join("nowhere")).unwrap();
        symlink("src/a.ts", folder.path.join("in.ts")).unwrap();
        for path in ["out.ts", "up", "up/secret.ts", "up/new.ts", "nowhere", "nowhere/new.ts"] {
            assert!(folder.inside(path).is_err(), "{path}");
        }
        assert_eq!(folder.inside("in.ts").unwrap(), folder.path.join("src/a.ts"));
    }
}
