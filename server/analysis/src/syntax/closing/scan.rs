//! The brackets of a text, strings and comments left out, and the lines that may stand outside of what is open before
//! them. Owns how strings and comments are written in each language, as far as brackets in them would be taken for
//! code; must not know what the brackets are for.

use std::ops::Range;

use memchr::{memchr, memchr3, memmem};

use crate::source::Language;

/// What a text leaves open.
pub(super) struct Scanned {
    /// Brackets and lines, in order. A bracket that is closed as its line is indented is left out, with all inside,
    /// where nothing inside is to be told.
    pub(super) events: Vec<Event>,
    /// How many brackets are not closed at all.
    pub(super) left_open: usize,
}

/// A bracket, or a line with code.
pub(super) enum Event {
    /// A line's first code.
    Line(Line),
    /// An opening bracket.
    Open(Open),
    /// A closing bracket.
    Close(u8),
}

/// An opening bracket.
#[derive(Clone, Copy)]
pub(super) struct Open {
    /// The bracket that closes it.
    pub(super) closing: u8,
    /// The indentation of the line that it stands in.
    pub(super) indent: usize,
    pub(super) place: usize,
    /// Whether it is not closed at all, or where a line begins that is indented otherwise.
    pub(super) is_odd: bool,
}

/// A line with code.
pub(super) struct Line {
    /// Where its code begins.
    pub(super) start: usize,
    pub(super) indent: usize,
    /// The white space behind the code before it, and behind a comment on that one's line.
    pub(super) gap: Range<usize>,
    /// Where the line of that code begins, and where a string does that it leaves open.
    pub(super) last: usize,
    pub(super) open_string: Option<usize>,
    /// Whether it begins with a closing bracket.
    pub(super) closes: bool,
}

impl Line {
    /// Whether it is indented as what stands outside of a bracket.
    pub(super) fn is_outside(&self, open: &Open) -> bool {
        is_outside(self.indent, self.closes, open)
    }
}

/// Whether a line that is indented so, and begins with a closing bracket or does not, is indented as what stands outside
/// of a bracket.
fn is_outside(indent: usize, closes: bool, open: &Open) -> bool {
    if closes { open.indent > indent } else { open.indent >= indent }
}

/// How deep templates may stand in templates.
const TEMPLATES: u32 = 16;
/// How many events a text may have: where more is left open, or indented otherwise, nothing is told by it.
const EVENTS: usize = 8_000;

/// What a text leaves open. `None` where that is nothing or too much, where a bracket is closed that was not opened,
/// or where a string or comment does not end. The time is linear in the text's length. Each key in
/// an open block takes it: what few tokens and lines are asked for is made out for them alone.
pub(super) fn scan(language: Language, text: &str) -> Option<Scanned> {
    let text = text.as_bytes();
    let mut scan = Scan { language, text, at: 0, passed: 0, ends_in_comment: false, gap_end: None, open_string: None };
    let mut events: Vec<Event> = Vec::new();
    // The places of open brackets among the events.
    let mut open: Vec<usize> = Vec::new();
    let (mut line_start, mut is_fresh, mut indent, mut last) = (0, true, 0, 0);
    while let Some(&byte) = text.get(scan.at) {
        if events.len() > EVENTS {
            return None;
        }
        let start = scan.at;
        match byte {
            b'\n' => {
                (line_start, is_fresh) = (start + 1, true);
                scan.at += 1;
                continue;
            }
            b' ' | b'\t' | b'\r' => {
                let rest = text.get(start + 1..).unwrap_or_default();
                scan.at += 1 + rest.iter().position(|byte| !is_blank(*byte)).unwrap_or(rest.len());
                continue;
            }
            b'/' if scan.comment(is_fresh)? => continue,
            _ => {}
        }
        let begins = std::mem::take(&mut is_fresh);
        if begins {
            indent = start - line_start;
            let closes = matches!(byte, b'}' | b')' | b']');
            let open_string = scan.open_string.take();
            let innermost = open.last().and_then(|place| events.get(*place));
            if matches!(innermost, Some(Event::Open(open)) if is_outside(indent, closes, open)) {
                let gap = scan.code_end()..scan.gap_end.unwrap_or(start);
                events.push(Event::Line(Line { start, indent, gap, last, open_string, closes }));
            }
            last = start;
        }
        match byte {
            b'{' | b'(' | b'[' => {
                let closing = match byte {
                    b'{' => b'}',
                    b'(' => b')',
                    _ => b']',
                };
                open.push(events.len());
                events.push(Event::Open(Open { closing, indent, place: start, is_odd: true }));
                scan.at += 1;
            }
            b'}' | b')' | b']' => {
                let closed = loop {
                    let place = open.pop()?;
                    if let Some(Event::Open(open)) = events.get_mut(place)
                        && open.closing == byte
                    {
                        open.is_odd = begins && open.indent != indent;
                        break (place, open.is_odd);
                    }
                };
                if closed == (events.len() - 1, false) {
                    events.pop();
                } else {
                    events.push(Event::Close(byte));
                }
                scan.at += 1;
            }
            _ => scan.token(byte, TEMPLATES)?,
        }
        (scan.passed, scan.ends_in_comment, scan.gap_end) = (scan.at, false, None);
    }
    (!open.is_empty()).then_some(Scanned { events, left_open: open.len() })
}

/// Whether a byte is part of a word.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || !byte.is_ascii()
}

/// Whether a byte is white space within a line.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r')
}

/// Which bytes are passed over: those that begin nothing that is looked at.
const PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let begin = *b"\n{}()[]\"'`/";
    let mut place = 0;
    while place < begin.len() {
        plain[begin[place] as usize] = false;
        place += 1;
    }
    plain
};

struct Scan<'t> {
    language: Language,
    text: &'t [u8],
    at: usize,
    /// Where the last code ends, with white space behind it, or a comment on its line.
    passed: usize,
    ends_in_comment: bool,
    /// Where the first comment begins that stands on a line of its own behind it.
    gap_end: Option<usize>,
    /// Where a string of the line begins that does not end on it.
    open_string: Option<usize>,
}

impl Scan<'_> {
    fn peek(&self, behind: usize) -> Option<u8> {
        self.text.get(self.at + behind).copied()
    }

    /// Goes behind a comment; whether there is one.
    fn comment(&mut self, is_fresh: bool) -> Option<bool> {
        let start = self.at;
        let rest = self.text.get(start..)?;
        self.at += match self.peek(1) {
            Some(b'/') => memchr(b'\n', rest).unwrap_or(rest.len()),
            Some(b'*') => 2 + memmem::find(rest.get(2..)?, b"*/")? + 2,
            _ => return Some(false),
        };
        if is_fresh {
            self.gap_end = self.gap_end.or(Some(start));
        } else {
            // What stands behind `//` on its line is part of the comment.
            self.passed = self.at + usize::from(self.peek(0) == Some(b'\n') && rest.starts_with(b"//"));
            self.ends_in_comment = true;
        }
        Some(true)
    }

    /// Goes behind a string, a word or any other character.
    fn token(&mut self, byte: u8, templates: u32) -> Option<()> {
        match byte {
            b'"' => self.string(byte),
            b'\'' if self.language != Language::Swift => self.string(byte),
            b'`' if self.is_web() => self.template(templates),
            b'/' if self.is_web() && self.may_be_pattern() => {
                self.pattern();
                Some(())
            }
            _ => {
                let rest = self.text.get(self.at + 1..)?;
                self.at += 1 + rest.iter().position(|byte| !PLAIN[usize::from(*byte)]).unwrap_or(rest.len());
                Some(())
            }
        }
    }

    /// Where the last code ends, or a comment on its line.
    fn code_end(&self) -> usize {
        if self.ends_in_comment {
            return self.passed;
        }
        self.text.get(..self.passed).unwrap_or_default().trim_ascii_end().len()
    }

    /// A string ends with its line, unless there are three quotes.
    fn string(&mut self, quote: u8) -> Option<()> {
        let three = [quote; 3];
        let rest = self.text.get(self.at..)?;
        if rest.starts_with(&three) && !self.is_web() {
            self.at += 3 + memmem::find(rest.get(3..)?, &three)? + 3;
            return Some(());
        }
        let start = self.at;
        self.at += 1;
        while let Some(length) = memchr3(quote, b'\\', b'\n', self.text.get(self.at..).unwrap_or_default()) {
            self.at += length;
            match self.peek(0) {
                Some(b'\\') => self.at += if self.peek(1) == Some(b'\n') { 1 } else { 2 },
                Some(b'\n') => {
                    self.open_string = Some(start);
                    return Some(());
                }
                _ => {
                    self.at += 1;
                    return Some(());
                }
            }
        }
        self.at = self.text.len();
        self.open_string = Some(start);
        Some(())
    }

    fn template(&mut self, templates: u32) -> Option<()> {
        let templates = templates.checked_sub(1)?;
        self.at += 1;
        loop {
            match (self.peek(0)?, self.peek(1)) {
                (b'`', _) => {
                    self.at += 1;
                    return Some(());
                }
                (b'\\', _) => self.at += 2,
                (b'$', Some(b'{')) => {
                    self.at += 2;
                    self.code_in_template(templates)?;
                }
                _ => self.at += 1,
            }
        }
    }

    fn code_in_template(&mut self, templates: u32) -> Option<()> {
        let mut open = 1_u32;
        while open > 0 {
            let byte = self.peek(0)?;
            match byte {
                b'{' => open += 1,
                b'}' => open -= 1,
                _ => {}
            }
            self.token(byte, templates)?;
        }
        Some(())
    }

    /// Whether a slash can begin a pattern: no value stands before it that it would divide, and no markup.
    fn may_be_pattern(&self) -> bool {
        const BEFORE_VALUES: [&[u8]; 12] = [
            b"return", b"typeof", b"case", b"in", b"of", b"delete", b"void", b"throw", b"else", b"do", b"await",
            b"yield",
        ];
        let before = self.text.get(..self.code_end()).unwrap_or_default();
        match before.last() {
            _ if self.peek(1) == Some(b'>') => false,
            None => true,
            Some(b')' | b']' | b'}' | b'"' | b'\'' | b'`' | b'<' | b'>') => false,
            Some(byte) if is_word(*byte) => {
                let start = before.iter().rposition(|byte| !is_word(*byte)).map_or(0, |place| place + 1);
                before.get(start..).is_some_and(|word| BEFORE_VALUES.contains(&word))
            }
            Some(_) => true,
        }
    }

    /// A pattern ends on its line: else it is none.
    fn pattern(&mut self) {
        let mut in_class = false;
        let mut length = 1;
        while let Some(byte) = self.peek(length).filter(|byte| *byte != b'\n') {
            match byte {
                b'\\' => length += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => {
                    self.at += length + 1;
                    return;
                }
                _ => {}
            }
            length += 1;
        }
        self.at += 1;
    }

    fn is_web(&self) -> bool {
        self.language.is_script()
    }
}
