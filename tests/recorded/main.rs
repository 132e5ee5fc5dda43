//! What GitHub really said, played through our own types: the exchanges of npm `@octokit/fixtures` and the payloads of
//! `@octokit/webhooks-examples`, from the folder that `FOLLOWTHROUGH_NODE_MODULES` names. `.ci/run` installs both.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "test code: a surprise shall stop the test where it happens"
)]

mod exchanges;
mod host;
mod payloads;

use std::{env, fs, path::PathBuf};

use serde_json::Value;

/// A JSON file of an installed package.
fn package(path: &str) -> Value {
    let folder = env::var_os("FOLLOWTHROUGH_NODE_MODULES");
    let folder = PathBuf::from(folder.expect("FOLLOWTHROUGH_NODE_MODULES names no folder"));
    let path = folder.join("@octokit").join(path);
    let text = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&text).unwrap()
}
