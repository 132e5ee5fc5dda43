//! The same questions to every tracker: GitHub, spoken to over HTTP, and the embedded one.

#![allow(
    clippy::unwrap_used,
    reason = "test code: a surprise shall stop the test where it happens"
)]

#[path = "../support/mod.rs"]
mod support;

use std::future::Future;

use followthrough::{
    host::{Network, Pauses, Secret},
    model::{
        issue::{Draft, Lookup},
        link::Repository,
    },
    tracker::{
        Reader, Writer,
        github::{
            self, Connection, GithubReader, GithubWriter, NewContent, Pace, Proposal, Proposed,
        },
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
        network: Network::default(),
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

#[test]
fn a_file_that_is_too_long_for_one_answer_is_read_whole() {
    let long = "A line of a long file.\n".repeat(30_000);
    let longer = long.repeat(2);
    let files = [("long.md", long.as_str()), ("longer.md", longer.as_str())];
    let github = GitHub::start(&files);
    wait(async {
        let (reader, _) = connect(&github).await;
        for (path, text) in files {
            let found = reader.file_at("main", path).await.unwrap();
            assert!(found.as_deref() == Some(text), "{path} is another");
        }
    });
    let calls = github.calls();
    let place = "GET /repos/acme/shop/git/blobs/";
    let by_blob = calls.iter().filter(|call| call.starts_with(place)).count();
    assert_eq!(by_blob, 1, "{calls:#?}");
}

#[test]
fn a_pull_request_that_is_open_gets_the_new_title_and_text() {
    let github = GitHub::start(&[("README.md", "# Shop\n")]);
    let proposal = |title: &str| Proposal {
        branch: "followthrough/sync".into(),
        base: "main".into(),
        base_head: github.world().head("main"),
        title: title.into(),
        body: format!("{title}, and why.\n"),
        files: vec![NewContent {
            path: "README.md".into(),
            text: "# The shop\n".into(),
        }],
    };
    let (first, second) = (proposal("Sync"), proposal("Sync more"));
    wait(async {
        let (_, writer) = connect(&github).await;
        let Proposed::Opened(opened) = writer.propose(&first).await.unwrap() else {
            panic!("nothing was opened");
        };
        let outcome = writer.propose(&second).await.unwrap();
        let pull = opened.clone();
        assert_eq!(outcome, Proposed::Updated { pull, idle: None });
        let mut world = github.world();
        let pull = world.issue(opened.number);
        assert_eq!(pull.title, "Sync more");
        assert_eq!(pull.body.as_deref(), Some("Sync more, and why.\n"));
    });
    github.take_writes();
}
