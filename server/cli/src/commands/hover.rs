//! `farewell hover FILE:LINE:COLUMN`: what an editor would show there.

use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{anyhow, bail};
use farewell_project::{ScanOptions, absolute};

use crate::scan::{Scan, log_panics_of_analysis, use_threads};

/// Prints the text, in Markdown; nothing where there is nothing to say.
///
/// # Errors
/// The place is none, or its file cannot be read.
pub(crate) fn run(place: &str) -> anyhow::Result<ExitCode> {
    let (path, line, column) = parsed(place).ok_or_else(|| {
        anyhow!("`{place}` is no place: a file, a line and a column from 1 are wanted, as in src/auth.ts:12:3")
    })?;
    use_threads(0)?;
    log_panics_of_analysis();
    let options = ScanOptions { is_edited: false, ..ScanOptions::default() };
    let scan = ManuallyDrop::new(Scan::load(std::slice::from_ref(&path), &options)?);
    if let Some(skipped) = scan.loaded.skipped.first() {
        bail!("{}: {}", path.display(), skipped.reason);
    }
    let on_disk = absolute(&std::env::current_dir().unwrap_or_default(), &path);
    let mut output = io::stdout().lock();
    // Where nothing of the vocabulary occurs there is nothing to say.
    if let Some(file) = scan.loaded.files.get(&on_disk) {
        let Some(offset) = offset(file.text(&scan.db), line, column) else {
            bail!("{}: there is no column {column} in line {line}", path.display());
        };
        if let Some(hover) = scan.hover(*file, offset)? {
            writeln!(output, "{}", hover.markdown)?;
        }
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn parsed(place: &str) -> Option<(PathBuf, usize, usize)> {
    let mut parts = place.rsplitn(3, ':');
    let (column, line, path) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    (line > 0 && column > 0 && !path.is_empty()).then(|| (Path::new(path).to_path_buf(), line, column))
}

/// The byte offset of a line and a column, both from 1; `None` where the text has no such place.
fn offset(text: &str, line: usize, column: usize) -> Option<u32> {
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let code = text.split('\n').nth(line - 1)?;
    let mut ends = code.char_indices().map(|(offset, _)| offset).chain([code.len()]);
    u32::try_from(start + ends.nth(column - 1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::{offset, parsed};

    #[test]
    fn places_are_read_from_behind() {
        assert_eq!(parsed("C:\\a.ts:3:14"), Some(("C:\\a.ts".into(), 3, 14)));
        for wrong in ["", "a.ts", "a.ts:3", "a.ts:0:1", "a.ts:1:0", ":1:1", "a.ts:x:1", "a.ts:1:-1"] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn columns_are_characters() {
        let text = "one\n\u{1F600}x\r\n";
        assert_eq!([offset(text, 1, 1), offset(text, 2, 1), offset(text, 2, 2)], [Some(0), Some(4), Some(8)]);
        assert_eq!([offset(text, 3, 1), offset(text, 4, 1), offset(text, 1, 5)], [Some(11), None, None]);
        assert_eq!([offset("", 1, 1), offset("a", 1, 2), offset("a", 1, 3)], [Some(0), Some(1), None]);
    }
}
