//! Writing a file whole or not at all: a full disk, a crash or a signal in the middle leaves what was there before. Must
//! not know what is written.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::Path;

/// Writes beside the path, brings it to the disk, and puts it in the path's place. A file that is there keeps its mode,
/// and its owner as far as the system lets it; what is no file (a pipe, `/dev/stdout`) is written into as it is.
///
/// # Errors
/// It is read-only or a folder, or it cannot be written; what was there is there still.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let before = fs::metadata(path).ok();
    if let Some(before) = &before {
        if !before.is_file() {
            return File::options().write(true).open(path)?.write_all(bytes);
        }
        if before.permissions().readonly() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
        }
    }
    // A link stays a link: what it leads to is written, be it an open file that has lost its name, as a system's link
    // to standard output may lead to.
    let target = match path.canonicalize() {
        Ok(target) => target,
        Err(_) if path.is_symlink() => return fs::write(path, bytes),
        Err(_) => path.to_path_buf(),
    };
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    let beside = if before.is_some() {
        builder.prefix(".farewell-").suffix(".tmp").tempfile_in(folder)
    } else {
        new_file(&mut builder, folder)
    };
    // The name of the file beside it is of no use to anybody.
    let mut beside = beside.map_err(|error| io::Error::from(error.kind()))?;
    beside.as_file_mut().write_all(bytes)?;
    if let Some(before) = &before {
        keep(beside.as_file(), before)?;
    }
    beside.as_file().sync_all()?;
    beside.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// A file that has the mode of any new one, not that of a secret.
#[cfg(unix)]
fn new_file(builder: &mut tempfile::Builder<'_, '_>, folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    let anybody = fs::Permissions::from_mode(0o666);
    builder.prefix(".farewell-").suffix(".tmp").permissions(anybody).tempfile_in(folder)
}

#[cfg(not(unix))]
fn new_file(builder: &mut tempfile::Builder<'_, '_>, folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    builder.prefix(".farewell-").suffix(".tmp").tempfile_in(folder)
}

/// Gives a file the owner and the mode of another one. The owner comes first: where it changes, the system takes
/// parts of the mode away.
#[cfg(unix)]
fn keep(file: &File, before: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.metadata()?;
    if (own.uid(), own.gid()) != (before.uid(), before.gid()) {
        // Only root gives a file away; whoever may write the folder may write this one.
        let _ = fchown(file, Some(before.uid()), Some(before.gid()));
    }
    file.set_permissions(before.permissions())
}

#[cfg(not(unix))]
fn keep(file: &File, before: &Metadata) -> io::Result<()> {
    file.set_permissions(before.permissions())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::write;

    #[test]
    fn a_new_file_is_written_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("new.json"), b"{}").unwrap();
        assert_eq!(fs::read(folder.path().join("new.json")).unwrap(), b"{}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(write(&folder.path().join("none/new.json"), b"{}").is_err());
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

    #[cfg(unix)]
    #[test]
    fn a_new_file_is_for_whoever_new_files_are_for() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
        write(&ours, b"").unwrap();
        fs::write(&theirs, b"").unwrap();
        let mode = |path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&ours), mode(&theirs));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_keeps_its_mode_its_owner_and_its_link() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.ts"), folder.path().join("link.ts"));
        fs::write(&file, "old").unwrap();
        // Only root may give a file away: without it the owner is the same all along.
        let _ = chown(&file, Some(12), Some(34));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o4754)).unwrap();
        let before = fs::metadata(&file).unwrap();
        symlink(&file, &link).unwrap();
        write(&link, b"new").unwrap();
        let after = fs::metadata(&file).unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!((after.mode(), after.uid(), after.gid()), (before.mode(), before.uid(), before.gid()));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_link_to_a_file_that_lost_its_name_stays_one() {
        use std::io::Read;
        use std::os::fd::AsRawFd;
        let folder = tempfile::tempdir().unwrap();
        let mut nameless = tempfile::tempfile_in(folder.path()).unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(format!("/proc/self/fd/{}", nameless.as_raw_fd()), &link).unwrap();
        write(&link, b"new").unwrap();
        assert!(link.is_symlink());
        let mut text = String::new();
        nameless.read_to_string(&mut text).unwrap();
        assert_eq!(text, "new");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_is_no_file_is_written_into() {
        write("/dev/null".as_ref(), b"gone").unwrap();
        assert!(write("/dev/full".as_ref(), b"too much").is_err());
        assert!(fs::metadata("/dev/full").is_ok());
    }
}
