//! Reading one file. Owns what makes a file unfit to be analysed; must not know what is in it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use farewell_analysis::source::Language;

use crate::SkipReason;

/// The size cap where none is set: one mebibyte. No person writes a source file that large.
pub const DEFAULT_MAX_SIZE: u64 = 1024 * 1024;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Reads a file's text, without a byte order mark.
///
/// # Errors
/// The reason to skip it: larger than `max_size` bytes, not readable, not UTF-8, or with NUL bytes.
pub fn read_text(path: &Path, max_size: u64) -> Result<String, SkipReason> {
    into_text(read_bytes(path, max_size)?)
}

/// Reads a file's bytes, at most `max_size` of them. A device or a pipe is refused: it may never end.
pub(crate) fn read_bytes(path: &Path, max_size: u64) -> Result<Vec<u8>, SkipReason> {
    let unreadable = |error: std::io::Error| SkipReason::Unreadable(error.to_string());
    // Opening a pipe waits for its writer, so the kind of the file is asked for before it is opened.
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(SkipReason::Unreadable("not a regular file".into()));
    }
    if metadata.len() > max_size {
        return Err(SkipReason::TooLarge { size: metadata.len(), cap: max_size });
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    // The file may grow while it is read.
    let limit = max_size.saturating_add(1);
    File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() as u64 > max_size {
        return Err(SkipReason::TooLarge { size: bytes.len() as u64, cap: max_size });
    }
    Ok(bytes)
}

/// How long a line of minified code is at least, and how much of a hundred bytes stands in such lines at least.
const MINIFIED_LINE: usize = 1000;
const MINIFIED_SHARE: usize = 90;

/// Whether a file is JavaScript that was minified. Its source is somewhere else, and to parse it takes as long as to
/// parse all that people have written around it. A short one may be anything.
pub(crate) fn is_minified(path: &Path, bytes: &[u8]) -> bool {
    if bytes.len() < MINIFIED_LINE * 10 || Language::of_path(path) != Some(Language::JavaScript) {
        return false;
    }
    let lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::len);
    let long: usize = lines.filter(|length| *length >= MINIFIED_LINE).sum();
    long >= bytes.len() / 100 * MINIFIED_SHARE
}

/// Bytes as text, without a byte order mark.
pub(crate) fn into_text(mut bytes: Vec<u8>) -> Result<String, SkipReason> {
    if bytes.contains(&0) {
        return Err(SkipReason::Binary);
    }
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    String::from_utf8(bytes).map_err(|_| SkipReason::NotUtf8)
}

#[cfg(test)]
mod tests {
    use super::{SkipReason, is_minified, read_text};

    #[test]
    fn unfit_files_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        };
        assert_eq!(read_text(&write("bom.ts", b"\xEF\xBB\xBFx"), 10).as_deref(), Ok("x"));
        assert_eq!(read_text(&write("latin.ts", b"caf\xE9"), 10), Err(SkipReason::NotUtf8));
        assert_eq!(read_text(&write("nul.ts", b"a\0b"), 10), Err(SkipReason::Binary));
        assert_eq!(read_text(&write("wide.ts", b"\xFF\xFEa\0"), 10), Err(SkipReason::Binary));
        assert_eq!(read_text(&write("fits.ts", b"1234"), 4).as_deref(), Ok("1234"));
        assert_eq!(read_text(&write("long.ts", b"12345"), 4), Err(SkipReason::TooLarge { size: 5, cap: 4 }));
        assert!(matches!(read_text(&folder.path().join("none.ts"), 4), Err(SkipReason::Unreadable(_))));
        assert!(matches!(read_text(folder.path(), 4), Err(SkipReason::Unreadable(_))));
    }

    #[test]
    fn minified_code_is_told_from_code_with_a_long_line() {
        let packed = "!function(a){a.b()}(c);".repeat(1_000);
        let written = "function logout() {\n  session.end();\n}\n".repeat(100);
        let is_minified = |name: &str, text: &str| is_minified(name.as_ref(), text.as_bytes());
        assert!(is_minified("vendor.min.js", &packed));
        assert!(is_minified("bundle.js", &format!("/*!\n * A library.\n */\n{packed}\n//# sourceMappingURL=a.map\n")));
        assert!(!is_minified("a.js", &written));
        assert!(!is_minified("logo.js", &format!("{written}const logo = '{}';\n", "A".repeat(20_000))));
        assert!(!is_minified("a.ts", &packed));
        assert!(!is_minified("a.js", &packed[..5_000]));
    }
}
