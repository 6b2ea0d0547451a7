//! Brackets of code that stands inside markup: where a `{…}` ends, and whether a handler's code is whole.
//! Owns the skipping of strings, templates, comments and regular expressions; must not know the markup.

/// The brackets of some code, strings and comments left out. Each comes with its place.
pub(super) struct Brackets<'a> {
    code: &'a [u8],
    at: usize,
    /// The depth of braces at which each open template's hole ends.
    holes: Vec<u32>,
    depth: u32,
    /// The last byte that is no white space: a `/` behind a value divides.
    before: u8,
    /// Whether a string, a template or a comment has no end.
    pub(super) is_cut: bool,
}

impl<'a> Brackets<'a> {
    pub(super) fn of(code: &'a [u8]) -> Self {
        Self { code, at: 0, holes: Vec::new(), depth: 0, before: b'(', is_cut: false }
    }

    fn byte(&self, offset: usize) -> u8 {
        self.code.get(self.at + offset).copied().unwrap_or_default()
    }

    /// Goes behind a string that starts here. One that is not closed on its line ends there.
    fn string(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.code.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'\n' | b'\r' => break,
                _ if *byte == quote => return,
                _ => {}
            }
        }
        self.is_cut = true;
    }

    /// Goes behind the text of a template up to its end or its next hole.
    fn template(&mut self) {
        while let Some(byte) = self.code.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'`' => return,
                b'$' if self.byte(0) == b'{' => {
                    self.at += 1;
                    self.holes.push(self.depth);
                    self.depth += 1;
                    self.before = b'(';
                    return;
                }
                _ => {}
            }
        }
        self.is_cut = true;
    }

    fn comment(&mut self) {
        if self.byte(1) == b'/' {
            let rest = self.code.get(self.at..).unwrap_or_default();
            let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            self.at += end.unwrap_or(rest.len());
            return;
        }
        self.at += 2;
        while self.at < self.code.len() {
            if self.byte(0) == b'*' && self.byte(1) == b'/' {
                self.at += 2;
                return;
            }
            self.at += 1;
        }
        self.is_cut = true;
    }

    /// Goes behind a regular expression that starts here, or behind the `/` where its line holds no end.
    fn expression(&mut self) {
        let start = self.at + 1;
        let mut in_class = false;
        self.at = start;
        while let Some(byte) = self.code.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => return,
                b'\n' | b'\r' => break,
                _ => {}
            }
        }
        self.at = start;
    }
}

impl Iterator for Brackets<'_> {
    type Item = (usize, u8);

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(byte) = self.code.get(self.at).copied() {
            let place = self.at;
            let before = self.before;
            if !byte.is_ascii_whitespace() {
                self.before = byte;
            }
            match byte {
                b'"' | b'\'' => self.string(byte),
                b'`' => {
                    self.at += 1;
                    self.template();
                }
                b'/' if matches!(self.byte(1), b'/' | b'*') => {
                    self.comment();
                    self.before = before;
                }
                b'/' if !is_end_of_value(before) => self.expression(),
                b'{' => {
                    self.at += 1;
                    self.depth += 1;
                    return Some((place, byte));
                }
                b'}' => {
                    self.at += 1;
                    self.depth = self.depth.saturating_sub(1);
                    if self.holes.last() == Some(&self.depth) {
                        self.holes.pop();
                        self.template();
                        self.before = b')';
                        continue;
                    }
                    return Some((place, byte));
                }
                b'(' | b')' | b'[' | b']' => {
                    self.at += 1;
                    return Some((place, byte));
                }
                _ => self.at += 1,
            }
        }
        None
    }
}

/// Whether a value may end in this byte, so that a `/` behind it divides.
fn is_end_of_value(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b')' | b']' | b'}' | b'_' | b'$' | b'"' | b'\'' | b'`')
        || byte >= 0x80
}

/// The place of the `}` that closes a `{` in front of this code.
pub(super) fn closing_brace(code: &[u8]) -> Option<usize> {
    let mut depth = 0_u32;
    for (place, bracket) in Brackets::of(code) {
        match bracket {
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some(place),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Whether every bracket, string and comment of some code is closed.
pub(super) fn is_whole(code: &[u8]) -> bool {
    let mut open = Vec::new();
    let mut brackets = Brackets::of(code);
    for (_, bracket) in &mut brackets {
        let opening = match bracket {
            b')' => b'(',
            b']' => b'[',
            b'}' => b'{',
            opening => {
                open.push(opening);
                continue;
            }
        };
        if open.pop() != Some(opening) {
            return false;
        }
    }
    open.is_empty() && !brackets.is_cut && brackets.holes.is_empty()
}

#[cfg(test)]
mod tests {
    use super::{closing_brace, is_whole};

    #[test]
    fn a_brace_is_closed_outside_of_strings_templates_and_comments() {
        let code = r#"a ? "}" : `}${ {a: '}'}.a }}` /* } */ + { b: /[}"]/ } } rest }"#;
        assert_eq!(closing_brace(code.as_bytes()), code.find("} rest"));
        assert_eq!(closing_brace(b"a { b }"), None);
        assert_eq!(closing_brace(b"a / 2 } / 3"), Some(6));
    }

    #[test]
    fn half_typed_code_is_not_whole() {
        for whole in ["logout(); go('/a')", "x => { a(`${b}`) }", "a(/\"/g)", "a / b", ""] {
            assert!(is_whole(whole.as_bytes()), "{whole}");
        }
        for cut in ["logout(", "go('/a", "a)", "x => { a(`${b`) }", "`a", "/* a", "(]"] {
            assert!(!is_whole(cut.as_bytes()), "{cut}");
        }
    }
}
