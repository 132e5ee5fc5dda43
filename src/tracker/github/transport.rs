//! Sends one request and returns one answer: octocrab authenticates and carries, and repeats nothing.

use std::{error::Error as _, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_timeout::TimeoutConnector;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use octocrab::{
    AuthState, OctoBody, Octocrab, OctocrabBuilder, service::middleware::base_uri::BaseUriLayer,
};
use serde_json::Value;

use super::{
    connection::{Connection, Endpoint, host_of},
    route::Route,
};
use crate::{host::Secret, tracker::TrackerError};

/// Largest answer that is read, in bytes. GitHub's own largest, a blob, is 100 MB.
const ANSWER_LIMIT: usize = 150 * 1024 * 1024;

/// The version whose shapes are read. <https://docs.github.com/en/rest/about-the-rest-api/api-versions>
const API_VERSION: &str = "2022-11-28";

const USER_AGENT: &str = concat!("followthrough/", env!("CARGO_PKG_VERSION"));

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Which of the two interfaces, each with its own address and its own hourly quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Channel {
    Rest,
    GraphQl,
}

/// What the host said.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Answer {
    /// A header as text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as text; empty where it is none.
    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap_or_default()
    }
}

/// The connection to the host.
pub(super) struct Transport {
    rest: Octocrab,
    graphql: Octocrab,
    api: Endpoint,
    token: Secret,
    timeout: Duration,
    /// Host of the API, such as `api.github.com`: what messages name.
    pub(super) host: String,
}

impl Transport {
    /// Checks addresses and token and builds the clients. Must run inside a tokio runtime, where
    /// octocrab starts its worker.
    pub(super) fn new(connection: &Connection) -> Result<Self, TrackerError> {
        let host = host_of(&connection.api_url);
        let api = Endpoint::rest(&connection.api_url)?;
        let graphql = Endpoint::graphql(&connection.graphql_url)?;
        let wire = wire(connection.pace.timeout).map_err(|detail| TrackerError::Unreachable {
            host: host.clone(),
            detail,
        })?;
        Ok(Self {
            rest: client(&wire, &api, &connection.token)?,
            graphql: client(&wire, &graphql, &connection.token)?,
            api,
            token: connection.token.clone(),
            timeout: connection.pace.timeout,
            host,
        })
    }

    /// Sends one request, once.
    ///
    /// # Errors
    /// A text that says how the answer was lost; the request may have taken effect.
    pub(super) async fn send(
        &self,
        channel: Channel,
        method: &Method,
        route: &Route,
        body: Option<&Value>,
    ) -> Result<Answer, String> {
        let client = match channel {
            Channel::Rest => &self.rest,
            Channel::GraphQl => &self.graphql,
        };
        let request = Request::builder()
            .method(method)
            .uri(route.as_str())
            .header(header::ACCEPT, "application/vnd.github+json")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, USER_AGENT)
            .header("x-github-api-version", API_VERSION)
            .body(body.map(Value::to_string).unwrap_or_default())
            .map_err(|error| error.to_string())?;
        let exchange = async {
            let answer = client.execute(request).await.map_err(|e| reason(&e))?;
            let (parts, body) = answer.into_parts();
            let body = Limited::new(body, ANSWER_LIMIT)
                .collect()
                .await
                .map_err(|error| error.to_string())?
                .to_bytes();
            Ok(Answer {
                status: parts.status,
                headers: parts.headers,
                body,
            })
        };
        let outcome = tokio::time::timeout(self.timeout, exchange)
            .await
            .unwrap_or_else(|_| Err(format!("no answer within {:?}", self.timeout)))
            .map_err(|lost: String| self.token.redact(&lost));
        log(channel, method, route, outcome.as_ref());
        outcome
    }

    /// The route that a redirect or a `Link` header names, where it stays on the same host.
    pub(super) fn follow(&self, location: &str) -> Option<Route> {
        self.api.relative(location).map(Route::given)
    }

    /// `text` without the token, should a host echo it.
    pub(super) fn redact(&self, text: &str) -> String {
        self.token.redact(text)
    }
}

type Wire = Client<TimeoutConnector<HttpsConnector<HttpConnector>>, OctoBody>;

/// Opens connections, for both interfaces. octocrab's own builder would add a second `user-agent` to every
/// request and know a second host to send the token to.
fn wire(timeout: Duration) -> Result<Wire, String> {
    let secure = HttpsConnectorBuilder::new()
        .with_native_roots()
        .map_err(|error| format!("no certificates of this machine can be read ({error})"))?
        .https_or_http()
        .enable_http1()
        .build();
    let mut connector = TimeoutConnector::new(secure);
    connector.set_connect_timeout(Some(CONNECT_TIMEOUT.min(timeout)));
    connector.set_read_timeout(Some(timeout));
    connector.set_write_timeout(Some(timeout));
    Ok(Client::builder(TokioExecutor::new()).build(connector))
}

/// The client for one interface.
fn client(wire: &Wire, endpoint: &Endpoint, token: &Secret) -> Result<Octocrab, TrackerError> {
    // octocrab panics on a token that no header can hold; a `Secret` is none.
    let auth = AuthState::AccessToken {
        token: token.expose().into(),
    };
    let Ok(client) = OctocrabBuilder::new_empty()
        .with_service(wire.clone())
        .with_layer(&BaseUriLayer::new(endpoint.uri()?))
        .with_auth(auth)
        .build();
    Ok(client)
}

/// The deepest cause: octocrab's own text for a refused connection is only its outermost layer.
fn reason(error: &octocrab::Error) -> String {
    let mut cause = error.source();
    let mut text = None;
    while let Some(inner) = cause {
        text = Some(inner.to_string());
        cause = inner.source();
    }
    text.unwrap_or_else(|| error.to_string())
}

fn log(channel: Channel, method: &Method, route: &Route, outcome: Result<&Answer, &String>) {
    let path = route.without_query();
    match outcome {
        Ok(answer) => tracing::debug!(
            ?channel,
            %method,
            path,
            status = answer.status.as_u16(),
            remaining = answer.header("x-ratelimit-remaining").unwrap_or("unknown"),
            "called"
        ),
        Err(lost) => tracing::debug!(?channel, %method, path, lost, "called"),
    }
}
