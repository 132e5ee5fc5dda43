//! Event, configuration and files → [`Input`].
//!
//! Imports: model, host.

pub mod config;
mod globs;

use thiserror::Error;

use crate::host::HostError;
pub use config::{ConfigError, Mistake};

/// What keeps a run from starting.
#[derive(Debug, Error)]
pub enum InputError {
    /// The configuration has mistakes.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Something cannot be read.
    #[error(transparent)]
    Host(#[from] HostError),
}
