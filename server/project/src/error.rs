//! What can go wrong on the way to the sources: errors that end a run, and reasons to skip one file.

use std::fmt;
use std::path::PathBuf;

/// An error that ends a run.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// A path that was asked for does not exist.
    #[error("{}: there is no such file or folder", .0.display())]
    Missing(PathBuf),
    /// A path that was asked for cannot be looked at.
    #[error("{}: cannot be read: {reason}", path.display())]
    Unreadable {
        /// The path as it was asked for.
        path: PathBuf,
        /// What the system says; a part of this error's text, and so not its source.
        reason: std::io::Error,
    },
}

/// A file that was not analysed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub reason: SkipReason,
}

/// Why a file was not analysed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SkipReason {
    /// It is larger than the cap; both numbers in bytes.
    TooLarge {
        /// Its size.
        size: u64,
        /// The cap.
        cap: u64,
    },
    /// Its bytes are no UTF-8.
    NotUtf8,
    /// It holds NUL bytes.
    Binary,
    /// It is JavaScript that a program has packed into lines that no person writes.
    Minified,
    /// The system refuses to read it, in the system's words.
    Unreadable(String),
    /// It was asked for by name and is no file that Farewell reads.
    UnknownLanguage,
    /// It was asked for by name and is a page, in which the SDK's snippet is looked for and nothing else.
    Page,
    /// It was asked for by name and `farewell.toml` excludes it.
    Excluded,
    /// A manifest that cannot be understood, in its parser's words. Its project is taken to declare nothing.
    BrokenManifest(String),
}

impl fmt::Display for SkipReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { size, cap } => write!(formatter, "{size} bytes are more than the cap of {cap}"),
            Self::NotUtf8 => formatter.write_str("not UTF-8"),
            Self::Binary => formatter.write_str("holds NUL bytes"),
            Self::Minified => formatter.write_str("minified: its source is what is to be checked"),
            Self::Unreadable(words) => write!(formatter, "not readable: {words}"),
            Self::UnknownLanguage => formatter.write_str("not a language that Farewell reads"),
            Self::Page => formatter
                .write_str("only searched for Fullstory's snippet: code in templates of a server is not analysed"),
            Self::Excluded => formatter.write_str("excluded by farewell.toml"),
            Self::BrokenManifest(words) => write!(formatter, "a manifest that cannot be understood: {words}"),
        }
    }
}
