//! Any text: every fix that is offered keeps its conditions. The finding is gone, nothing of warning or above has come
//! up, the file parses as well as before, and the fixes come to an end, one by one and all at once.

use farewell_fixtures::proof;

use crate::kind::{Kind, text};

/// A longer text takes long to be judged for each of its fixes, and finds no more.
const MOST_BYTES: usize = 2_000;

/// Tries an input.
pub fn run(bytes: &[u8]) {
    let (kind, rest) = Kind::read(bytes);
    let text = text(&rest[..rest.len().min(MOST_BYTES)]);
    let setup = kind.setup();
    // Code that is half typed has findings that no edit mends.
    let breaches = proof::breaches_of_fixes(&setup, &text);
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
    // A call that is mended is understood from then on, and what is wrong with it shows: that is no breach.
    if let Err(breach) = proof::fixed_at_once(&setup, &text) {
        panic!("{breach}");
    }
}
