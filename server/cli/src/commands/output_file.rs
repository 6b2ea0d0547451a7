//! Where a report goes: standard output, or a file that is written whole or not at all.

use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::whole;

/// An output that is being written.
pub(super) enum Output {
    Standard(BufWriter<StdoutLock<'static>>),
    File(PathBuf, Vec<u8>),
}

impl Output {
    /// An output into a file; `None` for standard output.
    pub(super) fn new(path: Option<&Path>) -> Self {
        match path {
            Some(path) => Self::File(path.to_path_buf(), Vec::new()),
            None => Self::Standard(BufWriter::new(io::stdout().lock())),
        }
    }

    pub(super) fn is_file(&self) -> bool {
        matches!(self, Self::File(..))
    }

    /// Brings what was written to its place.
    ///
    /// # Errors
    /// It cannot be written there.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Standard(mut output) => Ok(output.flush()?),
            Self::File(path, bytes) => {
                whole::write(&path, &bytes).with_context(|| format!("{}: cannot be written", path.display()))
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(output) => output.write(bytes),
            Self::File(_, written) => written.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(output) => output.flush(),
            Self::File(..) => Ok(()),
        }
    }
}
