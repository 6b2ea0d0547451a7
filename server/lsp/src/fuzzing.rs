//! What a fuzzer reaches of the server, by bytes that may be anything. Owns what has to hold of them; each function
//! panics where it does not.

use std::path::Path;

use tokio::io::{AsyncReadExt, BufReader};
use tokio::sync::Notify;

use crate::encoding::Encoding;
use crate::state::sequences::{Sample, run, steps};
use crate::transport::{FrameReader, guard};

/// How much the server's side holds: more than any input that is tried.
const ROOM: usize = 4 << 20;

/// Edits of texts (paths below `root`, which lies on the disk): what is told behind them is what a fresh look tells.
pub fn edits(root: &Path, texts: Vec<(String, String)>, bytes: &[u8]) {
    let (encoding, bytes) = match bytes.split_first() {
        Some((first, rest)) => ([Encoding::Utf16, Encoding::Utf8, Encoding::Utf32][usize::from(*first) % 3], rest),
        None => (Encoding::Utf16, bytes),
    };
    let steps = steps(bytes, &texts);
    let sample = Sample::new(root.to_path_buf(), texts);
    if let Err(problem) = run(&sample, encoding, &steps) {
        panic!("{encoding:?}, {steps:?}: {problem}");
    }
}

/// A client's bytes: they are read to their end, in the same frames however they come in, and nothing reaches the
/// server but whole messages.
pub fn frames(bytes: &[u8]) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let whole = read(bytes, bytes.len().max(1)).await;
        assert_eq!(whole, read(bytes, 1).await, "the frames depend on how the bytes come in");
        let (to_server, mut server) = tokio::io::duplex(ROOM);
        let initialized = Notify::new();
        let forwarded = async {
            guard(bytes, to_server, &initialized).await;
            let mut forwarded = Vec::new();
            server.read_to_end(&mut forwarded).await.unwrap();
            forwarded
        };
        // Every `initialize` counts as answered at once.
        let answers = async {
            loop {
                initialized.notify_one();
                tokio::task::yield_now().await;
            }
        };
        let forwarded = tokio::select! {
            forwarded = forwarded => forwarded,
            () = answers => Vec::new(),
        };
        for frame in read(&forwarded, 64).await {
            let body = frame.unwrap();
            let message: serde_json::Value = serde_json::from_slice(&body).unwrap();
            assert!(message.is_object(), "{message}");
            assert!(whole.contains(&Some(body)), "what reached the server is none of the frames");
        }
    });
}

/// Every frame of some bytes: its body, or nothing for a refused one.
async fn read(bytes: &[u8], at_once: usize) -> Vec<Option<Vec<u8>>> {
    let mut reader = FrameReader::new(BufReader::with_capacity(at_once, bytes));
    let mut frames = Vec::new();
    while let Some(frame) = reader.next().await.unwrap() {
        frames.push(frame.ok());
    }
    frames
}
