//! Steps over the bytes of a text in C's way: words, white space, strings, comments. Must not know what is
//! masked.

/// The byte at a place.
pub(super) fn byte(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

/// The place behind the word that begins at a place.
pub(super) fn behind_word(bytes: &[u8], start: usize) -> usize {
    behind(bytes, start, |byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80)
}

/// The place behind white space, line breaks too.
pub(super) fn behind_space(bytes: &[u8], start: usize) -> usize {
    behind(bytes, start, |byte| is_space(byte) || byte == b'\n')
}

/// The place behind spaces and tabs.
pub(super) fn behind_blanks(bytes: &[u8], start: usize) -> usize {
    behind(bytes, start, |byte| byte == b' ' || byte == b'\t')
}

/// The place behind a string or character, which ends with its line at the latest.
pub(super) fn behind_quoted(bytes: &[u8], start: usize) -> usize {
    let quote = byte(bytes, start);
    let mut at = start + 1;
    while let Some(next) = byte(bytes, at) {
        match next {
            b'\n' => return at,
            b'\\' => at += 2,
            _ if Some(next) == quote => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The place behind a comment that begins at a place.
pub(super) fn behind_comment(bytes: &[u8], start: usize) -> Option<usize> {
    match byte(bytes, start + 1)? {
        b'/' => Some(behind(bytes, start, |byte| byte != b'\n')),
        b'*' => {
            let inside = bytes.get(start + 2..).unwrap_or_default();
            let end = inside.windows(2).position(|pair| pair == b"*/");
            Some(end.map_or(bytes.len(), |end| start + 2 + end + 2))
        }
        _ => None,
    }
}

/// Writes spaces over bytes, but for line breaks.
pub(super) fn blank(out: &mut [u8], start: usize, end: usize) {
    for byte in out.get_mut(start..end).unwrap_or_default() {
        if *byte != b'\n' && *byte != b'\r' {
            *byte = b' ';
        }
    }
}

/// Whether a byte is white space within a line.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r')
}

/// Whether a word can begin with a byte.
pub(super) fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn behind(bytes: &[u8], start: usize, belongs: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    start + rest.iter().take_while(|byte| belongs(**byte)).count()
}
