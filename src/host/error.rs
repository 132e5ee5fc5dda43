//! What this machine refuses, in words that name the place, the cause and the way out.

use std::{io, path::PathBuf};

use thiserror::Error;

/// Something on this machine that stands in the way of a run.
#[derive(Debug, Error)]
pub enum HostError {
    /// No such file or folder.
    #[error("{} does not exist. Check the spelling; paths are relative to the working directory", path.display())]
    Missing {
        /// The path as asked for.
        path: PathBuf,
    },
    /// A folder where a file is needed.
    #[error("{} is a folder. Name a file in it", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// A pipe, socket or device.
    #[error("{} is no regular file. Name a Markdown file", path.display())]
    Special {
        /// The path.
        path: PathBuf,
    },
    /// Larger than any document that people write.
    #[error("{} has {size} bytes, more than the {limit} that are read. Split it, or leave it out with `postmortems: exclude:`", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        size: u64,
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// Holds NUL bytes.
    #[error("{} is no text: it holds NUL bytes. Leave it out with `postmortems: exclude:`, or rename it", path.display())]
    Binary {
        /// The file.
        path: PathBuf,
    },
    /// Starts with the mark of UTF-16.
    #[error("{} is UTF-16. Save it as UTF-8", path.display())]
    Utf16 {
        /// The file.
        path: PathBuf,
    },
    /// Has bytes that are no UTF-8.
    #[error("{} is no valid UTF-8: see line {line}. Save it as UTF-8", path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// Line of the first bad byte, from 1.
        line: usize,
    },
    /// The name itself is no UTF-8.
    #[error("the name of {} is no valid UTF-8. Rename it", path.display())]
    Name {
        /// The path, lossily shown.
        path: PathBuf,
    },
    /// The system refuses to read.
    #[error("{} cannot be read: {cause}. Check its permissions", path.display())]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// The system's words.
        cause: io::Error,
    },
    /// The system refuses to write.
    #[error("{} cannot be written: {cause}. Check permissions and free space", path.display())]
    Unwritable {
        /// The path.
        path: PathBuf,
        /// The system's words.
        cause: io::Error,
    },
    /// Leads out of the root, by its name or by a symbolic link.
    #[error("{} lies outside of {}. Name the folder that holds it with --root", path.display(), root.display())]
    Outside {
        /// The path.
        path: PathBuf,
        /// The root.
        root: PathBuf,
    },
    /// An environment variable with a value that cannot be meant.
    #[error("the environment variable {name} {detail}")]
    Variable {
        /// Name of the variable.
        name: &'static str,
        /// What is wrong with it and what is allowed. Never a secret.
        detail: String,
    },
    /// The system knows no authority at all, as in an empty container.
    #[error(
        "this machine has no certificates of authorities, so that no host can be trusted. Install `ca-certificates`, or name a file of certificates in SSL_CERT_FILE"
    )]
    NoAuthorities,
    /// A revision that the clone does not have.
    #[error(
        "git does not know the revision `{revision}`. Fetch it; in a workflow, with `fetch-depth: 0` at actions/checkout"
    )]
    Revision {
        /// The revision as asked for.
        revision: String,
    },
    /// git failed.
    #[error("git {what} failed: {detail}. Run it by hand to see more")]
    Git {
        /// The subcommand.
        what: &'static str,
        /// Its words.
        detail: String,
    },
}

impl HostError {
    /// Whether the caller named something wrong, and not the machine that failed.
    #[must_use]
    pub const fn is_input(&self) -> bool {
        !matches!(
            self,
            Self::Unreadable { .. }
                | Self::Unwritable { .. }
                | Self::NoAuthorities
                | Self::Git { .. }
                | Self::Revision { .. }
        )
    }

    /// A failed read of `path`, by its cause.
    pub(super) fn reading(path: impl Into<PathBuf>, cause: io::Error) -> Self {
        let path = path.into();
        match cause.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing { path },
            io::ErrorKind::IsADirectory => Self::Folder { path },
            _ => Self::Unreadable { path, cause },
        }
    }

    /// A failed write to `path`.
    pub(super) fn writing(path: impl Into<PathBuf>, cause: io::Error) -> Self {
        let path = path.into();
        Self::Unwritable { path, cause }
    }
}
