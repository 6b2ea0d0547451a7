//! Which bytes go away with a statement or a comment: its line, its comments, one of two blank lines. Must
//! not know any one grammar.

use super::comments::{start_with_comments, start_with_own_comments};
use super::file::FileText;

/// Which comments above a statement go with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comments {
    /// All that touch it: the statement moves.
    All,
    /// Those that can be about nothing else: the statement is gone for good.
    Own,
}

/// The bytes to remove for a statement that others stand beside, given by its own.
pub(super) fn of_statement(file: &FileText<'_>, start: usize, end: usize, comments: Comments) -> (usize, usize) {
    let whole_end = file.behind_trailing_comment(end);
    if !file.starts_line(start) || !file.ends_line(whole_end) {
        let rest = file.between(end, file.line_end(end));
        let blank = rest.len() - rest.trim_start().len();
        if blank < rest.len() {
            return (start, end + blank);
        }
        let before = file.between(file.line_start(start), start);
        return (file.line_start(start) + before.trim_end().len(), end);
    }
    let first = match comments {
        Comments::All => start_with_comments(file, start),
        Comments::Own => start_with_own_comments(file, start, end),
    };
    let (start, mut end) = (file.line_start(first), file.next_line(whole_end));
    // One blank line is left where there were two.
    let before = file.between(file.line_start(start.saturating_sub(1)), start).trim();
    let behind = file.between(end, file.line_end(end)).trim();
    if start > 0 && end < file.text.len() && behind.is_empty() && (before.is_empty() || before.ends_with('{')) {
        end = file.next_line(end);
    }
    (start, end)
}

/// The bytes to remove for a comment: its line where nothing else stands on it.
pub(super) fn of_comment(file: &FileText<'_>, start: usize, end: usize) -> (usize, usize) {
    if file.starts_line(start) && file.ends_line(end) {
        return (file.line_start(start), file.next_line(end));
    }
    if file.ends_line(end) {
        let before = file.between(file.line_start(start), start);
        return (start - (before.len() - before.trim_end().len()), file.line_end(end));
    }
    (start, end)
}
