//! Issues, labels, lists and comments.

use serde_json::{Value, json};

use super::*;

#[test]
fn a_created_issue_is_there_with_labels_that_did_not_exist() {
    let github = world();
    let body = json!({"title": "Add an alarm", "body": "text", "labels": ["overdue", "Bug"], "assignees": ["alice"]});
    let answer = post(&github, ISSUES, &body);
    assert_eq!(answer.status, 201);
    assert_eq!(answer.body["number"], 1);
    assert_eq!(answer.body["user"]["login"], "github-actions[bot]");
    assert_eq!(answer.body["labels"][1]["name"], "bug");
    assert_eq!(github.world().issue(1).labels, ["overdue", "bug"]);
    assert_eq!(github.take_writes(), ["POST /repos/acme/shop/issues"]);
}

#[test]
fn creating_an_issue_is_refused_for_the_reasons_that_github_has() {
    let github = world();
    let cases = [
        (
            json!({"body": "no title"}),
            "Invalid request.\n\n\"title\" wasn't supplied.",
        ),
        (json!({"title": " "}), "Validation Failed"),
        (json!({"title": "x".repeat(257)}), "Validation Failed"),
        (
            json!({"title": "x", "assignees": ["mallory"]}),
            "Validation Failed",
        ),
    ];
    for (body, message) in cases {
        let answer = post(&github, ISSUES, &body);
        assert_eq!(
            (answer.status, &answer.body["message"]),
            (422, &json!(message))
        );
    }
    github.world().shop().has_issues = false;
    assert_eq!(post(&github, ISSUES, &json!({"title": "x"})).status, 410);
    github.assert_silent();
}

#[test]
fn a_list_by_label_is_paged_newest_first_and_holds_pull_requests() {
    let github = world();
    for n in 1..=5 {
        let number = github
            .world()
            .open_issue("alice", &format!("issue {n}"), "");
        github.world().issue(number).labels.push("bug".into());
    }
    github.world().push("topic", &[("docs/b.md", "b\n")]);
    let pull = github.world().open_pull("alice", "topic", "acme/shop");
    github.world().issue(pull).labels.push("bug".into());
    github.world().open_issue("alice", "without the label", "");

    let path = format!("{ISSUES}?labels=bug&state=all&per_page=4");
    let first = get(&github, &path);
    let numbers: Vec<u64> = first
        .body
        .as_array()
        .unwrap()
        .iter()
        .map(|issue| issue["number"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, [6, 5, 4, 3]);
    assert!(first.body[0]["pull_request"].is_object());
    let link = first.header("link").unwrap();
    let next = link.split_once('<').unwrap().1.split_once('>').unwrap().0;
    let path = next.strip_prefix(&github.api_url()).unwrap();
    let second = get(&github, path);
    assert_eq!(second.body.as_array().unwrap().len(), 2);
    assert!(!second.header("link").unwrap().contains("rel=\"next\""));
}

#[test]
fn a_transferred_issue_redirects_and_a_deleted_one_is_gone() {
    let github = world();
    github
        .world()
        .add_repository("acme/other", &[("README.md", "x\n")]);
    let moved = github.world().open_issue("alice", "goes away", "");
    let deleted = github.world().open_issue("alice", "is deleted", "");
    github.world().transfer(moved, "acme/other");
    github.world().delete(deleted);

    let answer = get(&github, &format!("{ISSUES}/{moved}"));
    assert_eq!(answer.status, 301);
    let path = answer
        .header("location")
        .unwrap()
        .strip_prefix(&github.api_url())
        .unwrap()
        .to_owned();
    assert_eq!(get(&github, &path).body["title"], "goes away");
    assert_eq!(get(&github, &format!("{ISSUES}/{deleted}")).status, 410);
    assert_eq!(get(&github, &format!("{ISSUES}/99")).status, 404);
    assert_eq!(get(&github, &format!("{ISSUES}/")).status, 404);

    let query = "query { repository(owner: \"acme\", name: \"shop\") { i0: issueOrPullRequest(number: 1) { __typename } } }";
    let answer = graphql(&github, TOKEN, query, &Value::Null).unwrap();
    assert_eq!(answer.body["data"]["repository"]["i0"], Value::Null);
    assert_eq!(answer.body["errors"][0]["type"], "NOT_FOUND");
    assert_eq!(
        answer.body["errors"][0]["path"],
        json!(["repository", "i0"])
    );
}

#[test]
fn issues_close_reopen_and_carry_labels_as_on_github() {
    let github = world();
    let number = github.world().open_issue("alice", "x", "");
    let path = format!("{ISSUES}/{number}");
    let reason = json!({"state": "closed", "state_reason": "not_planned"});
    let answer = send(&github, TOKEN, "PATCH", &path, &reason).unwrap();
    assert_eq!(answer.body["state_reason"], "not_planned");
    // A reason without a change of state is ignored.
    let answer = send(
        &github,
        TOKEN,
        "PATCH",
        &path,
        &json!({"state": "closed", "state_reason": "completed"}),
    )
    .unwrap();
    assert_eq!(answer.body["state_reason"], "not_planned");
    let answer = send(&github, TOKEN, "PATCH", &path, &json!({"state": "open"})).unwrap();
    assert_eq!(answer.body["state_reason"], "reopened");
    post(
        &github,
        &format!("{path}/labels"),
        &json!({"labels": ["overdue"]}),
    );
    assert_eq!(get(&github, &path).body["labels"][0]["name"], "overdue");
    let remove = |status| {
        let answer = send(
            &github,
            TOKEN,
            "DELETE",
            &format!("{path}/labels/overdue"),
            &Value::Null,
        );
        assert_eq!(answer.unwrap().status, status);
    };
    remove(200);
    remove(404);
    github.assert_no_unexpected_writes(&[
        "PATCH /repos/acme/shop/issues/*",
        "POST /repos/acme/shop/issues/*/labels",
        "DELETE /repos/acme/shop/issues/*/labels/*",
    ]);
}

#[test]
fn comments_are_listed_oldest_first_and_edited_in_place() {
    let github = world();
    let number = github.world().open_issue("alice", "x", "");
    let path = format!("{ISSUES}/{number}/comments");
    let first = post(&github, &path, &json!({"body": "one"}));
    post(&github, &path, &json!({"body": "two"}));
    let edit = format!("{ISSUES}/comments/{}", first.body["id"]);
    send(
        &github,
        TOKEN,
        "PATCH",
        &edit,
        &json!({"body": "one, edited"}),
    )
    .unwrap();
    let list = get(&github, &path);
    assert_eq!(
        (&list.body[0]["body"], &list.body[1]["body"]),
        (&json!("one, edited"), &json!("two"))
    );
    github.world().issue(number).locked = true;
    assert_eq!(post(&github, &path, &json!({"body": "three"})).status, 403);
    github.assert_no_unexpected_writes(&[
        "POST /repos/acme/shop/issues/*/comments",
        "PATCH /repos/acme/shop/issues/comments/*",
    ]);
}
