//! Faults, limits, tokens that may too little, and writes that nobody expected.

use serde_json::{Value, json};

use super::*;

#[test]
fn a_read_only_token_reads_and_is_told_which_permission_it_lacks() {
    let github = world();
    let answer = send(
        &github,
        READ_ONLY_TOKEN,
        "GET",
        "/repos/acme/shop",
        &Value::Null,
    )
    .unwrap();
    assert_eq!(
        (answer.status, &answer.body["permissions"]["push"]),
        (200, &json!(false))
    );
    let answer = send(
        &github,
        READ_ONLY_TOKEN,
        "POST",
        ISSUES,
        &json!({"title": "x"}),
    )
    .unwrap();
    assert_eq!(answer.status, 403);
    assert_eq!(
        answer.header("x-accepted-github-permissions"),
        Some("issues=write")
    );
    let answer = send(&github, "ghs_wrong", "GET", ISSUES, &Value::Null).unwrap();
    assert_eq!(
        (answer.status, &answer.body["message"]),
        (401, &json!("Bad credentials"))
    );
    github.assert_silent();
}

#[test]
fn a_user_without_push_rights_loses_labels_without_a_word() {
    let github = world();
    github
        .world()
        .add_token("user", "mallory", "mallory/own", Access::Write);
    let body = json!({"title": "x", "labels": ["bug"], "assignees": ["alice"]});
    let answer = send(&github, "user", "POST", ISSUES, &body).unwrap();
    assert_eq!((answer.status, &answer.body["labels"]), (201, &json!([])));
    assert_eq!(answer.body["assignees"], json!([]));
    github.assert_no_unexpected_writes(&["POST /repos/acme/shop/issues"]);
}

#[test]
fn a_cut_before_the_change_leaves_nothing_and_a_cut_after_it_leaves_the_change() {
    let github = world();
    let create = When::Rest("POST", "/repos/*/*/issues");
    github.fault(create.clone(), Effect::CutBefore);
    assert!(send(&github, TOKEN, "POST", ISSUES, &json!({"title": "x"})).is_none());
    assert!(github.world().issues().is_empty());
    github.fault(create, Effect::CutAfter);
    assert!(send(&github, TOKEN, "POST", ISSUES, &json!({"title": "x"})).is_none());
    assert_eq!(github.world().issues(), [1]);
    assert_eq!(github.take_writes().len(), 1);
}

#[test]
fn refusals_come_before_or_after_the_change_and_at_the_call_they_are_meant_for() {
    let github = world();
    github.faults(Fault::nth(
        2,
        When::Write,
        Effect::Refuse(502, json!("<html>")),
    ));
    github.faults(Fault::nth(
        2,
        When::Write,
        Effect::RefuseAfter(502, json!("<html>")),
    ));
    let statuses: Vec<u16> = (0..4)
        .map(|_| post(&github, ISSUES, &json!({"title": "x"})).status)
        .collect();
    assert_eq!(statuses, [201, 502, 502, 201]);
    assert_eq!(github.world().issues(), [1, 2, 3]);
    assert_eq!(github.take_writes().len(), 3);
}

#[test]
fn limits_are_told_in_the_forms_that_github_has() {
    let github = world();
    github.fault(When::Any, Effect::SecondaryLimit(Some(7)));
    github.fault(When::Any, Effect::SecondaryLimit(None));
    github.fault(When::Any, Effect::PrimaryLimit(60));
    let answer = get(&github, ISSUES);
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (403, Some("7"))
    );
    let answer = get(&github, ISSUES);
    assert_eq!((answer.status, answer.header("retry-after")), (403, None));
    assert_ne!(answer.header("x-ratelimit-remaining"), Some("0"));
    let answer = get(&github, ISSUES);
    assert_eq!(
        (answer.status, answer.header("x-ratelimit-remaining")),
        (403, Some("0"))
    );
    github.fault(When::GraphQl("viewer"), Effect::PrimaryLimit(60));
    let answer = graphql(&github, TOKEN, "{ viewer { login } }", &Value::Null).unwrap();
    assert_eq!(
        (answer.status, &answer.body["errors"][0]["type"]),
        (200, &json!("RATE_LIMITED"))
    );
    github.world().quota = None;
    assert_eq!(get(&github, ISSUES).header("x-ratelimit-remaining"), None);
}

#[test]
fn graphql_errors_delays_lag_and_moved_heads_can_be_ordered() {
    let github = world();
    let head = github.world().head("main");
    github.fault(
        When::GraphQl("createCommitOnBranch"),
        Effect::MovedHead {
            branch: "main",
            path: "docs/c.md",
            content: "c\n".into(),
        },
    );
    assert_eq!(
        commit(&github, &head).body["errors"][0]["type"],
        "STALE_DATA"
    );
    let moved = github.world().head("main");
    assert_ne!(moved, head);
    github.fault(
        When::GraphQl("createCommitOnBranch"),
        Effect::GraphQlErrors(json!([{"message": "Something went wrong"}])),
    );
    assert_eq!(
        commit(&github, &moved).body["errors"][0]["message"],
        "Something went wrong"
    );

    github.world().open_issue("alice", "x", "");
    github.fault(When::Rest("GET", "/repos/*/*/issues"), Effect::LagBehind(0));
    assert_eq!(get(&github, ISSUES).body, json!([]));
    assert_eq!(get(&github, ISSUES).body.as_array().unwrap().len(), 1);
    github.fault(When::Any, Effect::Delay(Duration::from_millis(1)));
    assert_eq!(get(&github, ISSUES).status, 200);
    github.assert_silent();
}

#[test]
#[should_panic(expected = "writes that the test did not account for")]
fn a_write_that_no_test_accounts_for_fails_the_test() {
    let github = world();
    post(&github, ISSUES, &json!({"title": "x"}));
}
