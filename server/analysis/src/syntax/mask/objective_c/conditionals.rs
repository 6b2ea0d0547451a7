//! `#if` that cuts a statement, an expression or a method's head apart. The grammar reads whole statements
//! and declarations between directives alone, so of such a one the first branch is left, and its
//! directives and other branches are blanked. Must not know macros.

use super::scan::{behind_blanks, behind_comment, behind_quoted, behind_space, behind_word, blank, byte, is_space};

/// The text without such directives; `None` where it has none.
pub(super) fn masked(text: &str) -> Option<String> {
    if !text.contains("#if") {
        return None;
    }
    let mut pass = Pass { bytes: text.as_bytes(), out: None, rounds: vec![0], groups: Vec::new(), previous: b';' };
    pass.run();
    String::from_utf8(pass.out?).ok()
}

struct Pass<'t> {
    bytes: &'t [u8],
    out: Option<Vec<u8>>,
    /// How many parentheses and brackets are open, within each brace that is.
    rounds: Vec<u32>,
    /// The `#if`s that are open.
    groups: Vec<Group>,
    /// The last byte of code.
    previous: u8,
}

/// An `#if` with its further branches.
struct Group {
    /// The bytes of each of its directives.
    directives: Vec<(usize, usize)>,
    /// What is open where it begins.
    before: Open,
    /// What is open where its first branch ends.
    behind_first: Option<Open>,
    /// Whether it cuts something apart.
    cuts: bool,
}

/// How many braces are open, and how many parentheses within the last one.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Open {
    braces: usize,
    rounds: u32,
}

impl Pass<'_> {
    fn run(&mut self) {
        let mut at = 0;
        let mut is_line_start = true;
        while let Some(next) = byte(self.bytes, at) {
            let starts_line = is_line_start;
            is_line_start = next == b'\n' || (starts_line && is_space(next));
            if is_space(next) || next == b'\n' {
                at += 1;
                continue;
            }
            if next == b'/'
                && let Some(end) = behind_comment(self.bytes, at)
            {
                at = end;
                continue;
            }
            if next == b'#' && starts_line {
                at = self.directive(at);
                continue;
            }
            self.previous = next;
            match next {
                b'"' | b'\'' => {
                    at = behind_quoted(self.bytes, at);
                    continue;
                }
                b'{' => self.rounds.push(0),
                b'}' if self.rounds.len() > 1 => drop(self.rounds.pop()),
                b'(' | b'[' => self.change(|rounds| rounds + 1),
                b')' | b']' => self.change(|rounds| rounds.saturating_sub(1)),
                _ => {}
            }
            at += 1;
        }
    }

    fn change(&mut self, by: impl Fn(u32) -> u32) {
        if let Some(rounds) = self.rounds.last_mut() {
            *rounds = by(*rounds);
        }
    }

    fn open(&self) -> Open {
        Open { braces: self.rounds.len(), rounds: self.rounds.last().copied().unwrap_or_default() }
    }

    fn restore(&mut self, open: Open) {
        self.rounds.resize(open.braces.max(1), 0);
        self.change(|_| open.rounds);
    }

    /// Looks at a directive, and gives the place behind its line.
    fn directive(&mut self, start: usize) -> usize {
        let name_start = behind_blanks(self.bytes, start + 1);
        let name_end = behind_word(self.bytes, name_start);
        let end = self.line_end(name_end);
        let line = (start, end);
        let open = self.open();
        let is_going_on = self.is_going_on(end);
        match self.bytes.get(name_start..name_end).unwrap_or_default() {
            b"if" | b"ifdef" | b"ifndef" => {
                let is_inside = open.rounds > 0 || matches!(self.previous, b',' | b'|' | b'&' | b'=' | b'?' | b'+');
                let cuts = is_inside || is_going_on;
                self.groups.push(Group { directives: vec![line], before: open, behind_first: None, cuts });
            }
            b"else" | b"elif" | b"elifdef" | b"elifndef" => {
                let Some(group) = self.groups.last_mut() else { return end };
                group.directives.push(line);
                group.cuts |= is_going_on || open != group.before;
                group.behind_first.get_or_insert(open);
                let before = group.before;
                self.restore(before);
            }
            b"endif" => {
                let Some(mut group) = self.groups.pop() else { return end };
                let next = byte(self.bytes, behind_space(self.bytes, end));
                group.cuts |= is_going_on || open != group.before || next == Some(b'{');
                if let Some(open) = group.behind_first {
                    self.restore(open);
                }
                if group.cuts {
                    self.join(&group, line);
                }
            }
            _ => {}
        }
        end
    }

    /// The place where a directive's line ends, a comment's in it too.
    fn line_end(&self, from: usize) -> usize {
        let mut at = from;
        while let Some(next) = byte(self.bytes, at) {
            match next {
                b'\n' => return at,
                b'\\' => at += if byte(self.bytes, at + 1) == Some(b'\r') { 3 } else { 2 },
                b'"' => at = behind_quoted(self.bytes, at),
                b'/' if behind_comment(self.bytes, at).is_some() => return at,
                _ => at += 1,
            }
        }
        self.bytes.len()
    }

    /// Whether what comes next goes on with what was before.
    fn is_going_on(&self, from: usize) -> bool {
        let at = behind_space(self.bytes, from);
        let end = behind_word(self.bytes, at + usize::from(byte(self.bytes, at) == Some(b'@')));
        match self.bytes.get(at..end).unwrap_or_default() {
            b"else" | b"@catch" | b"@finally" => true,
            _ => matches!(byte(self.bytes, at), Some(b',' | b')' | b']' | b'|' | b'&' | b'?' | b'<' | b'=')),
        }
    }

    /// Leaves nothing of a group but its first branch.
    fn join(&mut self, group: &Group, end: (usize, usize)) {
        let out = self.out.get_or_insert_with(|| self.bytes.to_vec());
        if let Some((start, first_end)) = group.directives.first() {
            blank(out, *start, *first_end);
        }
        let second = group.directives.get(1).map_or(end.0, |(start, _)| *start);
        blank(out, second, end.1);
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    fn squeezed(text: &str) -> String {
        let out = masked(text).unwrap_or_else(|| text.to_owned());
        assert_eq!(out.len(), text.len(), "{text}");
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_directive_that_cuts_a_statement_leaves_its_first_branch() {
        assert_eq!(
            squeezed("if (a) { }\n#if X\nelse if (b) { }\n#endif\nelse { }"),
            "if (a) { } else if (b) { } else { }"
        );
        assert_eq!(squeezed("f(a,\n#if X\n b,\n#else\n c,\n#endif\n d);"), "f(a, b, d);");
        assert_eq!(squeezed("#if X\n if (a) {\n#endif\n b;\n#if X\n }\n#endif\n"), "if (a) { b; }");
        assert_eq!(squeezed("#if X\n- (void)a\n#else\n- (void)b\n#endif\n{ }"), "- (void)a { }");
    }

    #[test]
    fn a_directive_around_whole_statements_stays() {
        for text in [
            "#if X\n [self a];\n#else\n [self b];\n#endif\n [self c];",
            "[self do:^{\n#ifdef X\n [self a];\n#endif\n}];",
            "switch (a) { case 1:\n#if X\n b();\n#endif\n break; }",
            "// #if\n@\"#if\";\n#if X /* c */\n#elif Y\n#endif",
            "#endif\n#else\n#if X\n",
        ] {
            assert_eq!(masked(text), None, "{text}");
        }
    }
}
