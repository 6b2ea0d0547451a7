//! The log. Owns where it goes beside standard error, to the client and to a file, and how much of it goes
//! there; must not know what is logged, and never waits for the client.

mod layer;
mod line;

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc::{Receiver, Sender, channel};
use tower_lsp_server::Client;
use tower_lsp_server::ls_types::notification::LogTrace;

use crate::preferences::Trace;
use crate::to_proto;

pub(crate) use layer::install;

/// The program's log: there is one, as there is one session.
pub(crate) static LOG: Log = Log::new();

/// How many lines may wait for the client. Those that come when it takes none are not sent to it.
const QUEUE: usize = 1000;

/// What is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// Nothing.
    Off,
    /// What failed.
    Error,
    /// What is not as it should be, too.
    Warning,
    /// What was done, too.
    Info,
    /// How it was done, too.
    Debug,
}

/// Where the log goes.
#[derive(Debug)]
pub(crate) struct Log {
    level: AtomicU8,
    trace: AtomicU8,
    file: Mutex<Option<(PathBuf, File)>>,
    client: Mutex<Option<Sender<Line>>>,
}

/// What goes to the client.
#[derive(Debug)]
enum Line {
    Message(Level, String),
    Trace(String, Option<String>),
}

impl Level {
    /// The levels by their names in settings.
    pub(crate) const NAMES: [(&str, Level); 5] = [
        ("off", Level::Off),
        ("error", Level::Error),
        ("warning", Level::Warning),
        ("info", Level::Info),
        ("debug", Level::Debug),
    ];
}

impl Log {
    const fn new() -> Self {
        Self {
            level: AtomicU8::new(Level::Warning as u8),
            trace: AtomicU8::new(Trace::Off as u8),
            file: Mutex::new(None),
            client: Mutex::new(None),
        }
    }

    /// Sends the log to a client from now on. Must be called inside the runtime.
    pub(crate) fn connect(&self, client: Client) {
        let (sender, lines) = channel(QUEUE);
        *lock(&self.client) = Some(sender);
        tokio::spawn(send(client, lines));
    }

    /// Sets what is logged, and to which file (absolute path) beside the client.
    ///
    /// # Errors
    /// Why there cannot be such a file, in a sentence.
    pub(crate) fn set(&self, level: Level, path: Option<&Path>) -> Result<(), String> {
        self.level.store(level as u8, Ordering::Relaxed);
        let mut file = lock(&self.file);
        if file.as_ref().map(|(path, _)| path.as_path()) != path {
            *file = None;
            if let Some(path) = path {
                *file = Some((path.to_path_buf(), open(path)?));
            }
        }
        Ok(())
    }

    /// Sets how much of what the server does is told to the client.
    pub(crate) fn set_trace(&self, trace: Trace) {
        self.trace.store(trace as u8, Ordering::Relaxed);
    }

    /// Whether any of what the server does is told.
    pub(crate) fn traces(&self) -> bool {
        self.trace.load(Ordering::Relaxed) >= Trace::Messages as u8
    }

    /// Tells what the server did, and to what where that is wanted too.
    pub(crate) fn trace(&self, message: impl FnOnce() -> String, to_what: impl FnOnce() -> String) {
        if self.traces() {
            let is_verbose = self.trace.load(Ordering::Relaxed) >= Trace::Verbose as u8;
            self.tell_client(Line::Trace(message(), is_verbose.then(to_what)));
        }
    }

    fn wants(&self, level: Level) -> bool {
        level as u8 <= self.level.load(Ordering::Relaxed)
    }

    fn write(&self, level: Level, target: &str, message: String) {
        let mut file = lock(&self.file);
        if let Some((_, file)) = file.as_mut() {
            // There is nowhere to tell that the disk is full.
            let _ = file.write_all(line::of(level, target, &message).as_bytes());
        }
        drop(file);
        self.tell_client(Line::Message(level, message));
    }

    fn tell_client(&self, line: Line) {
        if let Some(client) = lock(&self.client).as_ref() {
            // Where the client takes no more, the log is not what it misses most.
            let _ = client.try_send(line);
        }
    }
}

async fn send(client: Client, mut lines: Receiver<Line>) {
    while let Some(line) = lines.recv().await {
        match line {
            Line::Message(level, message) => client.log_message(to_proto::message_type(level), message).await,
            Line::Trace(message, verbose) => {
                client.send_notification::<LogTrace>(to_proto::log_trace(message, verbose)).await;
            }
        }
    }
}

fn open(path: &Path) -> Result<File, String> {
    // Opening a pipe waits for its reader.
    if path.exists() && !path.is_file() {
        return Err(format!("the log file {} is no regular file", path.display()));
    }
    let file = OpenOptions::new().create(true).append(true).open(path);
    file.map_err(|error| format!("the log file {} cannot be written: {error}", path.display()))
}

/// What is locked is whole after a panic: each change of it is one call.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::{Level, Log};

    #[test]
    fn what_is_wanted_is_written_to_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("farewell.log");
        let log = Log::new();
        assert!(log.wants(Level::Warning) && !log.wants(Level::Info));
        log.set(Level::Info, Some(&path)).unwrap();
        assert!(log.wants(Level::Info) && !log.wants(Level::Debug));
        log.write(Level::Info, "farewell", "one".into());
        log.set(Level::Off, None).unwrap();
        assert!(!log.wants(Level::Error));
        log.write(Level::Error, "farewell", "two".into());
        let written = std::fs::read_to_string(&path).unwrap();
        assert!(written.ends_with(" INFO farewell: one\n") && written.lines().count() == 1, "{written}");
    }

    #[test]
    fn a_file_that_cannot_be_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::new();
        assert!(log.set(Level::Info, Some(folder.path())).unwrap_err().ends_with("is no regular file"));
        let nowhere = folder.path().join("not/there.log");
        assert!(log.set(Level::Info, Some(&nowhere)).unwrap_err().contains("cannot be written"));
    }
}
