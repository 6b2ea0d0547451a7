//! Sequences of edits that bytes say. Owns that any bytes say some, and that a byte more or less changes a few of
//! them; must not know where the bytes come from.

use super::edits::{PIECES, Step};

/// More steps take time and find no more.
const MOST_STEPS: usize = 12;
/// The most bytes that one edit writes or takes away.
const MOST_BYTES: usize = 32;

/// The steps that bytes say of some texts, and back to the texts at the end.
pub(crate) fn steps(bytes: &[u8], texts: &[(String, String)]) -> Vec<Step> {
    let mut said = Said { bytes };
    let mut steps = Vec::new();
    let mut now: Vec<usize> = texts.iter().map(|(_, text)| text.len()).collect();
    while !said.bytes.is_empty() && steps.len() < MOST_STEPS && !texts.is_empty() {
        let how = said.byte();
        let document = usize::from(said.byte()) % texts.len();
        let changes = (0..=how & 1).map(|_| said.change(&mut now[document])).collect();
        let (reopens, rests, is_compared) = (how & 0x0E == 0x0E, how & 0x30 != 0, how & 0xC0 != 0);
        steps.push(Step { document, changes, reopens, rests, is_compared });
    }
    for (document, (_, text)) in texts.iter().enumerate() {
        let changes = vec![(None, text.clone())];
        steps.push(Step { document, changes, reopens: false, rests: true, is_compared: true });
    }
    steps
}

struct Said<'bytes> {
    bytes: &'bytes [u8],
}

impl Said<'_> {
    /// The next byte; 0 where there is none.
    fn byte(&mut self) -> u8 {
        match self.bytes.split_first() {
            Some((first, rest)) => {
                self.bytes = rest;
                *first
            }
            None => 0,
        }
    }

    /// A place in a text, as its share of it: the same bytes mean nearly the same place in a text that an edit changed.
    fn place(&mut self, length: usize) -> usize {
        let share = usize::from(self.byte()) << 8 | usize::from(self.byte());
        share * (length + 1) >> 16
    }

    fn change(&mut self, length: &mut usize) -> (Option<(usize, usize)>, String) {
        let at = self.place(*length);
        let how = self.byte();
        let taken = if how & 1 == 0 { 0 } else { usize::from(self.byte()) % MOST_BYTES };
        let new = match how >> 6 {
            0 => String::new(),
            3 => {
                let wanted = usize::from(self.byte()) % MOST_BYTES;
                let (text, rest) = self.bytes.split_at(wanted.min(self.bytes.len()));
                self.bytes = rest;
                String::from_utf8_lossy(text).into_owned()
            }
            _ => PIECES[usize::from(self.byte()) % PIECES.len()].to_owned(),
        };
        *length = (*length + new.len()).saturating_sub(taken);
        (Some((at, at + taken)), new)
    }
}
