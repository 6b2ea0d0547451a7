//! Positions. Owns the way between an editor's lines and columns, in the negotiated encoding, and byte
//! offsets. Positions are clamped, never trusted. Must not know LSP's types.

use ropey::{Rope, RopeSlice};

/// In which unit an editor counts columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: what every client understands.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A place as an editor gives it: both numbers from 0, the column in units of the encoding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The line, from 0.
    pub(crate) line: u32,
    /// The column, from 0.
    pub(crate) column: u32,
}

impl Encoding {
    /// The byte offset of a place. A column behind the line's end is the line's end, one inside a
    /// character is that character's start, a line behind the last one is the text's end.
    pub(crate) fn offset(self, text: &Rope, place: Place) -> usize {
        let line_index = place.line as usize;
        if line_index >= text.len_lines() {
            return text.len_bytes();
        }
        let line = without_break(text.line(line_index));
        let column = place.column as usize;
        let character = match self {
            Encoding::Utf8 => line.byte_to_char(column.min(line.len_bytes())),
            Encoding::Utf16 => line.utf16_cu_to_char(column.min(line.len_utf16_cu())),
            Encoding::Utf32 => column.min(line.len_chars()),
        };
        text.line_to_byte(line_index) + line.char_to_byte(character)
    }

    /// The place of a byte offset. An offset behind the text's end is the text's end, one inside a
    /// character is that character's start.
    pub(crate) fn place(self, text: &Rope, offset: usize) -> Place {
        let character = text.byte_to_char(offset.min(text.len_bytes()));
        let line_index = text.char_to_line(character);
        let line_start = text.line_to_char(line_index);
        let column = match self {
            Encoding::Utf8 => text.char_to_byte(character) - text.char_to_byte(line_start),
            Encoding::Utf16 => text.char_to_utf16_cu(character) - text.char_to_utf16_cu(line_start),
            Encoding::Utf32 => character - line_start,
        };
        Place { line: line_index as u32, column: column as u32 }
    }
}

fn without_break(line: RopeSlice<'_>) -> RopeSlice<'_> {
    let mut end = line.len_chars();
    for ending in ['\n', '\r'] {
        if end > 0 && line.char(end - 1) == ending {
            end -= 1;
        }
    }
    line.slice(..end)
}

#[cfg(test)]
mod tests {
    use ropey::Rope;

    use super::{Encoding, Place};

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn at(line: u32, column: u32) -> Place {
        Place { line, column }
    }

    #[test]
    fn every_character_goes_there_and_back_in_every_encoding() {
        let text = "a\u{1F600}é\r\nb\rc\n\n\u{2028}d\u{1F469}\u{200D}\u{1F680}";
        let rope = Rope::from_str(text);
        for encoding in ALL {
            for (offset, character) in text.char_indices() {
                if character == '\n' && text[..offset].ends_with('\r') {
                    continue;
                }
                assert_eq!(encoding.offset(&rope, encoding.place(&rope, offset)), offset, "{encoding:?}");
            }
            assert_eq!(encoding.offset(&rope, encoding.place(&rope, text.len())), text.len());
        }
    }

    #[test]
    fn columns_count_the_encodings_units() {
        let rope = Rope::from_str("\u{1F600}é = 1");
        let offset = "\u{1F600}é ".len();
        assert_eq!(Encoding::Utf8.place(&rope, offset), at(0, 7));
        assert_eq!(Encoding::Utf16.place(&rope, offset), at(0, 4));
        assert_eq!(Encoding::Utf32.place(&rope, offset), at(0, 3));
    }

    #[test]
    fn the_line_breaks_are_those_of_lsp() {
        let rope = Rope::from_str("a\u{2028}b\u{000B}c\u{0085}d\ne\rf\r\ng");
        for encoding in ALL {
            assert_eq!(encoding.offset(&rope, at(1, 0)), rope.to_string().find('e').unwrap());
            assert_eq!(encoding.offset(&rope, at(2, 0)), rope.to_string().find('f').unwrap());
            assert_eq!(encoding.offset(&rope, at(3, 0)), rope.to_string().find('g').unwrap());
        }
    }

    #[test]
    fn wild_places_are_clamped() {
        let rope = Rope::from_str("ab\r\n\u{1F600}c");
        for encoding in ALL {
            assert_eq!(encoding.offset(&rope, at(0, 2)), 2);
            assert_eq!(encoding.offset(&rope, at(0, 3)), 2, "not behind the carriage return");
            assert_eq!(encoding.offset(&rope, at(0, u32::MAX)), 2);
            assert_eq!(encoding.offset(&rope, at(1, u32::MAX)), 9);
            assert_eq!(encoding.offset(&rope, at(2, 0)), 9);
            assert_eq!(encoding.offset(&rope, at(u32::MAX, u32::MAX)), 9);
            assert_eq!(encoding.place(&rope, usize::MAX), encoding.place(&rope, 9));
            assert_eq!(encoding.place(&rope, 6), at(1, 0), "inside a character");
        }
        assert_eq!(Encoding::Utf16.offset(&rope, at(1, 1)), 4, "between two surrogates");
        assert_eq!(Encoding::Utf8.offset(&rope, at(1, 2)), 4, "between two bytes of a character");
        assert_eq!(Encoding::Utf16.offset(&Rope::new(), at(0, 1)), 0);
    }
}
