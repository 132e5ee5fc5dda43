//! What reader and writer share: the connection, the facts about the repository, and who the run is.

use std::cell::{OnceCell, RefCell};

use http::StatusCode;
use serde::Deserialize;

use super::{
    authors::Writers,
    call::Call,
    client::Client,
    connection::{Connection, host_of},
    identity::Identity,
    route::Route,
    words::or_default,
};
use crate::{
    model::link::Repository,
    tracker::{Home, TrackerError},
};

/// What a repository is and what this token may do there, as far as the host says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepositoryFacts {
    /// Its name as it is spelt today, whatever it was called when it was named.
    pub repository: Repository,
    /// Its numeric id, which survives renames.
    pub id: u64,
    /// Its default branch.
    pub default_branch: String,
    /// Whether issues are switched on.
    pub has_issues: bool,
    /// Whether it is archived, so that nothing can be written.
    pub archived: bool,
}

#[derive(Deserialize)]
struct RestRepository {
    id: u64,
    full_name: String,
    #[serde(default, deserialize_with = "or_default")]
    default_branch: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    has_issues: Option<bool>,
    #[serde(default, deserialize_with = "or_default")]
    archived: bool,
}

/// A connection that has found its repository.
pub(super) struct Session {
    pub(super) client: Client,
    pub(super) home: Home,
    pub(super) facts: RepositoryFacts,
    identity: OnceCell<Identity>,
    /// Whom this run has asked about.
    pub(super) writers: RefCell<Writers>,
}

impl Session {
    /// Finds the repository under the name that it has today. Must run inside a tokio runtime.
    pub(super) async fn start(connection: &Connection) -> Result<Self, TrackerError> {
        let client = Client::new(connection)?;
        let route = Route::of(&connection.repository);
        let what = format!("read the repository {}", connection.repository);
        let call = Call::read(route, what, "contents: read");
        let answer = client
            .send(&call)
            .await
            .map_err(|f| f.into_error(&call.what))?;
        if answer.status == StatusCode::NOT_FOUND {
            let name = format!(
                "the repository {} on {}",
                connection.repository,
                host_of(&connection.server_url)
            );
            return Err(TrackerError::NotFound(name));
        }
        if !answer.status.is_success() {
            return Err(client.refusal(&call, &answer));
        }
        let found: RestRepository = client.decode(&answer)?;
        let repository =
            Repository::parse(&found.full_name).unwrap_or_else(|| connection.repository.clone());
        let server = connection
            .server_url
            .trim()
            .trim_end_matches('/')
            .to_owned();
        Ok(Self {
            home: Home {
                host: host_of(&server),
                server,
                repository: repository.clone(),
                repository_id: found.id,
            },
            facts: RepositoryFacts {
                repository,
                id: found.id,
                default_branch: found.default_branch.unwrap_or_else(|| "main".into()),
                has_issues: found.has_issues.unwrap_or(true),
                archived: found.archived,
            },
            client,
            identity: OnceCell::new(),
            writers: RefCell::default(),
        })
    }

    /// Who the run is; asked at most once.
    pub(super) async fn identity(&self) -> Result<Identity, TrackerError> {
        if let Some(known) = self.identity.get() {
            return Ok(known.clone());
        }
        Ok(self.learn(self.client.ask_identity().await?))
    }

    /// Remembers who the run is, from an answer that happened to say it.
    pub(super) fn learn(&self, identity: Identity) -> Identity {
        self.identity.get_or_init(|| identity).clone()
    }

    /// `/repos/{owner}/{name}` of the repository.
    pub(super) fn route(&self) -> Route {
        Route::of(&self.facts.repository)
    }
}
