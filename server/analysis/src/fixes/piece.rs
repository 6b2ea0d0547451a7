//! Pieces of code that are put somewhere: generated calls and moved statements. Owns how their lines
//! are indented at the new place; must not know where that is.

use super::file::FileText;
use super::lexis::starts_in_text;
use super::style::Style;

/// One or more lines of code without their common indentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    lines: Vec<Line>,
    /// Whether the code is complete as it is: a comment, a block, a statement with its own end.
    complete: bool,
    /// Whether a `//` comment or a `#if` is in it, behind which nothing can stand on a line.
    ends_its_lines: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    text: String,
    /// Whether it starts inside a text of several lines, so that white space before it is text.
    verbatim: bool,
}

impl Piece {
    /// An expression that becomes a statement, on one line and without its terminator.
    pub(super) fn expression(text: String) -> Self {
        Self { lines: vec![Line { text, verbatim: false }], complete: false, ends_its_lines: false }
    }

    /// Lines that need nothing more.
    pub(super) fn lines(lines: Vec<String>) -> Self {
        let ends_its_lines = lines.iter().any(|line| line.starts_with("//") || line.starts_with('#'));
        let lines = lines.into_iter().map(|text| Line { text, verbatim: false }).collect();
        Self { lines, complete: true, ends_its_lines }
    }

    /// Code of the file, taken from where it stands. Its further lines lose the indentation of its first.
    pub(super) fn taken(file: &FileText<'_>, start: usize, end: usize, complete: bool) -> Self {
        Self::taken_from(file, start, end, file.indentation(start), complete)
    }

    /// The same where the code belongs to a statement of another indentation than its first line's.
    pub(super) fn taken_from(file: &FileText<'_>, start: usize, end: usize, indentation: &str, complete: bool) -> Self {
        let mut lines = Vec::new();
        let mut position = start;
        loop {
            let line_end = file.line_end(position).min(end);
            let text = file.between(position, line_end);
            let in_text = !lines.is_empty() && starts_in_text(file, position);
            // What a preprocessor reads stays at the start of its line.
            let directive = text.starts_with('#') && position == file.line_start(position) && !indentation.is_empty();
            let verbatim = in_text || directive;
            let text = if lines.is_empty() || verbatim { text } else { text.strip_prefix(indentation).unwrap_or(text) };
            lines.push(Line { text: text.to_owned(), verbatim });
            let next = file.next_line(position);
            if next >= end || next <= position {
                break;
            }
            position = next;
        }
        Self { lines, complete, ends_its_lines: holds_line_comment(file, start, end) }
    }

    /// The same code with a text and other code right behind it.
    pub(super) fn joined(mut self, text: &str, mut behind: Self) -> Self {
        if let (Some(last), false) = (self.lines.last_mut(), behind.lines.is_empty()) {
            last.text.push_str(text);
            last.text.push_str(&behind.lines.remove(0).text);
            self.lines.append(&mut behind.lines);
        }
        self
    }

    /// The same code with something in front of it.
    pub(super) fn prefixed(mut self, prefix: &str) -> Self {
        if let Some(first) = self.lines.first_mut() {
            first.text.insert_str(0, prefix);
        }
        self
    }

    /// The first line.
    pub(super) fn start(&self) -> &str {
        self.lines.first().map_or("", |line| &line.text)
    }

    /// The code at a new indentation, its first line included, without a line break at the end. `always`
    /// ends it with a semicolon whatever the file's style.
    pub(super) fn render(&self, style: &Style, indentation: &str, always: bool) -> String {
        let mut text = String::new();
        for (index, line) in self.lines.iter().enumerate() {
            if index > 0 {
                text.push_str(style.line_end);
            }
            if !line.verbatim && !line.text.trim().is_empty() {
                text.push_str(indentation);
            }
            text.push_str(&line.text);
        }
        text.push_str(self.missing_end(style, always));
        text
    }

    /// The code for the middle of a line; `None` where a comment in it would swallow what follows.
    pub(super) fn render_inline(&self, style: &Style) -> Option<String> {
        (!self.ends_its_lines).then(|| self.render(style, "", true))
    }

    fn missing_end(&self, style: &Style, always: bool) -> &'static str {
        let last = self.lines.last().map_or("", |line| line.text.trim_end());
        let ends_itself = last.ends_with([';', '}']) || last.starts_with("//") || last.ends_with("*/");
        match (self.complete, ends_itself && self.complete) {
            (_, true) => "",
            (true, false) if always => ";",
            (true, false) => "",
            (false, _) if always => ";",
            (false, _) => style.terminator(),
        }
    }
}

/// Pieces in braces, from the opening brace to the closing one, at the indentation of the line that
/// holds the opening one.
pub(super) fn braced(pieces: &[Piece], style: &Style, indentation: &str) -> String {
    let inner = format!("{indentation}{}", style.unit);
    let mut text = String::from("{");
    for piece in pieces {
        text.push_str(style.line_end);
        text.push_str(&piece.render(style, &inner, false));
    }
    text.push_str(style.line_end);
    text.push_str(indentation);
    text.push('}');
    text
}

/// Pieces in braces on one line.
pub(super) fn braced_inline(pieces: &[Piece], style: &Style) -> Option<String> {
    let inner: Option<Vec<String>> = pieces.iter().map(|piece| piece.render_inline(style)).collect();
    Some(format!("{{ {} }}", inner?.join(" ")))
}

fn holds_line_comment(file: &FileText<'_>, start: usize, end: usize) -> bool {
    file.lowered
        .comments
        .iter()
        .map(|comment| comment.span)
        .any(|span| start <= span.start as usize && span.end as usize <= end && span.text(file.text).starts_with("//"))
}
