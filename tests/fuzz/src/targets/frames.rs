//! Any bytes as what a client of the language server sends.

use farewell_lsp::fuzzing;

/// Tries an input.
pub fn run(bytes: &[u8]) {
    fuzzing::frames(bytes);
}
