//! Reads what a run starts from: event, configuration and files.
//!
//! Imports: model, host.

pub mod config;
pub mod discover;
pub mod event;
mod globs;

use thiserror::Error;

use crate::host::HostError;

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
