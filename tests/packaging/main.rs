//! Holds what is published equal: `action.yml`, the files that `init` writes, the sample, and the README.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a helper of a test fails as the test does"
)]

#[cfg(unix)]
mod action;
mod configuration;
mod readme;
#[cfg(unix)]
mod real;
mod rules;
mod runner;
mod security;
mod workflows;

#[path = "../support/mod.rs"]
mod support;

use std::{fs, path::Path};

use followthrough::run::init::ACTION;
use serde_json::Value;

/// The day of adoption in the README's copy of the configuration.
const SINCE: &str = "2026-12-01";

/// The text of a file of the package.
fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file that `init` writes, as the README shows it.
fn rendered(name: &str) -> String {
    let text = text(&format!("src/run/init/{name}"))
        .replace("{{action}}", ACTION)
        .replace("{{since}}", SINCE);
    // What is left of braces is GitHub's own `${{ … }}`.
    assert_eq!(
        text.matches("{{").count(),
        text.matches("${{").count(),
        "{name} has a placeholder that nothing fills"
    );
    text
}

/// YAML as a tree.
fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{error}"))
}
