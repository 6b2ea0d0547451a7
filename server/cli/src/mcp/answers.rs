//! What several answers share: a scan of what is asked for, and what is said of files that could not be looked at.

use std::path::{Path, PathBuf};

use anyhow::bail;
use farewell_project::{ScanOptions, Severities};

use crate::commands::check::skipped;
use crate::scan::{FileFindings, Scan};

/// How many skipped files are told of.
const MOST_SKIPPED: usize = 5;

/// Reads a file or folder (absolute), or takes a text for what the file holds.
///
/// # Errors
/// A broken configuration, a file of no language that is read, or too long a text.
pub(super) fn scan(path: &Path, text: Option<&str>, severities: Severities) -> anyhow::Result<Scan> {
    let options = ScanOptions { severities, is_edited: false, ..ScanOptions::default() };
    match text {
        Some(text) if text.len() as u64 > options.max_size => {
            bail!("the text has {} bytes; no file of more than {} is checked", text.len(), options.max_size)
        }
        Some(text) => Scan::load_with(path, text, &options),
        None => Scan::load(&[PathBuf::from(path)], &options),
    }
}

/// Lines about files that were not analysed, to stand below an answer; empty where there are none.
pub(super) fn about_skipped(scan: &Scan, found: &[FileFindings]) -> String {
    let lines = skipped(scan, found);
    let mut told: String = lines.iter().take(MOST_SKIPPED).map(|line| format!("{line}\n")).collect();
    if let Some(left @ 1..) = lines.len().checked_sub(MOST_SKIPPED) {
        told += &format!("… and {left} more were skipped\n");
    }
    if told.is_empty() { told } else { format!("\n{told}") }
}
