//! `farewell lsp`: the language server over standard input and output.

use std::process::ExitCode;

/// Runs the language server until the editor ends it.
///
/// # Errors
/// The server is not there yet.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    anyhow::bail!("the language server is not part of this build")
}
