//! The client's bytes, read by a thread that always waits for the next ones: a keystroke wakes it, and it wakes the
//! server. Owns how many of them may wait; must not know frames.

use std::io::{self, ErrorKind, Read};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::thread;

use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// How many bytes are read at once at most.
const CHUNK_SIZE: usize = 64 * 1024;
/// How many reads may wait to be looked at.
const CHUNKS: usize = 4;

/// What a thread reads.
#[derive(Debug)]
pub(crate) struct Input {
    chunks: Receiver<io::Result<Vec<u8>>>,
    /// What was read last, and how many bytes of it were taken.
    last: Vec<u8>,
    taken: usize,
}

impl Input {
    /// Starts to read. The thread ends with the source, or when nobody takes what it reads; while it waits for more
    /// it is left alone.
    ///
    /// # Errors
    /// Where there is no thread to be had.
    pub(crate) fn new(source: impl Read + Send + 'static) -> io::Result<Self> {
        let (sender, chunks) = channel(CHUNKS);
        thread::Builder::new().name("input".into()).spawn(move || read(source, &sender))?;
        Ok(Self { chunks, last: Vec::new(), taken: 0 })
    }
}

fn read(mut source: impl Read, sender: &Sender<io::Result<Vec<u8>>>) {
    let mut buffer = vec![0; CHUNK_SIZE];
    loop {
        let chunk = match source.read(&mut buffer) {
            Ok(0) => return,
            Ok(count) => Ok(buffer.get(..count).unwrap_or_default().to_vec()),
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => Err(error),
        };
        let has_failed = chunk.is_err();
        if sender.blocking_send(chunk).is_err() || has_failed {
            return;
        }
    }
}

impl AsyncRead for Input {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.taken == self.last.len() {
            match ready!(self.chunks.poll_recv(context)) {
                Some(chunk) => self.last = chunk?,
                None => return Poll::Ready(Ok(())),
            }
            self.taken = 0;
        }
        let rest = self.last.get(self.taken..).unwrap_or_default();
        let count = rest.len().min(into.remaining());
        into.put_slice(rest.get(..count).unwrap_or_default());
        self.taken += count;
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};

    use tokio::io::AsyncReadExt;

    use super::{CHUNK_SIZE, CHUNKS, Input};

    #[tokio::test]
    async fn everything_is_read_in_order_to_the_end() {
        let bytes: Vec<u8> = (0..CHUNK_SIZE * CHUNKS * 3 + 7).map(|place| (place % 251) as u8).collect();
        let mut read = Vec::new();
        Input::new(io::Cursor::new(bytes.clone())).unwrap().read_to_end(&mut read).await.unwrap();
        assert!(read == bytes);
    }

    #[tokio::test]
    async fn what_comes_first_is_there_while_more_is_waited_for() {
        let (ours, mut theirs) = io::pipe().unwrap();
        let mut input = Input::new(ours).unwrap();
        for text in ["one", "two"] {
            io::Write::write_all(&mut theirs, text.as_bytes()).unwrap();
            let mut read = [0; 3];
            input.read_exact(&mut read).await.unwrap();
            assert_eq!(read, text.as_bytes());
        }
        drop(theirs);
        assert_eq!(input.read(&mut [0; 3]).await.unwrap(), 0);
    }

    #[tokio::test]
    async fn a_failure_is_told_and_an_interruption_is_none() {
        struct Failing(usize);
        impl Read for Failing {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                self.0 += 1;
                match self.0 {
                    1 => Err(io::ErrorKind::Interrupted.into()),
                    2 => Ok(into.iter_mut().take(2).map(|byte| *byte = b'x').count()),
                    _ => Err(io::ErrorKind::BrokenPipe.into()),
                }
            }
        }
        let mut input = Input::new(Failing(0)).unwrap();
        let mut read = [0; 2];
        input.read_exact(&mut read).await.unwrap();
        assert_eq!(&read, b"xx");
        assert_eq!(input.read(&mut read).await.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
