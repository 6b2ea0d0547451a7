//! A unified diff of what fixes would change, as `git apply` and `patch` read it.

use std::io::{self, Write};
use std::sync::Arc;

use similar::TextDiff;

const LINES_AROUND: usize = 3;
const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const CYAN: &str = "\u{1b}[36m";
const BOLD: &str = "\u{1b}[1m";
const RESET: &str = "\u{1b}[0m";

/// One file's change.
#[derive(Debug)]
pub(crate) struct Change {
    /// The path as shown.
    pub(crate) path: String,
    /// The text before.
    pub(crate) before: Arc<str>,
    /// The text after.
    pub(crate) after: Arc<str>,
}

/// Prints the changes.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, changes: &[Change], coloured: bool) -> io::Result<()> {
    for change in changes {
        let difference = TextDiff::from_lines(&*change.before, &*change.after);
        let mut unified = difference.unified_diff();
        unified.context_radius(LINES_AROUND).header(&format!("a/{}", change.path), &format!("b/{}", change.path));
        let mut bytes = Vec::new();
        unified.to_writer(&mut bytes)?;
        if !coloured {
            output.write_all(&bytes)?;
            continue;
        }
        for line in String::from_utf8_lossy(&bytes).split_inclusive('\n') {
            print_coloured(output, line)?;
        }
    }
    Ok(())
}

fn print_coloured(output: &mut impl Write, line: &str) -> io::Result<()> {
    let color = match line.as_bytes() {
        [b'-', b'-', b'-', b' ', ..] | [b'+', b'+', b'+', b' ', ..] => BOLD,
        [b'-', ..] => RED,
        [b'+', ..] => GREEN,
        [b'@', ..] => CYAN,
        _ => return output.write_all(line.as_bytes()),
    };
    // The colour ends before the line does, or it leaks into a pager's next line.
    let text = line.trim_end_matches(['\r', '\n']);
    write!(output, "{color}{text}{RESET}{}", &line[text.len()..])
}

#[cfg(test)]
mod tests {
    use super::{Change, print};

    fn printed(before: &str, after: &str, coloured: bool) -> String {
        let change = Change { path: "src/a.ts".into(), before: before.into(), after: after.into() };
        let mut bytes = Vec::new();
        print(&mut bytes, &[change], coloured).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_patch_reads_it() {
        let expected =
            "--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,2 +1,3 @@\n one\r\n+new\r\n two\n\\ No newline at end of file\n";
        assert_eq!(printed("one\r\ntwo", "one\r\nnew\r\ntwo", false), expected);
    }

    #[test]
    fn colours_end_on_their_line() {
        let text = printed("one\n", "two\n", true);
        assert!(text.contains("\u{1b}[31m-one\u{1b}[0m\n\u{1b}[32m+two\u{1b}[0m\n"), "{text:?}");
    }
}
