//! What the grammar of Swift cannot read: `if await session.isOver {` is to it a call with a closure, and
//! the whole type around it may be lost; `nonisolated` before a type or a variable is an error. Owns
//! finding those words.

use std::borrow::Cow;

use memchr::memmem;

/// Words before which a value may stand that has a block behind it.
const HEADS: [&str; 3] = ["if", "while", "switch"];
/// Marks of such a value.
const MARKS: [&str; 2] = ["await", "try"];
const ISOLATION: &str = "nonisolated";
/// What `nonisolated` may stand before, so far as the grammar does not know it there.
const ISOLATED: [&str; 7] = ["struct", "class", "enum", "extension", "protocol", "final", "actor"];
/// How far the block is looked for, in bytes.
const HEAD_LIMIT: usize = 400;

/// The text without what the grammar cannot read.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for mark in MARKS {
        for at in memmem::find_iter(text.as_bytes(), mark) {
            let end = at + mark.len() + mark_suffix(text, at + mark.len());
            if is_word(text, at, at + mark.len()) && is_in_head(text, at) && is_before_a_block(text, end) {
                found.push((at, end));
            }
        }
    }
    for at in memmem::find_iter(text.as_bytes(), ISOLATION) {
        let end = at + ISOLATION.len() + isolation_suffix(text, at + ISOLATION.len());
        if is_word(text, at, at + ISOLATION.len()) && is_isolated(text, at, end) {
            found.push((at, end));
        }
    }
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    found.sort_unstable();
    let mut masked = String::with_capacity(text.len());
    for (start, end) in found {
        masked.push_str(text.get(masked.len()..start).unwrap_or_default());
        masked.extend(std::iter::repeat_n(' ', end.saturating_sub(masked.len())));
    }
    masked.push_str(text.get(masked.len()..).unwrap_or_default());
    Cow::Owned(masked)
}

/// The length of the `?` or `!` behind a `try`.
fn mark_suffix(text: &str, end: usize) -> usize {
    usize::from(matches!(text.as_bytes().get(end), Some(b'?' | b'!')))
}

fn isolation_suffix(text: &str, end: usize) -> usize {
    const UNSAFE: &str = "(unsafe)";
    if text.get(end..).is_some_and(|rest| rest.starts_with(UNSAFE)) { UNSAFE.len() } else { 0 }
}

fn is_word(text: &str, start: usize, end: usize) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'.'));
    let before = start.checked_sub(1).and_then(|before| text.as_bytes().get(before));
    !is_part(before) && !text.as_bytes().get(end).is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'_')
}

/// Whether the line up to here is the head of an `if`, a `while` or a `switch`.
fn is_in_head(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    if line.len() > HEAD_LIMIT {
        return false;
    }
    let head = line.rsplit('{').next().unwrap_or_default();
    head.split(|it: char| !it.is_alphanumeric() && it != '_').any(|word| HEADS.contains(&word))
}

/// Whether what is marked ends at a block and is no call with parentheses, which the grammar does read.
fn is_before_a_block(text: &str, from: usize) -> bool {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let mut depth = 0_usize;
    let mut last = b' ';
    for byte in rest.iter().take(HEAD_LIMIT) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' if depth == 0 => return false,
            b')' | b']' => depth -= 1,
            b'\n' if depth == 0 => return false,
            // `await (a(), b()) {` is a call of what is in the parentheses.
            b'{' if depth == 0 => return last != b')' || is_in_parentheses(rest),
            // Behind a comma another clause stands before the block.
            b',' if depth == 0 => return false,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = *byte;
        }
    }
    false
}

fn is_in_parentheses(rest: &[u8]) -> bool {
    rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'(')
}

/// Whether a `nonisolated` stands before what the grammar does not know it before: a type, or a local
/// variable that is marked unsafe.
fn is_isolated(text: &str, start: usize, end: usize) -> bool {
    let next = text.get(end..).unwrap_or_default().trim_start_matches([' ', '\t']);
    let word = next.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
    let is_marked_unsafe = end > start + ISOLATION.len();
    ISOLATED.contains(&word) || (is_marked_unsafe && matches!(word, "let" | "var"))
}

#[cfg(test)]
mod tests {
    use super::masked;

    fn mask(text: &str) -> String {
        let masked = masked(text);
        assert_eq!(masked.len(), text.len());
        masked.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn marks_before_a_block_are_blanked() {
        assert_eq!(mask("if await x.y { a() } else { b() }"), "if x.y { a() } else { b() }");
        assert_eq!(mask("} else if let u = try? await x.y {"), "} else if let u = x.y {");
        assert_eq!(mask("while try await x.y {"), "while x.y {");
        assert_eq!(mask("switch await (a(), b()) {"), "switch (a(), b()) {");
        assert_eq!(mask("if await f().y == z { g() }"), "if f().y == z { g() }");
    }

    #[test]
    fn what_the_grammar_reads_stays() {
        for text in [
            "if await x.y() { a() }",
            "guard let u = try? await x.y else { return }",
            "let x = await y { z() }",
            "if await x.y, z { a() }",
            "if a { await b { c() } }",
            "if x.await { a() }",
            "Task { try await x.y { a() } }",
            "if awaited { a() }",
            "nonisolated func f() {}",
            "é if await",
        ] {
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn isolation_is_blanked() {
        assert_eq!(mask("nonisolated struct A {}"), "struct A {}");
        assert_eq!(mask("nonisolated(unsafe) let a = b"), "let a = b");
    }
}
