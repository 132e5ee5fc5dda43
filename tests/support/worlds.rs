//! Worlds that many tests begin with.

use super::{documents::PATH, github::GitHub};

/// What stands on `main` where nothing else matters.
pub const README: (&str, &str) = ("README.md", "# Shop\n");

/// `files` on `main`, then a postmortem; and the commit before it came.
pub fn pushed(files: &[(&str, &str)], postmortem: &str) -> (GitHub, String) {
    let github = GitHub::start(files);
    let before = github.world().head("main");
    github.world().push("main", &[(PATH, postmortem)]);
    (github, before)
}

/// `files` on `main`, and a pull request from a branch beside it that brings `changes`.
pub fn proposal(files: &[(&str, &str)], changes: &[(&str, &str)]) -> (GitHub, u64) {
    let github = GitHub::start(files);
    github.world().push("topic", changes);
    let number = github.world().open_pull("alice", "topic", "acme/shop");
    (github, number)
}

/// A pull request that brings a postmortem.
pub fn proposed(postmortem: &str) -> (GitHub, u64) {
    proposal(&[README], &[(PATH, postmortem)])
}
