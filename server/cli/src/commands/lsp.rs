//! `farewell lsp`: the language server over standard input and output.

use std::process::ExitCode;

/// Runs the language server until the editor ends it; the exit code is the protocol's.
pub(crate) fn run() -> ExitCode {
    farewell_lsp::run()
}
