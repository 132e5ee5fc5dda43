//! The whole loop: the real binary, started as the runner starts it, against the fake GitHub. The end state of
//! issues, comments and files is asserted, silence included.

#![allow(
    clippy::unwrap_used,
    reason = "test code: a surprise shall stop the test where it happens"
)]

mod bad_input;
mod bills;
mod events;
mod fates;
mod forged;
mod founding;
// Windows takes no such names of files.
#[cfg(unix)]
mod hostile;
#[cfg(unix)]
mod hostile_pull_requests;
mod hosts;
mod issue_events;
mod killed;
mod logs;
mod network;
mod on_pull_request;
mod once;
mod owners;
mod ownership;
mod pull_requests;
mod refusals;
mod safety;
mod sweeps;
mod tokens;
mod write_back;

#[path = "../support/mod.rs"]
mod support;

use support::{
    documents::{self, PATH, founding, line_of, link, postmortem, status},
    github::{
        GitHub, READ_ONLY_TOKEN, TOKEN, UNKNOWN_TOKEN,
        faults::{Effect, Fault, When},
        state::{Access, Protection},
    },
    runner::{Outcome, Runner},
    worlds::{README, proposal, proposed, pushed},
};

/// The writes of a run that opens issues and writes back to `main`.
const SYNC: [&str; 4] = [
    "POST /repos/acme/shop/issues",
    "POST /repos/acme/shop/issues/*/labels",
    "PATCH /repos/acme/shop/issues/*",
    "graphql createCommitOnBranch",
];

/// Where the configuration lies.
const CONFIG: &str = ".github/followthrough.yml";

/// The only write of a review, the first time.
const COMMENT: &str = "POST /repos/acme/shop/issues/*/comments";

/// A world with one postmortem on `main`, and the commit before it came.
fn shop(postmortem: &str) -> (GitHub, String) {
    pushed(&[README], postmortem)
}

/// As [`shop`], with this configuration.
fn configured_shop(config: &str, postmortem: &str) -> (GitHub, String) {
    pushed(&[(CONFIG, config)], postmortem)
}

/// As [`shop`], in a repository that has adopted the tool: the configuration that `init` writes names the day.
fn adopted_shop(postmortem: &str) -> (GitHub, String) {
    configured_shop("issues:\n  since: 2024-01-01\n", postmortem)
}

/// A world whose items have their issues and links already.
fn linked_shop(postmortem: &str) -> GitHub {
    let (github, before) = shop(postmortem);
    Runner::push(&github, &before).run().expect_code(0);
    assert!(document(&github).contains("(https://github.com/acme/shop/issues/1)"));
    github.take_writes();
    github
}

/// The postmortem as it is on `main`.
fn document(github: &GitHub) -> String {
    github.world().file("main", PATH)
}

/// The number of the issue whose title holds `needle`.
#[track_caller]
fn issue_of(github: &GitHub, needle: &str) -> u64 {
    let mut world = github.world();
    let numbers = world.issues();
    let found: Vec<u64> = numbers
        .into_iter()
        .filter(|number| {
            let issue = world.issue(*number);
            issue.title.contains(needle) && issue.state_reason.as_deref() != Some("duplicate")
        })
        .collect();
    assert_eq!(found.len(), 1, "issues for {needle:?}: {found:?}");
    found[0]
}

/// The link that a row has to the issue `number`.
fn linked(number: u64) -> String {
    format!("[#{number}](https://github.com/acme/shop/issues/{number})")
}

/// Fails unless the row of `text` that holds `needle` links to its issue.
#[track_caller]
fn assert_linked(github: &GitHub, text: &str, needle: &str) {
    assert_eq!(link(text, needle), linked(issue_of(github, needle)));
}

/// A push whose run opens issues and then cannot write their links.
fn push_without_links(github: &GitHub, before: &str) {
    github.faults(Fault::always(
        When::GraphQl("createCommitOnBranch"),
        Effect::CutBefore,
    ));
    Runner::push(github, before).run();
    github.world().faults.clear();
}

/// Fails unless a sweep finds nothing left to do.
#[track_caller]
fn assert_settled(github: &GitHub) {
    Runner::schedule(github).run().expect_code(0);
    github.assert_silent();
}

/// Fails unless the run said all of `words`.
#[track_caller]
fn assert_said(run: &Outcome, words: &[&str]) {
    for word in words {
        assert!(run.said().contains(word), "{word:?} in\n{}", run.said());
    }
}
