//! Connecting, listing and looking up.

use serde_json::{Value, json};

use super::{
    super::{FileAt, FileStatus, connect},
    host::{Host, Says, own_issue, viewer},
};
use crate::{
    model::{
        issue::{Lookup, State},
        link::{IssueKey, Repository},
        marker::{Base, Marker},
    },
    tracker::{Extent, Reader, TrackerError},
};

fn key(number: u64) -> IssueKey {
    IssueKey {
        repository: Repository::parse("acme/app").expect("a repository"),
        number,
    }
}

fn node(number: u64) -> Value {
    json!({
        "__typename": "Issue", "number": number, "title": format!("issue {number}"), "state": "OPEN",
        "repository": { "nameWithOwner": "acme/app" },
    })
}

#[tokio::test]
async fn every_request_says_who_asks_in_which_version_and_with_one_token() {
    let host = Host::start(|asked, _| {
        let data = json!({ "viewer": viewer(), "repository": { "i0": node(1) } });
        let asks = asked.query().starts_with("query Issues");
        asks.then(|| Says::ok(&json!({ "data": data })))
    })
    .await;
    let (reader, _writer) = connect(&host.connection()).await.expect("a connection");
    reader.lookup(&[key(1)]).await.expect("an answer");
    let asked = host.asked();
    assert_eq!(asked.len(), 2);
    for one in asked {
        let all = |name: &str| -> Vec<String> {
            let same = one.headers.iter().filter(|(own, _)| own == name);
            same.map(|(_, value)| value.clone()).collect()
        };
        assert_eq!(all("authorization"), ["Bearer ghs_secret"]);
        assert_eq!(
            all("user-agent"),
            [concat!("followthrough/", env!("CARGO_PKG_VERSION"))]
        );
        assert_eq!(all("x-github-api-version"), ["2022-11-28"]);
        assert_eq!(all("accept"), ["application/vnd.github+json"]);
    }
}

#[tokio::test]
async fn a_renamed_repository_is_known_by_its_name_of_today() {
    let host = Host::start(|asked, _| {
        if asked.is("GET", "/repos/acme/app") {
            return Some(Says::new(301, &json!({})).with("location", "{base}/repositories/7"));
        }
        asked
            .is("GET", "/repositories/7")
            .then(|| Says::ok(&json!({ "id": 7, "full_name": "acme/new" })))
    })
    .await;
    let (reader, _) = connect(&host.connection()).await.expect("a connection");
    assert_eq!(reader.home().repository.as_str(), "acme/new");
    assert_eq!(reader.home().repository_id, 7);
}

#[tokio::test]
async fn a_bad_token_is_told_without_showing_it() {
    let host = Host::start(|_, _| {
        Some(Says::new(
            401,
            &json!({ "message": "Bad credentials: ghs_secret" }),
        ))
    })
    .await;
    let Err(error @ TrackerError::BadToken { .. }) = connect(&host.connection()).await.map(drop)
    else {
        panic!("the token was accepted");
    };
    assert!(error.to_string().contains("***"));
    assert!(!format!("{error} {error:?}").contains("ghs_secret"));
}

#[tokio::test]
async fn a_host_that_is_not_there_is_unreachable() {
    let host = Host::start(|_, _| None).await;
    let mut connection = host.connection();
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = free.local_addr().expect("an address");
    drop(free);
    connection.api_url = format!("http://{address}");
    let outcome = connect(&connection).await.map(drop);
    assert!(
        matches!(outcome, Err(TrackerError::Unreachable { .. })),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_read_is_repeated_when_the_host_is_broken_for_a_moment() {
    let host = Host::start(|asked, before| {
        (asked.is("GET", "/repos/acme/app") && before.len() < 2).then(Says::broken)
    })
    .await;
    assert!(connect(&host.connection()).await.is_ok());
    assert_eq!(host.asked().len(), 3);
}

#[tokio::test]
async fn a_run_stops_before_the_last_tenth_of_the_quota() {
    let host = Host::start(|asked, _| {
        asked.is("GET", "/repos/acme/app").then(|| {
            Says::ok(&json!({ "id": 7, "full_name": "acme/app" }))
                .with("x-ratelimit-limit", 1000)
                .with("x-ratelimit-remaining", 100)
                .with("x-ratelimit-reset", 99_999_999_999_u64)
        })
    })
    .await;
    let (reader, _) = connect(&host.connection()).await.expect("a connection");
    let outcome = reader.head("main").await;
    assert!(
        matches!(outcome, Err(TrackerError::RateLimited { .. })),
        "{outcome:?}"
    );
    assert_eq!(host.asked().len(), 1);
}

#[tokio::test]
async fn a_listing_follows_its_pages_drops_pull_requests_and_finds_what_lost_its_label() {
    let host = Host::start(|asked, _| {
        if !asked.line.starts_with("GET /repos/acme/app/issues?") {
            return None;
        }
        let marker = Marker {
            repository: 7,
            document: "a.md".into(),
            key: "k".into(),
            base: Base::default(),
            offer: None,
        };
        Some(if asked.line.contains("creator=github-actions%5Bbot%5D") {
            let unlabelled = own_issue(8, &marker.put(""));
            Says::ok(&json!([
                own_issue(9, &marker.put("")),
                unlabelled,
                own_issue(7, "other")
            ]))
            .with(
                "link",
                r#"<{base}/repos/acme/app/issues?page=2>; rel="next""#,
            )
        } else if asked.line.contains("page=2") && asked.line.contains("labels") {
            Says::ok(&json!([own_issue(9, ""), own_issue(2, "")]))
        } else {
            let mut pull = own_issue(3, "");
            pull["pull_request"] = json!({ "url": null });
            let next = r#"<{base}/repos/acme/app/issues?labels=a%20b&page=2>; rel="next""#;
            Says::ok(&json!([own_issue(9, &marker.put("")), pull])).with("link", next)
        })
    })
    .await;
    let (reader, _) = connect(&host.connection()).await.expect("a connection");
    let found = reader.listing("a b", Extent::All).await.expect("a list");
    let numbers: Vec<u64> = found.iter().map(|issue| issue.key.number).collect();
    assert_eq!(numbers, [9, 2, 8]);
    assert!(
        host.asked()
            .iter()
            .any(|asked| asked.line.contains("labels=a%20b&")
                || asked.line.ends_with("labels=a%20b"))
    );
    assert_eq!(host.count("GET", "/repos/acme/app/issues"), 3);
    assert!(matches!(
        reader.listing("a,b", Extent::All).await,
        Err(TrackerError::Invalid { .. })
    ));
}

#[tokio::test]
async fn one_missing_issue_costs_one_more_call_and_no_other_answer() {
    let host = Host::start(|asked, _| {
        if asked.query().starts_with("query Issues") {
            let missing = |alias: &str| {
                json!({ "type": "NOT_FOUND", "path": ["repository", alias], "message": "gone" })
            };
            return Some(Says::ok(&json!({
                "data": { "viewer": viewer(), "repository": {
                    "i0": node(1), "i1": null, "i2": null, "i3": null,
                } },
                "errors": [missing("i1"), missing("i2"), missing("i3")],
            })));
        }
        if asked.is("GET", "/repos/acme/app/issues/2") {
            let place = "{base}/repositories/9/issues/5";
            return Some(Says::new(301, &json!({})).with("location", place));
        }
        if asked.is("GET", "/repositories/9/issues/5") {
            let mut moved = own_issue(5, "");
            moved["repository_url"] = json!("https://api.github.com/repos/acme/other");
            return Some(Says::ok(&moved));
        }
        let gone = json!({ "message": "This issue was deleted" });
        asked.is("GET", "/repos/acme/app/issues/3").then(|| Says::new(410, &gone))
    })
    .await;
    let (reader, _) = connect(&host.connection()).await.expect("a connection");
    let asked = [key(4), key(1), key(2), key(3), key(1)];
    let answers = reader.lookup(&asked).await.expect("answers");
    let names: Vec<String> = answers
        .iter()
        .map(|answer| match answer {
            Lookup::Found(issue) => issue.key.to_string(),
            Lookup::Deleted => "deleted".into(),
            Lookup::Unreadable(_) => "unreadable".into(),
        })
        .collect();
    assert_eq!(
        names,
        [
            "unreadable",
            "acme/app#1",
            "acme/other#5",
            "deleted",
            "acme/app#1"
        ]
    );
    let queries = host
        .asked()
        .iter()
        .filter(|asked| asked.query().starts_with("query"))
        .count();
    assert_eq!(queries, 1);
}

#[tokio::test]
async fn a_repository_out_of_sight_costs_one_call_for_all_its_issues() {
    let host = Host::start(|asked, _| {
        asked.query().starts_with("query Issues").then(|| {
            Says::ok(&json!({
                "data": { "viewer": viewer(), "repository": null },
                "errors": [{ "type": "NOT_FOUND", "path": ["repository"], "message": "gone" }],
            }))
        })
    })
    .await;
    let (reader, _) = connect(&host.connection()).await.expect("a connection");
    let answers = reader
        .lookup(&[key(1), key(2), key(3)])
        .await
        .expect("answers");
    assert!(
        answers
            .iter()
            .all(|answer| matches!(answer, Lookup::Unreadable(_)))
    );
    // The repository, the query, and one look at the first issue.
    assert_eq!(host.asked().len(), 3);
}

#[tokio::test]
async fn a_batch_that_the_host_cannot_bear_is_halved() {
    let host = Host::start(|asked, _| {
        asked.query().starts_with("query Issues").then(|| {
            let numbers: Vec<u64> = asked
                .query()
                .split("issueOrPullRequest(number: ")
                .skip(1)
                .filter_map(|rest| rest.split(')').next()?.parse().ok())
                .collect();
            if numbers.len() > 50 {
                return Says::broken();
            }
            let mut repository = json!({});
            for (index, number) in numbers.iter().enumerate() {
                repository[format!("i{index}")] = node(*number);
            }
            Says::ok(&json!({ "data": { "viewer": viewer(), "repository": repository } }))
        })
    })
    .await;
    let (reader, _) = connect(&host.connection()).await.expect("a connection");
    let keys: Vec<IssueKey> = (1..=150).map(key).collect();
    let answers = reader.lookup(&keys).await.expect("answers");
    for (key, answer) in keys.iter().zip(answers) {
        assert!(matches!(answer, Lookup::Found(issue) if issue.key == *key));
    }
    // One hundred, its two halves, and the fifty that were left.
    assert_eq!(host.count("POST", "/graphql"), 4);
}

#[tokio::test]
async fn an_exhausted_graphql_limit_is_a_limit_though_the_status_is_200() {
    let host = Host::start(|asked, before| {
        asked.query().starts_with("query Issues").then(|| {
            if before
                .iter()
                .any(|other| other.query().starts_with("query Issues"))
            {
                let data = json!({ "viewer": viewer(), "repository": { "i0": node(1) } });
                Says::ok(&json!({ "data": data }))
            } else {
                Says::ok(&json!({ "errors": [{ "type": "RATE_LIMITED", "message": "limit" }] }))
            }
        })
    })
    .await;
    let (reader, _) = connect(&host.connection()).await.expect("a connection");
    let answers = reader.lookup(&[key(1)]).await.expect("answers");
    assert!(matches!(&answers[..], [Lookup::Found(issue)] if issue.state == State::Open));
}

#[tokio::test]
async fn the_files_of_a_pull_request_come_from_all_pages_whatever_happens_to_them() {
    let host = Host::start(|asked, _| {
        if !asked.is("GET", "/repos/acme/app/pulls/5/files") {
            return None;
        }
        let next = r#"<{base}/repos/acme/app/pulls/5/files?page=2>; rel="next""#;
        Some(if asked.line.contains("page=2") {
            Says::ok(&json!([{ "filename": "b.md", "status": "from-the-future" }]))
        } else {
            let moved =
                json!({ "filename": "a.md", "status": "renamed", "previous_filename": "o.md" });
            Says::ok(&json!([moved])).with("link", next)
        })
    })
    .await;
    let (reader, _) = connect(&host.connection()).await.expect("a connection");
    let changed = reader.changed_files(5).await.expect("files");
    assert!(!changed.truncated);
    assert_eq!(changed.files[0].path, "a.md");
    assert_eq!(changed.files[0].status, FileStatus::Renamed);
    assert_eq!(changed.files[1].status, FileStatus::Changed);
}

#[tokio::test]
async fn a_file_that_graphql_cuts_or_converts_is_read_byte_for_byte() {
    let host = Host::start(|asked, _| {
        if asked.query().starts_with("query Files") {
            let blob = |text: Value, size: usize, cut: bool| {
                json!({ "oid": "ab12", "text": text, "byteSize": size, "isTruncated": cut, "isBinary": false })
            };
            return Some(Says::ok(&json!({ "data": { "repository": {
                "f0": blob(json!("plain\r\n"), 7, false),
                "f1": blob(json!("with a mark"), 14, false),
                "f2": null,
            } } })));
        }
        if asked.is("GET", "/repos/acme/app/contents/b%23%3F.md") {
            return Some(Says::ok(&json!({ "encoding": "none", "content": "" })));
        }
        asked.is("GET", "/repos/acme/app/git/blobs/ab12").then(|| {
            Says::ok(&json!({ "encoding": "base64", "content": "77u/d2l0aCBh\nIG1hcms=\n" }))
        })
    })
    .await;
    let (reader, _) = connect(&host.connection()).await.expect("a connection");
    let paths = ["a.md".to_owned(), "b#?.md".to_owned(), "c.md".to_owned()];
    let files = reader.files_at("main", &paths).await.expect("files");
    assert_eq!(files["a.md"], FileAt::Text("plain\r\n".into()));
    assert_eq!(files["b#?.md"], FileAt::Text("\u{feff}with a mark".into()));
    assert_eq!(files["c.md"], FileAt::Missing);
    let variables = &host.asked()[1].body["variables"];
    assert_eq!(variables["e1"], "main:b#?.md");
}

#[tokio::test]
async fn a_limit_that_never_ends_ends_the_run() {
    let host = Host::start(|asked, _| {
        let text = json!({ "message": "You have exceeded a secondary rate limit" });
        asked
            .is("GET", "/repos/acme/app")
            .then(|| Says::new(429, &text).with("retry-after", 0))
    })
    .await;
    let outcome = connect(&host.connection()).await.map(drop);
    assert!(
        matches!(outcome, Err(TrackerError::RateLimited { .. })),
        "{outcome:?}"
    );
    assert_eq!(host.asked().len(), 5);
}
