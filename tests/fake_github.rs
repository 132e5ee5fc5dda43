//! The fake GitHub keeps its own promises: the tests that stand on it are worth what it is worth.

mod support;

use std::time::Duration;

use serde_json::{Value, json};
use support::{
    client::{Answer, graphql, send},
    github::{
        GitHub, READ_ONLY_TOKEN, TOKEN,
        faults::{Effect, Fault, When},
        state::{Access, Protection},
    },
};

const ISSUES: &str = "/repos/acme/shop/issues";

fn world() -> GitHub {
    GitHub::start(&[("README.md", "# Shop\n"), ("docs/a.md", "a\n")])
}

fn get(github: &GitHub, path: &str) -> Answer {
    send(github, TOKEN, "GET", path, &Value::Null).unwrap()
}

fn post(github: &GitHub, path: &str, body: &Value) -> Answer {
    send(github, TOKEN, "POST", path, body).unwrap()
}

fn commit(github: &GitHub, expected: &str) -> Answer {
    let query = "mutation($i: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $i) { commit { oid } } }";
    let input = json!({
        "branch": {"repositoryNameWithOwner": "acme/shop", "branchName": "main"},
        "message": {"headline": "Sync"},
        "expectedHeadOid": expected,
        "fileChanges": {"additions": [{"path": "docs/a.md", "contents": "Yg=="}]},
    });
    graphql(github, TOKEN, query, &json!({"i": input})).unwrap()
}

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
fn a_commit_lands_on_the_expected_head_only() {
    let github = world();
    let head = github.world().head("main");
    let answer = commit(&github, &"0".repeat(40));
    assert_eq!(answer.body["errors"][0]["type"], "STALE_DATA");
    assert_eq!(answer.body["data"]["createCommitOnBranch"], Value::Null);
    github.assert_silent();

    let answer = commit(&github, &head);
    let oid = answer.body["data"]["createCommitOnBranch"]["commit"]["oid"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(github.world().head("main"), oid);
    assert_eq!(github.world().file("main", "docs/a.md"), "b");
    assert_eq!(github.take_writes(), ["graphql createCommitOnBranch"]);

    for protection in [Protection::Classic, Protection::Ruleset] {
        github
            .world()
            .shop()
            .protected
            .insert("main".into(), protection);
        let answer = commit(&github, &oid);
        let message = answer.body["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains("through a pull request"));
    }
    github.assert_silent();
}

#[test]
fn a_sweep_query_reads_state_labels_and_files_whatever_its_form() {
    let github = world();
    let number = github
        .world()
        .open_issue("github-actions[bot]", "x", "text");
    github.world().issue(number).labels.push("bug".into());
    github.world().close(number, "duplicate");
    let query = "
        query Sweep($o: String!, $r: String!) { rateLimit { cost remaining }
          repository(owner: $o, name: $r) { nameWithOwner
            i0: issueOrPullRequest(number: 1) { __typename ...I }
            f: object(expression: \"main:docs/a.md\") { ... on Blob { text byteSize } }
            defaultBranchRef { name target { oid } } } }
        fragment I on Issue { state stateReason(enableDuplicate: true) hidden: stateReason
          author { __typename login ... on Bot { databaseId } }
          labels(first: 20) { nodes { name } } fullDatabaseId }";
    let answer = graphql(&github, TOKEN, query, &json!({"o": "acme", "r": "shop"})).unwrap();
    assert_eq!(answer.body.get("errors"), None);
    let repository = &answer.body["data"]["repository"];
    let issue = &repository["i0"];
    assert_eq!(
        (&issue["__typename"], &issue["state"]),
        (&json!("Issue"), &json!("CLOSED"))
    );
    assert_eq!(
        (&issue["stateReason"], &issue["hidden"]),
        (&json!("DUPLICATE"), &json!("NOT_PLANNED"))
    );
    assert_eq!(
        issue["author"],
        json!({"__typename": "Bot", "login": "github-actions", "databaseId": 41_898_282})
    );
    assert_eq!(issue["labels"]["nodes"], json!([{"name": "bug"}]));
    assert!(issue["fullDatabaseId"].is_string());
    assert_eq!(repository["f"], json!({"text": "a\n", "byteSize": 2}));
    assert_eq!(
        repository["defaultBranchRef"]["target"]["oid"],
        github.world().head("main")
    );
}

#[test]
fn an_unknown_field_is_named_and_remembered() {
    let github = world();
    let query = "{ repository(owner: \"acme\", name: \"shop\") { colour } }";
    let answer = graphql(&github, TOKEN, query, &Value::Null).unwrap();
    assert_eq!(
        answer.body["errors"][0]["message"],
        "Field 'colour' doesn't exist on type 'Repository'"
    );
    assert_eq!(answer.body.get("data"), None);
    assert_eq!(std::mem::take(&mut github.world().unknown).len(), 1);
}

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
fn pull_requests_have_files_and_branches_that_can_be_made_by_refs() {
    let github = world();
    let head = github
        .world()
        .push("topic", &[("docs/a.md", "a\nmore\n"), ("docs/b.md", "b\n")]);
    github
        .world()
        .push("main", &[("docs/z.md", "not in the pull request\n")]);
    let pull = github.world().open_pull("alice", "topic", "acme/shop");
    let files = get(&github, &format!("/repos/acme/shop/pulls/{pull}/files"));
    let names: Vec<&str> = files
        .body
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["filename"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["docs/a.md", "docs/b.md"]);
    assert_eq!(
        (&files.body[0]["status"], &files.body[1]["status"]),
        (&json!("modified"), &json!("added"))
    );

    let main = github.world().head("main");
    let answer = post(
        &github,
        "/repos/acme/shop/git/refs",
        &json!({"ref": "refs/heads/followthrough/sync", "sha": main}),
    );
    assert_eq!(answer.status, 201);
    let open = json!({"title": "Sync", "head": "followthrough/sync", "base": "main"});
    let answer = post(&github, "/repos/acme/shop/pulls", &open);
    assert_eq!(
        (answer.status, &answer.body["errors"][0]["message"]),
        (
            422,
            &json!("No commits between main and followthrough/sync")
        )
    );
    github
        .world()
        .push("followthrough/sync", &[("docs/a.md", "b\n")]);
    assert_eq!(post(&github, "/repos/acme/shop/pulls", &open).status, 201);
    let found = get(
        &github,
        "/repos/acme/shop/pulls?head=acme:followthrough/sync&base=main",
    );
    assert_eq!(found.body.as_array().unwrap().len(), 1);
    let moved = json!({"sha": head});
    let answer = send(
        &github,
        TOKEN,
        "PATCH",
        "/repos/acme/shop/git/refs/heads/main",
        &moved,
    )
    .unwrap();
    assert_eq!(answer.body["message"], "Update is not a fast forward");
    github.assert_no_unexpected_writes(&[
        "POST /repos/acme/shop/git/refs",
        "POST /repos/acme/shop/pulls",
    ]);
}

#[test]
fn file_contents_are_those_of_the_commit_asked_for() {
    let github = world();
    let before = github.world().head("main");
    github.world().push(
        "main",
        &[("docs/a#b c.md", "odd name\n"), ("docs/a.md", "later\n")],
    );
    let text = |path: &str| {
        let answer = get(&github, path);
        answer.body["content"].as_str().map(str::to_owned)
    };
    assert_eq!(
        text("/repos/acme/shop/contents/docs/a%23b%20c.md").as_deref(),
        Some("b2RkIG5hbWUK\n")
    );
    assert_eq!(
        text(&format!("/repos/acme/shop/contents/docs/a.md?ref={before}")).as_deref(),
        Some("YQo=\n")
    );
    assert_eq!(
        get(&github, "/repos/acme/shop/contents/none.md").status,
        404
    );
    assert_eq!(
        get(&github, "/repos/acme/shop/contents/docs")
            .body
            .as_array()
            .unwrap()
            .len(),
        2
    );
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

#[test]
fn a_renamed_repository_redirects_reads_and_writes_differently() {
    let github = world();
    github.world().shop().old_names.push("acme/store".into());
    assert_eq!(get(&github, "/repos/acme/store/issues").status, 301);
    assert_eq!(
        post(&github, "/repos/acme/store/issues", &json!({"title": "x"})).status,
        307
    );
    let query = "{ repository(owner: \"acme\", name: \"store\") { nameWithOwner } }";
    let answer = graphql(&github, TOKEN, query, &Value::Null).unwrap();
    assert_eq!(
        answer.body["data"]["repository"]["nameWithOwner"],
        "acme/shop"
    );
    github.assert_silent();
}

#[test]
#[should_panic(expected = "writes that the test did not account for")]
fn a_write_that_no_test_accounts_for_fails_the_test() {
    let github = world();
    post(&github, ISSUES, &json!({"title": "x"}));
}
