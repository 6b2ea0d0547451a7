//! `farewell mcp`: a Model Context Protocol server over standard input and output, by which a coding agent checks
//! what it writes. Owns the tools and the words of their answers; the analysis is that of `check` and `audit`.
//! Nothing is written to disk.

mod answers;
mod arguments;
mod check;
mod explain;
mod fixes;
mod flows;
mod folder;
mod server;
mod syntax;
mod tools;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use rmcp::ServiceExt;
use rmcp::transport::stdio;

use crate::scan::{log_panics_of_analysis, use_threads};
use folder::Folder;
use server::Server;

/// Serves one client until it closes its end. Paths are held inside the folder.
///
/// # Errors
/// The folder is none, or the client does not speak the protocol.
pub(crate) fn run(folder: &Path) -> anyhow::Result<ExitCode> {
    if !folder.is_dir() {
        bail!("{}: not a folder", folder.display());
    }
    // Every path that is shown is relative to it.
    std::env::set_current_dir(folder).with_context(|| folder.display().to_string())?;
    let folder = Folder::current()?;
    use_threads(0)?;
    log_panics_of_analysis();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let answer = runtime.block_on(async {
        let running = match Server::new(folder).serve(stdio()).await {
            Ok(running) => running,
            // It went before it had asked for anything.
            Err(rmcp::service::ServerInitializeError::ConnectionClosed(_)) => return Ok(ExitCode::SUCCESS),
            Err(error) => return Err(error).context("the client does not speak the Model Context Protocol"),
        };
        running.waiting().await?;
        Ok(ExitCode::SUCCESS)
    });
    // Reading standard input cannot be called off: an analysis or a read that is under way is left.
    runtime.shutdown_background();
    answer
}
