//! Applying fixes: which ones go together, round after round, and that no file is written which somebody else has
//! changed.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;
use farewell_analysis::fixes::{Edit, Fix, apply, merge};
use farewell_analysis::rules::Safety;
use farewell_project::read_text;
use salsa::Setter;

use crate::kept::Kept;
use crate::scan::{FileFindings, Scan};
use crate::whole;

/// A fix may uncover a finding, whose fix may uncover another; ten rounds end any dance.
const MOST_ROUNDS: usize = 10;

pub(crate) const BYTE_ORDER_MARK: &[u8; 3] = b"\xEF\xBB\xBF";

/// What fixing did.
#[derive(Debug)]
pub(crate) struct Fixed {
    /// The files that changed, by the engine's paths.
    pub(crate) files: BTreeMap<Arc<str>, FixedFile>,
    /// What is found after them.
    pub(crate) remaining: Vec<FileFindings>,
}

/// A file that fixing changed.
#[derive(Debug)]
pub(crate) struct FixedFile {
    /// The text before.
    pub(crate) before: Arc<str>,
    /// How many fixes were applied.
    pub(crate) fixes: usize,
}

impl Fixed {
    /// How many fixes were applied.
    pub(crate) fn count(&self) -> usize {
        self.files.values().map(|file| file.fixes).sum()
    }
}

/// Which fixes are applied.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice<'kept> {
    /// Those of the findings that are reported.
    pub(crate) kept: &'kept Kept,
    /// The preferred ones that may change more than the fault, too.
    pub(crate) with_unsafe: bool,
}

/// Applies preferred fixes in memory, until nothing changes.
///
/// # Errors
/// The analysis failed, which is a fault of Farewell.
pub(crate) fn apply_all(scan: &mut Scan, found: Vec<FileFindings>, choice: Choice<'_>) -> anyhow::Result<Fixed> {
    let mut fixed = Fixed { files: BTreeMap::new(), remaining: found };
    for _ in 0..MOST_ROUNDS {
        let round = compatible(scan, &fixed.remaining, choice.with_unsafe);
        if round.is_empty() {
            break;
        }
        for (path, (edits, fixes)) in round {
            let Some(file) = scan.file(&path) else {
                continue;
            };
            let old = file.text(&scan.db).clone();
            let new: Arc<str> = Arc::from(apply(&old, &edits));
            fixed.files.entry(path).or_insert(FixedFile { before: old, fixes: 0 }).fixes += fixes;
            file.set_text(&mut scan.db).to(new);
        }
        fixed.remaining = scan.analyse();
        choice.kept.retain(scan, &mut fixed.remaining)?;
    }
    Ok(fixed)
}

/// Writes the files that changed. One that cannot be written, or that somebody else has changed since it
/// was read, counts as not fixed; the answer says which, and why, and the others are written.
///
/// # Errors
/// The analysis failed, which is a fault of Farewell.
pub(crate) fn write_all(
    scan: &mut Scan,
    fixed: &mut Fixed,
    kept: &Kept,
    max_size: u64,
) -> anyhow::Result<Vec<(PathBuf, anyhow::Error)>> {
    let mut failures = Vec::new();
    let mut unwritten = Vec::new();
    for (engine_path, change) in &fixed.files {
        let Some(file) = scan.file(engine_path) else {
            continue;
        };
        let path = scan.workspace.disk_path(engine_path);
        if let Err(error) = write(&path, &change.before, file.text(&scan.db), max_size) {
            failures.push((path, error));
            unwritten.push((engine_path.clone(), file));
        }
    }
    for (engine_path, file) in &unwritten {
        if let Some(change) = fixed.files.remove(engine_path) {
            file.set_text(&mut scan.db).to(change.before);
        }
    }
    if !unwritten.is_empty() {
        fixed.remaining = scan.analyse();
        kept.retain(scan, &mut fixed.remaining)?;
    }
    Ok(failures)
}

/// The fixes to apply in one round, as edits by the engine's paths, and how many there are.
fn compatible(scan: &Scan, found: &[FileFindings], with_unsafe: bool) -> BTreeMap<Arc<str>, (Vec<Edit>, usize)> {
    let offered = found.iter().flat_map(|file| &file.findings).flat_map(|found| &found.fixes);
    let is_wanted = |fix: &&Fix| fix.is_automatic() || with_unsafe && fix.preferred;
    // What is merged is what may be applied unasked: the others were asked for.
    let wanted: Vec<Fix> = offered.filter(is_wanted).map(|fix| Fix { safety: Safety::Safe, ..fix.clone() }).collect();
    let merged = merge(wanted.iter().filter(|fix| fix.edits.iter().all(|edit| is_asked_for(scan, &edit.path))));
    let mut by_path: BTreeMap<Arc<str>, (Vec<Edit>, usize)> = BTreeMap::new();
    for edit in merged.edits {
        by_path.entry(edit.path.clone()).or_default().0.push(edit);
    }
    for fix in merged.fixes {
        if let Some(first) = fix.edits.first() {
            by_path.entry(first.path.clone()).or_default().1 += 1;
        }
    }
    by_path
}

/// Whether the user asked for a file, by the engine's path: others are read and never written.
fn is_asked_for(scan: &Scan, engine_path: &str) -> bool {
    scan.loaded.files.contains_key(&scan.workspace.disk_path(engine_path))
}

/// Writes a text in a file's place, with the file's byte order mark, if the file still is what was read.
fn write(path: &Path, before: &str, after: &str, max_size: u64) -> anyhow::Result<()> {
    match read_text(path, max_size) {
        Ok(text) if text == before => {}
        Ok(_) => bail!("it has changed since it was read"),
        Err(reason) => bail!("{reason}"),
    }
    let mark: &[u8] = if has_byte_order_mark(path) { BYTE_ORDER_MARK } else { b"" };
    whole::write(path, &[mark, after.as_bytes()].concat())?;
    Ok(())
}

/// Whether a file starts with a byte order mark, which the engine never sees.
pub(crate) fn has_byte_order_mark(path: &Path) -> bool {
    let mut start = [0; BYTE_ORDER_MARK.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == *BYTE_ORDER_MARK
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use farewell_analysis::fixes::{Edit, Fix};
    use farewell_analysis::rules::Safety;
    use farewell_analysis::source::Span;
    use farewell_project::{DEFAULT_MAX_SIZE, ScanOptions};

    use super::{Choice, apply_all, write, write_all};
    use crate::kept::Kept;
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
        fixed_with(findings, false)
    }

    fn fixed_with(findings: Vec<Found>, with_unsafe: bool) -> (String, String, usize) {
        let folder = tempfile::tempdir().unwrap();
        let (asked, other) = (folder.path().join("asked.ts"), folder.path().join("other.ts"));
        std::fs::create_dir(folder.path().join(".git")).unwrap();
        std::fs::write(&asked, LOGOUT).unwrap();
        std::fs::write(&other, "FS.identify('x');").unwrap();
        let mut scan = Scan::load(std::slice::from_ref(&asked), &ScanOptions::default()).unwrap();
        let file = scan.file("asked.ts").unwrap();
        let found = FileFindings { path: PathBuf::from(&asked), file, findings, flows: 1, skipped: None };
        let kept = Kept::default();
        let mut fixed = apply_all(&mut scan, vec![found], Choice { kept: &kept, with_unsafe }).unwrap();
        assert!(write_all(&mut scan, &mut fixed, &kept, DEFAULT_MAX_SIZE).unwrap().is_empty());
        (std::fs::read_to_string(asked).unwrap(), std::fs::read_to_string(other).unwrap(), fixed.count())
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
    fn preferred_suggestions_are_applied_where_they_are_asked_for() {
        let suggestion = |preferred| fix(&[("asked.ts", 16, 22, "leave")], preferred, Safety::Suggestion);
        let (asked, _, count) = fixed_with(vec![suggestion(true)], true);
        assert_eq!((asked.as_str(), count), ("export function leave() {}\n", 1));
        assert_eq!(fixed_with(vec![suggestion(false)], true).2, 0);
        assert_eq!(fixed_with(vec![suggestion(true)], false).2, 0);
    }

    #[test]
    fn a_fix_goes_in_whole_or_not_at_all() {
        let (asked, _, count) = fixed(vec![
            fix(&[("asked.ts", 26, 26, "\n")], true, Safety::Safe),
            fix(&[("asked.ts", 0, 0, "async "), ("asked.ts", 25, 27, "[]")], true, Safety::Safe),
            fix(&[("asked.ts", 16, 22, "leave")], true, Safety::Safe),
        ]);
        assert_eq!((asked.as_str(), count), ("async export function leave() []\n", 2));
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
