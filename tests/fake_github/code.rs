//! Commits, branches, files, pull requests and GraphQL reads.

use serde_json::{Value, json};

use super::*;

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
        github.world().protect(protection);
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
