//! The guard in front of the server. Owns which bytes reach it and when the program ends: bad frames
//! are logged and skipped, `exit`, the end of the input and the client's death end it. Must not know
//! what the other messages mean.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWriteExt, BufReader, DuplexStream};
use tokio::sync::{Notify, oneshot};
use tower_lsp_server::jsonrpc::{Request, Response};
use tracing::{error, info, warn};

use super::client_process;
use super::frames::FrameReader;

/// How long the answer to `initialize` may take until the next message goes on anyway.
const PATIENCE: Duration = Duration::from_secs(10);

/// How the session ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ended {
    /// Whether the client had asked to shut down before.
    pub(crate) in_order: bool,
}

/// Hands the client's messages to the server until the session ends. The server's input is closed when
/// this returns. `initialized` is notified when `initialize` was answered.
pub(crate) async fn guard(input: impl AsyncRead + Unpin, server: DuplexStream, initialized: &Notify) -> Ended {
    let shutdown_seen = AtomicBool::new(false);
    let (client_known, client) = oneshot::channel();
    tokio::select! {
        () = forward(input, server, client_known, initialized, &shutdown_seen) => {}
        () = client_gone(client) => info!("the client's process is gone"),
    }
    Ended { in_order: shutdown_seen.load(Ordering::Relaxed) }
}

/// The same shape as the server's own codec reads, so that whatever passes here is read there too: the
/// server ends at the first message that it cannot read.
#[derive(Deserialize)]
#[serde(untagged)]
enum Message {
    Response(#[allow(dead_code)] Response),
    Request(Request),
}

async fn forward(
    input: impl AsyncRead + Unpin,
    mut server: DuplexStream,
    client_known: oneshot::Sender<u32>,
    initialized: &Notify,
    shutdown_seen: &AtomicBool,
) {
    let mut frames = FrameReader::new(BufReader::new(input));
    let mut client_known = Some(client_known);
    loop {
        let body = match frames.next().await {
            Ok(Some(Ok(body))) => body,
            Ok(Some(Err(refusal))) => {
                error!("skipped {refusal}");
                continue;
            }
            Ok(None) => return info!("the input ended"),
            Err(error) => return warn!("the input failed: {error}"),
        };
        let message = match serde_json::from_slice(&body) {
            Ok(message) => message,
            Err(error) => {
                error!("skipped a body of {} bytes that is no message: {error}", body.len());
                continue;
            }
        };
        if let Message::Request(request) = &message {
            match request.method() {
                "initialize" => {
                    if let (Some(id), Some(sender)) = (process_id(request), client_known.take()) {
                        // Nobody listens any more only when the session has ended.
                        let _ = sender.send(id);
                    }
                }
                "shutdown" => shutdown_seen.store(true, Ordering::Relaxed),
                "exit" => return info!("the client asked to exit"),
                _ => {}
            }
        }
        if let Err(error) = write_frame(&mut server, &body).await {
            return warn!("the server takes no more messages: {error}");
        }
        if matches!(&message, Message::Request(request) if request.method() == "initialize") {
            // The server passes over what comes before its answer, and not every client waits for that.
            let _ = tokio::time::timeout(PATIENCE, initialized.notified()).await;
        }
    }
}

async fn write_frame(server: &mut DuplexStream, body: &[u8]) -> std::io::Result<()> {
    server.write_all(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes()).await?;
    server.write_all(body).await
}

fn process_id(initialize: &Request) -> Option<u32> {
    initialize.params()?.get("processId").and_then(Value::as_u64).and_then(|id| u32::try_from(id).ok())
}

async fn client_gone(client: oneshot::Receiver<u32>) {
    match client.await {
        Ok(process_id) => client_process::gone(process_id).await,
        Err(_) => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;
    use tokio::sync::Notify;

    use super::{Ended, guard};

    fn frame(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    /// What the server gets to read, and how the session ends.
    async fn guarded(stream: String) -> (String, Ended) {
        let (to_server, mut server) = tokio::io::duplex(1 << 20);
        let ended = guard(stream.as_bytes(), to_server, &Notify::new()).await;
        let mut read = String::new();
        server.read_to_string(&mut read).await.unwrap();
        (read, ended)
    }

    const INITIALIZED: &str = r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#;
    const SHUTDOWN: &str = r#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#;
    const EXIT: &str = r#"{"jsonrpc":"2.0","method":"exit"}"#;

    #[tokio::test]
    async fn bad_messages_do_not_reach_the_server() {
        let bad = ["{", "[]", "7", "\"x\"", "{}", r#"{"jsonrpc":"1.0","method":"x"}"#, "\u{FEFF}{}"];
        let stream = bad.map(frame).concat() + &frame(INITIALIZED);
        let (read, ended) = guarded(stream).await;
        assert_eq!(read, frame(INITIALIZED));
        assert!(!ended.in_order);
    }

    #[tokio::test]
    async fn exit_is_in_order_only_behind_a_shutdown() {
        let (read, ended) = guarded(frame(SHUTDOWN) + &frame(EXIT) + &frame(INITIALIZED)).await;
        assert_eq!(read, frame(SHUTDOWN));
        assert!(ended.in_order);
        let (_, ended) = guarded(frame(EXIT)).await;
        assert!(!ended.in_order);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn the_session_ends_with_the_clients_process() {
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let id = child.id();
        child.wait().unwrap();
        let initialize = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"initialize","params":{{"processId":{id}}}}}"#);
        let (mut client, input) = tokio::io::duplex(1 << 16);
        let (to_server, _server) = tokio::io::duplex(1 << 16);
        tokio::io::AsyncWriteExt::write_all(&mut client, frame(&initialize).as_bytes()).await.unwrap();
        let initialized = Notify::new();
        let guarded = guard(input, to_server, &initialized);
        let ended = tokio::time::timeout(std::time::Duration::from_secs(10), guarded).await;
        assert_eq!(ended, Ok(Ended { in_order: false }));
    }
}
