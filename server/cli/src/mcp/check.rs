//! `check_path` and `check_text`: what there is to do, the first to do first.

use super::answers::{about_skipped, scan};
use super::arguments::{CheckPath, CheckText, bounded, only};
use super::folder::Folder;
use crate::commands::check::{document, totals};
use crate::output::agent::{Next, print_for};
use crate::scan::Scan;

/// Checks what is on disk.
///
/// # Errors
/// No such path in the folder, no such rule, a broken configuration.
pub(super) fn path(folder: &Folder, asked: &CheckPath) -> anyhow::Result<String> {
    let path = folder.existing(&asked.path)?;
    answer(&scan(&path, None, only(&asked.rules)?)?, asked.limit)
}

/// Checks a text as the file of a name.
///
/// # Errors
/// The name leads out of the folder or tells no language, no such rule, a broken configuration.
pub(super) fn text(folder: &Folder, asked: &CheckText) -> anyhow::Result<String> {
    let path = folder.inside(&asked.file_name)?;
    answer(&scan(&path, Some(&asked.text), only(&asked.rules)?)?, asked.limit)
}

fn answer(scan: &Scan, limit: usize) -> anyhow::Result<String> {
    let found = scan.analyse();
    let next = Next { mend: "preview_fix shows what mends", explain: "explain_rule", most: bounded(limit) };
    let skipped = about_skipped(scan, &found);
    // Nothing to do would be said of what nobody looked at.
    let unread = scan.loaded.skipped.len() + found.iter().filter(|file| file.skipped.is_some()).count();
    if !skipped.is_empty() && scan.loaded.files_seen <= unread {
        return Ok(format!("Nothing was checked.\n{skipped}"));
    }
    let mut bytes = Vec::new();
    print_for(&mut bytes, &document(scan, &found, totals(scan, &found)), next)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned() + &skipped)
}
