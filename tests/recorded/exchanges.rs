//! Recorded exchanges of the REST API, played to the GitHub tracker.

use std::future::Future;

use followthrough::{
    model::issue::{Draft, Issue, State},
    tracker::{Extent, Reader, Writer, github},
};
use serde_json::{Value, json};

use super::{
    host::{Exchange, Host},
    package,
};

const OWNER: &str = "octokit-fixture-org";

/// The exchanges of a scenario whose method and status are these.
fn scenario(name: &str, method: &str, status: u16) -> Vec<Exchange> {
    let path = format!("fixtures/scenarios/api.github.com/{name}/normalized-fixture.json");
    let entries = package(&path);
    let found: Vec<Exchange> = entries
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["method"] == method && entry["status"] == status)
        .map(Exchange::recorded)
        .collect();
    assert!(!found.is_empty(), "{name} holds no {method} {status}");
    found
}

/// What is asked first: the repository, which is there under that name.
fn repository(name: &str) -> Exchange {
    let found = json!({"id": 1000, "full_name": format!("{OWNER}/{name}"), "has_issues": true});
    Exchange::ok("GET", &format!("/repos/{OWNER}/{name}"), &found)
}

fn draft() -> Draft {
    Draft {
        title: "Issue without a label".into(),
        body: "A body".into(),
        labels: Vec::new(),
        assignees: Vec::new(),
    }
}

pub(super) fn wait<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(work)
}

fn numbers(issues: &[Issue]) -> Vec<u64> {
    issues.iter().map(|issue| issue.key.number).collect()
}

#[test]
#[ignore = "needs npm packages"]
fn a_renamed_repository_is_found_under_its_new_name() {
    wait(async {
        let mut record = scenario("rename-repository", "get", 301);
        record.extend(scenario("rename-repository", "get", 200));
        let host = Host::start(record).await;
        let connection = host.connection("octokit-fixture-org/rename-repository");
        let (reader, _) = github::connect(&connection).await.unwrap();
        let facts = reader.facts();
        assert_eq!(
            facts.repository.as_str(),
            "octokit-fixture-org/rename-repository-newname"
        );
        assert_eq!((facts.id, facts.default_branch.as_str()), (1000, "main"));
        assert!(facts.has_issues && !facts.archived);
        host.assert_played();
    });
}

#[test]
#[ignore = "needs npm packages"]
fn a_write_that_is_redirected_is_sent_again_whole_and_once() {
    wait(async {
        let name = "add-labels-to-issue";
        let created = scenario(name, "post", 201).remove(0);
        let place = format!("/repos/{OWNER}/{name}/issues");
        let moved = scenario("rename-repository", "patch", 307).remove(0);
        let moved = moved.at("POST", &place).below("/issues");
        let record = vec![
            repository(name),
            moved,
            created.at("POST", "/repositories/1000/issues"),
        ];
        let host = Host::start(record).await;
        let connection = host.connection(&format!("{OWNER}/{name}"));
        let (_, writer) = github::connect(&connection).await.unwrap();
        let opened = writer.open(&draft()).await.unwrap();
        assert_eq!(opened.key.to_string(), format!("{OWNER}/{name}#1"));
        assert_eq!(
            (opened.title.as_str(), &opened.state),
            ("Issue without a label", &State::Open)
        );
        assert!(opened.created_at.is_some() && opened.author.login == "octokit-fixture-user-a");
        let asked = host.asked();
        let lines: Vec<String> = asked.iter().map(ToString::to_string).collect();
        assert_eq!(
            lines[1..],
            [
                format!("POST {place}"),
                "POST /repositories/1000/issues".into()
            ]
        );
        assert_eq!(asked[1].body, asked[2].body);
        assert_eq!(asked[2].body["title"], "Issue without a label");
        host.assert_played();
    });
}

#[test]
#[ignore = "needs npm packages"]
fn labels_are_added_to_the_issue_that_was_opened() {
    wait(async {
        let name = "add-labels-to-issue";
        let mut record = vec![repository(name)];
        record.extend(scenario(name, "post", 201));
        record.extend(scenario(name, "post", 200));
        let host = Host::start(record).await;
        let connection = host.connection(&format!("{OWNER}/{name}"));
        let (_, writer) = github::connect(&connection).await.unwrap();
        let opened = writer.open(&draft()).await.unwrap();
        let labels = ["Foo", "bAr", "baZ"].map(str::to_owned);
        writer.add_labels(&opened.key, &labels).await.unwrap();
        assert_eq!(host.asked().last().unwrap().body, json!({"labels": labels}));
        host.assert_played();
    });
}

#[test]
#[ignore = "needs npm packages"]
fn the_words_of_a_validation_error_are_passed_on() {
    let refused = [
        ("errors", "color is invalid"),
        ("release-assets-conflict", "name is already_exists"),
    ];
    for (name, words) in refused {
        wait(async {
            let place = format!("/repos/{OWNER}/{name}/issues");
            let refusal = scenario(name, "post", 422).remove(0).at("POST", &place);
            let host = Host::start(vec![repository(name), refusal]).await;
            let connection = host.connection(&format!("{OWNER}/{name}"));
            let (_, writer) = github::connect(&connection).await.unwrap();
            let error = writer.open(&draft()).await.unwrap_err().to_string();
            assert!(
                error.contains("Validation Failed") && error.contains(words),
                "{error}"
            );
            host.assert_played();
        });
    }
}

#[test]
#[ignore = "needs npm packages"]
fn the_pages_of_a_list_are_followed_to_the_last() {
    wait(async {
        let name = "paginate-issues";
        let own = format!("/repos/{OWNER}/{name}/issues");
        let mut record = scenario(name, "get", 200);
        let pages = record.len();
        // The first page is asked for in other words than those recorded.
        record[0] = record[0].clone().at("GET", &own);
        record.push(repository(name));
        // The second pass, for issues that lost their label.
        record.push(Exchange::ok("GET", &own, &Value::Array(Vec::new())));
        let host = Host::start(record).await;
        let connection = host.connection(&format!("{OWNER}/{name}"));
        let (reader, _) = github::connect(&connection).await.unwrap();
        let found = reader.listing("any", Extent::All).await.unwrap();
        let wanted: Vec<u64> = (1..=13).rev().collect();
        assert_eq!((pages, numbers(&found)), (5, wanted));
        host.assert_played();
    });
}

#[test]
#[ignore = "needs npm packages"]
fn the_newest_are_one_page_however_many_there_are() {
    wait(async {
        let name = "paginate-issues";
        let first = scenario(name, "get", 200).remove(0);
        let first = first.at("GET", &format!("/repos/{OWNER}/{name}/issues"));
        let host = Host::start(vec![repository(name), first]).await;
        let connection = host.connection(&format!("{OWNER}/{name}"));
        let (reader, _) = github::connect(&connection).await.unwrap();
        let found = reader.listing("any", Extent::Newest).await.unwrap();
        assert_eq!(numbers(&found), [13, 12, 11]);
        host.assert_played();
    });
}
