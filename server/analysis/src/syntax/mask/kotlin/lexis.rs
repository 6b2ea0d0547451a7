//! Words, comments, characters and strings, in which nothing is masked but the code in a string's holes.

use super::{Level, STRING_DEPTH, Scan, Token};

impl Scan<'_> {
    pub(super) fn line_comment(&mut self) {
        self.comment.get_or_insert(self.at);
        let rest = self.bytes[self.at..].iter().take_while(|byte| **byte != b'\n').count();
        self.at += rest;
    }

    pub(super) fn block_comment(&mut self) {
        self.comment.get_or_insert(self.at);
        let mut depth = 0_usize;
        while let Some(byte) = self.peek(0) {
            match (byte, self.peek(1)) {
                (b'/', Some(b'*')) => {
                    depth += 1;
                    self.at += 2;
                }
                (b'*', Some(b'/')) => {
                    depth = depth.saturating_sub(1);
                    self.at += 2;
                    if depth == 0 {
                        return;
                    }
                }
                _ => {
                    self.line += usize::from(byte == b'\n');
                    self.at += 1;
                }
            }
        }
    }

    pub(super) fn character(&mut self) {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek(0).filter(|byte| *byte != b'\n') {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'\'' {
                break;
            }
        }
        self.at = self.at.min(self.bytes.len());
        self.comment = None;
        self.last = Token { start, end: self.at, ..Token::default() };
    }

    pub(super) fn string(&mut self) {
        if self.holes >= STRING_DEPTH {
            // Nobody writes this: the rest of the file is not read.
            self.edits.push((self.at, self.bytes.len(), b' '));
            self.at = self.bytes.len();
            return;
        }
        let is_raw = self.bytes[self.at..].starts_with(b"\"\"\"");
        self.at += if is_raw { 3 } else { 1 };
        self.rest_of_string(is_raw);
    }

    /// Reads a string up to its end or its next hole. Like the grammar's scanner it goes on behind a line's
    /// end, so that both see the same strings.
    pub(super) fn rest_of_string(&mut self, is_raw: bool) {
        while let Some(byte) = self.peek(0) {
            match byte {
                b'$' if self.peek(1) == Some(b'{') => {
                    self.holes += 1;
                    self.levels.push(Level::new(if is_raw { b'r' } else { b'"' }, self.line));
                    self.token(2);
                    return;
                }
                b'\\' if !is_raw => self.at += 2,
                b'"' if !is_raw => return self.token(1),
                b'"' if self.bytes[self.at..].starts_with(b"\"\"\"") => {
                    let quotes = self.bytes[self.at..].iter().take_while(|byte| **byte == b'"').count();
                    return self.token(quotes);
                }
                _ => {
                    self.line += usize::from(byte == b'\n');
                    self.at += 1;
                }
            }
        }
        self.at = self.at.min(self.bytes.len());
    }
}

/// Whether a byte is part of a word.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// Whether what stands behind a word belongs to it on the next line too.
pub(super) fn is_keyword(word: &[u8]) -> bool {
    matches!(
        word,
        b"if"
            | b"else"
            | b"while"
            | b"do"
            | b"for"
            | b"when"
            | b"in"
            | b"is"
            | b"as"
            | b"throw"
            | b"try"
            | b"catch"
            | b"by"
            | b"constructor"
            | b"fun"
            | b"val"
            | b"var"
            | b"get"
            | b"set"
            | b"where"
            | b"and"
            | b"or"
            | b"xor"
            | b"to"
    )
}
