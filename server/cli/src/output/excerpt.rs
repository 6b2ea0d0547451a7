//! Lines of code, of which not all are known, as a text in which places can be marked. Owns how lines and columns
//! become bytes of it; must not know how it is drawn.

use std::collections::BTreeMap;
use std::ops::Range as Bytes;

use super::document::{Line, Range};

/// What a cut line's start is filled up with has an end: a report may have been made by anybody.
const MOST_FILLING: usize = 1 << 20;
/// Lines that are farther from each other are not in one text.
const FARTHEST: u32 = 2000;

/// A text that starts at some line of a file.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// The text: lines that are not known are empty.
    pub(super) text: String,
    /// The number of its first line, from 1.
    pub(super) first_line: u32,
    /// The bytes of each line that is known, by its number.
    lines: BTreeMap<u32, Bytes<usize>>,
}

impl Excerpt {
    /// A text around a place, of those lines that are near to it.
    pub(super) fn new<'lines>(place: Range, lines: impl IntoIterator<Item = &'lines Line>) -> Self {
        let mut known: BTreeMap<u32, &Line> = BTreeMap::new();
        for line in lines.into_iter().filter(|line| is_near(place, line.line)) {
            known.entry(line.line).or_insert(line);
        }
        let first_line = known.keys().next().copied().unwrap_or(1);
        let mut excerpt = Self { text: String::new(), first_line, lines: BTreeMap::new() };
        let mut at = first_line;
        for (number, line) in known {
            excerpt.text.extend(std::iter::repeat_n('\n', number.saturating_sub(at) as usize));
            at = number;
            let start = excerpt.text.len();
            let filling = (line.column as usize).saturating_sub(1).min(MOST_FILLING);
            excerpt.text.extend(std::iter::repeat_n(' ', filling));
            excerpt.text.extend(line.text.chars().filter(|c| *c != '\n'));
            excerpt.lines.insert(number, start..excerpt.text.len());
        }
        excerpt
    }

    /// The bytes of the part of a range on its first line: a frame that underlines a whole function says nothing.
    pub(super) fn first_line_of(&self, range: Range) -> Bytes<usize> {
        let line = self.lines.get(&range.start.line).cloned().unwrap_or(0..0);
        let text = self.text.get(line.clone()).unwrap_or_default();
        let byte_of = |column: u32| {
            let before = (column as usize).saturating_sub(1);
            text.char_indices().nth(before).map_or(text.len(), |(byte, _)| byte)
        };
        let start = byte_of(range.start.column);
        let is_on_one_line = range.end.line == range.start.line;
        let end = if is_on_one_line { byte_of(range.end.column) } else { text.len() };
        let marked = text.get(start..end.max(start)).unwrap_or_default().trim_end();
        line.start + start..line.start + start + marked.len()
    }
}

/// Whether a line is near enough to a place to be shown in one text with it.
pub(super) fn is_near(place: Range, line: u32) -> bool {
    place.start.line.abs_diff(line) <= FARTHEST
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, Line};
    use crate::output::document::{Position, Range};

    fn range(line: u32, from: u32, to: (u32, u32)) -> Range {
        let end = Position { line: to.0, column: to.1 };
        Range { start: Position { line, column: from }, end }
    }

    #[test]
    fn places_are_found_among_lines_that_are_not_known() {
        let line = |line: u32, column: u32, text: &str| Line { line, column, text: text.to_owned() };
        let far = line(u32::MAX, 1, "far()");
        let lines = [line(9, 3, "é cut "), line(7, 1, "first()"), line(7, 1, "again()"), far];
        let excerpt = Excerpt::new(range(7, 1, (7, 6)), &lines);
        assert_eq!((excerpt.first_line, excerpt.text.as_str()), (7, "first()\n\n  é cut "));
        let marked = |range| &excerpt.text[excerpt.first_line_of(range)];
        assert_eq!(marked(range(7, 1, (7, 6))), "first");
        assert_eq!(marked(range(9, 3, (9, 4))), "é");
        assert_eq!(marked(range(9, 5, (30, 2))), "cut");
        // What a report by others may say.
        for odd in [range(8, 1, (8, 2)), range(7, 50, (7, 60)), range(7, 5, (7, 2)), range(0, 0, (0, 0))] {
            assert_eq!(marked(odd), "", "{odd:?}");
        }
    }
}
