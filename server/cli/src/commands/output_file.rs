//! Where a report goes: standard output, or a file that is written whole or not at all.

use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::whole;

/// An output that is being written.
pub(super) enum Output {
    Standard(BufWriter<StdoutLock<'static>>),
    File(PathBuf, Vec<u8>),
}

impl Output {
    /// An output into a file; `None` for standard output.
    ///
    /// # Errors
    /// No file can be there: nobody should wait for a report that goes nowhere.
    pub(super) fn new(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path else { return Ok(Self::Standard(BufWriter::new(io::stdout().lock()))) };
        let shown = path.display();
        if path.is_dir() {
            bail!("{shown}: cannot be written: it is a folder");
        }
        if path.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
            bail!("{shown}: cannot be written: there is no such folder");
        }
        Ok(Self::File(path.to_path_buf(), Vec::new()))
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
