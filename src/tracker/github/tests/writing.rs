//! Changing issues, comments, branches and pull requests.

use serde_json::{Value, json};

use super::{
    super::{
        Commented, CommitDraft, Committed, GithubWriter, NewContent, Proposal, Proposed,
        RefusedBecause, connect,
    },
    host::{Asked, Host, Says, own_issue},
};
use crate::{
    model::{
        issue::IssuePatch,
        link::{IssueKey, Repository},
    },
    tracker::{TrackerError, Writer},
};

const OLD: &str = "1111111111111111111111111111111111111111";
const NEW: &str = "2222222222222222222222222222222222222222";

fn key(number: u64) -> IssueKey {
    IssueKey {
        repository: Repository::parse("acme/app").expect("a repository"),
        number,
    }
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
        let commit =
            json!({ "sha": NEW, "message": "A person's work", "parents": [{ "sha": OLD }] });
        asked
            .is("GET", &format!("/repos/acme/app/git/commits/{NEW}"))
            .then(|| Says::ok(&commit))
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
        let commit = json!({ "sha": NEW, "message": "Update", "parents": [{ "sha": OLD }] });
        asked
            .is("GET", &format!("/repos/acme/app/git/commits/{NEW}"))
            .then(|| Says::ok(&commit))
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

fn comments(own: &str) -> Value {
    let quoting = json!({ "id": 1, "body": "<!-- ft --> quoted", "user": { "login": "ann", "id": 3, "type": "User" } });
    let bot = json!({ "login": "github-actions[bot]", "id": 41_898_282, "type": "Bot" });
    json!([quoting, { "id": 2, "body": own, "html_url": "c2", "user": bot }, { "id": 9, "user": null }])
}

#[tokio::test]
async fn the_comment_is_edited_only_when_it_changes() {
    let script = |asked: &Asked, _: &[Asked]| {
        if asked.is("GET", "/repos/acme/app/issues/5/comments") {
            return Some(Says::ok(&comments("<!-- ft -->\r\nold")));
        }
        asked
            .is("PATCH", "/repos/acme/app/issues/comments/2")
            .then(|| Says::ok(&json!({})))
    };
    let host = Host::start(script).await;
    let writer = writer(&host).await;
    let same = writer
        .put_comment(5, "<!-- ft -->", "<!-- ft -->\nold")
        .await
        .expect("same");
    assert_eq!(same, Commented::Unchanged { url: "c2".into() });
    assert_eq!(host.writes(), 0);
    let new = writer
        .put_comment(5, "<!-- ft -->", "<!-- ft -->\nnew")
        .await
        .expect("new");
    assert_eq!(
        new,
        Commented::Written {
            url: "c2".into(),
            created: false
        }
    );
    assert_eq!(host.writes(), 1);
}

#[tokio::test]
async fn a_comment_whose_answer_was_lost_is_not_written_twice() {
    let host = Host::start(|asked, before| {
        let posted = before
            .iter()
            .any(|other| other.line.starts_with("POST /repos"));
        if asked.is("GET", "/repos/acme/app/issues/5/comments") {
            let list = if posted {
                comments("<!-- ft -->\nnew")
            } else {
                json!([])
            };
            return Some(Says::ok(&list));
        }
        asked
            .is("POST", "/repos/acme/app/issues/5/comments")
            .then(Says::broken)
    })
    .await;
    let outcome = writer(&host)
        .await
        .put_comment(5, "<!-- ft -->", "<!-- ft -->\nnew")
        .await;
    assert_eq!(
        outcome.expect("written"),
        Commented::Written {
            url: "c2".into(),
            created: true
        }
    );
    assert_eq!(host.writes(), 1);
}

#[tokio::test]
async fn a_token_that_may_not_comment_is_no_failure() {
    let host = Host::start(|asked, _| {
        if asked.is("GET", "/repos/acme/app/issues/5/comments") {
            return Some(Says::ok(&json!([])));
        }
        let text = json!({ "message": "Resource not accessible by integration" });
        asked
            .is("POST", "/repos/acme/app/issues/5/comments")
            .then(|| Says::new(403, &text))
    })
    .await;
    let outcome = writer(&host)
        .await
        .put_comment(5, "<!-- ft -->", "<!-- ft -->")
        .await;
    assert!(matches!(outcome, Ok(Commented::ReadOnly(_))));
}

#[tokio::test]
async fn a_refused_assignee_does_not_keep_the_title_from_being_written_and_is_reported() {
    let host = Host::start(|asked, _| {
        asked.is("PATCH", "/repos/acme/app/issues/4").then(|| {
            if asked.body["assignees"].to_string().contains("ghost") {
                let error = json!({ "value": "ghost", "field": "assignees", "code": "invalid" });
                Says::new(
                    422,
                    &json!({ "message": "Validation Failed", "errors": [error] }),
                )
            } else {
                Says::ok(&own_issue(4, ""))
            }
        })
    })
    .await;
    let patch = IssuePatch {
        title: Some("new".into()),
        assignees: Some(vec!["ann".into(), "ghost".into()]),
        ..IssuePatch::default()
    };
    let outcome = writer(&host).await.update(&key(4), &patch).await;
    assert!(
        matches!(&outcome, Err(error) if error.to_string().contains("ghost")),
        "{outcome:?}"
    );
    let asked = host.asked();
    let last = asked.last().expect("a request");
    assert_eq!(last.body, json!({ "title": "new", "assignees": ["ann"] }));
}

#[tokio::test]
async fn labels_are_checked_after_adding_and_may_be_missing_when_removing() {
    let host = Host::start(|asked, _| {
        let there = json!([{ "name": "Overdue" }]);
        asked
            .is("POST", "/repos/acme/app/issues/4/labels")
            .then(|| Says::ok(&there))
    })
    .await;
    let writer = writer(&host).await;
    assert!(
        writer
            .add_labels(&key(4), &["overdue".into()])
            .await
            .is_ok()
    );
    let dropped = writer.add_labels(&key(4), &["other".into()]).await;
    assert!(matches!(dropped, Err(TrackerError::Forbidden { .. })));
    assert!(writer.remove_label(&key(4), "a/b").await.is_ok());
    assert_eq!(
        host.count("DELETE", "/repos/acme/app/issues/4/labels/a%2Fb"),
        1
    );
}

#[tokio::test]
async fn a_duplicate_names_its_original_by_database_id() {
    let host = Host::start(|asked, _| {
        if asked.is("GET", "/repos/acme/app/issues/3") {
            return Some(Says::ok(&own_issue(3, "")));
        }
        asked
            .is("PATCH", "/repos/acme/app/issues/4")
            .then(|| Says::ok(&own_issue(4, "")))
    })
    .await;
    writer(&host)
        .await
        .close_duplicate(&key(4), &key(3))
        .await
        .expect("closed");
    let body = host.asked().last().expect("a request").body.clone();
    let wanted =
        json!({ "state": "closed", "state_reason": "duplicate", "duplicate_issue_id": 3000 });
    assert_eq!(body, wanted);
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
    let child = json!({ "sha": NEW, "message": "Update", "parents": [{ "sha": OLD }] });
    let open = json!([{ "number": 6, "html_url": "p6", "title": "Update", "body": "Body" }]);
    if asked.is("GET", HEAD) {
        Some(branch_at(NEW))
    } else if asked.is("GET", &format!("/repos/acme/app/git/commits/{NEW}")) {
        Some(Says::ok(&child))
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
    assert!(matches!(outcome, Proposed::Updated(pull) if pull.number == 6));
    let moves: Vec<Value> = host
        .asked()
        .iter()
        .filter(|asked| asked.is("PATCH", "/repos/acme/app/git/refs/heads/followthrough/sync"))
        .map(|asked| asked.body.clone())
        .collect();
    assert_eq!(moves, [json!({ "sha": NEW, "force": true })]);
    let aside = "/repos/acme/app/git/refs/heads/followthrough/sync-next";
    assert_eq!(host.count("DELETE", aside), 1);
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
