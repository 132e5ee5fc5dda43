//! The same questions to every tracker: GitHub, spoken to over HTTP, and the embedded one.

#![allow(
    clippy::unwrap_used,
    reason = "test code: a surprise shall stop the test where it happens"
)]

#[path = "../support/mod.rs"]
mod support;

use std::future::Future;

use followthrough::{
    host::{Pauses, Secret},
    model::{
        issue::{Draft, Lookup},
        link::Repository,
    },
    tracker::{
        Reader, Writer,
        github::{self, Connection, GithubReader, GithubWriter, Pace},
        local,
    },
};
use support::{
    contract,
    github::{
        GitHub, TOKEN,
        faults::{Effect, When},
    },
};

fn wait<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(work)
}

async fn connect(github: &GitHub) -> (GithubReader, GithubWriter) {
    let connection = Connection {
        api_url: github.api_url(),
        graphql_url: github.graphql_url(),
        server_url: github.server_url(),
        repository: Repository::parse("acme/shop").unwrap(),
        token: Secret::read("GITHUB_TOKEN", TOKEN).unwrap().unwrap(),
        pace: Pace {
            pauses: Pauses::Skipped,
            ..Pace::default()
        },
    };
    github::connect(&connection).await.unwrap()
}

#[test]
fn github_keeps_the_contract() {
    let github = GitHub::start(&[("README.md", "# Shop\n")]);
    wait(async {
        let (reader, writer) = connect(&github).await;
        contract::holds(&reader, &writer).await;
    });
    github.take_writes();
}

#[test]
fn the_embedded_tracker_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, writer) = local::open(folder.path(), "2024-03-01".parse().unwrap());
    wait(contract::holds(&reader, &writer));
}

#[test]
fn issues_that_are_gone_are_told_apart() {
    let github = GitHub::start(&[("README.md", "# Shop\n")]);
    github
        .world()
        .add_repository("acme/other", &[("README.md", "# Other\n")]);
    let moved = github.world().open_issue("alice", "moved", "");
    let deleted = github.world().open_issue("alice", "deleted", "");
    let new = github.world().transfer(moved, "acme/other");
    github.world().delete(deleted);
    wait(async {
        let (reader, _) = connect(&github).await;
        let keys = [moved, deleted, 99].map(|number| reader.home().key(number));
        let found = reader.lookup(&keys).await.unwrap();
        let [Lookup::Found(issue), Lookup::Deleted, Lookup::Unreadable(_)] = found.as_slice()
        else {
            panic!("{found:?}");
        };
        assert_eq!(issue.key.to_string(), format!("acme/other#{new}"));
    });
}

#[test]
fn g1_an_issue_whose_answer_was_lost_is_found_and_not_opened_twice() {
    for effect in [
        Effect::CutAfter,
        Effect::RefuseAfter(502, serde_json::json!("<html>Bad Gateway</html>")),
    ] {
        let github = GitHub::start(&[("README.md", "# Shop\n")]);
        github.fault(When::Rest("POST", "/repos/*/*/issues"), effect);
        let draft = Draft {
            title: "Add an alarm".into(),
            body: contract::marked("Add an alarm", "text\n"),
            labels: vec!["postmortem-action".into()],
            assignees: Vec::new(),
        };
        let issue = wait(async {
            let (_, writer) = connect(&github).await;
            writer.open(&draft).await.unwrap()
        });
        assert_eq!(github.world().issues(), [issue.key.number]);
        github.take_writes();
    }
}
