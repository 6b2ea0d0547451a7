//! Comments that belong to a statement. Owns which of them go where their statement goes; must not know
//! edits.

use tree_sitter::Node;

use super::file::FileText;

/// Where the comments start that touch a statement from above, line by line; the statement's own start
/// where there are none. A comment behind code of another line belongs to that code.
pub(super) fn start_with_comments(file: &FileText<'_>, statement: Node<'_>) -> usize {
    let mut start = statement.start_byte();
    let mut row = statement.start_position().row;
    let mut next = statement.prev_sibling();
    if !file.starts_line(start) {
        return start;
    }
    while let Some(comment) = next {
        let touches = comment.kind() == "comment" && comment.end_position().row + 1 == row;
        if !touches || !file.starts_line(comment.start_byte()) || points_up(file.of(comment)) {
            break;
        }
        start = comment.start_byte();
        row = comment.start_position().row;
        next = comment.prev_sibling();
    }
    start
}

/// Whether a comment is a marker about the line above it, as tests of tools write them: `//~^ name`.
fn points_up(comment: &str) -> bool {
    comment.starts_with("//~") || comment.starts_with("/*~") || comment.starts_with("//^")
}

/// Signs of a comment that tells a tool about the next line.
const INSTRUCTIONS: [&str; 4] = ["-next-line", "ts-ignore", "ts-expect-error", "-ignore"];

/// Whether a comment tells a tool about the next line.
pub(super) fn is_instruction(comment: &str) -> bool {
    INSTRUCTIONS.iter().any(|sign| comment.contains(sign))
}
