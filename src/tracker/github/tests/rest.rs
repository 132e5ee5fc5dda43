//! Real answers that stricter readers break on.

use serde_json::json;

use super::*;

fn read(value: Value) -> Issue {
    let asked = Repository::parse("acme/app").expect("a repository");
    let issue: RestIssue = serde_json::from_value(value).expect("an issue");
    issue.into_issue(&asked, &Identity::default())
}

#[test]
fn a_number_alone_is_an_open_issue_of_the_repository_that_was_asked() {
    let issue = read(json!({ "number": 3 }));
    assert_eq!(issue.key.to_string(), "acme/app#3");
    assert_eq!(issue.state, State::Open);
    assert!(!issue.author.is_trusted());
}

#[test]
fn nulls_and_shapes_of_other_versions_are_read() {
    let issue = read(json!({
        "number": 3, "user": null, "body": null, "assignees": null, "milestone": 7,
        "labels": ["plain", { "name": "named", "color": null }, { "id": 1 }, null],
        "state": "closed", "state_reason": null, "created_at": "2024-01-02T03:04:05Z",
        "closed_at": "no date", "pull_request": null, "locked": "yes",
        "repository_url": "https://ghe.example/api/v3/repos/acme/other",
    }));
    assert_eq!(issue.labels, ["plain", "named"]);
    assert_eq!(issue.state, State::Completed);
    assert_eq!(issue.key.repository.as_str(), "acme/other");
    assert!(issue.created_at.is_some() && issue.closed_at.is_none());
    assert!(!issue.is_pull_request);
}

#[test]
fn reasons_become_states_and_an_unknown_one_never_counts_as_done() {
    for (state, reason, wanted) in [
        ("open", "reopened", State::Reopened),
        ("OPEN", "", State::Open),
        ("CLOSED", "COMPLETED", State::Completed),
        ("closed", "not_planned", State::NotPlanned),
        ("closed", "DUPLICATE", State::Duplicate(None)),
        ("closed", "from_the_future", State::NotPlanned),
    ] {
        assert_eq!(
            issue_state(state, Some(reason), None),
            wanted,
            "{state} {reason}"
        );
    }
}

#[test]
fn a_pull_request_is_done_when_it_is_merged() {
    let pull = |state: &str, merged: Value| {
        read(json!({ "number": 3, "state": state, "pull_request": { "merged_at": merged } }))
    };
    let open = pull("open", Value::Null);
    assert!(open.is_pull_request && open.has_open_pull_request);
    assert_eq!(open.state, State::Open);
    let merged = pull("closed", json!("2024-01-02T03:04:05Z"));
    assert_eq!(merged.state, State::Completed);
    assert!(!merged.has_open_pull_request);
    assert_eq!(pull("closed", Value::Null).state, State::NotPlanned);
}
