//! A unified diff of what fixes would change, as `git apply` and `patch` read it.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use similar::{ChangeTag, TextDiff};

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
    /// Whether the file starts with a byte order mark, which neither text has.
    pub(crate) has_mark: bool,
}

/// Prints the changes.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, changes: &[Change], coloured: bool) -> io::Result<()> {
    for change in changes {
        let (before, after) = (change.marked(&change.before), change.marked(&change.after));
        let (before, after) = (lines(&before), lines(&after));
        let difference = TextDiff::from_slices(&before, &after);
        line(output, &format!("--- a/{}\n", change.path), BOLD, coloured)?;
        line(output, &format!("+++ b/{}\n", change.path), BOLD, coloured)?;
        for hunk in difference.unified_diff().context_radius(LINES_AROUND).iter_hunks() {
            line(output, &format!("{}\n", hunk.header()), CYAN, coloured)?;
            for part in hunk.iter_changes() {
                let color = match part.tag() {
                    ChangeTag::Delete => RED,
                    ChangeTag::Insert => GREEN,
                    ChangeTag::Equal => "",
                };
                line(output, &format!("{}{}", part.tag(), part.value()), color, coloured)?;
                if !part.value().ends_with('\n') {
                    output.write_all(b"\n\\ No newline at end of file\n")?;
                }
            }
        }
    }
    Ok(())
}

impl Change {
    fn marked<'text>(&self, text: &'text str) -> Cow<'text, str> {
        if self.has_mark { Cow::Owned(format!("\u{FEFF}{text}")) } else { Cow::Borrowed(text) }
    }
}

/// A text's lines as a patch counts them: a carriage return alone ends none.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn line(output: &mut impl Write, line: &str, color: &str, coloured: bool) -> io::Result<()> {
    if !coloured || color.is_empty() {
        return output.write_all(line.as_bytes());
    }
    // The colour ends before the line does, or it leaks into a pager's next line.
    let text = line.trim_end_matches(['\r', '\n']);
    write!(output, "{color}{text}{RESET}{}", &line[text.len()..])
}

#[cfg(test)]
mod tests {
    use super::{Change, print};

    fn printed(before: &str, after: &str, coloured: bool) -> String {
        let change = Change { path: "src/a.ts".into(), before: before.into(), after: after.into(), has_mark: false };
        printed_change(change, coloured)
    }

    fn printed_change(change: Change, coloured: bool) -> String {
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

    #[test]
    fn a_mark_and_a_lone_carriage_return_are_in_the_lines() {
        let change = Change { path: "a.ts".into(), before: "one\r".into(), after: "two\rx\r".into(), has_mark: true };
        let expected = "--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-\u{FEFF}one\r\n\\ No newline at end of file\n\
            +\u{FEFF}two\rx\r\n\\ No newline at end of file\n";
        assert_eq!(printed_change(change, false), expected);
    }
}
