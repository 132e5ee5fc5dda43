//! What integration tests share: the fake GitHub, the runner that starts the real binary, and event payloads.

#![allow(
    dead_code,
    reason = "every test crate compiles this module whole and uses a part of it"
)]
#![allow(
    unreachable_pub,
    missing_docs,
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::format_collect,
    clippy::struct_excessive_bools,
    reason = "test code: a surprise shall stop the test where it happens"
)]

pub mod client;
pub mod contract;
pub mod documents;

pub mod github;
mod github_markdown;
pub mod hostile;
pub mod laptop;
pub mod payloads;
pub mod protocol;
pub mod runner;
pub mod secure;
mod server;
pub mod worlds;
