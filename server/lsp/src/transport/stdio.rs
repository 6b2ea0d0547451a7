//! The client's ends of stdin and stdout. Where they are pipes or sockets, as an editor makes them, the server's own
//! thread reads and writes them when they are ready: a message from thread to thread waits until the next one gets a
//! processor. Anything else has a thread that waits for it. Must not know what is read or written.

use std::io;

use tokio::io::{AsyncRead, AsyncWrite};

use super::Input;

/// What comes from the client. To be asked for inside of the runtime.
///
/// # Errors
/// Where there is no thread to be had.
pub(crate) fn input() -> io::Result<Box<dyn AsyncRead + Send + Unpin>> {
    #[cfg(unix)]
    if let Some(ready) = unix::input() {
        return Ok(ready);
    }
    Ok(Box::new(Input::new(io::stdin())?))
}

/// What goes to the client. To be asked for inside of the runtime.
pub(crate) fn output() -> Box<dyn AsyncWrite + Send + Unpin> {
    #[cfg(unix)]
    if let Some(ready) = unix::output() {
        return ready;
    }
    Box::new(tokio::io::stdout())
}

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::io;
    use std::os::fd::{AsFd, OwnedFd};
    use std::os::unix::fs::FileTypeExt;
    use std::os::unix::net::UnixStream as Stream;

    use tokio::io::{AsyncRead, AsyncWrite};
    use tokio::net::UnixStream;
    use tokio::net::unix::pipe;

    pub(super) fn input() -> Option<Box<dyn AsyncRead + Send + Unpin>> {
        match end(io::stdin())? {
            End::Pipe(file) => Some(Box::new(pipe::Receiver::from_file(file).ok()?)),
            End::Socket(socket) => Some(Box::new(socket)),
        }
    }

    pub(super) fn output() -> Option<Box<dyn AsyncWrite + Send + Unpin>> {
        match end(io::stdout())? {
            End::Pipe(file) => Some(Box::new(pipe::Sender::from_file(file).ok()?)),
            End::Socket(socket) => Some(Box::new(socket)),
        }
    }

    /// One end of what can be watched.
    pub(super) enum End {
        Pipe(File),
        Socket(UnixStream),
    }

    pub(super) fn end(standard: impl AsFd) -> Option<End> {
        let file = File::from(standard.as_fd().try_clone_to_owned().ok()?);
        let kind = file.metadata().ok()?.file_type();
        if kind.is_fifo() {
            return Some(End::Pipe(file));
        }
        if !kind.is_socket() {
            return None;
        }
        let socket = Stream::from(OwnedFd::from(file));
        socket.set_nonblocking(true).ok()?;
        UnixStream::from_std(socket).ok().map(End::Socket)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::{self, Write};
    use std::os::unix::net::UnixStream;

    use tokio::io::AsyncReadExt;

    use super::unix::{End, end};

    #[tokio::test]
    async fn pipes_and_sockets_are_watched_and_files_are_not() {
        let (ours, mut theirs) = io::pipe().unwrap();
        let Some(End::Pipe(file)) = end(&ours) else { panic!("no pipe") };
        let mut input = tokio::net::unix::pipe::Receiver::from_file(file).unwrap();
        theirs.write_all(b"one").unwrap();
        drop(theirs);
        let mut read = String::new();
        input.read_to_string(&mut read).await.unwrap();
        assert_eq!(read, "one");

        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let Some(End::Socket(mut input)) = end(&ours) else { panic!("no socket") };
        theirs.write_all(b"two").unwrap();
        drop(theirs);
        input.read_to_string(&mut read).await.unwrap();
        assert_eq!(read, "onetwo");

        assert!(end(tempfile::tempfile().unwrap()).is_none());
    }
}
