//! Every payload of `@octokit/webhooks-examples`, as an event, and its issues and comments as the tracker reads them.

use followthrough::{
    input::event::{Event, IssueEvent, MergeGroup, PullRequest, Push, parse},
    model::issue::Issue,
    tracker::{
        Extent, Reader,
        github::{self, Commented},
    },
};
use serde_json::Value;

use super::{
    exchanges::wait,
    host::{Exchange, Host},
    package,
};

/// GitHub itself, and the Enterprise Servers of several years.
const FOLDERS: [&str; 6] = [
    "api.github.com",
    "ghes-31",
    "ghes-32",
    "ghes-33",
    "ghes-34",
    "ghes-35",
];

/// All payloads: where from, name of the event, payload.
fn examples() -> Vec<(&'static str, String, Value)> {
    let mut examples = Vec::new();
    for folder in FOLDERS {
        let index = package(&format!("webhooks-examples/{folder}/index.json"));
        for entry in index.as_array().unwrap() {
            let name = entry["name"].as_str().unwrap();
            let payloads = entry["examples"].as_array().unwrap();
            examples.extend(
                payloads
                    .iter()
                    .map(|payload| (folder, name.to_owned(), payload.clone())),
            );
        }
    }
    examples
}

/// The payloads of one event; fails where there are none.
fn examples_of(name: &str) -> Vec<Value> {
    let found: Vec<Value> = examples()
        .into_iter()
        .filter(|(_, event, _)| event == name)
        .map(|(_, _, payload)| payload)
        .collect();
    assert!(!found.is_empty(), "no payload of {name}");
    found
}

fn read(name: &str, payload: &Value) -> Event {
    parse(name, &payload.to_string()).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[test]
#[ignore = "needs npm packages"]
fn pull_requests_are_read() {
    for payload in examples_of("pull_request") {
        let Event::PullRequest(PullRequest {
            number,
            action,
            draft,
            merged,
            created_at,
            from_fork,
            head,
            base,
        }) = read("pull_request", &payload)
        else {
            panic!("{payload}");
        };
        let pull = &payload["pull_request"];
        assert_eq!(
            (number, action.as_str()),
            (pull["number"].as_u64().unwrap(), text(&payload["action"]))
        );
        assert_eq!(
            (draft, merged),
            (pull["draft"] == true, pull["merged"] == true)
        );
        let opened = pull["created_at"].as_str().unwrap().parse().unwrap();
        assert_eq!(created_at, Some(opened));
        assert_eq!(
            from_fork,
            pull["head"]["repo"]["id"] != pull["base"]["repo"]["id"]
        );
        for (side, given) in [(head, &pull["head"]), (base, &pull["base"])] {
            assert_eq!(
                (side.sha.as_str(), side.branch.as_str()),
                (text(&given["sha"]), text(&given["ref"]))
            );
            let repository = side
                .repository
                .map(|repository| repository.as_str().to_owned());
            assert_eq!(repository.as_deref(), given["repo"]["full_name"].as_str());
        }
    }
}

#[test]
#[ignore = "needs npm packages"]
fn pushes_are_read() {
    for payload in examples_of("push") {
        let Event::Push(push) = read("push", &payload) else {
            panic!("{payload}");
        };
        let commit = |name: &str| {
            let sha = text(&payload[name]);
            (sha != "0".repeat(40)).then(|| sha.to_owned())
        };
        let Push {
            before,
            after,
            git_ref,
            default_branch,
            changed,
        } = &push;
        assert_eq!((before, after), (&commit("before"), &commit("after")));
        assert_eq!(git_ref, text(&payload["ref"]));
        assert!(payload["forced"] == false || changed.is_none());
        assert_eq!(
            default_branch.as_deref(),
            payload["repository"]["default_branch"].as_str()
        );
        let is_deletion = payload["deleted"] == true;
        let own = format!(
            "refs/heads/{}",
            text(&payload["repository"]["default_branch"])
        );
        assert_eq!(push.is_to_default_branch(), !is_deletion && *git_ref == own);
    }
}

#[test]
#[ignore = "needs npm packages"]
fn merge_groups_are_read() {
    for payload in examples_of("merge_group") {
        let group = &payload["merge_group"];
        let wanted = MergeGroup {
            head_sha: text(&group["head_sha"]).into(),
            base_sha: text(&group["base_sha"]).into(),
        };
        assert_eq!(read("merge_group", &payload), Event::MergeGroup(wanted));
    }
}

#[test]
#[ignore = "needs npm packages"]
fn moves_of_issues_are_read() {
    for payload in examples_of("issues") {
        let Event::Issues(IssueEvent {
            number,
            transferred_to,
        }) = read("issues", &payload)
        else {
            panic!("{payload}");
        };
        assert_eq!(Some(number), payload["issue"]["number"].as_u64());
        let changes = &payload["changes"];
        let target = changes["new_issue"]["number"].as_u64();
        let target =
            target.map(|new| format!("{}#{new}", text(&changes["new_repository"]["full_name"])));
        assert_eq!(transferred_to.map(|key| key.to_string()), target);
        assert_eq!(target.is_some(), payload["action"] == "transferred");
    }
}

#[test]
#[ignore = "needs npm packages"]
fn every_other_event_is_known_by_its_name() {
    let served = ["pull_request", "push", "merge_group", "issues"];
    let mut seen = Vec::new();
    for (folder, name, payload) in examples() {
        let event = read(&name, &payload);
        match name.as_str() {
            "workflow_dispatch" => assert_eq!(event, Event::WorkflowDispatch),
            name if served.contains(&name) => assert_ne!(event, Event::Other(name.into())),
            other => assert_eq!(event, Event::Other(other.into()), "{folder}"),
        }
        seen.push(name);
    }
    assert!(seen.iter().any(|name| name == "workflow_dispatch"));
    assert!(seen.iter().any(|name| name == "issue_comment"));
}

/// What is found where a repository lists the issue of a payload.
async fn listed(payload: &Value) -> Vec<Issue> {
    let name = text(&payload["repository"]["full_name"]);
    let place = format!("/repos/{name}");
    let list = Value::Array(vec![payload["issue"].clone()]);
    let record = vec![
        Exchange::ok("GET", &place, &payload["repository"]),
        Exchange::ok("GET", &format!("{place}/issues"), &list),
    ];
    let host = Host::start(record).await;
    let (reader, _) = github::connect(&host.connection(name)).await.unwrap();
    assert_eq!(reader.facts().id, payload["repository"]["id"]);
    let found = reader.listing("any", Extent::Newest).await.unwrap();
    host.assert_played();
    found
}

#[test]
#[ignore = "needs npm packages"]
fn issues_are_what_their_payload_says() {
    let names = |list: &Value, key: &str| -> Vec<String> {
        let entries = list.as_array().cloned().unwrap_or_default();
        entries
            .iter()
            .map(|entry| text(&entry[key]).to_owned())
            .collect()
    };
    for payload in examples_of("issues") {
        let given = &payload["issue"];
        let found = wait(listed(&payload));
        if given.get("pull_request").is_some() {
            assert!(found.is_empty(), "a pull request is no issue: {given}");
            continue;
        }
        let issue = &found[0];
        assert_eq!(Some(issue.key.number), given["number"].as_u64());
        let place = format!("/repos/{}", issue.key.repository);
        assert!(text(&given["repository_url"]).ends_with(&place), "{place}");
        assert_eq!(
            (issue.title.as_str(), issue.body.as_str()),
            (text(&given["title"]), text(&given["body"]))
        );
        assert_eq!(issue.labels, names(&given["labels"], "name"));
        assert_eq!(issue.assignees, names(&given["assignees"], "login"));
        assert_eq!(issue.state.is_open(), text(&given["state"]) != "closed");
        assert_eq!(issue.url, text(&given["html_url"]));
        assert_eq!(issue.author.login, text(&given["user"]["login"]));
        assert!(!issue.is_pull_request && issue.created_at.is_some());
    }
}

#[test]
#[ignore = "needs npm packages"]
fn comments_of_others_are_read_and_left_alone() {
    for payload in examples_of("issue_comment") {
        let number = payload["issue"]["number"].as_u64().unwrap();
        let name = text(&payload["repository"]["full_name"]);
        let place = format!("/repos/{name}/issues/{number}/comments");
        let theirs = &payload["comment"];
        let list = Value::Array(vec![theirs.clone()]);
        let record = vec![
            Exchange::ok("GET", &format!("/repos/{name}"), &payload["repository"]),
            Exchange::ok("GET", &place, &list),
            Exchange::ok("POST", &place, theirs),
        ];
        wait(async {
            let host = Host::start(record).await;
            let (_, writer) = github::connect(&host.connection(name)).await.unwrap();
            // Even where it starts with the very words that our own is known by.
            let marker = text(&theirs["body"]);
            let outcome = writer.put_comment(number, marker, "Ours").await.unwrap();
            let url = text(&theirs["html_url"]).to_owned();
            assert_eq!(outcome, Commented::Written { url, created: true });
            host.assert_played();
        });
    }
}
