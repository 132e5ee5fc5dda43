//! The commands: one file each, and the only place that sees every stage.
//!
//! Imports: everything above.

mod exit;
pub mod init;
mod session;

pub use exit::{Exit, Failure};
