//! The fake GitHub: plain state behind an HTTP server on a thread of its own.
//!
//! Handlers read and change [`World`]; tests look at the same state through [`GitHub::world`]. A test accounts
//! for every write with [`GitHub::take_writes`]; what is left when the server goes fails the test.

pub mod faults;
mod forms;
pub mod gate;
pub mod git;
mod graphql;
mod intake;
mod recorder;
mod rest;
pub mod state;
pub mod world;

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError},
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use http_body_util::{BodyExt, Full};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};

use super::server::Server;
use faults::{Effect, Fault, When};
use forms::{decode, form};
use recorder::Recorder;
pub use state::World;

/// The token of the default world: a workflow's own, allowed to write all that the product writes.
pub const TOKEN: &str = "ghs_R3adAndWr1teTokenOfTheWorkflow0000001";
/// A workflow's token in a pull request from a fork: it reads and nothing else.
pub const READ_ONLY_TOKEN: &str = "ghs_R3adOnlyTokenOfAForkedPullRequest00002";
/// A token that nobody was given.
pub const UNKNOWN_TOKEN: &str = "ghs_ThisTokenWasNeverGivenOut0000000000003";

/// One request as it came in.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: String,
    /// Path without the prefix of the API, still percent-encoded; `/graphql` for GraphQL.
    pub path: String,
    pub query: Vec<(String, String)>,
    pub token: Option<String>,
    pub body: Value,
    /// Root fields of a GraphQL request, such as `createCommitOnBranch`.
    pub operation: Option<String>,
    /// Whether the request asks for a change.
    pub is_write: bool,
    /// Whether a change that was asked for was made.
    pub took_effect: bool,
    pub status: u16,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.operation {
            Some(operation) => write!(f, "graphql {operation}"),
            None => write!(f, "{} {}", self.method, self.path),
        }
    }
}

/// What goes back.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Option<Value>,
}

impl Reply {
    pub fn new(status: u16, body: Value) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Some(body),
        }
    }

    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: None,
        }
    }

    /// A refusal in GitHub's form; one for a failed validation does not repeat its status.
    pub fn refusal(status: u16, message: &str) -> Self {
        let mut body = json!({
            "message": message,
            "documentation_url": "https://docs.github.com/rest",
        });
        if status != 422 {
            body["status"] = json!(status.to_string());
        }
        Self::new(status, body)
    }

    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

/// The running fake.
pub struct GitHub {
    world: Arc<Mutex<World>>,
    server: Server,
}

impl GitHub {
    /// The default world: `acme/shop` with its files on `main`, two people, a workflow token that
    /// may write, and one that may only read.
    pub fn start(files: &[(&str, &str)]) -> Self {
        let github = Self::serve(World::empty());
        github.world().settle_in(files);
        github
    }

    /// An empty world.
    pub fn serve(world: World) -> Self {
        let world = Arc::new(Mutex::new(world));
        let shared = Shared {
            world: Arc::clone(&world),
            recorder: Recorder::from_environment().map(Arc::new),
        };
        let server = Server::start(move |stream| {
            let shared = shared.clone();
            let service = service_fn(move |request| answer(shared.clone(), request));
            http1::Builder::new().serve_connection(TokioIo::new(stream), service)
        });
        world.lock().unwrap().api = format!("http://{}/api/v3", server.address);
        Self { world, server }
    }

    /// The state, locked while the guard lives. Do not hold it while the binary runs, nor twice in one statement.
    #[track_caller]
    pub fn world(&self) -> MutexGuard<'_, World> {
        let patience = Instant::now() + Duration::from_secs(20);
        loop {
            match self.world.try_lock() {
                Ok(guard) => return guard,
                Err(TryLockError::Poisoned(guard)) => return guard.into_inner(),
                Err(TryLockError::WouldBlock) => {
                    let left = Instant::now() < patience;
                    assert!(
                        left,
                        "the world is held elsewhere, perhaps in the same statement"
                    );
                    thread::yield_now();
                }
            }
        }
    }

    pub fn api_url(&self) -> String {
        format!("http://{}/api/v3", self.server.address)
    }

    pub fn graphql_url(&self) -> String {
        format!("http://{}/api/graphql", self.server.address)
    }

    pub fn server_url(&self) -> String {
        self.world().server.clone()
    }

    /// The variables by which somebody's own machine reaches it, with a token.
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("GITHUB_API_URL", self.api_url()),
            ("GITHUB_GRAPHQL_URL", self.graphql_url()),
            ("GITHUB_SERVER_URL", self.server_url()),
            ("GITHUB_REPOSITORY", world::REPOSITORY.to_owned()),
            ("GITHUB_TOKEN", TOKEN.to_owned()),
            ("FOLLOWTHROUGH_PAUSES", "skipped".to_owned()),
        ]
    }

    /// From here on, calls that match `when` suffer `effect` once. See [`Fault`] for more.
    pub fn fault(&self, when: When, effect: Effect) {
        self.world().faults.push(Fault::once(when, effect));
    }

    pub fn faults(&self, fault: Fault) {
        self.world().faults.push(fault);
    }

    /// Every call so far, in order, as `METHOD path` or `graphql operation`.
    pub fn calls(&self) -> Vec<String> {
        self.world().calls.iter().map(ToString::to_string).collect()
    }

    /// Writes that took effect and that no test has accounted for; they count as accounted for afterwards.
    pub fn take_writes(&self) -> Vec<String> {
        let mut world = self.world();
        let writes = world.open_writes();
        world.accounted = world.calls.len();
        writes
    }

    /// Fails unless every write so far took the form of one of `expected`; a `*` stands for anything within a path part.
    pub fn assert_no_unexpected_writes(&self, expected: &[&str]) {
        let unexpected: Vec<String> = self
            .take_writes()
            .into_iter()
            .filter(|write| {
                !expected
                    .iter()
                    .any(|pattern| faults::matches(pattern, write))
            })
            .collect();
        assert!(
            unexpected.is_empty(),
            "these writes were not expected: {unexpected:#?}"
        );
    }

    /// Fails where anything at all was written since writes were last accounted for.
    pub fn assert_silent(&self) {
        self.assert_no_unexpected_writes(&[]);
    }
}

impl Drop for GitHub {
    fn drop(&mut self) {
        if thread::panicking() {
            return;
        }
        self.server.stop();
        let world = self.world();
        assert!(
            world.unknown.is_empty(),
            "the fake GitHub was asked what it does not know: {:#?}",
            world.unknown
        );
        let writes = world.open_writes();
        assert!(
            writes.is_empty(),
            "writes that the test did not account for: {writes:#?}"
        );
    }
}

/// The connection is dropped without an answer.
#[derive(Debug)]
struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cut")
    }
}

impl std::error::Error for Cut {}

/// What every connection needs.
#[derive(Clone)]
struct Shared {
    world: Arc<Mutex<World>>,
    recorder: Option<Arc<Recorder>>,
}

async fn answer(
    Shared { world, recorder }: Shared,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Cut> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Cut)?.to_bytes();
    let call = read(&parts, &body);
    let gate = lock(&world).gate.clone();
    if let Some(gate) = gate {
        gate.pass(&call).await;
    }
    let path = call.path.clone();
    let effect = lock(&world).faults_for(&call);
    if let Some(Effect::Delay(time)) = &effect {
        tokio::time::sleep(*time).await;
    }
    let reply = lock(&world).receive(call, effect.as_ref());
    if let Some(recorder) = recorder {
        recorder.note(&path, &parts, &body, effect.as_ref(), reply.as_ref());
    }
    if let Some(Effect::HoldBefore | Effect::HoldAfter) = effect {
        std::future::pending::<()>().await;
    }
    let reply = reply.ok_or(Cut)?;
    Ok(send(reply))
}

fn lock(world: &Mutex<World>) -> MutexGuard<'_, World> {
    world.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read(parts: &hyper::http::request::Parts, body: &[u8]) -> Call {
    let path = parts.uri.path();
    let path = match path {
        "/api/graphql" | "/graphql" => "/graphql",
        _ => path.strip_prefix("/api/v3").unwrap_or(path),
    };
    let query = form(parts.uri.query().unwrap_or(""));
    let token = parts
        .headers
        .get("authorization")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .map(|(_, token)| token.to_owned());
    let body: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
    let (operation, is_mutation) = if path == "/graphql" {
        graphql::operation(&body)
    } else {
        (None, false)
    };
    Call {
        method: parts.method.to_string(),
        path: path.to_owned(),
        query,
        token,
        is_write: is_mutation || (operation.is_none() && parts.method != hyper::Method::GET),
        body,
        operation,
        took_effect: false,
        status: 0,
    }
}

fn send(reply: Reply) -> Response<Full<Bytes>> {
    let mut response = Response::builder().status(reply.status);
    for (name, value) in &reply.headers {
        response = response.header(name, value);
    }
    let body = match reply.body {
        None => Bytes::new(),
        // Proxies in front of GitHub answer with HTML, not JSON.
        Some(Value::String(text)) => Bytes::from(text),
        Some(body) => {
            response = response.header("content-type", "application/json; charset=utf-8");
            Bytes::from(body.to_string())
        }
    };
    response.body(Full::new(body)).unwrap()
}

/// Seconds since 1970 by the real clock: the headers about limits are read against the client's own clock.
fn real_seconds() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_secs())
}
