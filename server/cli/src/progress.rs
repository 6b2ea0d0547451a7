//! A line on the terminal that tells how far long work is. Owns that nothing is written where nobody looks: only to a
//! terminal on standard error, only after a while, and never in CI.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Work that is done by then is not told of.
const PATIENCE: Duration = Duration::from_millis(500);
const BETWEEN_FRAMES: Duration = Duration::from_millis(100);
const WIDTH: usize = 24;
const CLEAR_LINE: &str = "\r\x1b[2K";

/// One part of the work; its line goes away with it.
#[derive(Debug)]
pub(crate) struct Progress {
    done: Done,
    /// What ends the line, and draws it.
    line: Option<(Sender<()>, JoinHandle<()>)>,
}

/// How many files are done: what is counted of several things that are done beside each other, too.
#[derive(Clone, Debug, Default)]
pub(crate) struct Done(Arc<AtomicUsize>);

impl Done {
    /// So many more are done.
    pub(crate) fn add(&self, count: usize) {
        self.0.fetch_add(count, Ordering::Relaxed);
    }

    fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Progress {
    /// A part of the work on some number of files; 0 where it is not known.
    pub(crate) fn of(what: &'static str, total: usize) -> Self {
        static BEGIN: OnceLock<Instant> = OnceLock::new();
        let begin = *BEGIN.get_or_init(Instant::now);
        let done = Done::default();
        let line = is_shown().then(|| {
            let (end, ended) = mpsc::channel::<()>();
            let counted = done.clone();
            let draw = move || {
                let mut frame = 0;
                let mut wait = PATIENCE.saturating_sub(begin.elapsed()).max(BETWEEN_FRAMES);
                while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                    let line = line(what, counted.count(), total, frame);
                    let _ = write!(io::stderr().lock(), "{CLEAR_LINE}{line}");
                    (frame, wait) = (frame + 1, BETWEEN_FRAMES);
                }
                if frame > 0 {
                    let _ = write!(io::stderr().lock(), "{CLEAR_LINE}");
                }
            };
            (end, std::thread::spawn(draw))
        });
        Self { done, line }
    }

    /// What counts the files that are done.
    pub(crate) fn done(&self) -> &Done {
        &self.done
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.line.take() {
            drop(end);
            // A line that could not be drawn harms nothing.
            let _ = thread.join();
        }
    }
}

fn is_shown() -> bool {
    let is_dumb = std::env::var_os("TERM").is_none_or(|terminal| terminal == "dumb");
    io::stderr().is_terminal() && std::env::var_os("CI").is_none() && !is_dumb
}

/// `Analysing [=====>      ] 120 of 456 files`; without a total, a mark that moves.
fn line(what: &str, done: usize, total: usize, frame: usize) -> String {
    if total == 0 {
        let dots = frame % 4;
        return format!("{what}{}", ".".repeat(dots));
    }
    let filled = (done.min(total) * WIDTH) / total;
    let head = if filled < WIDTH { ">" } else { "" };
    let rest = WIDTH.saturating_sub(filled + head.len());
    format!("{what} [{}{head}{}] {done} of {total} files", "=".repeat(filled), " ".repeat(rest))
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn the_line_grows_to_its_end() {
        assert_eq!(line("Analysing", 0, 4, 9), format!("Analysing [>{}] 0 of 4 files", " ".repeat(23)));
        assert_eq!(line("Analysing", 4, 4, 9), format!("Analysing [{}] 4 of 4 files", "=".repeat(24)));
        let lengths = (0..=97).map(|done| line("Analysing", done, 97, 0).find(']'));
        assert!(lengths.into_iter().all(|it| it == Some(35)));
        assert_eq!([line("Reading", 0, 0, 0), line("Reading", 0, 0, 6)], ["Reading", "Reading.."]);
    }
}
