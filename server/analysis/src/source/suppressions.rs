//! Suppression comments: `farewell-ignore RULE[, RULE]: reason`. Owns their syntax and which lines they
//! speak for; must not know which rules there are.

use super::{LineIndex, Span};

/// The word of a suppression of one line.
pub(crate) const IGNORE: &str = "farewell-ignore";
/// The word of a suppression of the whole file.
pub(crate) const IGNORE_FILE: &str = "farewell-ignore-file";

/// A suppression comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The comment's bytes, markers included.
    pub span: Span,
    /// The rules' names as written, with their bytes.
    pub rules: Vec<(String, Span)>,
    /// Why; a suppression without a reason does not suppress.
    pub reason: Option<String>,
    /// The line that it speaks for, from 0; `None` for the whole file.
    pub line: Option<usize>,
    /// The byte at which a missing reason would be written, behind the colon where there is one.
    pub reason_at: u32,
}

/// Whether a comment may be a suppression: most files have none.
pub(crate) fn may_suppress(comment: &str) -> bool {
    comment.contains(IGNORE)
}

/// Reads the suppressions among a file's comments, given as their bytes in order.
pub fn suppressions(text: &str, lines: &LineIndex, comments: impl IntoIterator<Item = Span>) -> Vec<Suppression> {
    comments.into_iter().filter_map(|span| read(text, lines, span)).collect()
}

fn read(text: &str, lines: &LineIndex, span: Span) -> Option<Suppression> {
    let comment = span.text(text);
    let at = comment.find(IGNORE)?;
    let markers =
        |character: char| matches!(character, '/' | '*' | '!' | '{' | '#' | '<' | '-') || character.is_whitespace();
    if !comment[..at].chars().all(markers) {
        return None;
    }
    let whole_file = comment[at..].starts_with(IGNORE_FILE);
    let word = if whole_file { IGNORE_FILE } else { IGNORE };
    let rest_at = at + word.len();
    let rest = comment[rest_at..].lines().next().unwrap_or_default();
    if rest.starts_with(|character: char| character.is_alphanumeric() || character == '-') {
        return None;
    }
    let rest = rest.trim_end_matches(['}', ' ', '\t']).trim_end_matches("*/").trim_end_matches("-->").trim_end();
    let (names, reason) = match rest.split_once(':') {
        Some((names, reason)) => (names, Some(reason.trim())),
        None => (rest, None),
    };
    let mut rules = Vec::new();
    let mut offset = rest_at;
    for part in names.split(',') {
        let name = part.trim();
        if !name.is_empty() {
            let start = span.start as usize + offset + (part.len() - part.trim_start().len());
            rules.push((name.to_owned(), Span::from(start..start + name.len())));
        }
        offset += part.len() + 1;
    }
    Some(Suppression {
        span,
        rules,
        reason: reason.filter(|reason| !reason.is_empty()).map(str::to_owned),
        line: (!whole_file).then(|| line_of(text, lines, span)),
        reason_at: span.start + (rest_at + rest.len()) as u32,
    })
}

/// What a comment starts with, in code, in JSX and in markup.
pub(crate) const COMMENT_SIGNS: [&str; 4] = ["//", "/*", "{/*", "<!--"];

/// The line of code that a comment speaks for: its own where code stands before or behind it, else the next
/// one that is not blank and no comment.
fn line_of(text: &str, lines: &LineIndex, span: Span) -> usize {
    let own = lines.line(span.start);
    let start = lines.start(own).unwrap_or_default() as usize;
    let before = text.get(start..span.start as usize).unwrap_or_default().trim();
    if !before.is_empty() && before != "{" {
        return own;
    }
    let end = lines.start(lines.line(span.end) + 1).unwrap_or(text.len() as u32);
    let behind = text.get(span.end as usize..end as usize).unwrap_or_default();
    let behind = if before == "{" { behind.trim_start().trim_start_matches('}') } else { behind }.trim();
    if !behind.is_empty() && !COMMENT_SIGNS.iter().any(|sign| behind.starts_with(sign)) {
        return lines.line(span.end);
    }
    let mut line = lines.line(span.end.saturating_sub(1).max(span.start)) + 1;
    while let Some(start) = lines.start(line) {
        let end = lines.start(line + 1).unwrap_or(text.len() as u32);
        if holds_code(Span::new(start, end).text(text).trim()) {
            return line;
        }
        line += 1;
    }
    own
}

/// Whether a line, without the white space around it, holds anything but comments.
fn holds_code(line: &str) -> bool {
    // A line within a longer comment, as these are written.
    if line.starts_with('*') {
        return false;
    }
    let mut rest = line;
    while !rest.is_empty() && !rest.starts_with("//") {
        let closing = [("/*", "*/"), ("{/*", "*/}"), ("<!--", "-->")];
        let Some((_, sign)) = closing.into_iter().find(|(opening, _)| rest.starts_with(opening)) else { return true };
        let Some((_, behind)) = rest.split_once(sign) else { return false };
        rest = behind.trim_start();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, Span, suppressions};

    fn read(text: &str) -> Vec<super::Suppression> {
        let start = text.find("//").or(text.find("/*")).unwrap();
        let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
        suppressions(text, &LineIndex::new(text), [Span::from(start..end)])
    }

    #[test]
    fn a_comment_speaks_for_the_next_line_of_code() {
        let found =
            read("// farewell-ignore missing-anonymize, deprecated-anonymize: kiosk mode\n\n// more\nleave();\n");
        assert_eq!(found[0].line, Some(3));
        assert_eq!(found[0].reason.as_deref(), Some("kiosk mode"));
        let names: Vec<&str> = found[0].rules.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["missing-anonymize", "deprecated-anonymize"]);
    }

    #[test]
    fn a_comment_behind_code_speaks_for_its_own_line() {
        assert_eq!(read("leave(); // farewell-ignore missing-anonymize: shared\nx();").first().unwrap().line, Some(0));
    }

    #[test]
    fn a_line_that_begins_with_a_comment_may_be_code() {
        let line = |next: &str| read(&format!("// farewell-ignore missing-anonymize: why\n{next}\nx();\n"))[0].line;
        for code in ["/* a */ leave();", "/* a */ /* b */leave(); // c", "{/* a */} <B />", "<!-- a --> <b>"] {
            assert_eq!(line(code), Some(1), "{code}");
        }
        for comment in ["/* a */", "/* a */ // b", "{/* a */}", "<!-- a --> <!-- b -->", "/* a", "* a", "*/"] {
            assert_eq!(line(comment), Some(2), "{comment}");
        }
    }

    #[test]
    fn a_comment_of_markup_speaks_for_the_next_element() {
        let text = "<!-- farewell-ignore missing-anonymize: kiosk -->\n<!-- more -->\n<b onclick=\"leave()\">\n";
        let span = Span::from(0..text.find('\n').unwrap());
        let found = suppressions(text, &LineIndex::new(text), [span]);
        assert_eq!((found[0].line, found[0].reason.as_deref()), (Some(2), Some("kiosk")));
    }

    #[test]
    fn other_words_are_no_suppressions_and_a_reason_may_be_missing() {
        assert!(read("// see farewell-ignore in the manual\n").is_empty());
        assert!(read("// farewell-ignored missing-anonymize\n").is_empty());
        assert_eq!(read("/* farewell-ignore missing-anonymize */\nx()").first().unwrap().reason, None);
    }
}
