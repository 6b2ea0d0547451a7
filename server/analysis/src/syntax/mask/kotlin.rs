//! What the Kotlin grammar cannot read. Owns the three places that real code has: an annotation before a
//! function's type (`content: @Composable () -> Unit`), a parenthesis that begins a statement on a line of
//! its own (which the grammar takes for the arguments of the line before), and a class's body on one line.
//! One pass over the bytes; whatever they are, it ends.

mod lexis;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use lexis::{is_keyword, is_word};

/// How far behind an annotation the type that it stands at may begin and be named.
const LOOK_AHEAD: usize = 200;

/// How deep strings may stand in the holes of others. The grammar's own scanner ends the process at 512.
const STRING_DEPTH: usize = 100;

/// The text as the grammar reads it: of the same length, with the same line breaks.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    let mut scan = Scan {
        bytes: text.as_bytes(),
        at: 0,
        levels: vec![Level::new(b'{', 0)],
        last: Token::default(),
        comment: None,
        line: 0,
        indent_only: true,
        edits: Vec::new(),
        holes: 0,
    };
    scan.run();
    if scan.edits.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for (start, end, with) in scan.edits {
        for byte in bytes.get_mut(start..end).into_iter().flatten() {
            if !byte.is_ascii_whitespace() || with == b';' {
                *byte = with;
            }
        }
    }
    // Only ASCII bytes were replaced, and by ASCII ones.
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The last thing that is no white space and no comment.
#[derive(Clone, Copy, Default)]
struct Token {
    /// Where its word begins; its only byte where it is none.
    start: usize,
    end: usize,
    is_word: bool,
    /// Whether what it ends is not whole: the head of an `if`, `while`, `for`, `when` or `catch`, an
    /// annotation, an infix function's name.
    is_open: bool,
}

/// What is open around a place.
struct Level {
    /// The bracket; `"` and `r` for a string's and a raw string's hole.
    bracket: u8,
    line: usize,
    /// Whether what it closes with goes on behind it.
    is_head: bool,
    is_class: bool,
    /// Whether a class's word stands before on this level.
    saw_class: bool,
}

impl Level {
    const fn new(bracket: u8, line: usize) -> Self {
        Self { bracket, line, is_head: false, is_class: false, saw_class: false }
    }
}

struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
    levels: Vec<Level>,
    last: Token,
    /// Where the first comment behind the last token begins.
    comment: Option<usize>,
    line: usize,
    /// Whether only white space was seen on this line.
    indent_only: bool,
    edits: Vec<(usize, usize, u8)>,
    /// How many holes of strings are open.
    holes: usize,
}

impl Scan<'_> {
    fn run(&mut self) {
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\n' => {
                    self.line += 1;
                    self.indent_only = true;
                    if let Some(level) = self.levels.last_mut().filter(|level| level.bracket == b'{') {
                        level.saw_class = false;
                    }
                    self.at += 1;
                    continue;
                }
                b' ' | b'\t' | b'\r' => {
                    let rest = self.bytes[self.at..].iter();
                    self.at += rest.take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
                    continue;
                }
                b'/' if self.peek(1) == Some(b'/') => self.line_comment(),
                b'/' if self.peek(1) == Some(b'*') => self.block_comment(),
                b'"' => self.string(),
                b'\'' => self.character(),
                b'(' | b'[' | b'{' => self.open(byte),
                b')' | b']' | b'}' => self.close(byte),
                b'@' => self.annotation(),
                _ if is_word(byte) => self.word(),
                _ => self.token(1),
            }
            self.indent_only = false;
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn token(&mut self, length: usize) {
        if self.peek(0) == Some(b';')
            && let Some(level) = self.levels.last_mut()
        {
            level.saw_class = false;
        }
        self.last = Token { start: self.at, end: self.at + length, ..Token::default() };
        self.comment = None;
        self.at += length;
    }

    fn word(&mut self) {
        let length = self.bytes[self.at..].iter().take_while(|byte| is_word(**byte)).count();
        let is_class = matches!(&self.bytes[self.at..self.at + length], b"class" | b"interface" | b"object");
        if is_class
            && self.last_byte() != Some(b':')
            && let Some(level) = self.levels.last_mut()
        {
            level.saw_class = true;
        }
        let is_infix = !self.indent_only && self.ends_expression() && self.last_word() != Some(b"return");
        let is_open = is_infix || self.last_byte() == Some(b'@');
        self.token(length);
        self.last = Token { is_word: true, is_open, ..self.last };
    }

    /// Whether an expression may end with the last token.
    fn ends_expression(&self) -> bool {
        match self.last_word() {
            Some(word) => !is_keyword(word) && !self.last.is_open,
            None => matches!(self.last_byte(), Some(b')' | b']' | b'}' | b'"' | b'\'')) && !self.last.is_open,
        }
    }

    fn last_byte(&self) -> Option<u8> {
        self.last.end.checked_sub(1).and_then(|end| self.bytes.get(end)).copied()
    }

    fn last_word(&self) -> Option<&[u8]> {
        self.last.is_word.then(|| self.bytes.get(self.last.start..self.last.end)).flatten()
    }

    fn open(&mut self, bracket: u8) {
        let mut level = Level::new(bracket, self.line);
        match bracket {
            b'(' => {
                let is_keyword = matches!(self.last_word(), Some(b"if" | b"while" | b"for" | b"when" | b"catch"));
                level.is_head =
                    is_keyword || (self.last.is_word && self.last.start > 0 && self.bytes[self.last.start - 1] == b'@');
                self.begin_statement();
            }
            b'{' => {
                let outer = self.levels.last_mut();
                level.is_class = outer.is_some_and(|outer| std::mem::take(&mut outer.saw_class));
            }
            _ => {}
        }
        self.levels.push(level);
        self.token(1);
    }

    /// A parenthesis behind an indentation, where what is before it is whole, begins a statement.
    fn begin_statement(&mut self) {
        let in_block = self.levels.last().is_some_and(|level| matches!(level.bracket, b'{'));
        let place = self.comment.unwrap_or(self.at).saturating_sub(1);
        let is_blank = matches!(self.bytes.get(place), Some(b' ' | b'\t')) && place >= self.last.end;
        if in_block && self.indent_only && is_blank && self.ends_expression() && self.levels.len() > 1 {
            self.edits.push((place, place + 1, b';'));
        }
    }

    fn close(&mut self, bracket: u8) {
        let mut is_open = false;
        if self.levels.len() > 1
            && let Some(level) = self.levels.last()
        {
            let fits = matches!((level.bracket, bracket), (b'(', b')') | (b'[', b']') | (b'{' | b'"' | b'r', b'}'));
            if fits {
                is_open = level.is_head;
                let (kind, on_one_line) = (level.bracket, level.line == self.line);
                if level.is_class && on_one_line {
                    self.end_member();
                }
                self.levels.pop();
                if matches!(kind, b'"' | b'r') {
                    self.holes -= 1;
                    self.token(1);
                    return self.rest_of_string(kind == b'r');
                }
            }
        }
        if bracket == b'}'
            && let Some(level) = self.levels.last_mut()
        {
            level.saw_class = false;
        }
        self.token(1);
        self.last.is_open = is_open;
    }

    /// The last member of a class on one line needs a semicolon, for which the space before `}` stands.
    fn end_member(&mut self) {
        let is_spaced = self.at > 0 && self.bytes[self.at - 1] == b' ' && self.last.end < self.at;
        if is_spaced && !matches!(self.last_byte(), Some(b'{' | b';' | b',') | None) {
            self.edits.push((self.at - 1, self.at, b';'));
        }
    }

    /// An annotation at a function's type.
    fn annotation(&mut self) {
        let before = self.last_byte();
        let arrow = before == Some(b'>') && self.last.end >= 2 && self.bytes[self.last.end - 2] == b'-';
        let at_type = arrow || matches!(before, Some(b':' | b'(' | b'<' | b',' | b'='));
        if at_type && let Some(length) = self.annotations_of_type() {
            self.edits.push((self.at, self.at + length, b' '));
            self.at += length;
            return;
        }
        self.token(1);
    }

    /// The length of the annotations that stand here, if a function's type follows them.
    fn annotations_of_type(&self) -> Option<usize> {
        let rest = &self.bytes[self.at..self.bytes.len().min(self.at + LOOK_AHEAD)];
        let (mut at, mut length) = (0, 0);
        while rest.get(at) == Some(&b'@') && rest.get(at + 1).is_some_and(u8::is_ascii_uppercase) {
            at += 1 + rest[at + 1..].iter().take_while(|byte| is_word(**byte) || **byte == b'.').count();
            length = at;
            let blanks = rest[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if blanks == 0 {
                return None;
            }
            at += blanks;
        }
        if length == 0 {
            return None;
        }
        if rest[at..].starts_with(b"suspend ") {
            at += b"suspend ".len();
        }
        let named = |byte: &&u8| is_word(**byte) || matches!(**byte, b'.' | b'<' | b'>' | b',' | b'?' | b'*' | b' ');
        let receiver = rest[at..].iter().take_while(named).count();
        let is_function = receiver == 0 || rest[at + receiver - 1] == b'.';
        (is_function && rest.get(at + receiver) == Some(&b'(')).then_some(length)
    }
}
