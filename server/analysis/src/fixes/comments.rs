//! Comments that belong to a statement. Owns which of them go where their statement goes; must not know
//! edits.

use super::file::FileText;
use crate::lowering::Comment;

/// Where the comments start that touch a statement from above, line by line; the statement's own start
/// where there are none. A comment behind code of another line belongs to that code.
pub(super) fn start_with_comments(file: &FileText<'_>, statement: usize) -> usize {
    start_with(file, statement, |comment| !points_up(comment))
}

/// The same for the comments that are instructions to tools about the statement's line.
pub(super) fn start_with_instructions(file: &FileText<'_>, statement: usize) -> usize {
    start_with(file, statement, is_instruction)
}

/// Where the comments start that can be about nothing but a statement, whose end is given too: instructions
/// to tools for the next line, and all that touch it if no other statement follows at once.
pub(super) fn start_with_own_comments(file: &FileText<'_>, statement: usize, end: usize) -> usize {
    let next = file.next_line(file.behind_trailing_comment(end));
    let following = file.between(next, file.line_end(next)).trim();
    if following.is_empty() || following.starts_with('}') {
        return start_with_comments(file, statement);
    }
    start_with_instructions(file, statement)
}

fn start_with(file: &FileText<'_>, statement: usize, belongs: impl Fn(&str) -> bool) -> usize {
    let mut start = statement;
    while let Some(comment) = comment_above(file, start).filter(|comment| belongs(comment.span.text(file.text))) {
        start = comment.span.start as usize;
    }
    start
}

/// The comment that ends on the line above a byte offset, if each stands first on its line.
fn comment_above<'a>(file: &FileText<'a>, offset: usize) -> Option<&'a Comment> {
    let line = file.line_start(offset);
    if line == 0 || !file.starts_line(offset) {
        return None;
    }
    let break_at =
        if file.text.as_bytes().get(..line).is_some_and(|text| text.ends_with(b"\r\n")) { line - 2 } else { line - 1 };
    let above = file.line_start(break_at);
    let ends_above = |comment: &&Comment| {
        let end = comment.span.end as usize;
        above <= end && end <= line && file.between(end, line).trim().is_empty()
    };
    let comment = file.lowered.comments.iter().find(ends_above)?;
    file.starts_line(comment.span.start as usize).then_some(comment)
}

/// Whether a comment is a marker about the line above it, as tests of tools write them: `//~^ name`.
fn points_up(comment: &str) -> bool {
    comment.starts_with("//~") || comment.starts_with("/*~") || comment.starts_with("//^")
}

/// Signs of a comment that tells a tool about the next line.
const INSTRUCTIONS: [&str; 5] = ["-next-line", "ts-ignore", "ts-expect-error", "-ignore", ":disable:next"];

/// Whether a comment tells a tool about the next line.
pub(super) fn is_instruction(comment: &str) -> bool {
    INSTRUCTIONS.iter().any(|sign| comment.contains(sign))
}
