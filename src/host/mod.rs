//! This machine: environment, clock, disk, git and the runner's files. Nothing else touches them.
//!
//! Imports: model.

pub mod clock;
pub mod disk;
pub mod environment;
mod error;
pub mod git;
pub mod log;
pub mod network;
pub mod runner;
pub mod screen;
mod secret;
pub mod threads;
pub mod walk;

pub use environment::{Endpoints, Environment, Inputs, Pauses};
pub use error::HostError;
pub use git::{Git, Origin};
pub use network::Network;
pub use screen::Screen;
pub use secret::Secret;
