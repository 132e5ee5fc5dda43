//! Commits to branches, and pull requests of the tool's own.

use serde_json::{Value, json};

use super::{
    super::{
        CommitDraft, Committed, GithubWriter, NewContent, Proposal, Proposed, RefusedBecause,
        connect,
    },
    host::{Asked, Host, Says},
};
use crate::tracker::TrackerError;

const OLD: &str = "1111111111111111111111111111111111111111";
const NEW: &str = "2222222222222222222222222222222222222222";

const COMPARE: &str = "/repos/acme/app/compare/1111111111111111111111111111111111111111...2222222222222222222222222222222222222222";

/// The comparison of [`OLD`] and [`NEW`], between which `path` differs.
fn compared(path: &str) -> Value {
    json!({ "merge_base_commit": { "sha": OLD }, "files": [{ "filename": path }] })
}

async fn writer(host: &Host) -> GithubWriter {
    connect(&host.connection()).await.expect("a connection").1
}

fn is_commit(asked: &Asked) -> bool {
    asked.query().starts_with("mutation Commit")
}

fn commit() -> CommitDraft {
    CommitDraft {
        branch: "main".into(),
        expected_head: OLD.into(),
        headline: "Update".into(),
        body: String::new(),
        files: vec![NewContent {
            path: "a.md".into(),
            text: "text".into(),
        }],
    }
}

fn stale() -> Value {
    json!({ "data": { "createCommitOnBranch": null }, "errors": [{
        "type": "STALE_DATA", "path": ["createCommitOnBranch"],
        "message": "Expected branch to point to \"1\" but it did not. Pull and try again.",
    }] })
}

fn branch_at(sha: &str) -> Says {
    Says::ok(&json!({ "object": { "sha": sha } }))
}

fn holding(text: &str) -> Says {
    let blob = json!({ "oid": "ab", "text": text, "byteSize": text.len(), "isTruncated": false });
    Says::ok(&json!({ "data": { "repository": { "f0": blob } } }))
}

#[tokio::test]
async fn a_token_without_a_word_on_pull_requests_still_learns_where_the_branch_stands() {
    let withheld = json!({ "data": { "repository": null }, "errors": [{
        "type": "FORBIDDEN", "path": ["repository", "pullRequests"],
        "message": "Resource not accessible by integration",
    }] });
    let host = Host::start(move |asked, _| {
        if asked.query().starts_with("query Standing") {
            return Some(Says::ok(&withheld));
        }
        asked
            .is("GET", "/repos/acme/app/git/ref/heads/main")
            .then(|| branch_at(NEW))
    })
    .await;
    let (reader, _) = connect(&host.connection()).await.expect("a connection");
    let standing = reader.standing("main", "ours").await.expect("an answer");
    assert_eq!(standing.head.as_deref(), Some(NEW));
    assert_eq!(standing.proposal, None);
}

#[tokio::test]
async fn one_commit_carries_the_files_and_the_expected_head() {
    let host = Host::start(|asked, _| {
        let made = json!({ "createCommitOnBranch": { "commit": { "oid": NEW, "url": "u" } } });
        is_commit(asked).then(|| Says::ok(&json!({ "data": made })))
    })
    .await;
    let outcome = writer(&host)
        .await
        .commit(&commit())
        .await
        .expect("an outcome");
    assert!(matches!(outcome, Committed::Done { oid, .. } if oid == NEW));
    let asked = host.asked();
    let input = &asked[1].body["variables"]["input"];
    assert_eq!(input["expectedHeadOid"], OLD);
    assert_eq!(input["branch"]["repositoryNameWithOwner"], "acme/app");
    assert_eq!(
        input["fileChanges"]["additions"],
        json!([{ "path": "a.md", "contents": "dGV4dA==" }])
    );
}

#[tokio::test]
async fn a_moved_head_is_an_outcome_and_no_error() {
    let host = Host::start(|asked, _| {
        if is_commit(asked) {
            return Some(Says::ok(&stale()));
        }
        if asked.is("GET", "/repos/acme/app/git/ref/heads/main") {
            return Some(branch_at(NEW));
        }
        let theirs = compared("b.md");
        asked.is("GET", COMPARE).then(|| Says::ok(&theirs))
    })
    .await;
    let outcome = writer(&host)
        .await
        .commit(&commit())
        .await
        .expect("an outcome");
    assert_eq!(outcome, Committed::HeadMoved);
    assert_eq!(host.writes(), 1);
}

#[tokio::test]
async fn a_commit_whose_answer_was_lost_is_found_on_the_branch() {
    let host = Host::start(|asked, before| {
        if is_commit(asked) {
            let first = !before.iter().any(is_commit);
            return Some(if first {
                Says::broken()
            } else {
                Says::ok(&stale())
            });
        }
        if asked.query().starts_with("query Files") {
            return Some(holding("text"));
        }
        if asked.is("GET", "/repos/acme/app/git/ref/heads/main") {
            return Some(branch_at(NEW));
        }
        let ours = compared("a.md");
        asked.is("GET", COMPARE).then(|| Says::ok(&ours))
    })
    .await;
    let outcome = writer(&host)
        .await
        .commit(&commit())
        .await
        .expect("an outcome");
    assert!(matches!(outcome, Committed::Done { oid, .. } if oid == NEW));
    assert_eq!(host.writes(), 2);
}

#[tokio::test]
async fn a_protected_branch_and_a_weak_token_are_told_apart() {
    for (kind, text, reason) in [
        (
            "UNPROCESSABLE",
            "Changes must be made through a pull request.",
            RefusedBecause::Protected,
        ),
        (
            "FORBIDDEN",
            "Repository rule violations found",
            RefusedBecause::Protected,
        ),
        (
            "FORBIDDEN",
            "Resource not accessible by integration",
            RefusedBecause::Permission,
        ),
        ("UNPROCESSABLE", "Something new", RefusedBecause::Other),
    ] {
        let host = Host::start(move |asked, _| {
            let error = json!({ "type": kind, "path": ["createCommitOnBranch"], "message": text });
            is_commit(asked).then(|| Says::ok(&json!({ "data": null, "errors": [error] })))
        })
        .await;
        let outcome = writer(&host)
            .await
            .commit(&commit())
            .await
            .expect("an outcome");
        assert!(
            matches!(&outcome, Committed::Refused(refused) if refused.reason == reason),
            "{outcome:?}"
        );
    }
}

fn proposal() -> Proposal {
    Proposal {
        branch: "followthrough/sync".into(),
        base: "main".into(),
        base_head: OLD.into(),
        title: "Update".into(),
        body: "Body".into(),
        files: commit().files,
    }
}

const PULLS: &str = "/repos/acme/app/pulls";
const HEAD: &str = "/repos/acme/app/git/ref/heads/followthrough/sync";

/// A host where the branch is at [`NEW`], one commit from the base, with `text` in the file.
fn with_branch(asked: &Asked, text: &str) -> Option<Says> {
    let open = json!([{ "number": 6, "html_url": "p6", "title": "Update", "body": "Body" }]);
    if asked.is("GET", HEAD) {
        Some(branch_at(NEW))
    } else if asked.is("GET", COMPARE) {
        Some(Says::ok(&compared("a.md")))
    } else if asked.query().starts_with("query Files") {
        Some(holding(text))
    } else if asked.is("GET", PULLS) {
        Some(Says::ok(&open))
    } else if is_commit(asked) {
        let made = json!({ "createCommitOnBranch": { "commit": { "oid": NEW, "url": "u" } } });
        Some(Says::ok(&json!({ "data": made })))
    } else if asked.line.starts_with("GET ") {
        None
    } else {
        Some(Says::ok(&json!({})))
    }
}

#[tokio::test]
async fn a_proposal_that_is_open_already_writes_nothing() {
    let host = Host::start(|asked, _| with_branch(asked, "text")).await;
    let outcome = writer(&host)
        .await
        .propose(&proposal())
        .await
        .expect("an outcome");
    assert!(matches!(outcome, Proposed::Unchanged(pull) if pull.number == 6));
    assert_eq!(host.writes(), 0);
}

#[tokio::test]
async fn an_open_pull_request_never_sees_its_branch_at_the_base() {
    let host = Host::start(|asked, _| with_branch(asked, "older")).await;
    let outcome = writer(&host)
        .await
        .propose(&proposal())
        .await
        .expect("an outcome");
    let Proposed::Updated { pull, idle } = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(pull.number, 6);
    assert_eq!(idle.as_deref(), Some("followthrough/sync-next"));
    let moves: Vec<Value> = host
        .asked()
        .iter()
        .filter(|asked| asked.is("PATCH", "/repos/acme/app/git/refs/heads/followthrough/sync"))
        .map(|asked| asked.body.clone())
        .collect();
    assert_eq!(moves, [json!({ "sha": NEW, "force": true })]);
}

#[tokio::test]
async fn a_first_proposal_makes_the_branch_and_opens_a_pull_request() {
    let host = Host::start(|asked, _| {
        if asked.is("GET", HEAD) {
            return Some(Says::not_found());
        }
        if asked.is("GET", PULLS) {
            return Some(Says::ok(&json!([])));
        }
        let opened = json!({ "number": 6, "html_url": "p6" });
        if asked.is("POST", PULLS) {
            return Some(Says::new(201, &opened));
        }
        with_branch(asked, "")
    })
    .await;
    let outcome = writer(&host)
        .await
        .propose(&proposal())
        .await
        .expect("an outcome");
    assert!(matches!(outcome, Proposed::Opened(pull) if pull.number == 6));
    assert_eq!(host.count("POST", "/repos/acme/app/git/refs"), 1);
    assert_eq!(host.count("POST", PULLS), 1);
}

#[tokio::test]
async fn a_token_that_may_open_no_pull_request_leaves_the_branch() {
    for status in [403, 422] {
        let host = Host::start(move |asked, _| {
            if asked.is("GET", PULLS) {
                return Some(Says::ok(&json!([])));
            }
            let text = "GitHub Actions is not permitted to create or approve pull requests.";
            if asked.is("POST", PULLS) {
                return Some(Says::new(status, &json!({ "message": text })));
            }
            with_branch(asked, "text")
        })
        .await;
        let outcome = writer(&host)
            .await
            .propose(&proposal())
            .await
            .expect("an outcome");
        assert!(
            matches!(outcome, Proposed::BranchOnly { .. }),
            "{outcome:?}"
        );
    }
}

#[tokio::test]
async fn a_commit_that_never_arrives_is_unclear_and_its_branch_stands_still() {
    let host = Host::start(|asked, _| {
        if is_commit(asked) {
            return Some(Says::broken());
        }
        asked
            .is("GET", "/repos/acme/app/git/ref/heads/main")
            .then(|| branch_at(OLD))
    })
    .await;
    let outcome = writer(&host).await.commit(&commit()).await;
    assert!(
        matches!(outcome, Err(TrackerError::Unclear { .. })),
        "{outcome:?}"
    );
    assert_eq!(host.writes(), 4);
}
