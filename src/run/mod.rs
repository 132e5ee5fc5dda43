//! The commands: one file each, and the only place that sees every stage.
//!
//! Imports: everything above.

mod connect;
mod exit;
pub mod init;
mod review;
mod session;
mod sync;
mod write;

pub use exit::{Exit, Failure};
