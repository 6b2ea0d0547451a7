//! What differs between two texts, as the parser wants to be told. Owns the search for it; must not know
//! languages or trees.

use memchr::{memchr_iter, memrchr};
use tree_sitter::{InputEdit, Point};

/// The one edit that makes a text of another: everything between the first and the last byte that differ.
/// `None` where nothing does. Its ends are bounds of characters in both texts, and lines end with line feeds alone.
pub(super) fn between(old: &str, new: &str) -> Option<InputEdit> {
    let (start, old_end, new_end) = difference(old, new)?;
    let start_position = advance(Point { row: 0, column: 0 }, &old[..start]);
    Some(InputEdit {
        start_byte: start,
        old_end_byte: old_end,
        new_end_byte: new_end,
        start_position,
        old_end_position: advance(start_position, &old[start..old_end]),
        new_end_position: advance(start_position, &new[start..new_end]),
    })
}

/// What differs between two texts: where it starts in both, and where it ends in the old and in the new one, in bytes.
/// `None` where nothing does. All of them are bounds of characters.
pub fn difference(old: &str, new: &str) -> Option<(usize, usize, usize)> {
    if old == new {
        return None;
    }
    let start = floor(old, new, same_start(old.as_bytes(), new.as_bytes()));
    let mut tail = same_end(&old.as_bytes()[start..], &new.as_bytes()[start..]);
    while tail > 0 && !(old.is_char_boundary(old.len() - tail) && new.is_char_boundary(new.len() - tail)) {
        tail -= 1;
    }
    Some((start, old.len() - tail, new.len() - tail))
}

/// How many bytes are compared at once: many, and then fewer where these are not the same.
const BLOCKS: [usize; 2] = [2048, 64];

/// How many bytes two texts share at their start.
fn same_start(old: &[u8], new: &[u8]) -> usize {
    let mut same = 0;
    for block in BLOCKS {
        let pairs = old[same..].chunks_exact(block).zip(new[same..].chunks_exact(block));
        same += pairs.take_while(|(old, new)| old == new).count() * block;
    }
    same + old[same..].iter().zip(&new[same..]).take_while(|(old, new)| old == new).count()
}

/// How many bytes two texts share at their end.
fn same_end(old: &[u8], new: &[u8]) -> usize {
    let mut same = 0;
    for block in BLOCKS {
        let (old, new) = (&old[..old.len() - same], &new[..new.len() - same]);
        let pairs = old.rchunks_exact(block).zip(new.rchunks_exact(block));
        same += pairs.take_while(|(old, new)| old == new).count() * block;
    }
    let pairs = old[..old.len() - same].iter().rev().zip(new[..new.len() - same].iter().rev());
    same + pairs.take_while(|(old, new)| old == new).count()
}

/// The last place up to one that is a bound of characters in both texts.
fn floor(old: &str, new: &str, mut place: usize) -> usize {
    while !(old.is_char_boundary(place) && new.is_char_boundary(place)) {
        place -= 1;
    }
    place
}

/// Where a text ends that begins at a point.
fn advance(from: Point, text: &str) -> Point {
    match memrchr(b'\n', text.as_bytes()) {
        Some(last) => {
            let breaks = memchr_iter(b'\n', text.as_bytes()).count();
            Point { row: from.row + breaks, column: text.len() - last - 1 }
        }
        None => Point { row: from.row, column: from.column + text.len() },
    }
}

#[cfg(test)]
mod tests {
    use super::between;

    fn bytes(old: &str, new: &str) -> Option<(usize, usize, usize)> {
        between(old, new).map(|edit| (edit.start_byte, edit.old_end_byte, edit.new_end_byte))
    }

    #[test]
    fn what_differs_is_found_and_no_more() {
        assert_eq!(bytes("let a;", "let a;"), None);
        assert_eq!(bytes("let a;", "let ab;"), Some((5, 5, 6)));
        assert_eq!(bytes("let ab;", "let a;"), Some((5, 6, 5)));
        assert_eq!(bytes("aa", "aaa"), Some((2, 2, 3)));
        assert_eq!(bytes("", "a"), Some((0, 0, 1)));
        assert_eq!(bytes("one two three", "one 2 three"), Some((4, 7, 5)));
    }

    #[test]
    fn long_texts_are_compared_to_the_byte() {
        for length in [63, 64, 65, 127, 128, 200, 2047, 2048, 2300, 4200] {
            for place in (0..=length).step_by(1 + length / 300) {
                let old = "a".repeat(length);
                let new = format!("{}b{}", &old[..place], &old[place..]);
                assert_eq!(bytes(&old, &new), Some((place, place, place + 1)), "{length} {place}");
                assert_eq!(bytes(&new, &old), Some((place, place + 1, place)), "{length} {place}");
            }
        }
    }

    #[test]
    fn characters_are_never_cut() {
        // The two letters share their first byte, the two others their last.
        assert_eq!(bytes("aéb", "aèb"), Some((1, 3, 3)));
        assert_eq!(bytes("a\u{e9}b", "a\u{129}b"), Some((1, 3, 3)));
        assert_eq!(bytes("\u{1F600}", "\u{1F601}"), Some((0, 4, 4)));
    }

    #[test]
    fn points_count_lines_by_line_feeds() {
        let edit = between("a\r\nbc\nd", "a\r\nbX\nY\nd").unwrap();
        assert_eq!((edit.start_position.row, edit.start_position.column), (1, 1));
        assert_eq!((edit.old_end_position.row, edit.old_end_position.column), (1, 2));
        assert_eq!((edit.new_end_position.row, edit.new_end_position.column), (2, 1));
    }
}
