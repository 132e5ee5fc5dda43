//! Opening an issue: once, whatever happens to the answer.

use serde_json::json;

use super::{
    super::connect,
    host::{Asked, Host, Says, own_issue},
};
use crate::{
    model::{
        issue::{Draft, Issue},
        marker::{Base, Marker},
    },
    tracker::{Extent, Reader, TrackerError, Writer},
};

const ISSUES: &str = "/repos/acme/app/issues";

fn marker(key: &str) -> Marker {
    Marker {
        repository: 7,
        document: "postmortems/a.md".into(),
        key: key.into(),
        base: Base::default(),
        offer: None,
    }
}

fn draft() -> Draft {
    Draft {
        title: "Add an alert".into(),
        body: marker("k1").put("text"),
        labels: vec!["postmortem".into()],
        assignees: Vec::new(),
    }
}

async fn open(host: &Host, draft: &Draft) -> Result<Issue, TrackerError> {
    let (_, writer) = connect(&host.connection()).await.expect("a connection");
    writer.open(draft).await
}

fn is_create(asked: &Asked) -> bool {
    asked.is("POST", ISSUES)
}

#[tokio::test]
async fn a_create_that_succeeds_is_one_request() {
    let host = Host::start(|asked, _| {
        is_create(asked).then(|| Says::new(201, &own_issue(12, &marker("k1").put("text"))))
    })
    .await;
    let issue = open(&host, &draft()).await.expect("an issue");
    assert_eq!(issue.key.to_string(), "acme/app#12");
    assert!(issue.author.is_self);
    assert_eq!(host.count("POST", ISSUES), 1);
    assert_eq!(host.count("GET", ISSUES), 0);
}

#[tokio::test]
async fn an_issue_that_was_created_behind_a_502_is_adopted() {
    let host = Host::start(|asked, _| {
        if is_create(asked) {
            return Some(Says::broken());
        }
        let found = [
            own_issue(13, &marker("k2").put("")),
            own_issue(12, &marker("k1").put("text")),
        ];
        asked.is("GET", ISSUES).then(|| Says::ok(&json!(found)))
    })
    .await;
    let issue = open(&host, &draft()).await.expect("an issue");
    assert_eq!(issue.key.number, 12);
    assert_eq!(host.count("POST", ISSUES), 1);
    assert_eq!(host.count("GET", ISSUES), 1);
}

#[tokio::test]
async fn a_create_that_was_lost_is_sent_once_more_and_never_again() {
    let host = Host::start(|asked, _| {
        if is_create(asked) {
            return Some(Says::broken());
        }
        asked.is("GET", ISSUES).then(|| Says::ok(&json!([])))
    })
    .await;
    let outcome = open(&host, &draft()).await;
    assert!(
        matches!(outcome, Err(TrackerError::Unclear { .. })),
        "{outcome:?}"
    );
    assert_eq!(host.count("POST", ISSUES), 2);
    assert_eq!(host.count("GET", ISSUES), 2);
}

#[tokio::test]
async fn nothing_is_sent_again_when_it_cannot_be_seen_what_became_of_the_create() {
    let host =
        Host::start(|asked, _| (is_create(asked) || asked.is("GET", ISSUES)).then(Says::broken))
            .await;
    let outcome = open(&host, &draft()).await;
    assert!(
        matches!(outcome, Err(TrackerError::Unclear { .. })),
        "{outcome:?}"
    );
    assert_eq!(host.count("POST", ISSUES), 1);
}

#[tokio::test]
async fn a_strangers_issue_with_the_same_marker_is_not_adopted() {
    let host = Host::start(|asked, before| {
        if is_create(asked) {
            let again = before.iter().any(is_create);
            return Some(if again {
                Says::new(201, &own_issue(14, &marker("k1").put("text")))
            } else {
                Says::broken()
            });
        }
        let mut forged = own_issue(13, &marker("k1").put(""));
        forged["user"] = json!({ "login": "mallory", "id": 5, "type": "User" });
        asked.is("GET", ISSUES).then(|| Says::ok(&json!([forged])))
    })
    .await;
    assert_eq!(
        open(&host, &draft()).await.expect("an issue").key.number,
        14
    );
}

#[tokio::test]
async fn a_create_that_a_limit_kept_out_is_sent_again_without_a_search() {
    let host = Host::start(|asked, before| {
        is_create(asked).then(|| {
            if before.iter().any(is_create) {
                Says::new(201, &own_issue(12, ""))
            } else {
                let text = "You have exceeded a secondary rate limit";
                Says::new(403, &json!({ "message": text })).with("retry-after", 0)
            }
        })
    })
    .await;
    assert_eq!(
        open(&host, &draft()).await.expect("an issue").key.number,
        12
    );
    assert_eq!(host.count("POST", ISSUES), 2);
    assert_eq!(host.count("GET", ISSUES), 0);
}

#[tokio::test]
async fn an_account_that_cannot_be_assigned_is_left_out_and_the_others_stay() {
    let host = Host::start(|asked, _| {
        let is_bad = asked.body["assignees"].to_string().contains("ghost");
        is_create(asked).then(|| {
            if is_bad {
                let error = json!({ "value": "ghost", "resource": "Issue", "field": "assignees", "code": "invalid" });
                Says::new(422, &json!({ "message": "Validation Failed", "errors": [error] }))
            } else {
                let mut issue = own_issue(12, "");
                issue["assignees"] = json!([{ "login": "ann" }]);
                Says::new(201, &issue)
            }
        })
    })
    .await;
    let draft = Draft {
        assignees: vec!["ann".into(), "ghost".into()],
        ..draft()
    };
    let issue = open(&host, &draft).await.expect("an issue");
    assert_eq!(issue.assignees, ["ann"]);
    assert_eq!(host.count("POST", ISSUES), 2);
}

#[tokio::test]
async fn switched_off_issues_and_missing_permissions_are_told_apart() {
    let host = Host::start(|asked, _| {
        is_create(asked).then(|| Says::new(410, &json!({ "message": "Issues are disabled" })))
    })
    .await;
    let outcome = open(&host, &draft()).await;
    assert!(
        matches!(outcome, Err(TrackerError::IssuesDisabled(_))),
        "{outcome:?}"
    );

    let host = Host::start(|asked, _| {
        let text = "Resource not accessible by integration";
        is_create(asked).then(|| {
            Says::new(403, &json!({ "message": text }))
                .with("x-accepted-github-permissions", "issues=write")
        })
    })
    .await;
    let outcome = open(&host, &draft()).await;
    let Err(error @ TrackerError::Forbidden { .. }) = outcome else {
        panic!("{outcome:?}");
    };
    let text = error.to_string();
    assert!(
        text.contains("issues: write") && text.contains("issues=write"),
        "{text}"
    );
    assert_eq!(host.count("POST", ISSUES), 1);
}

#[tokio::test]
async fn what_is_hidden_from_a_token_without_scope_is_told_from_what_is_missing() {
    let refused = async |own: &'static str| {
        let host = Host::start(move |asked, _| {
            let says = Says::new(404, &json!({ "message": "Not Found" }));
            is_create(asked).then(|| {
                says.with("x-oauth-scopes", own)
                    .with("x-accepted-oauth-scopes", "public_repo, repo")
            })
        })
        .await;
        let outcome = open(&host, &draft()).await;
        outcome.expect_err("refused")
    };
    let hidden = refused("gist").await;
    assert!(matches!(hidden, TrackerError::Forbidden { .. }), "{hidden}");
    let missing = refused("gist, repo").await;
    assert!(matches!(missing, TrackerError::NotFound(_)), "{missing}");
}

#[tokio::test]
async fn a_repository_with_its_issues_switched_off_lists_none_and_is_not_asked() {
    let host = Host::start(|asked, _| {
        let facts = json!({ "id": 7, "full_name": "acme/app", "has_issues": false });
        asked.is("GET", "/repos/acme/app").then(|| Says::ok(&facts))
    })
    .await;
    let (reader, _) = connect(&host.connection()).await.expect("a connection");
    assert!(!reader.facts().has_issues);
    assert_eq!(
        reader
            .listing("postmortem", Extent::All)
            .await
            .expect("a list"),
        []
    );
    assert_eq!(host.asked().len(), 1);
}

#[tokio::test]
async fn a_renamed_repository_is_followed_with_the_same_method() {
    let host = Host::start(|asked, _| {
        if is_create(asked) {
            let place = "{base}/repositories/7/issues";
            return Some(Says::new(307, &json!({})).with("location", place));
        }
        asked
            .is("POST", "/repositories/7/issues")
            .then(|| Says::new(201, &own_issue(12, "")))
    })
    .await;
    assert_eq!(
        open(&host, &draft()).await.expect("an issue").key.number,
        12
    );
}
