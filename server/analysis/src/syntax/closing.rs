//! Where a block ends that somebody has begun to type and not closed yet, as the indentation of the lines behind it
//! tells: a closing bracket is put there for the parser, in place of white space, and a call that the last line leaves
//! open is left out, as is a dot that it ends with. Without it all that follows would belong to the function that is
//! being typed. Owns where such brackets stand; must not know any grammar.

mod lines;
mod scan;

use std::ops::Range;

use self::lines::is_no_member;
pub(super) use self::lines::{begins_declaration, declares};
use self::scan::{Event, Line, Open, Scanned, is_word, scan};
use super::Parsed;
use crate::source::Language;

/// A text with brackets put in, of the same length.
pub(super) struct Closed {
    pub(super) text: String,
    /// Where the brackets stand.
    pub(super) places: Vec<u32>,
}

impl Closed {
    /// Closes what is left open in a text, where what is open and where it ends is clear. `None` for all other texts.
    pub(super) fn of(language: Language, text: &str) -> Option<Self> {
        let scanned = scan(language, text)?;
        let mut closed = Self { text: String::with_capacity(text.len()), places: Vec::new() };
        let mut end = 0;
        for End { left_out, place, brackets } in ends(language, text, &scanned)? {
            let behind = place + brackets.len();
            closed.text.push_str(text.get(end..left_out.start)?);
            closed.text.extend((left_out.start..left_out.end.min(place)).map(|_| ' '));
            closed.text.push_str(text.get(left_out.end.min(place)..place)?);
            closed.text.push_str(&brackets);
            closed.text.extend((behind..left_out.end).map(|_| ' '));
            let closing = brackets.bytes().zip(place as u32..).filter(|(byte, _)| *byte != b';');
            closed.places.extend(closing.map(|(_, place)| place));
            end = behind.max(left_out.end);
        }
        closed.text.push_str(text.get(end..)?);
        Some(closed)
    }
}

/// Whether the parser took each of the brackets for the end of something.
pub(super) fn fits(Parsed { tree, closed, .. }: &Parsed) -> bool {
    closed.iter().map(|place| *place as usize).all(|place| {
        let bracket = tree.root_node().descendant_for_byte_range(place, place + 1);
        bracket.is_some_and(|it| {
            it.end_byte() - it.start_byte() == 1 && it.parent().is_some_and(|around| !around.is_error())
        })
    })
}

/// Where brackets end what is open.
struct End {
    /// The code that is left out, before the brackets or around them.
    left_out: Range<usize>,
    /// Where the brackets begin.
    place: usize,
    /// The brackets, and a semicolon where one has to follow.
    brackets: String,
}

/// Where that ends which a text leaves open. `None` where as much is left open behind it.
fn ends(language: Language, text: &str, scanned: &Scanned) -> Option<Vec<End>> {
    let mut ends = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for event in &scanned.events {
        match event {
            Event::Line(line) => {
                let is_outside = |open: &&Open| open.is_odd && line.is_outside(open);
                let inside = open.len() - open.iter().rev().take_while(is_outside).count();
                let ended = open.get(inside..).unwrap_or_default();
                if ended.is_empty() || !line.closes && !declares(language, text.get(line.start..).unwrap_or_default()) {
                    continue;
                }
                // Of a call that is not closed the parser itself makes the best.
                if !ended.iter().any(|open| open.closing == b'}') {
                    open.truncate(inside);
                    continue;
                }
                let around = inside.checked_sub(1).and_then(|around| open.get(around));
                let is_there = !line.closes || around.is_some_and(|around| around.indent == line.indent);
                if is_there && let Some(end) = end(language, text, line, ended) {
                    open.truncate(inside);
                    ends.push(end);
                }
            }
            Event::Open(bracket) => open.push(*bracket),
            Event::Close(bracket) => {
                let place = open.iter().rposition(|open| open.closing == *bracket)?;
                open.truncate(place);
            }
        }
    }
    (open.len() < scanned.left_open && !ends.is_empty()).then_some(ends)
}

/// Where some brackets are ended before a line: behind the cursor of who types what comes before, and so that the
/// line remains one, if there is room. `None` where there is none at all.
fn end(language: Language, text: &str, line: &Line, ended: &[Open]) -> Option<End> {
    // A call, or a string, in the middle of which the last line ends.
    let call = ended.iter().find(|open| open.place >= line.last && open.closing != b'}').map(|open| open.place);
    let start = call.or(line.open_string).unwrap_or_else(|| without_access(language, text, line.gap.start));
    let closing = ended.iter().rev().filter(|open| open.place < start).map(|open| char::from(open.closing));
    let mut brackets: String = closing.collect();
    let gap = text.get(start..line.gap.end)?;
    let room = gap.rfind('\n').filter(|room| *room >= brackets.len());
    let remains = room.is_some() || text.get(line.gap.end..line.start)?.contains('\n');
    if !remains && !line.closes && matches!(language, Language::Swift | Language::Kotlin) {
        brackets.push(';');
    }
    // In place of code that is left out no bracket stands in the middle of a character.
    let cuts_none = |place: &usize| gap.get(*place..place + brackets.len()).is_some_and(str::is_ascii);
    let last = room.unwrap_or(gap.len()).checked_sub(brackets.len())?;
    let place = (0..=last).rev().find(cuts_none)? + start;
    Some(End { left_out: start..line.gap.start, place, brackets })
}

/// Where code ends without the dot, if it has one there, behind which the name of a member is still to be typed. What has
/// been typed of it may be another word of the language: of `cache.invalidate()` first `in`.
fn without_access(language: Language, text: &str, end: usize) -> usize {
    let code = text.get(..end).unwrap_or_default();
    let word = code.bytes().rev().take_while(|byte| is_word(*byte)).count();
    let (before, word) = code.split_at(code.len() - word);
    let code = if before.ends_with('.') && is_no_member(language, word.as_bytes()) { before } else { code };
    let object = code.trim_end_matches('.');
    let without = if object.len() < code.len() { object.strip_suffix('?').unwrap_or(object) } else { code };
    without.len()
}

#[cfg(test)]
mod tests;
