//! Applying fixes: which ones go together, round after round, and how a file is written so that no
//! crash leaves half of it.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use farewell_analysis::fixes::{Edit, Fix, apply};
use farewell_analysis::rules::Safety;
use farewell_project::read_text;
use salsa::Setter;

use crate::scan::{FileFindings, Scan};

/// A fix may uncover a finding, whose fix may uncover another; ten rounds end any dance.
const MOST_ROUNDS: usize = 10;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// What fixing did.
#[derive(Debug)]
pub(crate) struct Fixed {
    /// The files that changed, by the engine's paths, with the text before.
    pub(crate) before: BTreeMap<Arc<str>, Arc<str>>,
    /// How many fixes were applied.
    pub(crate) fixes: usize,
    /// What is found after them.
    pub(crate) remaining: Vec<FileFindings>,
}

/// Applies preferred safe fixes in memory, until nothing changes.
pub(crate) fn apply_all(scan: &mut Scan, found: Vec<FileFindings>) -> Fixed {
    let mut fixed = Fixed { before: BTreeMap::new(), fixes: 0, remaining: found };
    for _ in 0..MOST_ROUNDS {
        let (edits, count) = compatible(scan, &fixed.remaining);
        if count == 0 {
            break;
        }
        fixed.fixes += count;
        for (path, edits) in edits {
            let Some(file) = scan.file(&path) else {
                continue;
            };
            let old = file.text(&scan.db).clone();
            let new: Arc<str> = Arc::from(apply(&old, &edits));
            fixed.before.entry(path).or_insert(old);
            file.set_text(&mut scan.db).to(new);
        }
        fixed.remaining = scan.analyse();
    }
    fixed
}

/// Writes the files that changed.
///
/// # Errors
/// The first file that cannot be written, or that somebody else has changed since it was read.
pub(crate) fn write_all(scan: &Scan, fixed: &Fixed, max_size: u64) -> anyhow::Result<()> {
    for (engine_path, before) in &fixed.before {
        let Some(file) = scan.file(engine_path) else {
            continue;
        };
        let path = scan.workspace.disk_path(engine_path);
        write(&path, before, file.text(&scan.db), max_size)
            .with_context(|| format!("{}: the fixes could not be written", path.display()))?;
    }
    Ok(())
}

/// The fixes to apply in one round, as edits by the engine's paths, and how many there are: the first of
/// those that touch each other wins, and a fix goes in whole or not at all.
fn compatible(scan: &Scan, found: &[FileFindings]) -> (BTreeMap<Arc<str>, Vec<Edit>>, usize) {
    let mut accepted: BTreeMap<Arc<str>, Vec<Edit>> = BTreeMap::new();
    let mut count = 0;
    for fix in found.iter().flat_map(|file| &file.findings).filter_map(|found| preferred(&found.fixes)) {
        let is_free = |edit: &Edit| {
            let taken = accepted.get(&edit.path).map(Vec::as_slice).unwrap_or_default();
            is_asked_for(scan, &edit.path) && !taken.iter().any(|other| other.span.intersects(edit.span))
        };
        if fix.edits.is_empty() || !fix.edits.iter().all(is_free) {
            continue;
        }
        count += 1;
        for edit in &fix.edits {
            accepted.entry(edit.path.clone()).or_default().push(edit.clone());
        }
    }
    (accepted, count)
}

/// The fix that may be applied unasked.
pub(crate) fn preferred(fixes: &[Fix]) -> Option<&Fix> {
    fixes.iter().find(|fix| fix.preferred && fix.safety == Safety::Safe)
}

/// Whether the user asked for a file, by the engine's path: others are read and never written.
fn is_asked_for(scan: &Scan, engine_path: &str) -> bool {
    scan.loaded.files.contains_key(&scan.workspace.disk_path(engine_path))
}

/// Writes a text beside the file and puts it in the file's place, with the file's mode and byte order mark.
fn write(path: &Path, before: &str, after: &str, max_size: u64) -> anyhow::Result<()> {
    // A link stays a link: what it leads to is written.
    let target = path.canonicalize()?;
    match read_text(&target, max_size) {
        Ok(text) if text == before => {}
        Ok(_) => bail!("it has changed since it was read"),
        Err(reason) => bail!("{reason}"),
    }
    let Some(folder) = target.parent() else {
        bail!("it lies in no folder");
    };
    let metadata = std::fs::metadata(&target)?;
    if metadata.permissions().readonly() {
        bail!("it is read-only");
    }
    let has_mark = std::fs::read(&target)?.starts_with(BYTE_ORDER_MARK);
    let mut beside = tempfile::Builder::new().prefix(".farewell-").suffix(".tmp").tempfile_in(folder)?;
    if has_mark {
        beside.write_all(BYTE_ORDER_MARK)?;
    }
    beside.write_all(after.as_bytes())?;
    beside.as_file().set_permissions(metadata.permissions())?;
    beside.as_file().sync_all()?;
    beside.persist(&target)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use farewell_analysis::fixes::{Edit, Fix};
    use farewell_analysis::rules::Safety;
    use farewell_analysis::source::Span;
    use farewell_project::{DEFAULT_MAX_SIZE, ScanOptions};

    use super::{apply_all, write, write_all};
    use crate::output::samples;
    use crate::scan::{FileFindings, Found, Scan};

    const LOGOUT: &str = "export function logout() {}\n";

    fn fix(edits: &[(&str, u32, u32, &str)], preferred: bool, safety: Safety) -> Found {
        let edit =
            |it: &(&str, u32, u32, &str)| Edit { path: it.0.into(), span: Span::new(it.1, it.2), text: it.3.into() };
        let fix = Fix { title: "Mend".into(), preferred, safety, edits: edits.iter().map(edit).collect() };
        Found { fixes: vec![fix], ..samples::hint() }
    }

    fn fixed(findings: Vec<Found>) -> (String, String, usize) {
        let folder = tempfile::tempdir().unwrap();
        let (asked, other) = (folder.path().join("asked.ts"), folder.path().join("other.ts"));
        std::fs::create_dir(folder.path().join(".git")).unwrap();
        std::fs::write(&asked, LOGOUT).unwrap();
        std::fs::write(&other, "FS.identify('x');").unwrap();
        let mut scan = Scan::load(std::slice::from_ref(&asked), &ScanOptions::default()).unwrap();
        let file = scan.file("asked.ts").unwrap();
        let found = FileFindings { path: PathBuf::from(&asked), file, findings, flows: 1, skipped: None };
        let fixed = apply_all(&mut scan, vec![found]);
        write_all(&scan, &fixed, DEFAULT_MAX_SIZE).unwrap();
        (std::fs::read_to_string(asked).unwrap(), std::fs::read_to_string(other).unwrap(), fixed.fixes)
    }

    #[test]
    fn only_preferred_safe_fixes_of_files_asked_for_are_applied() {
        let (asked, other, count) = fixed(vec![
            fix(&[("asked.ts", 0, 7, "import")], false, Safety::Safe),
            fix(&[("asked.ts", 0, 7, "import")], true, Safety::Suggestion),
            fix(&[("asked.ts", 0, 7, "import"), ("other.ts", 0, 2, "X")], true, Safety::Safe),
            fix(&[], true, Safety::Safe),
        ]);
        assert_eq!((asked.as_str(), other.as_str(), count), (LOGOUT, "FS.identify('x');", 0));
    }

    #[test]
    fn a_fix_goes_in_whole_or_not_at_all() {
        let (asked, _, count) = fixed(vec![
            fix(&[("asked.ts", 26, 26, "\n")], true, Safety::Safe),
            fix(&[("asked.ts", 0, 0, "async "), ("asked.ts", 25, 27, "[]")], true, Safety::Safe),
            fix(&[("asked.ts", 16, 22, "leave")], true, Safety::Safe),
        ]);
        assert_eq!((asked.as_str(), count), ("export function leave() {\n}\n", 2));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_keeps_its_mode_its_mark_and_its_link() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.ts"), folder.path().join("link.ts"));
        std::fs::write(&file, "\u{FEFF}old\r\n").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o754)).unwrap();
        symlink(&file, &link).unwrap();
        write(&link, "old\r\n", "new\r\n", 100).unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), "\u{FEFF}new\r\n".as_bytes());
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o754);
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.ts");
        std::fs::write(&file, "theirs").unwrap();
        assert!(write(&file, "old", "new", 100).unwrap_err().to_string().contains("has changed"));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "theirs");
    }
}
