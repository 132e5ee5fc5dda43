//! Chooses the tracker and connects to it.

use crate::{
    cli::TrackerChoice,
    host::{Environment, Git},
    model::{config::WriteBack, link::Repository},
    tracker::{
        Reader, TrackerError, Writer,
        github::{self, Connection, GithubReader, GithubWriter, Pace},
        local::{self, LocalReader, LocalWriter},
    },
};

use super::{exit::Failure, session::Session};

/// A tracker that answers.
pub(super) enum Connected {
    /// A repository on GitHub.
    Github {
        reader: Box<GithubReader>,
        writer: Box<GithubWriter>,
    },
    /// The embedded tracker.
    Local {
        reader: LocalReader,
        writer: LocalWriter,
    },
}

impl Connected {
    pub(super) fn reader(&self) -> &dyn Reader {
        match self {
            Self::Github { reader, .. } => reader.as_ref(),
            Self::Local { reader, .. } => reader,
        }
    }

    pub(super) fn writer(&self) -> &dyn Writer {
        match self {
            Self::Github { writer, .. } => writer.as_ref(),
            Self::Local { writer, .. } => writer,
        }
    }

    /// Whether new issues can be opened.
    pub(super) fn takes_issues(&self) -> bool {
        match self {
            Self::Github { reader, .. } => reader.facts().has_issues && !reader.facts().archived,
            Self::Local { .. } => true,
        }
    }

    /// Why nothing can be written to the tracker, where that is known beforehand.
    pub(super) fn read_only(&self) -> Option<TrackerError> {
        match self {
            Self::Github { reader, .. } if reader.facts().archived => {
                Some(TrackerError::Archived(reader.home().repository.clone()))
            }
            _ => None,
        }
    }

    /// Why no issues can be opened, where [`Self::takes_issues`] says so.
    pub(super) fn no_issues(&self) -> TrackerError {
        let disabled = || TrackerError::IssuesDisabled(self.reader().home().repository.clone());
        self.read_only().unwrap_or_else(disabled)
    }

    /// One line about the choice.
    pub(super) fn notice(&self, environment: &Environment) -> String {
        match self {
            Self::Github { reader, .. } => format!("Issues live in {}.", reader.home().repository),
            Self::Local { .. } if environment.token.is_none() => format!(
                "No GITHUB_TOKEN is set, so the issues are files, in {}.",
                local::FOLDER
            ),
            Self::Local { .. } => format!(
                "The issues are files, in {}: --tracker local asks for it, or no repository on {} is known here.",
                local::FOLDER,
                environment.endpoints.host()
            ),
        }
    }
}

/// Connects to the tracker that the options, the environment and the checkout point to.
pub(super) async fn connect(session: &Session<'_>) -> Result<Connected, Failure> {
    let environment = session.environment;
    let repository = || repository(session);
    let github = match (session.tracker, &environment.token) {
        (TrackerChoice::Local, _) | (TrackerChoice::Auto, None) => None,
        (TrackerChoice::Github, None) => {
            return Err(Failure::Usage(
                "--tracker github needs a token: set GITHUB_TOKEN, on a laptop for example with `GITHUB_TOKEN=$(gh auth token)`"
                    .to_owned(),
            ));
        }
        (TrackerChoice::Github, Some(token)) => {
            let repository = repository().ok_or_else(|| {
                Failure::Usage(format!(
                    "the repository on {} is not known: set GITHUB_REPOSITORY=owner/name, or add it as the remote `origin`",
                    environment.endpoints.host()
                ))
            })?;
            Some((repository, token))
        }
        (TrackerChoice::Auto, Some(token)) => repository().map(|repository| (repository, token)),
    };
    let Some((repository, token)) = github else {
        let (reader, writer) = local::open(&session.place.root, session.today);
        return Ok(Connected::Local { reader, writer });
    };
    let connection = Connection {
        api_url: environment.endpoints.api.clone(),
        graphql_url: environment.endpoints.graphql.clone(),
        server_url: environment.endpoints.server.clone(),
        repository,
        token: token.clone(),
        pace: pace(environment),
        network: environment.network.clone(),
    };
    let (reader, writer) = github::connect(&connection).await?;
    Ok(Connected::Github {
        reader: Box::new(reader),
        writer: Box::new(writer),
    })
}

fn pace(environment: &Environment) -> Pace {
    let usual = Pace::default();
    Pace {
        pauses: environment.pauses,
        timeout: environment.call_timeout.unwrap_or(usual.timeout),
        ..usual
    }
}

/// The repository of the workflow, else that of the remote `origin`, where it lies on the same host.
fn repository(session: &Session<'_>) -> Option<Repository> {
    let environment = session.environment;
    environment.repository.clone().or_else(|| {
        let origin = Git::open(&session.place.root)?.origin()?;
        (origin.host == environment.endpoints.host()).then_some(origin.repository)
    })
}

/// How documents are written, with `auto` decided.
pub(super) fn write_back(
    session: &Session<'_>,
    asked: Option<WriteBack>,
    connected: &Connected,
) -> WriteBack {
    match (asked.unwrap_or(session.config.write_back), connected) {
        (WriteBack::Auto | WriteBack::Commit | WriteBack::PullRequest, Connected::Local { .. }) => {
            WriteBack::Files
        }
        (WriteBack::Auto, Connected::Github { .. }) if session.environment.on_runner => {
            WriteBack::Commit
        }
        (WriteBack::Auto, Connected::Github { .. }) => WriteBack::Files,
        (chosen, _) => chosen,
    }
}
