//! A tiny host on this machine that answers as a test tells it and remembers what it was asked.

use std::sync::{Arc, Mutex};

use axum::{Router, body::Body, extract::Request, response::Response};
use serde_json::{Value, json};

use super::super::{Connection, Pace};
use crate::{
    host::{Pauses, Secret},
    model::link::Repository,
};

/// One request as it arrived.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) line: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Value,
}

impl Asked {
    /// Whether this is `method` on `path`, whatever the query.
    pub(super) fn is(&self, method: &str, path: &str) -> bool {
        let line = format!("{method} {path}");
        self.line.split('?').next() == Some(line.as_str())
    }

    /// The text of a GraphQL operation; empty for REST.
    pub(super) fn query(&self) -> &str {
        self.body["query"].as_str().unwrap_or_default()
    }
}

/// An answer.
pub(super) struct Says {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: String,
}

impl Says {
    pub(super) fn new(status: u16, body: &Value) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.to_string(),
        }
    }

    pub(super) fn ok(body: &Value) -> Self {
        Self::new(200, body)
    }

    pub(super) fn broken() -> Self {
        Self {
            body: "<html>502 Bad Gateway</html>".into(),
            ..Self::new(502, &Value::Null)
        }
    }

    pub(super) fn not_found() -> Self {
        Self::new(404, &json!({ "message": "Not Found" }))
    }

    pub(super) fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.headers.push((name, value.to_string()));
        self
    }
}

type Script = dyn Fn(&Asked, &[Asked]) -> Option<Says> + Send + Sync;

/// The host. Its address changes from test to test; `{base}` in a header stands for it.
pub(super) struct Host {
    base: String,
    log: Arc<Mutex<Vec<Asked>>>,
}

impl Host {
    /// A host that answers by `script`, which sees the request and those before it, and where that gives
    /// nothing, as a repository `acme/app` with the id 7 and the bot `github-actions[bot]`.
    pub(super) async fn start(
        script: impl Fn(&Asked, &[Asked]) -> Option<Says> + Send + Sync + 'static,
    ) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let log = Arc::new(Mutex::new(Vec::new()));
        let script: Arc<Script> = Arc::new(script);
        let app = {
            let (base, log) = (base.clone(), Arc::clone(&log));
            Router::new().fallback(move |request: Request| {
                let (base, log, script) = (base.clone(), Arc::clone(&log), Arc::clone(&script));
                async move { answer(&base, &log, &*script, request).await }
            })
        };
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { base, log }
    }

    /// How to reach it, with pauses that pass at once.
    pub(super) fn connection(&self) -> Connection {
        connection(
            &self.base,
            Pace {
                pauses: Pauses::Skipped,
                ..Pace::default()
            },
        )
    }

    /// Everything asked so far.
    pub(super) fn asked(&self) -> Vec<Asked> {
        self.log.lock().expect("the log").clone()
    }

    /// How often `method` on `path` was asked.
    pub(super) fn count(&self, method: &str, path: &str) -> usize {
        self.asked()
            .iter()
            .filter(|asked| asked.is(method, path))
            .count()
    }

    /// How many requests could have changed something.
    pub(super) fn writes(&self) -> usize {
        let reads =
            |asked: &Asked| asked.line.starts_with("GET ") || asked.query().starts_with("query");
        self.asked().iter().filter(|asked| !reads(asked)).count()
    }
}

/// How to reach the host at `base`.
pub(super) fn connection(base: &str, pace: Pace) -> Connection {
    let token = Secret::read("GITHUB_TOKEN", "ghs_secret").expect("a header");
    Connection {
        api_url: format!("{base}/api/v3"),
        graphql_url: format!("{base}/api/graphql"),
        server_url: "https://github.com".into(),
        repository: Repository::parse("acme/app").expect("a repository"),
        token: token.expect("a token"),
        pace,
        network: crate::host::Network::default(),
    }
}

async fn answer(
    base: &str,
    log: &Mutex<Vec<Asked>>,
    script: &Script,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX)
        .await
        .expect("a body");
    let place = parts
        .uri
        .path_and_query()
        .map_or("/", |place| place.as_str());
    let place = place
        .strip_prefix("/api/v3")
        .or(place.strip_prefix("/api"))
        .unwrap_or(place);
    let asked = Asked {
        line: format!("{} {place}", parts.method),
        headers: parts
            .headers
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or("?").to_owned()))
            .collect(),
        body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
    };
    let says = {
        let mut log = log.lock().expect("the log");
        let says = script(&asked, &log).unwrap_or_else(|| usual(&asked));
        log.push(asked);
        says
    };
    let mut response = Response::builder().status(says.status);
    for (name, value) in says.headers {
        response = response.header(name, value.replace("{base}", &format!("{base}/api/v3")));
    }
    response.body(Body::from(says.body)).expect("a response")
}

fn usual(asked: &Asked) -> Says {
    if asked.is("GET", "/repos/acme/app") {
        return Says::ok(&json!({
            "id": 7, "full_name": "acme/app", "default_branch": "main", "has_issues": true,
        }));
    }
    if asked.query().starts_with("query Viewer") {
        return Says::ok(&json!({ "data": { "viewer": viewer() } }));
    }
    Says::not_found()
}

pub(super) fn viewer() -> Value {
    json!({ "login": "github-actions[bot]", "databaseId": 41_898_282 })
}

/// An issue by the run itself, as REST shows it.
pub(super) fn own_issue(number: u64, body: &str) -> Value {
    json!({
        "number": number, "id": number * 1000, "title": "t", "body": body, "state": "open",
        "html_url": format!("https://github.com/acme/app/issues/{number}"),
        "repository_url": "https://api.github.com/repos/acme/app",
        "user": { "login": "github-actions[bot]", "id": 41_898_282, "type": "Bot" },
        "author_association": "NONE",
        "labels": [{ "name": "postmortem" }], "assignees": [],
    })
}
