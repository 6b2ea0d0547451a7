//! Writing a file whole or not at all, so that no crash and no full disk leaves half of it. Must not know what is in it.

use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Puts a file with these bytes in the place of what is there, with its mode. What is no file, such as a pipe or a
/// terminal, is written to.
///
/// # Errors
/// What is there is a folder or read-only, there is no such folder, or it cannot be written.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link stays a link: what it leads to is written, be it something without a name, as a system's link to
    // standard output may be.
    let target = match path.canonicalize() {
        Ok(target) => target,
        Err(_) if path.is_symlink() => return fs::write(path, bytes),
        Err(_) => path.to_path_buf(),
    };
    let permissions = match fs::metadata(&target) {
        Ok(metadata) if !metadata.is_file() => return fs::write(target, bytes),
        Ok(metadata) if metadata.permissions().readonly() => {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
        }
        Ok(metadata) => Some(metadata.permissions()),
        Err(_) => None,
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".farewell-").suffix(".tmp");
    if let Some(permissions) = permissions.clone().or_else(of_new_files) {
        builder.permissions(permissions);
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    // The name of the file beside it is of no use to anybody.
    let beside = builder.tempfile_in(folder.map_or_else(|| PathBuf::from("."), Path::to_path_buf));
    let mut beside = beside.map_err(|error| io::Error::from(error.kind()))?;
    beside.as_file_mut().write_all(bytes)?;
    if let Some(permissions) = permissions {
        beside.as_file().set_permissions(permissions)?;
    }
    beside.as_file().sync_all()?;
    beside.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// What a new file is given, less what the user's mask takes away.
#[cfg(unix)]
fn of_new_files() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn of_new_files() -> Option<Permissions> {
    None
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::write;

    #[test]
    fn a_new_file_is_as_any_other() {
        let folder = tempfile::tempdir().unwrap();
        let (written, other) = (folder.path().join("a.json"), folder.path().join("b.json"));
        write(&written, b"new").unwrap();
        fs::write(&other, "new").unwrap();
        assert_eq!(fs::read(&written).unwrap(), b"new");
        assert_eq!(fs::metadata(&written).unwrap().permissions(), fs::metadata(&other).unwrap().permissions());
        assert!(write(folder.path(), b"new").is_err());
        assert!(write(&folder.path().join("none/a.json"), b"new").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_one_wherever_it_leads() {
        use std::io::Read;
        use std::os::fd::AsRawFd;
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.json"), folder.path().join("link"));
        std::os::unix::fs::symlink(&file, &link).unwrap();
        for text in ["new", "newer"] {
            write(&link, text.as_bytes()).unwrap();
            assert!(link.is_symlink());
            assert_eq!(fs::read_to_string(&file).unwrap(), text);
        }
        // An open file that has lost its name.
        let mut nameless = tempfile::tempfile_in(folder.path()).unwrap();
        let link = folder.path().join("nameless");
        std::os::unix::fs::symlink(format!("/proc/self/fd/{}", nameless.as_raw_fd()), &link).unwrap();
        if link.exists() {
            write(&link, b"new").unwrap();
            assert!(link.is_symlink());
            let mut text = String::new();
            nameless.read_to_string(&mut text).unwrap();
            assert_eq!(text, "new");
        }
    }

    #[test]
    fn a_read_only_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.json");
        fs::write(&file, "theirs").unwrap();
        let mut permissions = fs::metadata(&file).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&file, permissions).unwrap();
        assert_eq!(write(&file, b"mine").unwrap_err().to_string(), "it is read-only");
        assert_eq!(fs::read(&file).unwrap(), b"theirs");
    }
}
