//! Sends one request and returns one answer: octocrab authenticates and carries, and repeats nothing.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Limited};
use hyper_rustls::HttpsConnector;
use hyper_timeout::TimeoutConnector;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use octocrab::{
    AuthState, OctoBody, Octocrab, OctocrabBuilder, service::middleware::base_uri::BaseUriLayer,
};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use serde::Deserialize;
use serde_json::Value;

use super::{
    barrier,
    connection::{Connection, Endpoint, host_of},
    proxy::{Way, proxy_for},
    route::Route,
};
use crate::{
    host::{Network, Secret},
    tracker::TrackerError,
};

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

/// Why there is no answer, in words.
#[derive(Debug)]
pub(super) enum Silence {
    /// It was lost; the request may have taken effect.
    Lost(String),
    /// The host was not reached, and would not be by another attempt.
    Barred(String),
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
        let addresses = [api.uri()?, graphql.uri()?];
        let wire = wire(&connection.network, &addresses, connection.pace.timeout)?;
        let [api_address, graphql_address] = addresses;
        Ok(Self {
            rest: client(&wire, api_address, &connection.token),
            graphql: client(&wire, graphql_address, &connection.token),
            api,
            token: connection.token.clone(),
            timeout: connection.pace.timeout,
            host,
        })
    }

    /// Sends one request, once.
    ///
    pub(super) async fn send(
        &self,
        channel: Channel,
        method: &Method,
        route: &Route,
        body: Option<&Value>,
    ) -> Result<Answer, Silence> {
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
            .map_err(|error| Silence::Lost(error.to_string()))?;
        let exchange = async {
            let answer = client
                .execute(request)
                .await
                .map_err(|e| self.silence(&e))?;
            let (parts, body) = answer.into_parts();
            let body = Limited::new(body, ANSWER_LIMIT)
                .collect()
                .await
                .map_err(|error| Silence::Lost(self.token.redact(&error.to_string())))?
                .to_bytes();
            Ok(Answer {
                status: parts.status,
                headers: parts.headers,
                body,
            })
        };
        let outcome = tokio::time::timeout(self.timeout, exchange)
            .await
            .unwrap_or_else(|_| {
                let lost = format!("no answer within {:?}", self.timeout);
                Err(Silence::Lost(lost))
            });
        log(channel, method, route, outcome.as_ref());
        outcome
    }

    fn silence(&self, error: &octocrab::Error) -> Silence {
        let (cause, lasting) = barrier::words(error);
        let cause = self.token.redact(&cause);
        if lasting {
            Silence::Barred(cause)
        } else {
            Silence::Lost(cause)
        }
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

type Wire = Client<TimeoutConnector<HttpsConnector<Way>>, OctoBody>;

/// Opens connections, for both interfaces. octocrab's own builder would add a second `user-agent` to every
/// request and know a second host to send the token to.
fn wire(network: &Network, addresses: &[Uri], timeout: Duration) -> Result<Wire, TrackerError> {
    let mut roots = RootCertStore::empty();
    // Plain http is for this machine alone, which may know no authority.
    if addresses
        .iter()
        .any(|uri| uri.scheme_str() == Some("https"))
    {
        roots.add_parsable_certificates(network.trust.certificates()?);
    }
    for address in addresses {
        let intercept = proxy_for(network, address)?;
        let proxy = intercept.map(|intercept| intercept.uri().to_string());
        let proxy = proxy.as_deref().unwrap_or("none");
        tracing::debug!(%address, proxy, "connecting");
    }
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| TrackerError::Barred {
            host: "every host".into(),
            detail: error.to_string(),
        })?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let secure = HttpsConnector::from((Way::new(network, &tls), tls));
    let mut connector = TimeoutConnector::new(secure);
    connector.set_connect_timeout(Some(CONNECT_TIMEOUT.min(timeout)));
    connector.set_read_timeout(Some(timeout));
    connector.set_write_timeout(Some(timeout));
    Ok(Client::builder(TokioExecutor::new()).build(connector))
}

/// The client for one interface.
fn client(wire: &Wire, address: Uri, token: &Secret) -> Octocrab {
    // octocrab panics on a token that no header can hold; a `Secret` is none.
    let auth = AuthState::AccessToken {
        token: token.expose().into(),
    };
    let Ok(client) = OctocrabBuilder::new_empty()
        .with_service(wire.clone())
        .with_layer(&BaseUriLayer::new(address))
        .with_auth(auth)
        .build();
    client
}

/// One line about a call. Never a query, which may hold names of people, and nothing of a body but the cost that a
/// GraphQL answer names; what else it tells is the same for everybody who may see the repository's address.
fn log(channel: Channel, method: &Method, route: &Route, outcome: Result<&Answer, &Silence>) {
    if !tracing::enabled!(tracing::Level::DEBUG) {
        return;
    }
    let path = route.without_query();
    match outcome {
        Ok(answer) => tracing::debug!(
            ?channel,
            %method,
            path,
            status = answer.status.as_u16(),
            cost = cost(channel, answer),
            remaining = answer.header("x-ratelimit-remaining").unwrap_or("no limit"),
            "called"
        ),
        Err(silence) => tracing::debug!(?channel, %method, path, ?silence, "called"),
    }
}

/// What a call took off the hourly quota: a REST call is one, a query says it, and a change is one point.
fn cost(channel: Channel, answer: &Answer) -> u64 {
    #[derive(Default, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    struct Told {
        data: Option<Data>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Data {
        rate_limit: Option<Cost>,
    }
    #[derive(Deserialize)]
    struct Cost {
        cost: u64,
    }
    let told = || serde_json::from_slice::<Told>(&answer.body).ok();
    let query = (channel == Channel::GraphQl).then(told).flatten();
    let cost = query.and_then(|told| told.data?.rate_limit);
    cost.map_or(1, |limit| limit.cost)
}
