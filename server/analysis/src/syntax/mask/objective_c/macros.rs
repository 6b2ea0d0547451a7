//! Blanks macros that only a compiler or a designer asks for, and directives whose text is no code. Must not
//! know what the tree is for.
//!
//! One pass from the start to the end of the text. Strings and comments are passed over.

use std::borrow::Cow;

use super::names::{
    ANNOTATION_PREFIXES, ANNOTATION_SUFFIXES, ANNOTATIONS, CAPTURES, DECLARATIONS, DIRECTIVES, ENUMERATIONS,
    LINKAGE_SUFFIXES, METHODS,
};
use super::scan::{self, is_space, is_word_start};

/// How far behind a macro its closing parenthesis or brace is looked for, in bytes.
const ARGUMENTS_LIMIT: usize = 8_000;

/// The text with all of that blanked out.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    let mut mask = Mask { bytes: text.as_bytes(), out: None, unclosed_until: 0, typedef: None };
    mask.run();
    match mask.out.map(String::from_utf8) {
        Some(Ok(out)) => Cow::Owned(out),
        _ => Cow::Borrowed(text),
    }
}

struct Mask<'t> {
    bytes: &'t [u8],
    /// The text that is written, once something is blanked.
    out: Option<Vec<u8>>,
    /// Where a search for a closing parenthesis that found none ended: one that begins before finds none.
    unclosed_until: usize,
    /// Where the last word began, if it was `typedef`.
    typedef: Option<usize>,
}

impl<'t> Mask<'t> {
    fn run(&mut self) {
        let mut at = 0;
        let mut is_line_start = true;
        while let Some(byte) = self.byte(at) {
            let starts_line = is_line_start;
            is_line_start = byte == b'\n' || (starts_line && is_space(byte));
            at = match byte {
                b'#' if starts_line => self.directive(at),
                b'"' | b'\'' => self.behind_quoted(at),
                b'/' => self.behind_comment(at).unwrap_or(at + 1),
                b',' => self.comma(at),
                _ if is_word_start(byte) => self.word(at, starts_line),
                _ if byte.is_ascii_digit() => self.behind_word(at),
                _ => at + 1,
            };
        }
    }

    /// Looks at a word, and gives the place behind what is done with.
    fn word(&mut self, start: usize, starts_line: bool) -> usize {
        let end = self.behind_word(start);
        let bytes: &'t [u8] = self.bytes;
        let word = bytes.get(start..end).and_then(|word| std::str::from_utf8(word).ok()).unwrap_or_default();
        let typedef = self.typedef.take();
        if word == "typedef" {
            self.typedef = Some(start);
            return end;
        }
        if ENUMERATIONS.contains(&word) {
            return self.enumeration(typedef, start, end);
        }
        if CAPTURES.contains(&word) && start.checked_sub(1).and_then(|at| self.byte(at)) == Some(b'@') {
            return self.blank_with_arguments(start - 1, end);
        }
        if let Some((_, skipped)) = METHODS.iter().find(|(name, _)| *name == word) {
            return self.method(start, end, *skipped);
        }
        if DECLARATIONS.contains(&word) {
            let end = self.blank_with_arguments(start, end);
            let next = self.behind_space(end);
            return if self.byte(next) == Some(b';') { self.blank(next, next + 1) } else { end };
        }
        let is_annotation = ANNOTATIONS.contains(&word)
            || ANNOTATION_PREFIXES.iter().any(|prefix| word.starts_with(prefix))
            || ANNOTATION_SUFFIXES.iter().any(|suffix| word.ends_with(suffix));
        if is_annotation {
            return self.blank_with_arguments(start, end);
        }
        if starts_line && LINKAGE_SUFFIXES.iter().any(|suffix| word.ends_with(suffix)) {
            let next = self.byte(self.behind_space(end));
            if next.is_some_and(|byte| is_word_start(byte) || byte == b'@') {
                return self.blank(start, end);
            }
        }
        end
    }

    /// `typedef NS_ENUM(Type, Name) { … };` runs nothing.
    fn enumeration(&mut self, typedef: Option<usize>, start: usize, end: usize) -> usize {
        let open = self.behind_space(end);
        let Some(close) = self.closing(open) else { return end };
        let brace = self.behind_space(close + 1);
        let behind = match self.byte(brace) {
            Some(b'{') => self.closing_of(brace, (b'{', b'}')).map(|end| self.behind_space(end + 1)),
            _ => Some(brace),
        };
        match behind {
            Some(behind) if self.byte(behind) == Some(b';') => self.blank(typedef.unwrap_or(start), behind + 1),
            _ => end,
        }
    }

    /// `RCT_EXPORT_METHOD(name:(Type)value)` is `- (void)name:(Type)value`.
    fn method(&mut self, start: usize, end: usize, skipped: usize) -> usize {
        let open = self.behind_space(end);
        let Some(close) = self.closing(open) else { return end };
        let mut from = open + 1;
        for _ in 0..skipped {
            let comma = self.bytes.get(from..close).and_then(|inside| inside.iter().position(|byte| *byte == b','));
            from = comma.map_or(from, |comma| from + comma + 1);
        }
        self.blank(start, from);
        self.write(start, b"- (void)");
        self.blank(close, close + 1);
        from
    }

    /// An argument that is left out, which only a macro can have: `NSLocalizedString(@"key", )`.
    fn comma(&mut self, at: usize) -> usize {
        let next = self.behind_space(at + 1);
        if self.byte(next) == Some(b')') { self.blank(at, at + 1) } else { at + 1 }
    }

    /// A line that begins with `#`.
    fn directive(&mut self, start: usize) -> usize {
        let name_start = self.behind_blanks(start + 1);
        let name_end = self.behind_word(name_start);
        let bytes: &'t [u8] = self.bytes;
        let name = bytes.get(name_start..name_end).and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default();
        let is_blanked = DIRECTIVES.contains(&name) && !(name == "define" && self.names_a_text(name_end));
        let is_asked = matches!(name, "if" | "elif");
        // Among methods the grammar reads `#if` alone.
        match name {
            "ifdef" => self.write(name_start, b"if   "),
            "ifndef" => self.write(name_start, b"if !  "),
            _ => {}
        }
        let mut at = name_end;
        let mut from = start;
        while let Some(byte) = self.byte(at) {
            match byte {
                b'\n' => break,
                b'\\' => at += if self.byte(at + 1) == Some(b'\r') { 3 } else { 2 },
                b'/' => {
                    let Some(end) = self.behind_comment(at) else {
                        at += 1;
                        continue;
                    };
                    if is_blanked {
                        self.blank(from, at);
                    }
                    (at, from) = (end, end);
                }
                b'"' => {
                    let end = self.behind_quoted(at);
                    // The grammar reads `__has_include(<X.h>)` alone.
                    if is_asked && end > at + 1 && self.byte(end - 1) == Some(b'"') {
                        self.write(at, b"<");
                        self.write(end - 1, b">");
                    }
                    at = end;
                }
                _ => at += 1,
            }
        }
        let end = at.min(self.bytes.len());
        if is_blanked { self.blank(from, end) } else { end }
    }

    /// Whether a `#define` gives a name to a text and to nothing else: `#define kGuest @"guest"`.
    fn names_a_text(&self, at: usize) -> bool {
        let name = self.behind_blanks(at);
        let value = self.behind_blanks(self.behind_word(name));
        if value == self.behind_word(name) || self.byte(value) != Some(b'@') || self.byte(value + 1) != Some(b'"') {
            return false;
        }
        let end = self.behind_blanks(self.behind_quoted(value + 1));
        self.byte(end).is_none_or(|byte| byte == b'\n' || byte == b'\r')
    }

    /// Blanks a word with the parenthesis behind it, where there is one.
    fn blank_with_arguments(&mut self, start: usize, end: usize) -> usize {
        let open = self.behind_space(end);
        let end = self.closing(open).map_or(end, |close| close + 1);
        self.blank(start, end)
    }

    /// The place of the parenthesis that closes the one at a place.
    fn closing(&mut self, open: usize) -> Option<usize> {
        self.closing_of(open, (b'(', b')'))
    }

    /// The place of what closes the parenthesis or brace at a place.
    fn closing_of(&mut self, open: usize, (opening, closing): (u8, u8)) -> Option<usize> {
        if self.byte(open) != Some(opening) {
            return None;
        }
        if open < self.unclosed_until {
            return None;
        }
        let limit = (open + ARGUMENTS_LIMIT).min(self.bytes.len());
        let mut depth = 0_usize;
        let mut at = open;
        while at < limit {
            at = match self.byte(at)? {
                byte if byte == opening => {
                    depth += 1;
                    at + 1
                }
                byte if byte == closing => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at);
                    }
                    at + 1
                }
                b'"' | b'\'' => self.behind_quoted(at),
                b'/' => self.behind_comment(at).unwrap_or(at + 1),
                _ => at + 1,
            };
        }
        self.unclosed_until = limit;
        None
    }

    /// Writes spaces over bytes, but for line breaks, and gives the place behind them.
    fn blank(&mut self, start: usize, end: usize) -> usize {
        let out = self.out.get_or_insert_with(|| self.bytes.to_vec());
        scan::blank(out, start, end);
        end
    }

    fn write(&mut self, start: usize, word: &[u8]) {
        let out = self.out.get_or_insert_with(|| self.bytes.to_vec());
        if let Some(place) = out.get_mut(start..start + word.len()) {
            place.copy_from_slice(word);
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        scan::byte(self.bytes, at)
    }

    fn behind_word(&self, start: usize) -> usize {
        scan::behind_word(self.bytes, start)
    }

    fn behind_space(&self, start: usize) -> usize {
        scan::behind_space(self.bytes, start)
    }

    fn behind_blanks(&self, start: usize) -> usize {
        scan::behind_blanks(self.bytes, start)
    }

    fn behind_quoted(&self, start: usize) -> usize {
        scan::behind_quoted(self.bytes, start)
    }

    fn behind_comment(&self, start: usize) -> Option<usize> {
        scan::behind_comment(self.bytes, start)
    }
}
