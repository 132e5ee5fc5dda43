//! Nodes as GraphQL sends them, whole and partial.

use serde_json::{Value, json};

use super::*;
use crate::model::issue::State;

fn read(value: Value) -> Issue {
    let asked = Repository::parse("acme/app").expect("a repository");
    let node: Node = serde_json::from_value(value).expect("a node");
    node.into_issue(&asked, &Identity::default())
}

fn named(repository: &str, number: u64) -> Value {
    json!({ "number": number, "repository": { "nameWithOwner": repository } })
}

fn marked(canonical: &Value, duplicate: &Value) -> Value {
    json!({ "__typename": "MarkedAsDuplicateEvent", "canonical": canonical, "duplicate": duplicate })
}

#[test]
fn a_duplicate_of_what_the_token_cannot_see_says_so() {
    let event = marked(&Value::Null, &named("acme/app", 3));
    let issue = read(json!({
        "__typename": "Issue", "number": 3, "state": "CLOSED", "stateReason": "DUPLICATE",
        "timelineItems": { "nodes": [event] },
    }));
    assert_eq!(issue.state, State::HiddenDuplicate);
}

#[test]
fn a_duplicate_names_its_original_from_the_timeline() {
    let canonical = named("acme/other", 9);
    let (own, later) = (named("acme/app", 3), named("acme/app", 8));
    let issue = read(json!({
        "__typename": "Issue", "number": 3, "state": "CLOSED", "stateReason": "DUPLICATE",
        "timelineItems": { "nodes": [null, {}, marked(&canonical, &own), marked(&own, &later)] },
    }));
    assert_eq!(issue.duplicates[0].to_string(), "acme/app#8");
    let State::Duplicate(Some(original)) = issue.state else {
        panic!("{:?}", issue.state);
    };
    assert_eq!(original.to_string(), "acme/other#9");
}

#[test]
fn missing_connections_and_null_entries_are_read() {
    let issue = read(json!({
        "__typename": "Issue", "number": 3, "state": "OPEN", "stateReason": "REOPENED",
        "author": null, "labels": null, "assignees": { "nodes": [null, { "login": "ann" }] },
        "closedByPullRequestsReferences": { "nodes": [{ "number": 4, "state": "MERGED" }] },
    }));
    assert_eq!(issue.state, State::Reopened);
    assert_eq!(issue.assignees, ["ann"]);
    assert!(issue.labels.is_empty());
    assert!(!issue.has_open_pull_request);
}

#[test]
fn an_open_pull_request_shows_on_the_issue_that_it_will_close() {
    let references = json!({ "nodes": [{ "number": 4, "state": "OPEN" }] });
    let issue = read(json!({
        "__typename": "Issue", "number": 3, "state": "OPEN",
        "closedByPullRequestsReferences": references,
    }));
    assert!(issue.has_open_pull_request && !issue.is_pull_request);
}

#[test]
fn a_pull_request_has_states_of_its_own() {
    for (word, state) in [
        ("OPEN", State::Open),
        ("MERGED", State::Completed),
        ("CLOSED", State::NotPlanned),
    ] {
        let node = json!({ "__typename": "PullRequest", "number": 3, "pullState": word });
        let pull = read(node);
        assert!(pull.is_pull_request);
        assert_eq!(pull.has_open_pull_request, word == "OPEN");
        assert_eq!(pull.state, state);
    }
}
