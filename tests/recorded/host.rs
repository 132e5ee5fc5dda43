//! A host that answers with recorded exchanges, each once and in the order of the record.

use std::{
    fmt,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    response::Response,
};
use followthrough::{
    host::{Network, Pauses, Secret},
    model::link::Repository,
    tracker::github::{Connection, Pace},
};
use serde_json::{Value, json};

const GITHUB: &str = "https://api.github.com";

/// Headers of the recorded connection rather than of the answer.
const HOP_BY_HOP: [&str; 4] = [
    "connection",
    "content-encoding",
    "content-length",
    "transfer-encoding",
];

/// One recorded answer and what it answers.
#[derive(Clone)]
pub(super) struct Exchange {
    method: String,
    /// With the query, if that matters.
    place: String,
    status: u16,
    headers: Vec<(String, String)>,
    body: Value,
}

impl Exchange {
    /// An entry of a scenario of `@octokit/fixtures`.
    pub(super) fn recorded(entry: &Value) -> Self {
        let headers = entry["headers"].as_object().unwrap();
        let headers = headers
            .iter()
            .filter(|(name, _)| !HOP_BY_HOP.contains(&name.as_str()))
            .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
        Self {
            method: entry["method"].as_str().unwrap().to_uppercase(),
            place: entry["path"].as_str().unwrap().to_owned(),
            status: u16::try_from(entry["status"].as_u64().unwrap()).unwrap(),
            headers: headers.collect(),
            body: entry["response"].clone(),
        }
    }

    /// A success with `body`.
    pub(super) fn ok(method: &str, place: &str, body: &Value) -> Self {
        Self {
            method: method.to_owned(),
            place: place.to_owned(),
            status: 200,
            headers: Vec::new(),
            body: body.clone(),
        }
    }

    /// The same answer to another request.
    pub(super) fn at(mut self, method: &str, place: &str) -> Self {
        method.clone_into(&mut self.method);
        place.clone_into(&mut self.place);
        self
    }

    /// A redirect that leads to `more` below its target.
    pub(super) fn below(mut self, more: &str) -> Self {
        for (_, value) in self
            .headers
            .iter_mut()
            .filter(|(name, _)| name == "location")
        {
            value.push_str(more);
        }
        self
    }

    fn answers(&self, asked: &Asked) -> bool {
        let path = asked.place.split('?').next();
        self.method == asked.method
            && (self.place == asked.place || path == Some(self.place.as_str()))
    }
}

/// What was asked.
#[derive(Clone)]
pub(super) struct Asked {
    method: String,
    place: String,
    pub(super) body: Value,
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.place)
    }
}

/// The host. It knows the login behind every token.
pub(super) struct Host {
    base: String,
    left: Arc<Mutex<Vec<Exchange>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Host {
    pub(super) async fn start(record: Vec<Exchange>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = Self {
            base: format!("http://{}", listener.local_addr().unwrap()),
            left: Arc::new(Mutex::new(record)),
            asked: Arc::default(),
        };
        let (base, left, asked) = (
            host.base.clone(),
            Arc::clone(&host.left),
            Arc::clone(&host.asked),
        );
        let app = Router::new().fallback(move |request: Request| {
            let (base, left, log) = (base.clone(), Arc::clone(&left), Arc::clone(&asked));
            async move {
                let asked = read(request).await;
                let answer = play(&base, &left, &asked);
                log.lock().unwrap().push(asked);
                answer
            }
        });
        tokio::spawn(async move { axum::serve(listener, app).await });
        host
    }

    pub(super) fn connection(&self, repository: &str) -> Connection {
        Connection {
            api_url: self.base.clone(),
            graphql_url: format!("{}/graphql", self.base),
            server_url: "https://github.com".into(),
            repository: Repository::parse(repository).unwrap(),
            token: Secret::read("GITHUB_TOKEN", "ghs_recorded")
                .unwrap()
                .unwrap(),
            pace: Pace {
                pauses: Pauses::Skipped,
                ..Pace::default()
            },
            network: Network::default(),
        }
    }

    /// Everything asked, GraphQL aside.
    pub(super) fn asked(&self) -> Vec<Asked> {
        let asked = self.asked.lock().unwrap();
        let rest = asked.iter().filter(|asked| asked.place != "/graphql");
        rest.cloned().collect()
    }

    /// Fails where a part of the record was not asked for.
    #[track_caller]
    pub(super) fn assert_played(&self) {
        let left = self.left.lock().unwrap();
        let left: Vec<&str> = left
            .iter()
            .map(|exchange| exchange.place.as_str())
            .collect();
        assert!(left.is_empty(), "never asked for: {left:?}");
    }
}

async fn read(request: Request) -> Asked {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Asked {
        method: parts.method.to_string(),
        place: parts.uri.path_and_query().unwrap().to_string(),
        body: serde_json::from_slice(&bytes).unwrap_or_default(),
    }
}

fn play(base: &str, left: &Mutex<Vec<Exchange>>, asked: &Asked) -> Response {
    let mut left = left.lock().unwrap();
    let found = left.iter().position(|exchange| exchange.answers(asked));
    let exchange = match found {
        Some(index) => left.remove(index),
        None if asked.place == "/graphql" => viewer(),
        None => panic!("{asked} is not in the record"),
    };
    let here = |text: &str| text.replace(GITHUB, base);
    let mut response = Response::builder().status(exchange.status);
    for (name, value) in &exchange.headers {
        response = response.header(name, here(value));
    }
    let body = match &exchange.body {
        Value::String(text) => text.clone(),
        body => here(&body.to_string()),
    };
    response.body(Body::from(body)).unwrap()
}

fn viewer() -> Exchange {
    let viewer =
        json!({"data": {"viewer": {"login": "octokit-fixture-user-a", "databaseId": 1000}}});
    Exchange::ok("POST", "/graphql", &viewer)
}
