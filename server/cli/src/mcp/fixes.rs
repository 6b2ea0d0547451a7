//! `preview_fix`: what fixing would change, as a unified diff. Nothing is written.

use super::answers::{about_skipped, scan};
use super::arguments::{PreviewFix, only};
use super::folder::Folder;
use crate::commands::check::changes;
use crate::fix::{Choice, Fixed, apply_all};
use crate::kept::Kept;
use crate::output::audit::words::counted;
use crate::output::diff;
use crate::scan::Scan;

/// A diff of more bytes than this is cut between files.
const MOST_BYTES: usize = 48 * 1024;

/// Shows the fixes, and says what remains.
///
/// # Errors
/// No such path in the folder, no such rule, a broken configuration.
pub(super) fn preview(folder: &Folder, asked: &PreviewFix) -> anyhow::Result<String> {
    let path = if asked.text.is_some() { folder.inside(&asked.path)? } else { folder.existing(&asked.path)? };
    let mut scan = scan(&path, asked.text.as_deref(), only(&asked.rules)?)?;
    let found = scan.analyse();
    let before: usize = found.iter().map(|file| file.findings.len()).sum();
    let fixed = apply_all(&mut scan, found, Choice { kept: &Kept::default(), with_unsafe: asked.unsafe_fixes })?;
    let mut answer = diffs(&scan, &fixed)?;
    answer += &closing(before, &fixed, asked.unsafe_fixes);
    Ok(answer + &about_skipped(&scan, &fixed.remaining))
}

fn diffs(scan: &Scan, fixed: &Fixed) -> anyhow::Result<String> {
    let changes = changes(scan, fixed);
    let mut bytes = Vec::new();
    for (index, change) in changes.iter().enumerate() {
        let mut one = Vec::new();
        diff::print(&mut one, std::slice::from_ref(change), false)?;
        if index > 0 && bytes.len() + one.len() > MOST_BYTES {
            let left = counted(changes.len() - index, "more file", "more files");
            bytes.extend(
                format!("\n… and {left}, which an answer has no room for: ask for one file at a time.\n").bytes(),
            );
            break;
        }
        bytes.append(&mut one);
    }
    if !bytes.is_empty() {
        bytes.push(b'\n');
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn closing(before: usize, fixed: &Fixed, with_unsafe: bool) -> String {
    let left = fixed.remaining.iter().flat_map(|file| &file.findings);
    let offered = left.clone().filter(|found| found.fixes.iter().any(|fix| fix.preferred)).count();
    let left = left.count();
    let count = fixed.count();
    let mut words = match (before, count) {
        (0, _) => return "Nothing to fix: nothing found.\n".to_owned(),
        (_, 0) => "No finding can be fixed without a person's look.".to_owned(),
        _ => format!("{} applied above, in memory alone: apply the diff to the files.", counted(count, "fix", "fixes")),
    };
    if left > 0 {
        let them = counted(left, "finding remains", "findings remain");
        words += &format!(" {them} to mend by hand; check_path tells what to do.");
    }
    if offered > 0 && !with_unsafe {
        words += &format!(" With unsafe_fixes {offered} of them can be fixed, by more than a call's place.");
    }
    words + "\n"
}
