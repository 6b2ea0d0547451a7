//! The language server: documents, requests, conversions. It owns the session with an editor over stdin
//! and stdout; it must not look at syntax trees, and only it knows LSP.

mod capabilities;
mod document;
mod encoding;
mod from_proto;
// Where what has to hold does not, it panics: that is what a fuzzer looks for.
#[cfg(feature = "fuzzing")]
#[allow(clippy::unwrap_used)]
pub mod fuzzing;
mod log;
mod map;
mod notifications;
mod plain_text;
mod preferences;
#[cfg(test)]
mod random;
mod requests;
mod server;
mod session;
mod state;
mod to_proto;
mod transport;

use std::io;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tower_lsp_server::LspService;
use tracing::error;

pub use crate::map::{DrawMap, LogoutMap, MapFormat, TextOnDisk};
use crate::server::Server;
use crate::transport::{
    Around, CatchPanics, Ended, MendAddresses, Sent, WatchedSocket, guard, input, or_error, output, traced,
};

/// How many requests may be under way. The default of four lets slow ones hold up edits and cancellations.
const CONCURRENCY: usize = 256;
/// How many bytes may wait between the guard and the server.
const PIPE_SIZE: usize = 64 * 1024;
/// How long answers that are under way may take to go out when the session ends.
const GRACE: Duration = Duration::from_millis(300);
/// The stack of each thread. Analysis recurses as deep as code nests; the memory is taken when it is used.
const STACK_SIZE: usize = 32 * 1024 * 1024;

/// Serves one editor over stdin and stdout until it says `exit`, closes stdin or is gone. The exit code
/// is 0 if it had asked to shut down before, else 1. The log goes to stderr, and where the settings say.
/// `draw_map` draws the logout map for who asks for it.
pub fn run(draw_map: DrawMap) -> ExitCode {
    log::install();
    // A second server in one process shares the first one's threads.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK_SIZE).build_global();
    let served =
        std::thread::Builder::new().name("server".into()).stack_size(STACK_SIZE).spawn(move || run_here(draw_map));
    match served.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(ended))) if ended.in_order => return ExitCode::SUCCESS,
        Ok(Ok(Err(error))) | Err(error) => error!("the server cannot start its threads: {error}"),
        // What ended out of order, or by a panic, is in the log.
        Ok(_) => {}
    }
    ExitCode::FAILURE
}

/// Serves on this thread: messages are handed on here, which takes no time, and what takes time has threads of its
/// own. From thread to thread a keystroke would lose more time than it takes.
fn run_here(draw_map: DrawMap) -> io::Result<Ended> {
    // The first file waits for it, and nobody for this thread. Without one that is done then.
    let _ = std::thread::Builder::new().name("vocabulary".into()).spawn(farewell_project::prepare);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().thread_stack_size(STACK_SIZE).build()?;
    let ended = runtime.block_on(serve(draw_map));
    // A thread may still wait for stdin or compute; nothing of it is wanted any more.
    runtime.shutdown_background();
    ended
}

async fn serve(draw_map: DrawMap) -> io::Result<Ended> {
    let (input, output) = (input()?, output());
    let (to_server, from_guard) = tokio::io::duplex(PIPE_SIZE);
    let sent = Sent::default();
    let (service, socket) = LspService::build(|client| Server::new(client, sent.clone(), draw_map))
        .custom_method("$/setTrace", Server::set_trace)
        .custom_method("window/workDoneProgress/cancel", Server::cancel_progress)
        .finish();
    let socket = WatchedSocket::new(socket, sent);
    let server = tower_lsp_server::Server::new(from_guard, output, socket).concurrency_level(CONCURRENCY);
    let initialized = Arc::new(Notify::new());
    let service = CatchPanics::new(Around::new(service, or_error), Arc::clone(&initialized));
    let service = MendAddresses::new(Around::new(service, traced));
    let server = tokio::spawn(server.serve(service));
    let ended = guard(input, to_server, &initialized).await;
    if tokio::time::timeout(GRACE, server).await.is_err() {
        error!("answers were still under way when the session ended");
    }
    Ok(ended)
}
