//! Event, configuration and files → [`Input`].
//!
//! Imports: model, host.

pub mod config;
pub mod discover;
pub mod event;
mod globs;

use std::path::Path;

use thiserror::Error;

use crate::{host::HostError, model::config::Config};

pub use config::{ConfigError, Mistake, Source};
pub use discover::{Files, PathProblem, SourceFile, Wanted};
pub use event::Event;

/// What keeps a run from starting.
#[derive(Debug, Error)]
pub enum InputError {
    /// The configuration has mistakes.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Two configurations, of which none can be preferred.
    #[error("{first} and {second} are both there. Delete one")]
    TwoConfigurations {
        /// One path.
        first: String,
        /// The other path.
        second: String,
    },
    /// A glob that is none.
    #[error("{0}")]
    Glob(String),
    /// The runner's payload does not fit the event.
    #[error(
        "the payload of the event `{event}` cannot be read: {detail}. It is the file that GITHUB_EVENT_PATH names"
    )]
    Payload {
        /// Name of the event.
        event: String,
        /// What does not fit.
        detail: String,
    },
    /// Something cannot be read.
    #[error(transparent)]
    Host(#[from] HostError),
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Root of the repository.
    pub root: &'a Path,
    /// Folder that relative paths start from.
    pub working_directory: &'a Path,
    /// Where the configuration comes from.
    pub config: Source<'a>,
    /// Which files are read.
    pub files: Wanted<'a>,
    /// Ids and names of all rules, which the configuration may set.
    pub rules: &'a [&'a str],
}

/// Configuration and files of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The configuration.
    pub config: Config,
    /// The postmortems and what kept others from being read.
    pub files: Files,
}

/// Reads the configuration, and the files that it or somebody names.
///
/// # Errors
/// A configuration that cannot be used. Files that cannot be read are listed in [`Files::problems`].
pub fn read(request: Request<'_>) -> Result<Input, InputError> {
    let Request {
        root,
        working_directory,
        ..
    } = request;
    let config = config::load(root, working_directory, request.config, request.rules)?;
    let files = discover::files(root, working_directory, &config, request.files)?;
    Ok(Input { config, files })
}
