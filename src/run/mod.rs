//! The commands: one file each, and the only place that sees every stage.
//!
//! Imports: everything above.

mod connect;
mod exit;
pub mod init;
mod session;
mod sync;

pub use exit::{Exit, Failure};
