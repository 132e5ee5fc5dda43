//! The issues, files and pull requests of a GitHub repository.
//!
//! octocrab carries requests and authenticates them, and does nothing else: its retries would open an
//! issue four times, its models reject real answers, and its GraphQL throws away partial data. What an
//! answer means is decided in `retry`; everything that a call creates is created once.
//!
//! Imports: model, host.

use std::rc::Rc;

use super::TrackerError;

mod authors;
mod barrier;
mod call;
mod client;
mod comments;
mod commit;
mod connection;
mod create;
mod files;
mod grant;
mod graphql;
mod identity;
mod issues;
mod lookup;
mod node;
mod pauses;
mod proposal;
mod proxy;
mod pulls;
mod reader;
mod rest;
mod retry;
mod route;
mod session;
mod standing;
mod transport;
mod words;
mod writer;

#[cfg(test)]
mod tests;

pub use comments::Commented;
pub use commit::{CommitDraft, Committed, NewContent, Refused, RefusedBecause};
pub use connection::{Connection, Pace};
pub use files::FileAt;
pub use proposal::{Proposal, Proposed, PullRequest};
pub use pulls::{ChangedFile, ChangedFiles, FileStatus};
pub use reader::GithubReader;
pub use session::RepositoryFacts;
pub use standing::Standing;
pub use writer::GithubWriter;

/// Connects to the repository that `connection` names, with one call, which also finds out what it is
/// called today. A dry run drops the writer.
///
/// Must be awaited inside a tokio runtime.
///
/// # Errors
/// [`TrackerError::BadToken`] for a token that the host refuses,
/// [`TrackerError::Invalid`] for an address that a token must not be sent to,
/// [`TrackerError::NotFound`] where the repository cannot be seen.
pub async fn connect(
    connection: &Connection,
) -> Result<(GithubReader, GithubWriter), TrackerError> {
    let session = Rc::new(session::Session::start(connection).await?);
    Ok((
        GithubReader::new(Rc::clone(&session)),
        GithubWriter::new(session),
    ))
}
