//! The language server: documents, requests, conversions. It owns the session with an editor over stdin
//! and stdout; it must not look at syntax trees, and only it knows LSP.

mod capabilities;
mod document;
mod encoding;
mod from_proto;
mod notifications;
mod plain_text;
#[cfg(test)]
mod random;
mod requests;
mod server;
mod session;
mod state;
mod to_proto;
mod transport;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tower_lsp_server::LspService;
use tracing::error;

use crate::server::Server;
use crate::transport::{AnswerAll, CatchPanics, Ended, MendAddresses, guard};

/// How many requests may be under way. The default of four lets slow ones hold up edits and cancellations.
const CONCURRENCY: usize = 256;
/// How many bytes may wait between the guard and the server.
const PIPE_SIZE: usize = 64 * 1024;
/// How long answers that are under way may take to go out when the session ends.
const GRACE: Duration = Duration::from_millis(300);
/// The stack of each thread. Analysis recurses as deep as code nests; the memory is taken when it is used.
const STACK_SIZE: usize = 32 * 1024 * 1024;

/// Serves one editor over stdin and stdout until it says `exit`, closes stdin or is gone. The exit code
/// is 0 if it had asked to shut down before, else 1. Logs go where `tracing` sends them, which must not be
/// stdout.
pub fn run() -> ExitCode {
    // A second server in one process shares the first one's threads.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK_SIZE).build_global();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK_SIZE).build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            error!("the server cannot start its threads: {error}");
            return ExitCode::FAILURE;
        }
    };
    let ended = runtime.block_on(serve());
    // A thread may still wait for stdin or compute; nothing of it is wanted any more.
    runtime.shutdown_background();
    if ended.in_order { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn serve() -> Ended {
    let (to_server, from_guard) = tokio::io::duplex(PIPE_SIZE);
    let (service, socket) = LspService::new(Server::new);
    let server = tower_lsp_server::Server::new(from_guard, tokio::io::stdout(), socket).concurrency_level(CONCURRENCY);
    let initialized = Arc::new(Notify::new());
    let service = MendAddresses::new(CatchPanics::new(AnswerAll::new(service), Arc::clone(&initialized)));
    let server = tokio::spawn(server.serve(service));
    let ended = guard(tokio::io::stdin(), to_server, &initialized).await;
    if tokio::time::timeout(GRACE, server).await.is_err() {
        error!("answers were still under way when the session ended");
    }
    ended
}
