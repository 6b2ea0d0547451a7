//! Where in a file a word stands. Owns which places say nothing of what the code does: comments, and
//! sentences that name no way out. What is not surely one of them is taken for code.

use farewell_analysis::vocabulary::Vocabulary;

/// How many bytes of a sentence, and how many of a line or a comment on each side, are looked at: a file
/// may be one long line, or hold one long comment.
const LONGEST_SENTENCE: usize = 400;
const LONGEST_COMMENT: usize = 4096;
const MOST_LINES: usize = 200;

/// Whether a word at `start..end` stands in a comment or in a sentence.
pub(super) fn is_prose(bytes: &[u8], start: usize, end: usize) -> bool {
    is_in_comment(bytes, start) || is_in_sentence(bytes, start, end).unwrap_or(false)
}

/// Whether a word at `start..end` is the code of an error: `HttpStatus.UNAUTHORIZED`, `UNAUTHORIZED = 401`, or what an
/// answer's code is compared with; or a type of errors.
pub(super) fn is_error_code(bytes: &[u8], start: usize, end: usize) -> bool {
    let (first, last) = (start - name_before(bytes, start).len(), end + name_behind(bytes, end).len());
    let (before, behind) = (bytes.get(..first).unwrap_or_default(), bytes.get(last..).unwrap_or_default());
    if is_error_type(before, bytes.get(first..last).unwrap_or_default(), behind) {
        return true;
    }
    if (first, last) != (start, end) {
        return false;
    }
    if let Some(owned) = before.strip_suffix(b".") {
        return holds_error_codes(name_before(owned, owned.len()));
    }
    let (before, behind) = (before.trim_ascii_end(), behind.trim_ascii_start());
    let is_compared = [b"==".as_slice(), b"!="].iter().any(|sign| before.ends_with(sign) || behind.starts_with(sign));
    let is_number = || {
        let value = behind.strip_prefix(b"=").unwrap_or_default().trim_ascii_start();
        value.first().is_some_and(u8::is_ascii_digit)
    };
    is_compared || is_number()
}

/// Whether a name is that of a type of errors: `UnauthorizedException`, `throw Unauthorized()`, `class Unauthorized
/// implements Exception`.
fn is_error_type(before: &[u8], name: &[u8], behind: &[u8]) -> bool {
    if !name.first().is_some_and(u8::is_ascii_uppercase) || !name.iter().any(u8::is_ascii_lowercase) {
        return false;
    }
    let before = before.trim_ascii_end();
    let before = before.strip_suffix(b" new").unwrap_or(before).trim_ascii_end();
    let is_heir = |word: &str| {
        let parent = behind.trim_ascii_start().strip_prefix(word.as_bytes()).unwrap_or_default().trim_ascii_start();
        holds_error_codes(name_behind(parent, 0))
    };
    holds_error_codes(name)
        || name_before(before, before.len()) == b"throw"
        || ["extends", "implements", ":"].into_iter().any(is_heir)
}

fn holds_error_codes(name: &[u8]) -> bool {
    std::str::from_utf8(name).is_ok_and(|name| Vocabulary::builtin().holds_error_codes(name))
}

/// What of a name stands before an offset.
fn name_before(bytes: &[u8], at: usize) -> &[u8] {
    let before = bytes.get(..at).unwrap_or_default();
    let length = before.iter().rev().take_while(|byte| is_of_name(**byte)).count();
    before.get(before.len() - length..).unwrap_or_default()
}

/// What of a name stands behind an offset.
fn name_behind(bytes: &[u8], at: usize) -> &[u8] {
    let behind = bytes.get(at..).unwrap_or_default();
    let length = behind.iter().take_while(|byte| is_of_name(**byte)).count();
    behind.get(..length).unwrap_or_default()
}

/// Whether a byte is a part of a name: letters of other alphabets are.
pub(crate) fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || !byte.is_ascii()
}

/// Whether an offset lies in a comment. Only one that starts its line is surely a comment.
fn is_in_comment(bytes: &[u8], at: usize) -> bool {
    let Some(line_start) = line_start(bytes, at) else { return false };
    let Some(line) = trimmed(bytes, line_start) else { return false };
    if line.starts_with(b"//") {
        return true;
    }
    let closes_behind = |open: &[u8], close: &[u8]| {
        let from = line_start + offset_of(bytes, line_start) + open.len();
        find(bytes, from, close).is_some_and(|end| at < end)
    };
    if line.starts_with(b"/*") {
        return closes_behind(b"/*", b"*/");
    }
    if line.starts_with(b"<!--") {
        return closes_behind(b"<!--", b"-->");
    }
    line.starts_with(b"*") && is_inside_block(bytes, line_start, at)
}

/// Whether lines that start with a star lead up from an offset to the start of a comment that is open still.
fn is_inside_block(bytes: &[u8], mut line_start: usize, at: usize) -> bool {
    for _ in 0..MOST_LINES {
        let Some(above) = line_start.checked_sub(1).and_then(|above| self::line_start(bytes, above)) else {
            return false;
        };
        line_start = above;
        match trimmed(bytes, line_start) {
            Some(line) if line.starts_with(b"/*") => {
                let from = line_start + offset_of(bytes, line_start) + 2;
                return find(bytes, from, b"*/").is_some_and(|end| at < end);
            }
            Some(line) if line.starts_with(b"*") => {}
            _ => return false,
        }
    }
    false
}

/// Whether a word is one of several between quotes or tags that are no label:
/// `'Unauthorized: is the password right?'`. A single word may be a key or a path.
fn is_in_sentence(bytes: &[u8], start: usize, end: usize) -> Option<bool> {
    let before = bytes.get(start.saturating_sub(LONGEST_SENTENCE)..start)?;
    let first = start - before.iter().rev().position(|byte| !is_of_text(*byte))?;
    let after = bytes.get(end..bytes.len().min(end + LONGEST_SENTENCE))?;
    let last = end + after.iter().position(|byte| !is_of_text(*byte))?;
    let (opening, closing) = (*bytes.get(first.checked_sub(1)?)?, *bytes.get(last)?);
    let is_tag = || {
        // `=>` and `->` are code.
        let before = first.checked_sub(2).and_then(|at| bytes.get(at));
        opening == b'>' && closing == b'<' && !matches!(before, Some(b'=' | b'-'))
    };
    let is_quoted = matches!(opening, b'"' | b'\'' | b'`') && opening == closing;
    if !is_quoted && !is_tag() {
        return Some(false);
    }
    let text = std::str::from_utf8(bytes.get(first..last)?).ok()?;
    let is_sentence = text.starts_with(char::is_alphabetic) && text.trim_end().contains(' ');
    Some(is_sentence && Vocabulary::builtin().flow_label(text).is_none())
}

fn is_of_text(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || byte >= 0x80
        || matches!(byte, b' ' | b',' | b'.' | b':' | b';' | b'!' | b'?' | b'-')
}

/// The start of the line around an offset; `None` where it is far away.
fn line_start(bytes: &[u8], at: usize) -> Option<usize> {
    let from = at.saturating_sub(LONGEST_COMMENT);
    match bytes.get(from..at)?.iter().rposition(|byte| *byte == b'\n') {
        Some(place) => Some(from + place + 1),
        None => (from == 0).then_some(0),
    }
}

/// How many blanks a line starts with.
fn offset_of(bytes: &[u8], line_start: usize) -> usize {
    let line = bytes.get(line_start..).unwrap_or_default();
    line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

fn trimmed(bytes: &[u8], line_start: usize) -> Option<&[u8]> {
    bytes.get(line_start + offset_of(bytes, line_start)..)
}

/// The first place of a text behind an offset, not far behind it.
fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..bytes.len().min(from + 2 * LONGEST_COMMENT))?;
    rest.windows(what.len()).position(|here| here == what).map(|place| from + place)
}

#[cfg(test)]
mod tests {
    use super::{is_error_code, is_prose};

    /// Whether every `logout` of a text stands in prose.
    fn holds_prose(text: &str) -> bool {
        let lower = text.to_ascii_lowercase();
        let mut places = lower.match_indices("logout").peekable();
        assert!(places.peek().is_some());
        places.all(|(at, word)| is_prose(text.as_bytes(), at, at + word.len()))
    }

    #[test]
    fn codes_of_errors_are_told_from_names() {
        let is_code = |text: &str| {
            let at = text.to_ascii_lowercase().find("unauthorized").unwrap();
            is_error_code(text.as_bytes(), at, at + "unauthorized".len())
        };
        for text in [
            "catch APIError.unauthorized {",
            "statusCode == HttpStatus.unauthorized",
            "case HttpStatusCode.Unauthorized:",
            "private static final int UNAUTHORIZED = 401;",
            "if (response.code() == UNAUTHORIZED) {",
            "if (UNAUTHORIZED === code)",
            "code !==\n  UNAUTHORIZED",
            "class Unauthorized implements Exception {}",
            "class Unauthorized: Error {}",
            "throw Unauthorized();",
            "throw new Unauthorized();",
            "on UnauthorizedException catch (error) {",
            "error instanceof UnauthorizedError",
        ] {
            assert!(is_code(text), "{text}");
        }
        for text in [
            "function unauthorized() {",
            "auth.unauthorized()",
            "onUnauthorized()",
            "const unauthorized = () => {",
            "case unauthorized",
            "dispatch({ type: UNAUTHORIZED })",
            "HttpStatus.unauthorizedAccess",
            "$unauthorized == 1",
            "state = unauthorized",
            "class Unauthorized extends Page {",
            "new Unauthorized()",
            "throw unauthorized()",
            "handleUnauthorizedError()",
            "dispatch({ type: UNAUTHORIZED_ERROR })",
            "unauthorized",
        ] {
            assert!(!is_code(text), "{text}");
        }
    }

    #[test]
    fn comments_are_prose() {
        assert!(holds_prose("  // logout"));
        assert!(holds_prose("/// Nothing outlives the logout.\nlet a;"));
        assert!(holds_prose("/** Nothing outlives the logout. */\nlet a;"));
        assert!(holds_prose("/*\n  * Nothing\n  * outlives the logout.\n  */"));
        assert!(holds_prose("<!-- logout -->"));
        assert!(!holds_prose("<!--\nlogout -->"));
    }

    #[test]
    fn what_may_be_code_is_code() {
        assert!(!holds_prose("/** The end. */ logout()"));
        assert!(!holds_prose("class Api {\n  * logout() {}\n}"));
        assert!(!holds_prose("/** The end. */\n  * logout() {}\n"));
        assert!(!holds_prose("a /* logout */"));
        assert!(!holds_prose("const url = 'https://a.b'; logout()"));
        assert!(!holds_prose("/* logout"));
        assert!(!holds_prose("const a = b\n  * logout / 2"));
    }

    #[test]
    fn sentences_are_prose_and_labels_are_not() {
        assert!(holds_prose("throw new Error('No logout: the session has ended');"));
        assert!(holds_prose("<p>Drafts are dropped at logout.</p>"));
        assert!(holds_prose("Text(\"Settings before logout of today\")"));
        assert!(!holds_prose("<button onClick={leave}>Logout now</button>"));
        assert!(!holds_prose("<button>Logout</button>"));
        assert!(!holds_prose("dispatch('logout')"));
        assert!(!holds_prose("call(\"/logout\")"));
        assert!(!holds_prose("f('a', logout, 'b')"));
        assert!(!holds_prose("map(x =>logout, f<T>)"));
        assert!(!holds_prose("'${name} does logout soon'"));
        assert!(!holds_prose("'Nobody wants to logout"));
    }
}
