//! A plain HTTP client for the tests of the fake itself.

use http_body_util::{BodyExt, Full};
use hyper::{Request, body::Bytes};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::{Value, json};

use super::github::GitHub;

/// An answer: status, headers, JSON.
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Value,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Sends one request to the REST API; `None` where the connection was cut.
pub fn send(
    github: &GitHub,
    token: &str,
    method: &str,
    path: &str,
    body: &Value,
) -> Option<Answer> {
    request(&format!("{}{path}", github.api_url()), token, method, body)
}

/// Sends a GraphQL request.
pub fn graphql(github: &GitHub, token: &str, query: &str, variables: &Value) -> Option<Answer> {
    let body = json!({"query": query, "variables": variables});
    request(&github.graphql_url(), token, "POST", &body)
}

fn request(url: &str, token: &str, method: &str, body: &Value) -> Option<Answer> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let client: Client<HttpConnector, Full<Bytes>> =
            Client::builder(TokioExecutor::new()).build_http();
        let text = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let request = Request::builder()
            .method(method)
            .uri(url)
            .header("authorization", format!("Bearer {token}"))
            .body(Full::from(text))
            .unwrap();
        let response = client.request(request).await.ok()?;
        let status = response.status().as_u16();
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        let bytes = response.into_body().collect().await.ok()?.to_bytes();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Some(Answer {
            status,
            headers,
            body,
        })
    })
}
