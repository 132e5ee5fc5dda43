//! Changing issues and the comment.

use serde_json::{Value, json};

use super::{
    super::{Commented, GithubWriter, connect},
    host::{Asked, Host, Says, own_issue},
};
use crate::{
    model::{
        issue::IssuePatch,
        link::{IssueKey, Repository},
    },
    tracker::{TrackerError, Writer},
};

fn key(number: u64) -> IssueKey {
    IssueKey {
        repository: Repository::parse("acme/app").expect("a repository"),
        number,
    }
}

async fn writer(host: &Host) -> GithubWriter {
    connect(&host.connection()).await.expect("a connection").1
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
