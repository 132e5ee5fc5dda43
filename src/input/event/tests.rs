//! Payloads, cut down to what is read, and what they mean.

use serde_json::{Value, json};

use super::*;

fn read(name: &str, payload: &Value) -> Event {
    parse(name, &payload.to_string()).expect(name)
}

#[test]
fn a_pull_request_names_both_its_sides_and_not_the_repository_of_a_fork_that_is_gone() {
    let side = |sha: &str, repo: &Value| json!({"sha": sha, "ref": "topic", "repo": repo});
    let ours = json!({"id": 1, "full_name": "acme/shop"});
    for (theirs, expected) in [
        (
            json!({"full_name": "eve/shop"}),
            Repository::parse("eve/shop"),
        ),
        (json!(null), None),
        (json!({}), None),
        (ours.clone(), Repository::parse("acme/shop")),
    ] {
        let offered = json!({
            "number": 7, "draft": true, "created_at": "2024-01-20T10:00:00Z",
            "head": side("a1", &theirs), "base": side("b2", &ours),
        });
        let payload = json!({"action": "opened", "pull_request": offered});
        let Event::PullRequest(pull) = read("pull_request", &payload) else {
            panic!("no pull request");
        };
        assert_eq!((pull.number, pull.action.as_str()), (7, "opened"));
        assert_eq!(
            (pull.head.sha.as_str(), pull.head.branch.as_str()),
            ("a1", "topic")
        );
        assert_eq!(pull.head.repository, expected);
        assert_eq!(pull.base.sha, "b2");
        assert_eq!(pull.from_fork, theirs != ours, "{theirs}");
        assert!(pull.draft && !pull.merged && pull.created_at.is_some());
    }
}

fn push(changes: &Value) -> Push {
    let mut payload = json!({
        "ref": "refs/heads/main",
        "before": "a1",
        "after": "b2",
        "repository": {"default_branch": "main", "full_name": "acme/shop"},
        "commits": [
            {"added": ["b.md"], "modified": ["a.md"], "removed": ["c.md"]},
            {"added": [], "modified": ["b.md"], "removed": []},
        ],
    });
    let fields = payload.as_object_mut().expect("an object");
    fields.extend(changes.as_object().expect("an object").clone());
    match read("push", &payload) {
        Event::Push(push) => push,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_push_says_what_changed_only_where_it_knows_all_of_it() {
    assert_eq!(
        push(&json!({})).changed,
        Some(vec!["a.md".into(), "b.md".into()])
    );
    let many = vec![json!({"added": ["a.md"], "modified": []}); 20];
    for incomplete in [
        json!({"commits": [{"id": "b2"}]}),
        json!({"commits": []}),
        json!({"commits": null}),
        json!({"commits": many}),
        json!({"forced": true}),
        json!({"before": "0000000000000000000000000000000000000000"}),
    ] {
        assert_eq!(push(&incomplete).changed, None, "{incomplete}");
    }
}

#[test]
fn only_a_push_to_the_default_branch_counts_as_one() {
    assert!(push(&json!({})).is_to_default_branch());
    assert!(!push(&json!({"ref": "refs/heads/topic"})).is_to_default_branch());
    assert!(!push(&json!({"ref": "refs/tags/main"})).is_to_default_branch());
    let deleted = push(&json!({"after": "0000000000000000000000000000000000000000"}));
    assert!(!deleted.is_to_default_branch());
    assert_eq!(deleted.after, None);
}

#[test]
fn a_transferred_issue_says_where_it_went() {
    let payload = json!({
        "action": "transferred",
        "issue": {"number": 12},
        "changes": {"new_issue": {"number": 3}, "new_repository": {"full_name": "acme/ops"}},
    });
    let Event::Issues(event) = read("issues", &payload) else {
        panic!("no event of an issue");
    };
    assert_eq!(event.number, 12);
    assert_eq!(
        event.transferred_to.map(|key| key.to_string()).as_deref(),
        Some("acme/ops#3")
    );
    let edited = json!({
        "action": "edited",
        "issue": {"number": 12},
        "changes": {"title": {"from": "x"}},
    });
    let Event::Issues(event) = read("issues", &edited) else {
        panic!("no event of an issue");
    };
    assert_eq!(event.transferred_to, None);
}

#[test]
fn events_without_a_payload_of_their_own_need_none() {
    assert_eq!(parse("schedule", "").expect("known"), Event::Schedule);
    assert_eq!(
        parse("workflow_dispatch", "{").expect("known"),
        Event::WorkflowDispatch
    );
    assert_eq!(
        parse("pull_request_target", "").expect("known"),
        Event::PullRequestTarget
    );
    assert_eq!(
        parse("watch", "").expect("known"),
        Event::Other("watch".into())
    );
}

#[test]
fn a_payload_that_does_not_fit_names_the_event_and_the_way_out() {
    for payload in ["", "[]", "{}", r#"{"action":"opened"}"#] {
        let error = parse("pull_request", payload)
            .expect_err(payload)
            .to_string();
        assert!(error.contains("`pull_request`"), "{error}");
        assert!(error.contains("GITHUB_EVENT_PATH"), "{error}");
    }
}

#[test]
fn the_event_is_read_from_where_the_runner_put_it() {
    let read = |pairs: &[(&str, &str)]| {
        let environment = Environment::from_pairs(pairs.iter().copied(), false);
        super::read(&environment.expect("readable"))
    };
    assert_eq!(read(&[]).expect("nothing"), None);
    let schedule = read(&[("GITHUB_EVENT_NAME", "schedule")]);
    assert_eq!(schedule.expect("read"), Some(Event::Schedule));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("event.json");
    let payload = r#"{"action":"closed","issue":{"number":5}}"#;
    std::fs::write(&path, payload).expect("written");
    let path = path.to_str().expect("a plain name");
    let issues = [("GITHUB_EVENT_NAME", "issues"), ("GITHUB_EVENT_PATH", path)];
    let Ok(Some(Event::Issues(event))) = read(&issues) else {
        panic!("no event of an issue");
    };
    assert_eq!(event.number, 5);
    let gone = [
        ("GITHUB_EVENT_NAME", "issues"),
        ("GITHUB_EVENT_PATH", "/none/e.json"),
    ];
    let error = read(&gone).expect_err("missing").to_string();
    assert!(error.contains("/none/e.json does not exist"), "{error}");
}
